"""Three worked examples of an empty table: an office, a phone line, a mobile point. Of no real organisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from core.geo.countries import country_name
from exchange.books.sheets.columns import BookSheet

Cells = Mapping[str, object]


def examples() -> dict[str, list[Cells]]:
    """Cells of each sheet by their codes. Ids are made up: a new row may have any, as long as sheets agree."""
    name, georgia = _("Example: our organisation"), country_name("GE")
    office, line, bus = (f"{_('example')}-{number}" for number in (1, 2, 3))
    return {
        "service": [
            {"id": office, "organization": name, "title": _("Example: test at once"), "types": ["hiv_rapid_test"]},
            {"id": line, "organization": name, "title": _("Example: crisis line"), "types": ["crisis_line"]},
            {"id": bus, "organization": name, "title": _("Example: bus with a doctor"), "types": ["mobile_clinic"]},
        ],
        "location": [
            _place(office, name, georgia, _("Example: office"), "office") | {"lat": "41.715137", "lon": "44.827096"},
            _place(bus, name, georgia, _("Example: the bus stop at the market"), "mobile_stop"),
        ],
        "listing": [
            {"id": office, "service": office, "location": office} | _week("09:00–13:00, 14:00–18:00"),
            {"id": line, "service": line, "remote_country": georgia, "hours_always": _("yes")},
            {"id": bus, "service": bus, "location": bus, "hours_2": "18:00–21:00", "hours_5": "18:00–21:00"},
        ],
        "contact": [
            {
                "id": office,
                "organization": name,
                "location": office,
                "channel": ["phone"],
                "value": "+995 32 200 00 00",
            },
            {"id": line, "organization": name} | _contact("email", "office@example.org"),
        ],
    }


def example_rows(sheet: BookSheet, cells: list[Cells], names: Mapping[str, Mapping[str, str]]) -> list[list[object]]:
    """The examples in the order of the columns; a list holds codes, which are said in words."""
    return [[_said(cell.get(column.code), names.get(column.code, {})) for column in sheet.columns] for cell in cells]


def _said(value: Any, names: Mapping[str, str]) -> object:
    return "; ".join(names.get(code, code) for code in value) if isinstance(value, list) else value


def _place(key: str, owner: str, country: str, name: str, kind: str) -> dict[str, object]:
    return {"id": key, "organization": owner, "name": name, "type": [kind], "country": country, "city": _("Tbilisi")}


def _contact(channel: str, value: str) -> dict[str, object]:
    return {"channel": [channel], "value": value}


def _week(times: str) -> dict[str, object]:
    return {f"hours_{day}": times for day in WEEKDAYS if day < 5}
