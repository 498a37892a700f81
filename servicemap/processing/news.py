"""What the network tells of itself, and who gets letters about it. An address without an account is sealed."""

from servicemap.processing.network import ROW
from servicemap.processing.shapes import Class, Columns, KeptFor, Table

TABLES = (
    Table(
        "news.Digest",
        "what happened in a month, as it was sent",
        KeptFor.NETWORK,
        (
            Columns(Class.SYSTEM, f"{ROW} assembled_at"),
            Columns(Class.MEMBERS, "month audience state opening i18n sent_at letters"),
            Columns(Class.PERSON, "sent_by", "who pressed", KeptFor.ERASED),
        ),
    ),
    Table(
        "news.DigestLine",
        "one thing that happened; names a service or an organisation, never a person",
        KeptFor.NETWORK,
        (
            Columns(Class.SYSTEM, "id public_id digest position section about ref country is_public is_out"),
            Columns(Class.MEMBERS, "words taken_off_at"),
            Columns(Class.PERSON, "taken_off_by", "who took it off the page", KeptFor.ERASED),
        ),
    ),
    Table(
        "news.Subscription",
        "letters with news for people without an account, by their own wish",
        KeptFor.SUBSCRIBED,
        (
            Columns(Class.SYSTEM, "id public_id asked_at confirmed_at"),
            Columns(Class.SECRET, "address_box", "where the letters go, sealed"),
            Columns(Class.SECRET, "address_mark", "that an address has one subscription"),
            Columns(Class.PERSON, "language wants_digest countries", "what they chose to get"),
        ),
    ),
    Table(
        "news.SubscriberLetter",
        "a letter to a subscriber leaves once",
        KeptFor.SUBSCRIBER_LETTER,
        (Columns(Class.SYSTEM, "id public_id subscription kind ref state attempts not_before claimed_at created_at"),),
    ),
    Table(
        "news.NewsChoice",
        "what of the network's news a person with an account gets by letter",
        KeptFor.ERASED,
        (Columns(Class.SYSTEM, "id chosen_at"), Columns(Class.PERSON, "user wants_digest countries")),
    ),
    Table(
        "directory.PublicPaper",
        "documents of the network that everybody may read",
        KeptFor.DIRECTORY,
        (
            Columns(
                Class.PUBLIC,
                "id paper kind title language number text has_file adopted_on body ground valid_until",
            ),
        ),
    ),
    Table(
        "directory.PublicDigest",
        "a digest for everybody",
        KeptFor.DIRECTORY,
        (Columns(Class.PUBLIC, "id month sent_at opening"),),
    ),
    Table(
        "directory.PublicDigestLine",
        "its lines; one that names a service goes with the service",
        KeptFor.DIRECTORY,
        (Columns(Class.PUBLIC, "id digest position section about ref country words"),),
    ),
)
