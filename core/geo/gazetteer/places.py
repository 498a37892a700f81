"""The places themselves: read once, on the first question."""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.conf import settings

from core.languages import active, preferred
from core.spelling.alphabets import in_other_alphabets

FILE = settings.BASE_DIR / "fixtures" / "gazetteer" / "places.csv.gz"
#: Names in further alphabets and languages, of places in that file.
FURTHER = FILE.with_name("further_names.csv.gz")
ALTERNATES_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Place:
    """A city, town or village. Degrees, WGS 84. `id` is stable; `alternates` are further names, old ones too;
    `further` are names in other alphabets and languages."""

    id: str
    name_ru: str
    name_en: str
    name_local: str
    alternates: tuple[str, ...]
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    timezone: str
    further: tuple[str, ...] = ()

    def name(self, language: str | None = None) -> str:
        """The name in a language (the active one, unless given) or its fallbacks, whichever there is."""
        order = [getattr(self, f"name_{code}", "") for code in preferred(language or active())]
        return next((name for name in (*order, self.name_local) if name), self.id)

    def names(self) -> tuple[str, ...]:
        told = (self.name_ru, self.name_en, self.name_local, *self.alternates, *self.further)
        return tuple(dict.fromkeys(name for name in told if name))

    def in_its_alphabets(self) -> tuple[str, ...]:
        """Its own name in every alphabet of the country's language, then its names in other alphabets."""
        spelt = in_other_alphabets(self.name_local, self.country.lower())
        return tuple(name for name in (self.name_local, *spelt, *self.further) if name)


@cache
def places(file: Path = FILE) -> dict[str, Place]:
    """Every place by its id, the most populous first."""
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        found = [_place(row) for row in csv.DictReader(lines)]
    further = _further() if file == FILE else {}
    found = [replace(one, further=further[one.id]) if one.id in further else one for one in found]
    return {one.id: one for one in sorted(found, key=lambda one: -one.population)}


def place(place_id: str) -> Place | None:
    """The place of an id, None for an unknown one."""
    return places().get(place_id)


@cache
def largest(country: str) -> Place | None:
    """The most populous place of a country, None for an unknown one."""
    return next((found for found in places().values() if found.country == country), None)


def main_zone(country: str) -> str:
    """The IANA zone of the country's largest place, for what has no place of its own; UTC for an unknown country."""
    found = largest(country)
    return found.timezone if found else "UTC"


@cache
def country_of_zone(zone: str) -> str:
    """The one country whose largest place keeps this zone; "" where there is none, or more than one."""
    found = {one.country for one in places().values() if main_zone(one.country) == zone}
    return found.pop() if len(found) == 1 else ""


def _further() -> dict[str, tuple[str, ...]]:
    with gzip.open(FURTHER, "rt", encoding="utf-8", newline="") as lines:
        return {row["id"]: tuple(row["names"].split(ALTERNATES_SEPARATOR)) for row in csv.DictReader(lines)}


def _place(row: dict[str, str]) -> Place:
    return Place(
        id=row["id"],
        name_ru=row["name_ru"],
        name_en=row["name_en"],
        name_local=row["name_local"],
        alternates=tuple(part for part in row["alternates"].split(ALTERNATES_SEPARATOR) if part),
        country=row["country"],
        admin1=row["admin1"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        population=int(row["population"] or 0),
        timezone=row["timezone"],
    )
