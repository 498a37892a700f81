"""From building blocks to services: which variant is told where, and the values of every field.

Deterministic: the same content gives the same network. Rule: no two services of one city read alike, and of one
country only when a leaf has no further variant.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core import clock
from core.languages import column, split_column
from demonstration.making.attributes import answers_of
from demonstration.making.content import House, OfferedService, Script, Spot, Variant, localised
from demonstration.making.network import centre_of, shifted

REMOTE_DELIVERY = ("online", "phone", "post")


@dataclass(frozen=True)
class PlannedListing:
    """One listing to be: `service` are the fields of the service, `listing` those of the listing."""

    house: House
    spot: Spot
    offer: OfferedService
    service: dict[str, Any]
    listing: dict[str, Any]

    @property
    def key(self) -> str:
        return f"{self.house.slug}/{self.spot.key}/{self.offer.leaf}"

    @property
    def country(self) -> str:
        return self.house.data["country"] if self.spot.city else self.spot.country


def compose(content: Script) -> list[PlannedListing]:
    """Every listing of the network, organisation by organisation."""
    picker = _Picker(content)
    return [
        _plan(content, picker, house, spot, offer, turn)
        for house in content.houses
        for turn, (spot, offer) in enumerate(_offers(house))
    ]


def _offers(house: House) -> Iterator[tuple[Spot, OfferedService]]:
    for spot in house.spots:
        for offer in spot.offers:
            yield spot, offer


class _Picker:
    """Hands out variants: the one that the content asks for, else the least used and best fitting of the area."""

    def __init__(self, content: Script) -> None:
        self.variants = content.variants
        self.used: Counter[tuple[str, str, int]] = Counter()

    def pick(self, spot: Spot, offer: OfferedService, country: str) -> Variant:
        leaf = offer.leaf
        free = [v for v in self.variants[leaf] if not self.used[spot.area, leaf, v.number]]
        if offer.variant is not None:
            free = [v for v in free if v.number == offer.variant]
        if not free:
            raise ValueError(f"{spot.area} has more services of {leaf} than there are ways to tell of it")
        chosen = min(free, key=lambda v: (self._count(country, v), _misfit(spot, v), self._count("", v), v.number))
        for area in (spot.area, f"country {country}", "country "):
            self.used[area, leaf, chosen.number] += 1
        return chosen

    def _count(self, country: str, variant: Variant) -> int:
        return self.used[f"country {country}", variant.leaf, variant.number]


def _misfit(spot: Spot, variant: Variant) -> int:
    """How badly the way of giving the service suits the place; 0 is fine."""
    delivery = set(variant.fields["delivery"])
    if spot.kind == "remote":
        return 0 if delivery & set(REMOTE_DELIVERY) else 2
    if spot.kind == "mobile_stop":
        return 0 if delivery & {"mobile", "outreach"} else 1
    return 0 if delivery & {"on_site", "outreach"} else 2 if "mobile" in delivery else 1


def _plan(
    content: Script, picker: _Picker, house: House, spot: Spot, offer: OfferedService, turn: int
) -> PlannedListing:
    """`turn` counts the services of the house: small sentences take turns, so that neighbours do not repeat them."""
    country = house.data["country"] if spot.city else spot.country
    variant = picker.pick(spot, offer, country)
    dice = random.Random(f"{house.slug}/{spot.key}/{offer.leaf}")  # noqa: S311 (no secret)
    service = _service(content, house, spot, variant, turn)
    service["attributes"] = answers_of(content, service["types"], f"{house.slug}/{spot.key}/{offer.leaf}")
    if offer.ends_in_days:
        service["ends_on"] = clock.today() + dt.timedelta(days=offer.ends_in_days)
    hours_name = variant.fields.get("hours", spot.hours) or spot.hours
    listing: dict[str, Any] = {"hours": _hours(content, hours_name, dice), **_listing_note(content, spot, turn, dice)}
    if not spot.city:
        listing["remote_country"] = spot.country
    if area := _area(spot, service["delivery"]):
        listing["area"] = area
    if stops := _stops(content, spot):
        listing["stops"] = stops
    return PlannedListing(house, spot, offer, service, listing)


def _area(spot: Spot, delivery: list[str]) -> list[dict[str, Any]]:
    """Where the services of a spot come to, but for those to which people come."""
    return list(spot.data.get("area", [])) if set(delivery) != {"on_site"} else []


def _stops(content: Script, spot: Spot) -> list[dict[str, Any]]:
    """The stops of a mobile point; all its services have them."""
    return [
        {
            "id": stop["id"],
            "name": stop["name"],
            **dict(zip(("lon", "lat"), shifted(centre_of(content, spot), *stop["at"]).coords, strict=True)),
            "hours": {
                "slots": [{name: stop[name] for name in ("days", "opens", "closes")}],
                **({"exceptions": [_rest(*stop["rests"])]} if "rests" in stop else {}),
            },
        }
        for stop in spot.data.get("stops", [])
    ]


def _rest(first: int, last: int) -> dict[str, Any]:
    """A holiday of a stop, in days from today."""
    today = clock.today()
    return {
        "from": (today + dt.timedelta(days=first)).isoformat(),
        "to": (today + dt.timedelta(days=last)).isoformat(),
        "slots": [],
    }


_FIELDS = ("intake", "documents", "cost", "anonymous", "waiting", "groups", "statuses", "insurance", "gender",
           "age_from", "age_to", "interpreter_languages", "visibility")  # fmt: skip
_NOTES = ("cost_note", "documents_note", "eligibility_note")


def _service(content: Script, house: House, spot: Spot, variant: Variant, turn: int) -> dict[str, Any]:
    dice = random.Random(f"{house.slug}/{spot.key}/{variant.leaf}/service")  # noqa: S311 (no secret)
    fields = {name: variant.fields[name] for name in _FIELDS if name in variant.fields}
    fields |= {key: value for key, value in variant.fields.items() if split_column(key)[0] in _NOTES}
    fields["types"] = [variant.leaf, *variant.fields.get("also", [])]
    fields["delivery"] = _delivery(spot, variant.fields["delivery"])
    fields["languages"] = _languages(house, dice)
    fields.setdefault("insurance", "not_needed")
    fields.setdefault("visibility", "public")
    practical = house.data["practical"] if spot.city else content.words["remote_practical"]
    fields |= _texts(variant, _in_turn(practical, turn)) | _members_notes(house, turn, dice)
    if fields.get("anonymous") is not False and turn % 2:
        fields |= localised("confidentiality_note", _in_turn(house.data["confidentiality"], turn // 2))
    if "eligibility_note" not in fields and dice.random() < 0.4:
        fields |= localised("eligibility_note", _eligibility(content, fields, turn))
    return fields


def _in_turn(texts: list[Any], turn: int) -> Any:
    return texts[turn % len(texts)]


def _texts(variant: Variant, practical: dict[str, str]) -> dict[str, str]:
    """The variant's words, and one practical sentence of the organisation behind them."""
    fields: dict[str, str] = {}
    for language, words in variant.text.items():
        fields |= {column(name, language): words[name] for name in ("title", "summary")}
        fields[column("text", language)] = f"{words['text']}\n\n{practical[language]}"
    return fields


