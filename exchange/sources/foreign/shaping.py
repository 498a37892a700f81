"""Services of HSDS, of whatever version, as rows of one shape: one for each place at which a service is given.

Rule: read are names, texts, places, ways to reach, hours, languages, cost, age and terms. Persons who work there are
not read at all (`contacts` by name and title), and of a place that says so itself neither point nor street.
Services that are closed for good count as gone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from core.geo.countries import country_codes
from exchange.sources.foreign.schedules import hours_of
from exchange.sources.foreign.terms import terms_in

Told = Mapping[str, Any]
Shaped = dict[str, Any]
_CLOSED = ("defunct", "inactive")
#: NUL, and halves of a sign that stand alone.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_MARKUP = re.compile(r"<[^>]{1,200}>")
#: What may hold several, by the names that it had through the versions.
_ADDRESSES = ("addresses", "physical_addresses", "physical_address", "address")
_SCHEDULES = ("schedules", "regular_schedules", "regular_schedule", "schedule")
#: Beside what the standard knows: those whose door is not public say so in our own profile.
_HIDDEN = ("district", "settlement", "country", "none")
LONGEST_TITLE, MOST_WAYS = 160, 8


def rows_of(service: Told, language: str) -> Iterator[Shaped]:
    """Nothing for a service that is closed for good, or that has neither an id nor a name."""
    service = storable(service)
    if not service.get("id") or not service.get("name") or str(service.get("status")).lower() in _CLOSED:
        return
    given = list(_list(service, "service_at_locations", "service_at_location"))
    places: list[tuple[Told, Told]] = [(one, _one(one.get("location"))) for one in given]
    if not places:
        places = [({}, place) for place in _list(service, "locations", "location")] or [({}, {})]
    for at, place in places:
        yield _row(service, at, place, language)


def storable(value: Any) -> Any:
    """Without signs that the database does not take, in texts and names of whatever lies below."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value)
    if isinstance(value, Mapping):
        return {storable(name): storable(inner) for name, inner in value.items()}
    return [storable(inner) for inner in value] if isinstance(value, list) else value


def _row(service: Told, at: Told, place: Told, language: str) -> Shaped:
    owner = _one(service.get("organization"))
    own = str(at.get("id") or "|".join(str(one.get("id")) for one in (service, place) if one.get("id")))
    door = _place(place, language) if place else None
    country = (door or {}).get("country", "")
    schedules = next((found for one in (at, place, service) if (found := list(_list(one, *_SCHEDULES)))), [])
    return {
        "id": own,
        "organization": _organization(owner, service, language),
        "location": door,
        "country": country,
        "service": _service(service, language),
        "said": {language: _text(at.get("description"))} if at.get("description") else {},
        "terms": terms_in(service),
        "languages": _languages(service, place),
        "hours": hours_of(schedules, language),
        "phones": _phones(at, place, service, owner),
        "emails": _several(_ways(at, place, service, owner, "email")),
        "url": _web(service.get("url")),
    }


def _service(service: Told, language: str) -> Shaped:
    texts = _one(service.get("x_texts"))
    titles = {code: one["title"] for code, one in texts.items() if isinstance(one, Mapping) and one.get("title")}
    return {
        "title": titles or {language: _text(service["name"])[:LONGEST_TITLE]},
        "text": _in(language, service.get("description"), 5000),
        "eligibility": _in(language, service.get("eligibility_description"), 500),
        "fees": _in(language, service.get("fees_description") or service.get("fees"), 300),
        "cost": _cost(service),
        "age_from": _age(service.get("minimum_age")),
        "age_to": _age(service.get("maximum_age")),
    }


def _organization(owner: Told, service: Told, language: str) -> Shaped:
    text = _text(owner.get("description"))
    name = _text(owner.get("name"))
    return {
        "id": str(owner.get("id") or service.get("organization_id") or ""),
        "name": {language: name} if name else {},
        "description": _in(language, text, 2000) if text != name else {},
        "website": _web(owner.get("website") or owner.get("url")),
    }


