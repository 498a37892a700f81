"""Who wants to join and how organisations stand. The network reads it; notes on money and safety fewer people."""

from servicemap.processing.network import ROW
from servicemap.processing.shapes import Class, Columns, KeptFor, Table

TABLES = (
    Table(
        "joining.Call",
        "who is wanted, and what they are asked",
        KeptFor.NETWORK,
        (
            Columns(Class.SYSTEM, ROW),
            Columns(Class.PUBLIC, "title text criteria questions questions_en opens_on closes_on i18n"),
        ),
    ),
    Table(
        "joining.Application",
        "an organisation asks to join; members read it before they vote",
        KeptFor.APPLICATION,
        (
            Columns(Class.SYSTEM, ROW),
            Columns(Class.SYSTEM, "call state state_at due_at language confirmed_at declared_at sent_at"),
            Columns(Class.PERSON, "email declared_by", "whom to write to, who answers for what was written"),
            Columns(Class.MEMBERS, "website registration_country countries groups services about answers answer"),
            Columns(Class.MEMBERS, "referee_one referee_two referees_note"),
            Columns(Class.MEMBERS, "name name_en organization vote decision mentor", "how it ended", KeptFor.NETWORK),
        ),
    ),
    Table(
        "joining.ApplicationLink",
        "the way back to an application, by a letter",
        KeptFor.APPLICATION,
        (Columns(Class.SYSTEM, "id application made_at"), Columns(Class.SECRET, "token_hash")),
    ),
    Table(
        "joining.ApplicationQuestion",
        "what an applicant was asked more",
        KeptFor.APPLICATION,
        (
            Columns(Class.SYSTEM, ROW),
            Columns(Class.SYSTEM, "application asked_at answered_at"),
            Columns(Class.MEMBERS, "text answer"),
            Columns(Class.PERSON, "asked_by"),
        ),
    ),
    Table(
        "joining.ApplicationCheck",
        "what others have found out before the vote",
        KeptFor.APPLICATION,
        (
            Columns(Class.SYSTEM, ROW),
            Columns(Class.MEMBERS, "application kind outcome organization checked_at"),
            Columns(Class.STAFF, "note"),
            Columns(Class.PERSON, "checked_by"),
        ),
    ),
    Table(
        "joining.OnboardingItem",
        "what is done between the vote and membership",
        KeptFor.NETWORK,
        (
            Columns(Class.SYSTEM, ROW),
            Columns(Class.MEMBERS, "application code done_at"),
            Columns(Class.PERSON, "done_by"),
        ),
    ),
    Table(
        "joining.StandingChange",
        "how an organisation has stood in the network, and on which ground",
        KeptFor.NETWORK,
        (
            Columns(Class.SYSTEM, "id public_id"),
            Columns(Class.MEMBERS, "organization was becomes reason decision made_at lapses_at"),
            Columns(Class.STAFF, "note"),
            Columns(Class.PERSON, "made_by"),
        ),
    ),
    Table(
        "joining.NamedMember",
        "a member that agreed to be named to everybody",
        KeptFor.LISTING,
        (Columns(Class.PUBLIC, "id organization agreed_at"), Columns(Class.PERSON, "agreed_by")),
    ),
    Table(
        "joining.Participation",
        "that an organisation takes part in a year",
        KeptFor.LISTING,
        (Columns(Class.MEMBERS, "id organization year confirmed_at"), Columns(Class.PERSON, "confirmed_by")),
    ),
)
