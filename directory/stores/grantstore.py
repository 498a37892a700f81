"""Writing what everybody reads of small grants. Only `network.grants` calls this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models, transaction

from directory.stores.store import bump_revision
from directory.tables.grants import PublicGrantCall, PublicGrantSum

#: The columns of a row, by name.
Row = Mapping[str, Any]


@transaction.atomic
def put_grants(calls: Sequence[Row], sums: Sequence[Row]) -> None:
    """Exactly these rows, and no other."""
    _put(PublicGrantCall, calls)
    _put(PublicGrantSum, sums)
    bump_revision()


def _put(model: type[models.Model], rows: Sequence[Row]) -> None:
    table = model._default_manager
    table.exclude(pk__in=[row["id"] for row in rows]).delete()
    for row in rows:
        values = dict(row)
        table.update_or_create(pk=values.pop("id"), defaults=values)
