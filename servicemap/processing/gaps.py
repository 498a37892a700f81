"""What is missing and what is done about it. Members read it; it speaks of kinds of help and countries, of nobody."""

from servicemap.processing.network import ROW
from servicemap.processing.shapes import Class, Columns, KeptFor, Table

TABLES = (
    Table(
        "gaps.AbsenceCheck",
        "a member looked for a kind of help and found none",
        KeptFor.NETWORK,
        (
            Columns(Class.SYSTEM, "id public_id created_at checked_on valid_until ended_at"),
            Columns(Class.MEMBERS, "service_type country group how organization"),
            Columns(Class.PERSON, "person", "who said it", KeptFor.ERASED),
        ),
    ),
    Table(
        "gaps.Gap",
        "a kind of help is missing, and somebody does something about it",
        KeptFor.NETWORK,
        (
            Columns(Class.SYSTEM, f"{ROW} was state opened_at yes_since yes_seen_on ended_at"),
            Columns(Class.MEMBERS, "service_type country group to_country language priority why organization action"),
            Columns(Class.MEMBERS, "due_on review_on reason"),
            Columns(Class.PERSON, "responsible opened_by", "whom to ask", KeptFor.ERASED),
        ),
    ),
    Table(
        "gaps.GapStep",
        "what happened to a gap",
        KeptFor.NETWORK,
        (
            Columns(Class.SYSTEM, "id gap kind at"),
            Columns(Class.MEMBERS, "words"),
            Columns(Class.PERSON, "person", "who did it", KeptFor.ERASED),
        ),
    ),
    Table(
        "gaps.GapSnapshot",
        "the matrix as it stood at the beginning of a quarter; states, no numbers",
        KeptFor.NETWORK,
        (Columns(Class.SYSTEM, "id quarter taken_at"), Columns(Class.MEMBERS, "states kinds countries groups")),
    ),
)
