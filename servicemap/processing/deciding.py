"""Who decides, what was decided, by which voices. The network reads it; reasons and objections fewer people."""

from servicemap.processing.network import ROW
from servicemap.processing.shapes import Class, Columns, KeptFor, Table

TABLES = (
    Table(
        "decisions.Body",
        "who decides",
        KeptFor.NETWORK,
        (Columns(Class.SYSTEM, ROW), Columns(Class.MEMBERS, "kind name i18n")),
    ),
    Table(
        "decisions.Seat",
        "who sits where, from when to when: rights come from it",
        KeptFor.NETWORK,
        (Columns(Class.SYSTEM, ROW), Columns(Class.MEMBERS, "body organization person kind starts_on ends_on")),
    ),
    Table(
        "decisions.Meeting",
        "a meeting of a body",
        KeptFor.NETWORK,
        (Columns(Class.SYSTEM, ROW), Columns(Class.MEMBERS, "body held_on place state")),
    ),
    Table(
        "decisions.Meeting_present",
        "which organisations came",
        KeptFor.NETWORK,
        (Columns(Class.MEMBERS, "id meeting organization"),),
    ),
    Table(
        "decisions.AgendaItem",
        "what was spoken of, and the minutes",
        KeptFor.NETWORK,
        (Columns(Class.MEMBERS, "id meeting position title minutes"),),
    ),
    Table(
        "decisions.Document",
        "a paper of the network",
        KeptFor.NETWORK,
        (Columns(Class.SYSTEM, ROW), Columns(Class.MEMBERS, "body kind title i18n audience repealed_by")),
    ),
    Table(
        "decisions.DocumentVersion",
        "what the paper says; never overwritten",
        KeptFor.NETWORK,
        (
            Columns(Class.SYSTEM, "id public_id written_at"),
            Columns(
                Class.MEMBERS,
                "document number language text file file_name valid_until adopted_by written_by",
            ),
        ),
    ),
    Table(
        "decisions.Decision",
        "what was decided, who does it and until when",
        KeptFor.NETWORK,
        (
            Columns(Class.SYSTEM, ROW),
            Columns(
                Class.MEMBERS,
                "body text vote meeting decided_at organization responsible due_on state reason ended_at",
            ),
        ),
    ),
    Table(
        "decisions.Vote",
        "a question to the members or to the seats of a body",
        KeptFor.NETWORK,
        (
            Columns(Class.SYSTEM, ROW),
            Columns(
                Class.MEMBERS,
                "body question text options about paper quorum threshold is_secret state opens_at closes_at reason"
                " prolongs prolonged_at is_inner",
            ),
        ),
    ),
    Table(
        "decisions.Voter",
        "who may vote, as it was when the vote was announced",
        KeptFor.NETWORK,
        (Columns(Class.MEMBERS, "id vote organization seat delegate"),),
    ),
    Table(
        "decisions.Ballot",
        "the answer of a voice in an open vote; shown when it is over",
        KeptFor.NETWORK,
        (
            Columns(Class.MEMBERS, "id voter choice"),
            Columns(Class.STAFF, "reason", "read by coordinators and those who keep the body"),
            Columns(Class.SYSTEM, "cast_at cast_by"),
        ),
    ),
    Table(
        "decisions.Voted",
        "that somebody has voted in secret: not when, and not what",
        KeptFor.NETWORK,
        (Columns(Class.MEMBERS, "id voter"),),
    ),
    Table(
        "decisions.SecretCount",
        "how many voices an option has; no row belongs to a person",
        KeptFor.NETWORK,
        (Columns(Class.MEMBERS, "id vote choice n", "shown when the vote is over"),),
    ),
    Table(
        "decisions.Objection",
        "somebody says that it would endanger people; the council answers",
        KeptFor.NETWORK,
        (
            Columns(Class.SYSTEM, ROW),
            Columns(Class.STAFF, "voter text raised_by stands answer answered_for answered_by"),
        ),
    ),
)
