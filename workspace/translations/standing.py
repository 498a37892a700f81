"""Where a text stands, by the names that people know: of a record its service and place, of a string its files."""

from __future__ import annotations

from dataclasses import dataclass

from core.languages import SOURCE
from directory.asking.queries import current_listings
from directory.shown.profiles import profiles
from directory.tables.wording import CAPACITY, PARTS, RECORDS
from translations.texts.units import Unit
from workspace.translations.pages import address_of

#: Kind → the column that names the listings which say it; a contact and a notice are of a whole place.
_COLUMNS = {kind: column for kind, (column, _fields) in RECORDS.items()} | {CAPACITY: "id"}
#: What tells a listing from its neighbours at the same place.
_OF_A_SERVICE = frozenset({"service", "listing", CAPACITY})


@dataclass(frozen=True)
class TextPlace:
    """`url` is the page of everybody's on which it is read; none for files."""

    name: str
    url: str = ""


def standing(unit: Unit) -> list[TextPlace]:
    names = _names(unit)
    return [TextPlace(name, address_of(unit)) for name in names] or [TextPlace(name) for name in unit.where]


def _names(unit: Unit) -> list[str]:
    if unit.kind == "organization" or (unit.kind in PARTS and unit.where[:1] == ("organization",)):
        return [
            one.content.get(SOURCE, {}).get("name", "") or one.slug for one in profiles("public", slug=unit.where[-1])
        ]
    if unit.kind in _COLUMNS:
        rows = current_listings("public").filter(**{_COLUMNS[unit.kind]: unit.key})
    elif unit.kind in PARTS and unit.where[:1] == ("place",):
        rows = current_listings("public").filter(place_id=unit.where[1])
    else:
        return []
    fields = ("title", "place", "city") if unit.kind in _OF_A_SERVICE else ("place", "city")
    told = (row.get(SOURCE, {}) for row in rows.order_by("id").values_list("content", flat=True))
    return list(dict.fromkeys(", ".join(filter(None, map(one.get, fields))) for one in told))
