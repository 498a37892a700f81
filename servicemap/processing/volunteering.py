"""What volunteers propose: about what everybody reads, never about a client."""

from servicemap.processing.network import ROW
from servicemap.processing.shapes import Class, Columns, KeptFor, Table

TABLES = (
    Table(
        "volunteering.VolunteerProposal",
        "a check, a change or a fact that a volunteer brings, and what a colleague made of it",
        KeptFor.VOLUNTEER,
        (
            Columns(Class.SYSTEM, f"{ROW} kind state listing snapshot check_made passed_on fact answered_at"),
            Columns(Class.STAFF, "said method outcome compared path country topic answer"),
            Columns(Class.STAFF, "source_title source_link source_language reason"),
            Columns(Class.PERSON, "volunteering said_at answered_by", "who brought it, and who answered"),
        ),
    ),
)
