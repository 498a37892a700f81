"""Of what the record is made: classes, periods, and a table for each model."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Class(StrEnum):
    """How much harm a column does in the wrong hands, from none to most."""

    SYSTEM = "row"  # numbers, states, times, codes: says nothing about anybody
    PUBLIC = "public"  # may be shown to every reader
    MEMBERS = "members"  # at most for members of the network
    STAFF = "staff"  # for its owner, and for whoever does the work with it
    PERSON = "person"  # about somebody with a login, a colleague, or somebody who wrote to us
    PLACE = "place"  # may tell where a place is that hides
    SECRET = "secret"  # noqa: S105  (the name of a class) a hash, a key, something sealed


class KeptFor(StrEnum):
    """For how long. Where the end is a number of days, `servicemap/upkeep/retention.py` or the worker keeps it."""

    RELEASE = "as long as the release that brings it"
    WORDS = "as long as the database: a word of the network is retired, never deleted"
    LISTING = "as long as the listing or its organisation is in the database"
    DIRECTORY = "until it is narrowed, hidden or archived: then gone in the same transaction"
    HISTORY = "as long as what it is the history of; names of people go when they are erased"
    ERASED = "until the person is erased"
    SESSION = "12 hours after its last use, 7 days at most"
    OUTREACH = "72 hours after the phone was last in touch; with the sign-in to which it belongs when that is ended"
    SIGN_IN = "90 days"
    INVITATION = "72 hours to accept; 30 days after that"
    FORM = "48 hours"
    WAITING = "until it is sent, a day and a half at most"
    REPORT = "90 days after closing; 14 days after it came, where it came in a flood that nobody took"
    SUGGESTION = (
        "90 days after its answer; 14 days after it came, where it came in a flood that nobody took and was no barrier"
    )
    LETTER = "90 days after it was sent"
    EVIDENCE = "365 days"
    OPERATORS = "365 days"
    JOBS = "7 days after it ended"
    OPENED = "35 days"
    SELECTION = "180 days, or until the person deletes it"
    FOLLOW = "365 days, or until the person ends it"
    LIST = "24 hours"
    IMPORT = "24 hours; 30 days after it was applied"
    READING = "30 days; the last one that was written, as long as the directory is in the list"
    REFERRAL = "90 days after closing; an open one is closed after 180 days"
    CONTENT = "30 days after closing, or until consent is taken back"
    LINK = "7 days"
    CHAT = "until it is unlinked, by /stop, on the page or with the person; 210 days at most"
    GROUP = "until an administrator ends it"
    LINKING = "10 minutes"
    COUNT = "as long as the database: a number without a key to anybody"
    NETWORK = "as long as the network: what was decided is not forgotten"
    SUBSCRIBED = "until it is ended, by one press; 7 days unconfirmed; gone when a server refuses the address"
    SUBSCRIBER_LETTER = "90 days; with the subscription when it is ended"
    APPLICATION = "60 days as a draft, 3 when nobody opened its link; words and address 365 days after the end"
    REVIEW = "as long as the network; evidence, remarks and reasons 3 years after the end"
    GRANT = "as long as the network; words, files and reasons 3 years after the end, an unsent draft 60 days"
    LEARNT = "365 days after the training, or after its last certificate ended; or until the person is erased"
    VOLUNTEER = "365 days after it was said, or after the last day; or until the person is erased"
    WORKER = "while the worker lives"


@dataclass(frozen=True)
class Columns:
    """Columns of one class; without a purpose or a period of their own they have those of the table."""

    kind: Class
    names: str
    purpose: str = ""
    kept: KeptFor | None = None


@dataclass(frozen=True)
class Table:
    """`model` as Django's label."""

    model: str
    purpose: str
    kept: KeptFor
    columns: tuple[Columns, ...]
