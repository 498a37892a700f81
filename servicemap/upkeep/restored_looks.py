"""Whether a restored database is what its backup noted, fit to go on with, and sends nothing: looks of a rehearsal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from accounts.models import Session as SignedIn
from accounts.models import User, WaitingLetter
from core import clock
from directory.access import public_read
from directory.tables.listings import DirectoryRevision, PublicListing, PublicOrganization
from messaging.models import Message
from organizations.models import Organization
from verification.models import Check

#: Seconds: longer than that is no quick help.
LONGEST = 15 * 60
#: How far counts may be from what was noted a moment before the backup.
NEAR = 0.05
MODELS = {"organizations": Organization, "listings": PublicListing, "checks": Check}


@dataclass(frozen=True)
class RestoreLook:
    name: str
    value: object
    good: bool


def looks(noted: Mapping[str, object], seconds: int) -> list[RestoreLook]:
    """`noted` is what deploy/backup.sh wrote; `seconds` how long the restore took."""
    number = DirectoryRevision.objects.values_list("public_number", flat=True).first()
    return [
        RestoreLook("seconds until it answered", seconds, seconds < LONGEST),
        *(_count(name, int(str(noted[name]))) for name in MODELS),
        RestoreLook("the public's revision", number, number == noted["public_number"]),
        RestoreLook("the public may read accounts", _public_reads_accounts(), not _public_reads_accounts()),
        _secrets_in_public_rows(),
        RestoreLook("people who are signed in", SignedIn.objects.count(), not SignedIn.objects.exists()),
        _letters(),
    ]


def _count(name: str, noted: int) -> RestoreLook:
    found = MODELS[name]._base_manager.count()
    return RestoreLook(
        f"{name} (noted: {noted})", found, abs(found - noted) <= NEAR * noted and bool(found) == bool(noted)
    )


def _public_reads_accounts() -> bool:
    try:
        with transaction.atomic(), public_read():
            return User.objects.exists() or True
    except DatabaseError:
        return False


def _secrets_in_public_rows() -> RestoreLook:
    """What stands in a private table must be found there, or the look proves nothing; and in no row of the public."""
    markers = list(User.objects.exclude(password="").values_list("password", flat=True)[:200])
    found = 0
    for model in (PublicListing, PublicOrganization):
        table = connection.ops.quote_name(model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM {table} AS row, unnest(%s::text[]) AS word WHERE strpos(row::text, word) > 0",  # noqa: S608
                [markers],
            )
            found += cursor.fetchone()[0]
    return RestoreLook(f"of {len(markers)} private words in public rows", found, bool(markers) and not found)


def _letters() -> RestoreLook:
    """Nothing that is due would leave, and what is written here goes to a server that sends nothing."""
    due = Message.objects.open().filter(not_before__lte=clock.now()).count() + WaitingLetter.objects.count()
    silent = settings.POST_BACKEND.endswith("dummy.EmailBackend") and not settings.NOTICE_EMAIL
    return RestoreLook("letters that would leave", due if silent else "a mail server is set", silent and not due)
