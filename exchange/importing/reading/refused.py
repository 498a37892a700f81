"""Refused rows as a file of their own, in the shape of the file that they come from, so that it can be mended and
imported alone with the same mapping."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from core.files.sheets import cell
from exchange.importing.reading.rows import MAIN, Row, Source
from exchange.importing.reading.tables import unnamed


def refused_path(path: Path) -> Path:
    """Where the refused rows of a file go, unless somebody says otherwise: beside it, where joined files are."""
    ending = path.suffix if path.suffix.lower() in (".json", ".geojson") else ".csv"
    return path.with_name(f"{path.stem}.refused{ending}")


def write_rows(path: Path, source: Source) -> None:
    """Write the rows of a file, as they were."""
    if source.columns:
        _write_table(path, source, source.rows)
    else:
        _write_objects(path, source, source.rows)


def _write_table(path: Path, source: Source, rows: list[Row]) -> None:
    width = max([len(source.columns), *(len(row.raw) for row in rows)])
    names = [*source.columns, *[""] * (width - len(source.columns))]
    with path.open("w", encoding="utf-8-sig", newline="", errors="replace") as file:
        writer = csv.writer(file)
        writer.writerow([cell(name) for name in names])
        for row in rows:
            data = cast("Mapping[str, object]", row.parts[MAIN])
            filled = [data.get(name or unnamed(position), "") for position, name in enumerate(names, start=1)]
            writer.writerow([cell(value) for value in row.raw or filled])


def _write_objects(path: Path, source: Source, rows: list[Row]) -> None:
    data: Any = [row.parts[MAIN] for row in rows]
    for name in reversed(source.at):
        data = {name: data}
    if source.at == ("features",):
        data = {"type": "FeatureCollection"} | data
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8", errors="replace")
