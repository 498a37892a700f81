"""Regions of countries: names where our list has them; else a region is called by its biggest town."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.translation import gettext as _

from core.geo.gazetteer.places import ALTERNATES_SEPARATOR, Place, place, places
from core.geo.gazetteer.whereabouts import nearest
from core.languages import active, preferred
from core.spelling.text import searched

FILE = settings.BASE_DIR / "fixtures" / "gazetteer" / "regions.csv"
#: Up to so many people a settlement is so wide, in km from its middle.
_WIDTHS = ((20_000, 4.0), (100_000, 6.0), (500_000, 10.0), (2_000_000, 15.0))
_WIDEST = 25.0


@dataclass(frozen=True, slots=True)
class Region:
    """`code` is that of its country and its own: "GE.68". `alternates` are for the search alone."""

    code: str
    name_ru: str
    name_en: str
    alternates: tuple[str, ...]

    def name(self, language: str | None = None) -> str:
        order = [getattr(self, f"name_{code}", "") for code in preferred(language or active())]
        return next((name for name in order if name), self.name_en)


def region_of(town: Place) -> str:
    """The code of the region in which a town lies, with that of its country: "GE.68"."""
    return f"{town.country}.{town.admin1}"


def region_at(lat: float, lon: float, place_id: str = "") -> str:
    """The region of a place, else that of the nearest town; "" where there is none."""
    known = place(place_id) if place_id else None
    near = None if known else nearest(lat, lon)
    return region_of(known) if known else region_of(near[0]) if near else ""


def region_name(code: str, language: str | None = None) -> str:
    """What a region is called; "" where our list has no name."""
    found = _named().get(code)
    return found.name(language) if found else ""


def region_in_words(code: str) -> str:
    """Its name; without one that of its biggest town; "" for a region that our list does not know."""
    towns = towns_of(code)
    return region_name(code) or (_("the region of %(city)s") % {"city": towns[0].name()} if towns else "")


def regions_of(country: str) -> list[str]:
    """Codes of the regions of a country that our list knows, by the size of their biggest town."""
    return [code for code in _regions() if code.partition(".")[0] == country]


def regions_called(words: str, countries: Iterable[str] = ()) -> list[str]:
    """Codes of the regions of exactly this name, in any language, of these countries when some are named."""
    asked, wanted = searched(words), set(countries)
    found = _by_name().get(asked, ()) if asked else ()
    return [code for code in found if not wanted or code.partition(".")[0] in wanted]


def regions_like(words: str, limit: int) -> list[str]:
    """Codes of named regions of which a name begins like this, in any language."""
    asked = searched(words)
    found = (code for name, codes in _by_name().items() if asked and name.startswith(asked) for code in codes)
    return sorted(dict.fromkeys(found), key=lambda code: (region_name(code), code))[:limit]


def towns_of(region: str) -> tuple[Place, ...]:
    """The towns of a region, the biggest first; none for an unknown one."""
    return _regions().get(region, ())


@cache
def _named() -> dict[str, Region]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: _region(row) for row in csv.DictReader(lines)}


def _region(row: dict[str, str]) -> Region:
    others = tuple(part for part in row["alternates"].split(ALTERNATES_SEPARATOR) if part)
    return Region(row["code"], row["name_ru"], row["name_en"], others)


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in _named().values():
        for name in {searched(said) for said in (one.name_ru, one.name_en, *one.alternates)}:
            found[name] = (*found.get(name, ()), one.code)
    return found


@cache
def _regions() -> dict[str, tuple[Place, ...]]:
    found: dict[str, tuple[Place, ...]] = {}
    for one in places().values():
        found[region_of(one)] = (*found.get(region_of(one), ()), one)
    return found


def width_of(town: Place) -> float:
    """How far a settlement reaches from its middle, in km."""
    return next((km for people, km in _WIDTHS if town.population < people), _WIDEST)
