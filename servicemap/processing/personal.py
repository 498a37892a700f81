"""What a person of the network keeps of the map for their work."""

from servicemap.processing.shapes import Class, Columns, KeptFor, Table

TABLES = (
    Table(
        "personal.Selection",
        "services put together for work, to be opened again",
        KeptFor.SELECTION,
        (
            Columns(Class.SYSTEM, "id public_id number kept_at"),
            Columns(Class.PERSON, "owner country listings", "only the person sees them; ids and a country, no words"),
        ),
    ),
    Table(
        "personal.Follow",
        "a search whose news a person asked to hear of",
        KeptFor.FOLLOW,
        (
            Columns(Class.SYSTEM, "id public_id followed_at told_by"),
            Columns(Class.PERSON, "owner conditions known told", "only the person sees them; codes and ids, no words"),
        ),
    ),
)
