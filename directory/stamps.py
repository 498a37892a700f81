"""Which version of each row everybody sees, for who remembers what was made of it.

Rule: the rows are those of `queries.matching`, so what is hidden has no stamp.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import CharField, Func

from directory.filters import Filters
from directory.freshness import freshness_sql
from directory.listings import PublicListing
from directory.queries import BY_PLACE, PIECE, matching, told
from directory.rows import ListingRow


@dataclass(frozen=True, slots=True)
class RowStamp:
    """Which version of which row the public's table holds, and how fresh it is."""

    id: str
    version: str
    freshness: str


class RowVersion(Func):
    """The transaction that wrote the row as it is, and where it lies: no other version of it has both."""

    output_field = CharField()
    arity = 0

    def as_sql(self, *args: Any, **kwargs: Any) -> tuple[str, list[Any]]:
        table = connection.ops.quote_name(PublicListing._meta.db_table)
        return f"({table}.xmin::text || {table}.ctid::text)", []


def public_stamps(at: dt.datetime) -> Iterator[RowStamp]:
    """Of everything that the public sees, place by place: inside a transaction."""
    rows = matching("public", Filters(), at).order_by(*BY_PLACE).annotate(version=RowVersion(), fresh=freshness_sql())
    for values in rows.values_list("id", "version", "fresh").iterator(chunk_size=PIECE):
        yield RowStamp(*values)


def public_rows(ids: Sequence[str], at: dt.datetime) -> dict[str, ListingRow]:
    """Those of these rows that the public still sees, by their ids."""
    rows = told(matching("public", Filters(), at).filter(id__in=ids), None)
    return {row.id: row for row in (ListingRow.read(values, at) for values in rows)}
