"""A country in one language, whole or as what changed since a phone asked last."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings

from core.geo.countries import country_name
from directory.asking import queries
from directory.asking.filters import Filters
from directory.hours.holidays import holiday
from reading import kept
from reading.asked import Asked
from reading.lines import lines
from reading.needs import needs
from reading.road import states
from reading.road.rows import place_told
from reading.road.shapes import RoadHolidays, RoadLine, RoadPack, RoadPlace

#: Days that a pack lasts after it was last asked for: whatever was hidden meanwhile is on a phone no longer.
DAYS = 14
#: Public holidays of so many days are told, more than the pack lasts.
_AHEAD = 45


@dataclass(frozen=True)
class Whole:
    """All places, and the name of what they say together."""

    places: dict[str, RoadPlace]
    state: dict[str, str]
    name: str


def is_offered() -> bool:
    """Whether this house lets anything be taken along; what was, is wiped where it does not."""
    return bool(settings.ROAD)


def countries_with_rows(asked: Asked) -> list[str]:
    return sorted(kept.by_country(asked))


def pack_answer(asked: Asked, country: str, since: str = "") -> RoadPack | None:
    """None where nothing may be taken along: a phone wipes then what it has."""
    if not is_offered():
        return None
    whole, about = _whole(asked, country), f"{country}-{asked.language}".lower()
    if not whole.places:
        return None
    states.remember(about, whole.name, whole.state)
    before = states.recall(about, states.state_of(since))
    known = before or {}
    return {
        "revision": f"{asked.revision}-{whole.name}",
        "country": country,
        "country_name": country_name(country),
        "language": asked.language,
        "days": DAYS,
        "is_whole": before is None,
        "changed": [told for id_, told in whole.places.items() if known.get(id_) != whole.state[id_]],
        "gone": sorted(known.keys() - whole.state.keys()),
        "lines": _lines(asked, country),
        "needs": [{"code": need["code"], "name": need["name"]} for need in needs(asked.vocabulary)],
        "holidays": _holidays(whole, asked.at.date()),
    }


def _whole(asked: Asked, country: str) -> Whole:
    def make() -> Whole:
        told = {place["id"]: place for place in _places(asked, country)}
        state = {id_: states.digest(place) for id_, place in told.items()}
        return Whole(told, state, states.digest(state))

    return kept.once(asked, ("road", country, asked.language), make)


def _places(asked: Asked, country: str) -> list[RoadPlace]:
    rows = list(queries.everything("public", Filters(country=(country,)), asked.at))
    profiles = {one.slug: one for one in queries.organizations("public", asked.at)}
    by_place = groupby(
        sorted(rows, key=lambda row: (row.place_id, row.operation == "closed")), lambda row: row.place_id
    )
    found = [list(group) for _place, group in by_place]
    told = [place_told(group, profiles.get(group[0].organization_slug), asked.vocabulary, asked.at) for group in found]
    return sorted(told, key=lambda place: (place["city"] == "", place["city"], place["title"], place["id"]))


def _lines(asked: Asked, country: str) -> list[RoadLine]:
    """Without a word on whether somebody answers now."""
    return [
        {
            "name": line["name"],
            "organization": line["organization"],
            "country_name": line["country_name"],
            "phone": line["phone"],
            "phone_href": line["phone_href"],
        }
        for line in lines(asked, Filters(country=(country,)))
    ]


def _holidays(whole: Whole, today: dt.date) -> RoadHolidays:
    told: RoadHolidays = {"off": {}, "perhaps": {}}
    days = [today + dt.timedelta(days=ahead) for ahead in range(-1, _AHEAD)]
    for country in sorted({place["holidays"] for place in whole.places.values()}):
        found = [(day.isoformat(), holiday(country, day)) for day in days]
        told["off"][country] = [day for day, is_off in found if is_off]
        told["perhaps"][country] = [day for day, is_off in found if is_off is None]
    return told
