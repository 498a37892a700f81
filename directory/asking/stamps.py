"""Which version of each row everybody sees, for who remembers what was made of it.

Rule: the rows are those of `queries.matching`, so what is hidden has no stamp.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.db.models import BigIntegerField, Func

from directory.asking.filters import Filters
from directory.asking.queries import BY_PLACE, PIECE, matching, told
from directory.freshness import freshness_sql
from directory.shown.rows import ListingRow
from directory.tables.listings import PublicListing

#: The id of a row, and a number that is another one for another version of it, or when it is less fresh.
RowStamp = tuple[str, int]
_TABLE = PublicListing._meta.db_table


class RowVersion(Func):
    """Of the transaction that wrote the row as it is, and of where it lies: no other version of it has both."""

    output_field = BigIntegerField()
    template = (
        f"hashtextextended({_TABLE}.id || ' ' || {_TABLE}.xmin::text || {_TABLE}.ctid::text || %(expressions)s, 0)"
    )


def public_stamps(at: dt.datetime) -> Iterator[RowStamp]:
    """Of everything that the public sees, place by place: inside a transaction."""
    rows = matching("public", Filters(), at).order_by(*BY_PLACE).annotate(version=RowVersion(freshness_sql()))
    return rows.values_list("id", "version").iterator(chunk_size=PIECE)


def public_rows(ids: Sequence[str], at: dt.datetime) -> dict[str, ListingRow]:
    """Those of these rows that the public still sees, by their ids."""
    rows = told(matching("public", Filters(), at).filter(id__in=ids), None)
    return {row.id: row for row in (ListingRow.read(values, at) for values in rows)}
