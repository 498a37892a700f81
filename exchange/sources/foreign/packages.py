"""The tabular package of HSDS (a zip of CSV tables), 1.x to 3.x, as services with everything below them.

Rule: read in memory within bounds, and nothing in it is followed: neither the addresses in its datapackage.json nor a
path of a part. A table of a name that the standard does not have is not read.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Any

from django.utils.translation import gettext as _

from exchange.sources.foreign.faults import SourceFault

MOST_FILE, MOST_UNPACKED, MOST_PARTS, MOST_ROWS = 20_000_000, 40_000_000, 100, 200_000
Told = dict[str, Any]
#: Names of tables through the versions, without the “s” of the newer ones.
_TABLES = {
    "organization": "organization", "service": "service", "location": "location",
    "service_at_location": "service_at_location", "services_at_location": "service_at_location",
    "addresse": "address", "address": "address", "physical_addresse": "address", "physical_address": "address",
    "phone": "phone", "schedule": "schedule", "regular_schedule": "schedule", "language": "language",
    "cost_option": "cost_option", "attribute": "attribute", "taxonomy_term": "term", "taxonomie": "taxonomy",
    "taxonomy": "taxonomy", "service_taxonomy": "service_taxonomy", "service_taxonomie": "service_taxonomy",
}  # fmt: skip
_TIES = {"service_at_location_id": "service_at_location", "location_id": "location", "service_id": "service",
         "organization_id": "organization"}  # fmt: skip


def read_package(file: IO[bytes], size: int) -> list[Told]:
    """Raises SourceFault."""
    if size > MOST_FILE:
        raise SourceFault(_("The file is larger than %(most)d MB.") % {"most": MOST_FILE // 1_000_000})
    try:
        with zipfile.ZipFile(file) as archive:
            tables = _tables(archive)
    except SourceFault:
        raise
    except Exception as error:
        # zipfile, zlib, lzma and csv have dozens of errors for what is broken inside, and no common one.
        raise SourceFault(_("This is no package of HSDS: a zip with tables (.csv) was expected.")) from error
    if not tables.get("service"):
        raise SourceFault(_("There is no table of services in this package."))
    return _joined(tables)


def _tables(archive: zipfile.ZipFile) -> dict[str, list[Told]]:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        message = _("Unpacked, this package is larger than %(most)d MB.")
        raise SourceFault(message % {"most": MOST_UNPACKED // 1_000_000})
    found: dict[str, list[Told]] = {}
    left = MOST_ROWS
    for part in parts:
        name = PurePosixPath(part.filename)
        table = _TABLES.get(name.stem.lower().removesuffix("s")) or _TABLES.get(name.stem.lower())
        if name.suffix.lower() == ".csv" and table and "__MACOSX" not in name.parts:
            rows = list(_rows(archive.read(part), left))
            left -= len(rows)
            found.setdefault(table, []).extend(rows)
    return found


def _rows(data: bytes, most: int) -> Iterator[Told]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceFault(_("A table of the package is not UTF-8 text.")) from error
    for number, row in enumerate(csv.DictReader(io.StringIO(text, newline=""))):
        if number >= most:
            raise SourceFault(_("The tables of the package have more than %(most)d rows.") % {"most": MOST_ROWS})
        yield {str(name).strip(): _cell(value) for name, value in row.items() if name and value not in (None, "")}


def _cell(value: object) -> object:
    """An apostrophe stands before what a spreadsheet would run."""
    is_marked = isinstance(value, str) and value[:1] == "'" and value[1:2] in ("=", "+", "-", "@")
    return value[1:] if is_marked and isinstance(value, str) else value


def _joined(tables: dict[str, list[Told]]) -> list[Told]:
    by_id = {name: {str(row.get("id")): row for row in rows} for name, rows in tables.items()}
    for table, under in (("address", "addresses"), ("phone", "phones"), ("schedule", "schedules"),
                         ("language", "languages"), ("cost_option", "cost_options")):  # fmt: skip
        for row in tables.get(table, ()):
            _hang(row, under, by_id)
    for at in tables.get("service_at_location", ()):
        at["location"] = by_id.get("location", {}).get(str(at.get("location_id")), {})
        _hang({**at, "service_at_location_id": None, "location_id": None}, "service_at_locations", by_id)
    _tell_terms(tables, by_id)
    for service in tables["service"]:
        service["organization"] = by_id.get("organization", {}).get(str(service.get("organization_id")), {})
    return tables["service"]


def _hang(row: Told, under: str, by_id: dict[str, dict[str, Told]]) -> None:
    """Below the most specific row that it names."""
    for key, table in _TIES.items():
        if row.get(key) and (owner := by_id.get(table, {}).get(str(row[key]))):
            owner.setdefault(under, []).append(row)
            return


def _tell_terms(tables: dict[str, list[Told]], by_id: dict[str, dict[str, Told]]) -> None:
    terms, schemes = by_id.get("term", {}), by_id.get("taxonomy", {})
    for row in tables.get("attribute", ()):
        term = dict(terms.get(str(row.get("taxonomy_term_id")), {}))
        scheme = schemes.get(str(term.get("taxonomy_id")), {})
        owner = by_id["service"].get(str(row.get("link_id")))
        if term and owner is not None:
            told = term | {"taxonomy": term.get("taxonomy") or scheme.get("name") or ""}
            owner.setdefault("attributes", []).append({"taxonomy_term": told})
    for row in tables.get("service_taxonomy", ()):
        term = terms.get(str(row.get("taxonomy_term_id"))) or schemes.get(str(row.get("taxonomy_id")), {})
        owner = by_id["service"].get(str(row.get("service_id")))
        if term and owner is not None:
            owner.setdefault("service_taxonomy", []).append({"taxonomy": term})
