"""Writing texts in other languages. Only `translations` calls this."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from core import clock
from directory.stores.store import bump_revision
from directory.tables.listings import DirectoryRevision
from directory.tables.wording import PublicWording

#: The columns of a row, by name.
Row = Mapping[str, Any]
_COLUMNS = ("kind", "key", "field", "language", "source_hash", "forms", "checked_on")


def hold() -> None:
    """Until the end of the transaction nothing of the public changes; what changed before is there to be read."""
    DirectoryRevision.objects.select_for_update().filter(pk=1).first()


@transaction.atomic
def put(rows: Sequence[Row]) -> None:
    """Write these; a row that says what it said stays as it is."""
    there = {row["id"]: row for row in PublicWording.objects.filter(pk__in=[r["id"] for r in rows]).values()}
    new = [row for row in rows if not _same(there.get(row["id"]), row)]
    if not new:
        return
    now = clock.now()
    PublicWording.objects.bulk_create(
        [PublicWording(id=row["id"], changed_at=now, **{name: row[name] for name in _COLUMNS}) for row in new],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*_COLUMNS, "changed_at"],
        batch_size=1000,
    )
    bump_revision()


@transaction.atomic
def drop(ids: Iterable[str]) -> None:
    if PublicWording.objects.filter(pk__in=list(ids)).delete()[0]:
        bump_revision()


@transaction.atomic
def put_all(rows: Sequence[Row]) -> None:
    """Exactly these rows, and no other."""
    drop(PublicWording.objects.exclude(pk__in=[row["id"] for row in rows]).values_list("pk", flat=True))
    put(rows)


def _same(there: Row | None, row: Row) -> bool:
    return there is not None and all(there[name] == row[name] for name in _COLUMNS)
