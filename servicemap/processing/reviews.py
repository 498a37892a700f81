"""Yearly reviews, and sums of what clients say. The network reads what was agreed, few people the evidence."""

from servicemap.processing.network import ROW
from servicemap.processing.shapes import Class, Columns, KeptFor, Table

TABLES = (
    Table(
        "reviews.ReviewRound",
        "the organisations of a country are asked to review themselves",
        KeptFor.NETWORK,
        (
            Columns(Class.SYSTEM, ROW),
            Columns(Class.MEMBERS, "country year starts_on"),
            Columns(Class.PERSON, "planned_by"),
        ),
    ),
    Table(
        "reviews.YearlyReview",
        "what an organisation really does, by itself and by another",
        KeptFor.REVIEW,
        (
            Columns(Class.SYSTEM, f"{ROW} round year state starts_on due_on"),
            Columns(Class.MEMBERS, "organization agreed_on good_until"),
            Columns(Class.STAFF, "reviewer third remark objection verdict"),
            Columns(Class.PERSON, "self_by peer_by third_by", "nobody reviews their own organisation"),
        ),
    ),
    Table(
        "reviews.SpectrumLine",
        "whether a kind of service is given, and what is in the way",
        KeptFor.REVIEW,
        (Columns(Class.SYSTEM, "id review"), Columns(Class.MEMBERS, "leaf answer barriers peer_answer final_answer")),
    ),
    Table(
        "reviews.CriterionMark",
        "how it is done, and what shows it",
        KeptFor.REVIEW,
        (
            Columns(Class.SYSTEM, "id review"),
            Columns(Class.MEMBERS, "criterion mark peer_mark final_mark"),
            Columns(Class.STAFF, "evidence link document"),
        ),
    ),
    Table(
        "reviews.ReviewAction",
        "what an organisation does next, and the support that it asks for",
        KeptFor.REVIEW,
        (
            Columns(Class.SYSTEM, f"{ROW} review"),
            Columns(Class.MEMBERS, "text due_on support state ended_on"),
            Columns(Class.STAFF, "ending"),
            Columns(Class.PERSON, "responsible"),
        ),
    ),
    Table(
        "reviews.VoiceDesk",
        "a sheet with three questions at the desk of a place",
        KeptFor.LISTING,
        (Columns(Class.SYSTEM, "id public_id made_on"), Columns(Class.STAFF, "code location")),
    ),
    Table(
        "reviews.VoiceCount",
        "how many clients gave an answer in a quarter; shown from five on",
        KeptFor.COUNT,
        (Columns(Class.SYSTEM, "id desk quarter"), Columns(Class.STAFF, "question answer count")),
    ),
    Table(
        "directory.PublicReviewed",
        "the month of a review beside a service, and whether the service is always there",
        KeptFor.DIRECTORY,
        (Columns(Class.PUBLIC, "id reviewed_on due_on not_always"),),
    ),
    Table(
        "directory.MemberReviewed",
        "what a review says beside a service, for members",
        KeptFor.DIRECTORY,
        (Columns(Class.MEMBERS, "id reviewed_on due_on lines"),),
    ),
)