def _members_notes(house: House, turn: int, dice: random.Random) -> dict[str, str]:
    if not house.data["legal_risks"] or dice.random() > 0.25:
        return {}
    return localised("legal_risk_note", _in_turn(house.data["legal_risks"], turn))


def _eligibility(content: Script, fields: dict[str, Any], turn: int) -> dict[str, str]:
    """A sentence that fits what the fields already say."""
    notes = content.words["eligibility"]
    kind = "only" if "only" in fields.get("groups", {}).values() else "statuses" if fields.get("statuses") else "all"
    return dict(_in_turn(notes[kind], turn))


def _delivery(spot: Spot, given: list[str]) -> list[str]:
    if spot.kind == "remote":
        return [way for way in given if way in REMOTE_DELIVERY] or ["online"]
    if spot.kind == "mobile_stop":
        return ["mobile", *(way for way in given if way in ("outreach", "post"))]
    return given


def _languages(house: House, dice: random.Random) -> list[str]:
    """The first two always, each of the others more often than not."""
    languages = house.data["languages"]
    return [code for position, code in enumerate(languages) if position < 2 or dice.random() < 0.65]


def _hours(content: Script, name: str, dice: random.Random) -> dict[str, Any]:
    """The named hours; now and then with a special day or the quiet days around the new year."""
    hours = dict(content.hours[name])
    if "slots" in hours and dice.random() < 0.3:
        hours["exceptions"] = [dice.choice((_cleaning_day, _short_day, _new_year))(content)]
    return hours


def _cleaning_day(content: Script) -> dict[str, Any]:
    day = (clock.today() + dt.timedelta(days=12)).isoformat()
    return {"from": day, "to": day, "slots": [], "note": content.words["exceptions"]["cleaning"]}


def _short_day(content: Script) -> dict[str, Any]:
    day = (clock.today() + dt.timedelta(days=5)).isoformat()
    return {"from": day, "to": day, "slots": [["10:00", "13:00"]], "note": content.words["exceptions"]["short"]}


def _new_year(content: Script) -> dict[str, Any]:
    year = clock.today().year
    first, last = f"{year}-12-31", f"{year + 1}-01-04"
    return {"from": first, "to": last, "slots": [], "note": content.words["exceptions"]["new_year"]}


def _listing_note(content: Script, spot: Spot, turn: int, dice: random.Random) -> dict[str, str]:
    notes = content.words["listing_notes"]
    if not spot.city or dice.random() > 0.45:
        return {}
    return localised("note", _in_turn(notes.get(spot.kind, notes["office"]), turn))
