"""Learning. Members read numbers; names are for few, and go; everybody reads what was approved for everybody."""

from servicemap.processing.network import ROW
from servicemap.processing.shapes import Class, Columns, KeptFor, Table

_OFFER = "organization state reason"

TABLES = (
    Table(
        "learning.Material",
        "the library; for everybody where its owner and a coordinator say so",
        KeptFor.NETWORK,
        (
            Columns(Class.SYSTEM, f"{ROW} looked_on is_public"),
            Columns(Class.MEMBERS, f"{_OFFER} title summary kind language topics country link file file_name i18n"),
            Columns(Class.MEMBERS, "valid_until"),
            Columns(Class.PERSON, "offered_by decided_by", "nobody decides about their own", KeptFor.ERASED),
        ),
    ),
    Table(
        "learning.Training",
        "when and where something is taught, and for whom",
        KeptFor.NETWORK,
        (
            Columns(Class.SYSTEM, f"{ROW} is_public cancelled_at"),
            Columns(
                Class.MEMBERS, f"{_OFFER} title summary audience starts_at ends_at timezone is_online country city"
            ),
            Columns(Class.MEMBERS, "language topics places i18n"),
            Columns(Class.STAFF, "place join_link", "for those who come"),
            Columns(Class.PERSON, "trainers_words", "who teaches, in the words of whoever holds it"),
            Columns(Class.PERSON, "offered_by decided_by", "nobody decides about their own", KeptFor.ERASED),
        ),
    ),
    Table(
        "learning.Trainer",
        "who holds a training: reads its list, says who came",
        KeptFor.ERASED,
        (Columns(Class.SYSTEM, "id training"), Columns(Class.PERSON, "person")),
    ),
    Table(
        "learning.TrainingGap",
        "which gap a training helps to close",
        KeptFor.NETWORK,
        (Columns(Class.SYSTEM, "id"), Columns(Class.MEMBERS, "training gap")),
    ),
    Table(
        "learning.Enrolment",
        "who comes to a training and who came; without an account as a number of people, never by name",
        KeptFor.NETWORK,
        (
            Columns(Class.SYSTEM, f"{ROW} training state moved_at is_group answered_on"),
            Columns(Class.STAFF, "organization people came"),
            Columns(Class.PERSON, "person asked_by", "who learnt what", KeptFor.LEARNT),
        ),
    ),
    Table(
        "learning.Certificate",
        "that somebody has learnt something, until a day",
        KeptFor.NETWORK,
        (
            Columns(Class.SYSTEM, "id enrolment"),
            Columns(Class.STAFF, "number topic people issued_on valid_until"),
        ),
    ),
    Table(
        "learning.AfterCount",
        "how many gave an answer after a training; shown from five on",
        KeptFor.COUNT,
        (Columns(Class.SYSTEM, "id training"), Columns(Class.MEMBERS, "question answer count")),
    ),
    Table(
        "learning.ResourceCentre",
        "what a resource centre offers as a whole",
        KeptFor.LISTING,
        (
            Columns(Class.SYSTEM, f"{ROW} location looked_on"),
            Columns(Class.MEMBERS, f"{_OFFER} country rooms seats topics i18n"),
            Columns(Class.PERSON, "offered_by decided_by", "nobody decides about their own", KeptFor.ERASED),
        ),
    ),
    Table(
        "directory.PublicMaterial",
        "the library for everybody",
        KeptFor.DIRECTORY,
        (
            Columns(Class.PUBLIC, "id title summary kind language topics country link has_file owner looked_on"),
            Columns(Class.PUBLIC, "valid_until"),
        ),
    ),
    Table(
        "directory.PublicTraining",
        "the calendar for everybody: the town at most",
        KeptFor.DIRECTORY,
        (
            Columns(Class.PUBLIC, "id title summary audience starts_at ends_at timezone country city is_online"),
            Columns(Class.PUBLIC, "language topics places owner is_cancelled sequence"),
        ),
    ),
    Table(
        "directory.PublicCentre",
        "what a resource centre offers, on the page of its place; how many it has trained from five on",
        KeptFor.DIRECTORY,
        (Columns(Class.PUBLIC, "id rooms seats topics trained owner looked_on"),),
    ),
)