def _place(place: Told, language: str) -> Shaped | None:
    """None for what has no door: online, or a post-box."""
    if str(place.get("location_type") or "physical").lower() != "physical":
        return None
    address = next(iter(_list(place, *_ADDRESSES)), {})
    is_hidden = place.get("x_precision") in _HIDDEN
    street = "" if is_hidden else _text(address.get("address_1"))
    city = _text(address.get("city"))
    name = _text(place.get("name")) or street or city
    lat, lon = (None, None) if is_hidden else (place.get("latitude"), place.get("longitude"))
    return {
        "id": str(place.get("id") or _digest("|".join((city, street, name)))),
        "name": name[:200],
        "address": {language: street} if street else {},
        "city": city,
        "region": _text(address.get("state_province")),
        "country": _country(address.get("country")),
        "directions": _in(language, place.get("description"), 1500),
        "transit": _in(language, place.get("transportation"), 250),
        "lat": lat if _is_number(lat) and _is_number(lon) else None,
        "lon": lon if _is_number(lat) and _is_number(lon) else None,
    }


def doorless(row: Shaped) -> Shaped:
    """The row without what says where the door of its place is; that there is a place stays."""
    place = dict(row["location"])
    if any(street and street in place["name"] for street in place["address"].values()):
        place["name"] = ""
    place |= {"address": {}, "directions": {}, "transit": {}, "lat": None, "lon": None, "is_doorless": True}
    return {**row, "location": place}


def _digest(words: str) -> str:
    """An address is no identifier: it could not be forgotten."""
    return hashlib.sha256(words.encode()).hexdigest()[:24]


def _country(value: object) -> str:
    code = str(value or "").strip().upper()
    return code if code in country_codes() else ""


def _languages(*rows: Told) -> list[str]:
    """Codes or names, as the versions have them."""
    found = [one for row in rows for one in _list(row, "languages", "language")]
    return _several(str(one.get("code") or one.get("name") or one.get("language") or "") for one in found)


def _cost(service: Told) -> str:
    options = [one.get("amount") for one in _list(service, "cost_options", "cost_option")]
    sums = [float(str(amount)) for amount in options if _is_number(amount)]
    if sums:
        return "paid" if all(sums) else "free" if not any(sums) else "free_for_some"
    return "free" if _text(service.get("fees")).lower() in ("free", "none", "0") else "unknown"


def _phones(at: Told, place: Told, service: Told, owner: Told) -> list[str]:
    """Of the most specific that has any; those of persons are left with the persons."""
    for row in (at, place, service, owner):
        numbers = _several(str(one.get("number") or "") for one in _list(row, "phones", "phone") if _is_called(one))
        if numbers:
            return numbers
    return []


def _is_called(phone: Told) -> bool:
    return str(phone.get("type") or "voice").lower() not in ("fax", "pager", "tty", "textphone")


def _ways(at: Told, place: Told, service: Told, owner: Told, name: str) -> Iterator[str]:
    found = (str(row.get(name) or "").strip() for row in (at, service, owner))
    yield next((value for value in found if value), "")


def _age(value: object) -> int | None:
    return int(float(str(value))) if _is_number(value) and 0 < float(str(value)) < 120 else None


def _is_number(value: object) -> bool:
    try:
        return value not in (None, "") and abs(float(str(value))) < 1e9
    except ValueError:
        return False


def _web(value: object) -> str:
    text = str(value or "").strip()
    return text if text.startswith(("http://", "https://")) and len(text) <= 500 else ""


def _in(language: str, value: object, most: int) -> dict[str, str]:
    """As much of it as its place here holds."""
    text = _text(value)
    return {language: text if len(text) <= most else f"{text[: most - 1]}…"} if text else {}


def _text(value: object) -> str:
    """Plain words: some directories send HTML in their texts."""
    return _MARKUP.sub(" ", str(value)).strip() if isinstance(value, str | int | float) else ""


def _several(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value.strip() for value in values if value.strip()))[:MOST_WAYS]


def _one(value: object) -> Told:
    return value if isinstance(value, Mapping) else {}


def _list(row: Told, *names: str) -> Iterator[Told]:
    """What stands under the first of the names that is there: a list of objects, or one object."""
    found = next((row[name] for name in names if row.get(name)), ())
    items = found if isinstance(found, list) else [found]
    yield from (one for one in items if isinstance(one, Mapping))
