"""Where a service comes to, as lines that people write: a country, a city, its districts, a circle, a region.

    Грузия                    a whole country
    Рустави                   a city; “Рустави, Грузия” where the service is of another country, “#612287” by its number
    Тбилиси: Вера, Ваке       districts of a city
    30 км                     around the place itself; “30 км: Рустави” around a city
    Кахетия                   a region by its name; “регион: Арарат” where a city has that name, too
    регион: Рустави           the region in which a city lies, where our list knows no name of it

Rule: what is stored is shown and kept. What was drawn stands in a field of its own, as JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.geo import gazetteer
from core.geo.countries import country_codes, country_name
from core.geo.gazetteer import Place
from core.languages import codes
from core.spelling.text import normalise
from directory.crossing.content import AreaJson
from organizations.models import LocationType
from services.models import Delivery, ServiceAtLocation

#: Ways of giving help for which an area can be said.
COMING = frozenset(set(Delivery) - {Delivery.ON_SITE})
_KM = re.compile(r"(\d{1,3}(?:[.,]\d)?)\s*(?:км|km)\.?", re.IGNORECASE)
_NUMBER = re.compile(r"#\s*(\d+)$")
_REGION = frozenset({"region", "регион", "область", "край", "oblast"})
#: What somebody may have drawn at most, as a text.
LONGEST_DRAWN = 40_000


def has_area(listing: ServiceAtLocation) -> bool:
    """Whether the form asks where it comes to."""
    return bool(listing.area or COMING & set(listing.service.delivery))


def has_stops(listing: ServiceAtLocation) -> bool:
    """Whether the form asks for a timetable of stops."""
    at_stop = listing.location is not None and listing.location.type == LocationType.MOBILE_STOP
    return bool(listing.stops or at_stop or Delivery.MOBILE in listing.service.delivery)


def lines_of(parts: Iterable[AreaJson], country: str) -> str:
    """The parts but for what was drawn, one a line."""
    lines: list[str] = []
    districts: dict[str, int] = {}
    for part in parts:
        line = _line(part, country)
        if part["kind"] == "district" and (at := districts.get(part["code"])) is not None:
            lines[at] += f", {part['name']}"
            continue
        if part["kind"] == "district":
            districts[part["code"]] = len(lines)
        if line:
            lines.append(line)
    return "\n".join(lines)


def drawn_of(parts: Iterable[AreaJson]) -> str:
    """What was drawn, as JSON; "" for nothing."""
    rings = [part["ring"] for part in parts if part["kind"] == "polygon"]
    return json.dumps(rings) if rings else ""


def read_lines(text: str, country: str) -> list[Mapping[str, Any]]:
    """The parts that the lines name. A ValidationError tells every line that was not understood."""
    found: list[Mapping[str, Any]] = []
    faults: list[str] = []
    for line in filter(None, (" ".join(each.split()) for each in text.splitlines())):
        try:
            found += _parts(line, country)
        except ValidationError as error:
            faults += error.messages
    if faults:
        raise ValidationError(faults)
    return found


def read_drawn(text: str) -> list[Mapping[str, Any]]:
    """What was drawn; its corners are checked where they are written."""
    try:
        rings = json.loads(text) if text else []
    except ValueError as error:
        raise ValidationError(_("What was drawn could not be read. Draw it again.")) from error
    if not isinstance(rings, list):
        raise ValidationError(_("What was drawn could not be read. Draw it again."))
    return [{"kind": "polygon", "ring": ring} for ring in rings]


def _line(part: AreaJson, country: str) -> str:
    kind, place = part["kind"], gazetteer.place(part.get("code", ""))
    if kind == "country":
        return country_name(part["code"])
    if kind == "region":
        return f"{_('region')}: {said}" if (said := _region(part["code"], country)) else ""
    if kind == "circle":
        km = f"{part['km']:g} {_('km')}"
        return f"{km}: {_town(place, country)}" if place else km
    if place is None:
        return ""
    return f"{_town(place, country)}: {part['name']}" if kind == "district" else _town(place, country)


def _region(code: str, country: str) -> str:
    """By its name, with its country where that is another one; without a name by its biggest town."""
    land, towns = code.partition(".")[0], gazetteer.towns_of(code)
    if name := gazetteer.region_name(code):
        return name if land == country else f"{name}, {country_name(land)}"
    return _town(towns[0], country) if towns else ""


def _town(place: Place, country: str) -> str:
    """By its name, with its country where that is another one, by its number where others have its name."""
    name = place.name()
    if gazetteer.namesakes(name, place.country).only != place:
        return f"{name} #{place.id}"
    return name if place.country == country else f"{name}, {country_name(place.country)}"


def _parts(line: str, country: str) -> Iterator[Mapping[str, Any]]:
    before, _colon, after = (piece.strip() for piece in line.partition(":"))
    if found := _KM.fullmatch(before):
        km = float(found[1].replace(",", "."))
        yield {"kind": "circle", "km": km} | ({"code": _place(after, country).id} if after else {})
    elif normalise(before) in _REGION and after:
        yield {"kind": "region", "code": _region_called(after, country) or gazetteer.region_of(_place(after, country))}
    elif after:
        code = _place(before, country).id
        yield from (
            {"kind": "district", "code": code, "name": name.strip()} for name in after.split(",") if name.strip()
        )
    elif land := _countries().get(normalise(line)):
        yield {"kind": "country", "code": land}
    elif not _is_town(line, country) and (region := _region_called(line, country)):
        yield {"kind": "region", "code": region}
    else:
        yield {"kind": "city", "code": _place(line, country).id}


def _region_called(text: str, country: str) -> str:
    """The code of the one region of that name, of the country of the service first; "" where there is none."""
    name, _comma, where = (piece.strip() for piece in text.rpartition(","))
    land = _countries().get(normalise(where)) if name else None
    asked = name if land else text
    found = gazetteer.regions_called(asked, [land or country]) or (not land and gazetteer.regions_called(asked)) or []
    return found[0] if len(found) == 1 else ""


def _is_town(text: str, country: str) -> bool:
    """Whether a town is called so, in the country first; "Yerevan" is a region, too."""
    name, _comma, where = (piece.strip() for piece in text.rpartition(","))
    land = _countries().get(normalise(where)) if name else None
    return bool(_NUMBER.search(text) or _called(name if land else text, land or country))


def _place(text: str, country: str) -> Place:
    if found := _NUMBER.search(text):
        place = gazetteer.place(found[1])
        if place:
            return place
    name, _comma, where = (piece.strip() for piece in text.rpartition(","))
    land = _countries().get(normalise(where)) if name else None
    called = _called(name if land else text, land or country)
    if len(called) == 1:
        return called[0]
    if called:
        choices = ", ".join(f"{one.name()}, {country_name(one.country)} #{one.id}" for one in called[:5])
        raise ValidationError(
            _("Which %(name)s? Write it as one of these: %(choices)s") % {"name": text, "choices": choices}
        )
    raise ValidationError(_("%(name)s is not in our list of countries and cities.") % {"name": text})


def _called(name: str, country: str) -> Sequence[Place]:
    """Towns of that name in the country, else anywhere."""
    for land in (country, *sorted(country_codes())):
        if land:
            found = gazetteer.namesakes(name, land)
            if found.only:
                return [found.only]
            if found.all:
                return found.all
    return []


@cache
def _countries() -> dict[str, str]:
    """Names of countries in every language, as people type them."""
    return {normalise(country_name(code, language)): code for code in country_codes() for language in codes()}
