"""Hundreds of rows in one statement: PostgreSQL takes them apart from one JSON text.

Django composes an INSERT of a parameter for each cell, which takes longer than all that the database does with it.
The statement begins with INSERT, so that audit contexts reach it like any other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache

import orjson
from django.contrib.gis.geos import GEOSGeometry
from django.db import connection, models
from django.db.models.fields import AutoFieldMixin

#: What a cell is in JSON; datetimes and dates are written by orjson as PostgreSQL reads them.
Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | Sequence[object] | Mapping[str, object] | None
TOGETHER = 500


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Write new rows of one model; their keys are set. An IntegrityError leaves nothing behind, and the keys set."""
    if not rows:
        return
    model = type(rows[0])
    _give_keys(rows)
    for start in range(0, len(rows), TOGETHER):
        piece = rows[start : start + TOGETHER]
        put(model, [cells(row) for row in piece])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def put(
    model: type[models.Model],
    rows: Sequence[Mapping[str, Cell]],
    *,
    computed: Mapping[str, str] | None = None,
    overwrite: bool = False,
) -> None:
    """Write rows (column → cell), all with the same columns.

    `computed` are further columns as SQL over `given`, the JSON of a row, which may hold more than columns. With
    `overwrite` a row that is there already gets the values of the new one.
    """
    if not rows:
        return
    quote, meta, further = connection.ops.quote_name, model._meta, computed or {}
    given = rows[0].keys() - further.keys()
    columns = [field.column for field in meta.concrete_fields if field.column in given]
    names = ", ".join(map(quote, [*columns, *further]))
    values = ", ".join([*(f"one.{quote(column)}" for column in columns), *further.values()])
    table, key = quote(meta.db_table), str(meta.pk.column)
    sql = (
        f"INSERT INTO {table} ({names}) SELECT {values} "  # noqa: S608  (names of our models)
        f"FROM jsonb_array_elements(%s::jsonb) AS given, jsonb_populate_record(NULL::{table}, given) AS one"
    )
    if overwrite:
        changed = [f"{quote(name)} = excluded.{quote(name)}" for name in (*columns, *further) if name != key]
        sql += f" ON CONFLICT ({quote(key)}) DO UPDATE SET {', '.join(changed)}"
    with connection.cursor() as cursor:
        cursor.execute(sql, [orjson.dumps(rows, default=_plain, option=orjson.OPT_NON_STR_KEYS).decode()])


def change_rows(rows: Sequence[models.Model], names: Iterable[str], expected: Sequence[int] = ()) -> set[object]:
    """Write these fields of rows of one model that are there, by few statements; returns the keys of those written.

    With `expected`, a version for each row, only rows that still have theirs are written. The rows are locked in the
    order of their keys first, as everybody does it.
    """
    written: set[object] = set()
    for start in range(0, len(rows), TOGETHER):
        piece = rows[start : start + TOGETHER]
        lock_rows(piece)
        written |= _change(piece, list(names), expected[start : start + TOGETHER])
    return written


def lock_rows(rows: Sequence[models.Model]) -> None:
    keys = type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows]).order_by("pk")
    list(keys.select_for_update().values_list("pk", flat=True))


def _change(rows: Sequence[models.Model], names: Sequence[str], expected: Sequence[int]) -> set[object]:
    quote, meta = connection.ops.quote_name, type(rows[0])._meta
    key = str(meta.pk.column)
    columns = [str(meta.get_field(name).column) for name in names]  # type: ignore[union-attr]
    table, values = quote(meta.db_table), ", ".join(f"{quote(name)} = one.{quote(name)}" for name in columns)
    given = [{name: cell for name, cell in cells(row).items() if name in {key, *columns}} for row in rows]
    for row, version in zip(given, expected, strict=False):
        row["expected"] = version
    same = " AND kept.version = (given ->> 'expected')::int" if expected else ""
    sql = (
        f"UPDATE {table} AS kept SET {values} "  # noqa: S608  (names of our models)
        f"FROM jsonb_array_elements(%s::jsonb) AS given, jsonb_populate_record(NULL::{table}, given) AS one "
        f"WHERE kept.{quote(key)} = one.{quote(key)}{same} RETURNING kept.{quote(key)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [orjson.dumps(given, default=_plain, option=orjson.OPT_NON_STR_KEYS).decode()])
        return {found for (found,) in cursor.fetchall()}


def cells(row: models.Model) -> dict[str, Cell]:
    """The columns of a row that is to be written."""
    return {column: prepare(value_of(row, True)) for column, value_of, prepare in _columns(type(row))}


@cache
def _columns(
    model: type[models.Model],
) -> list[tuple[str, Callable[[models.Model, bool], object], Callable[[object], Cell]]]:
    return [(str(field.column), field.pre_save, field.get_prep_value) for field in model._meta.concrete_fields]


def _give_keys(rows: Iterable[models.Model]) -> None:
    """Keys from the sequence of the table, in the order of the rows."""
    new = [row for row in rows if row.pk is None]
    if not new or not isinstance(new[0]._meta.pk, AutoFieldMixin):
        return
    meta = new[0]._meta
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [connection.ops.quote_name(meta.db_table), meta.pk.column, len(new)],
        )
        for row, (key,) in zip(new, cursor.fetchall(), strict=True):
            row.pk = key


def _plain(value: object) -> object:
    """What orjson does not know."""
    if isinstance(value, GEOSGeometry):
        return value.hexewkb.decode()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
