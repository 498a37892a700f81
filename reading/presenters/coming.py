"""Help that comes to people, in words: the area of a service, and where a mobile point stands today and next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils.formats import localize
from django.utils.translation import gettext as _

from core.geo import gazetteer
from core.geo.countries import country_name
from core.geo.shapes import circle
from core.phrasing import cases
from core.phrasing.dates import days_in_words, time_range
from core.phrasing.sentences import joined
from core.spelling.latin import spelt
from directory.coming.stops import Stay, hours_of, rests, stays
from directory.crossing.content import AreaShown, HoursJson, StopShown
from directory.freshness import local_date
from directory.hours.osm import osm
from directory.shown.rows import ListingRow
from directory.vocabulary import as_read
from reading.hours import day_told
from reading.shapes import ComingDrawn, ComingTold, GroundTold, ServiceArea, StayTold, StopTold

_COMES = frozenset({"outreach", "mobile"})
#: So many parts of an area are named, and so many stays are told.
_MOST_NAMED = 3
_MOST_STAYS = 6
#: Holidays of a stop are told so many days ahead.
_RESTS_AHEAD = 60


def coming(row: ListingRow, at: dt.datetime) -> ComingTold:
    """What a card says: of the area the part that holds the place of the question, else all of it."""
    ahead = (stay for stay in _stays(row, at) if not stay.is_off)
    return {
        "comes": area_text(row),
        "stay": next((stay_told(stay, local_date(row.timezone, at), at) for stay in ahead), None),
        "service_areas": [service_area(area) for area in row.areas],
        "stops": [_stop(stop) for stop in row.stops],
    }


def timetable(row: ListingRow, at: dt.datetime) -> list[StayTold]:
    """The next stays, with those that are called off."""
    today = local_date(row.timezone, at)
    return [stay_told(stay, today, at) for stay in _stays(row, at)[:_MOST_STAYS]]


def rests_told(row: ListingRow, at: dt.datetime) -> list[str]:
    """“at the station: not there 24 December – 8 January”: holidays of single stops that are on, or near."""
    today = local_date(row.timezone, at)
    found = sorted(
        (first, last, as_read(stop["name"]))
        for stop in row.stops
        for first, last in rests(stop, today)
        if (first - today).days <= _RESTS_AHEAD
    )
    return [
        _("%(stop)s: not there %(days)s") % {"stop": stop, "days": days_in_words(first, last)}
        for first, last, stop in found
    ]


def hours_beside(row: ListingRow, at: dt.datetime) -> HoursJson:
    """The hours as they are told beside the holidays of stops: without the dates that are a stop's holiday."""
    today = local_date(row.timezone, at)
    away = [days for stop in row.stops for days in rests(stop, today)]
    if not away:
        return row.hours
    special = [
        item
        for item in row.hours.get("exceptions", [])
        if not any(first.isoformat() <= item["from"] <= last.isoformat() for first, last in away)
    ]
    return {**row.hours, "exceptions": special}


def drawn(listings: Iterable[ComingTold]) -> list[ComingDrawn]:
    """What of these is drawn on a map; empty where nothing is."""
    found: list[ComingDrawn] = [{"service_areas": one["service_areas"], "stops": one["stops"]} for one in listings]
    return [one for one in found if one["stops"] or any(area["extent"] for area in one["service_areas"])]


def service_area(area: AreaShown) -> ServiceArea:
    return {"kind": area["kind"], "code": area["code"], "name": name_of(area), "extent": _extent(area)}


def name_of(area: AreaShown) -> str:
    """A part of an area by its name."""
    kind, town = area["kind"], _town(area)
    if kind == "country":
        return country_name(area["code"])
    if kind == "region":
        return gazetteer.region_in_words(area["code"])
    if kind == "district":
        name = spelt(area["name"])
        return _("%(district)s (%(city)s)") % {"district": name, "city": town}
    if kind == "circle":
        return _around(area, town)
    return town if kind == "city" else _("the area on the map")


def area_text(row: ListingRow) -> str:
    """“comes to Rustavi”, “by phone in all of Georgia”; "" where nothing is said."""
    areas, ways = [row.comes_by] if row.comes_by else row.areas, set(row.delivery)
    if not areas:
        return ""
    if ways & _COMES:
        return _("comes %(where)s") % {"where": _where_it_comes(areas)}
    where = _several([_where_it_helps(area) for area in areas])
    if "phone" in ways:
        return _("by phone %(where)s") % {"where": where}
    if "online" in ways:
        return _("online %(where)s") % {"where": where}
    return _("by post %(where)s") % {"where": where} if "post" in ways else ""


def _several(places: list[str]) -> str:
    words, more = joined(places[:_MOST_NAMED]), len(places) - _MOST_NAMED
    return _("%(places)s and %(n)d more") % {"places": words, "n": more} if more > 0 else words


def _where_it_comes(areas: Sequence[AreaShown]) -> str:
    """Settlements share the word before them: “to Rustavi, Marneuli, up to 30 km”."""
    cities = [cases.accusative(_town(area)) for area in areas if area["kind"] == "city"]
    others = [_beyond_cities(area) for area in areas if area["kind"] != "city"]
    told = [_("to %(place)s") % {"place": cities[0]}, *cities[1:]] if cities else []
    return _several([*told, *others])


def _beyond_cities(area: AreaShown) -> str:
    if area["kind"] == "country":
        name = country_name(area["code"])
        if whole := cases.throughout(name):
            return _("throughout %(country)s") % {"country": whole}
        return _("to any place of the country: %(country)s") % {"country": name}
    if area["kind"] == "circle":
        return name_of(area)
    region = cases.accusative(gazetteer.region_name(area["code"])) if area["kind"] == "region" else ""
    return _("to %(place)s") % {"place": region or name_of(area)}


def _where_it_helps(area: AreaShown) -> str:
    if area["kind"] == "country":
        name = country_name(area["code"])
        if whole := cases.within(name):
            return _("in all of %(country)s") % {"country": whole}
    return name_of(area) if area["kind"] == "circle" else _("for %(place)s") % {"place": name_of(area)}


def _around(area: AreaShown, town: str) -> str:
    width = area["km"] or 0.0
    km = localize(int(width) if width.is_integer() else width)
    return _("up to %(km)s km from %(city)s") % {"km": km, "city": town} if town else _("up to %(km)s km") % {"km": km}


def _town(area: AreaShown) -> str:
    place = gazetteer.place(area["name"] if area["kind"] == "region" else area["code"])
    return place.name() if place else ""


def _extent(area: AreaShown) -> GroundTold | None:
    """The ground as GeoJSON; None for a country, of which nothing is drawn."""
    ring = area["ring"]
    if not ring and area["lon"] is not None and area["lat"] is not None and area["km"] is not None:
        ring = [[round(x, 4), round(y, 4)] for x, y in circle(area["lon"], area["lat"], area["km"]).coords[0]]
    return {"type": "Polygon", "coordinates": [ring]} if ring else None


def _stays(row: ListingRow, at: dt.datetime) -> list[Stay]:
    return stays(row.stops, row.country, row.timezone, at) if row.stops else []


def stay_told(stay: Stay, today: dt.date, at: dt.datetime) -> StayTold:
    """“today 18:00–21:00 at the station”; `today` is that of the place."""
    values = {
        "day": day_told(stay.date, today),
        "times": time_range(f"{stay.starts:%H:%M}", f"{stay.ends:%H:%M}"),
        "stop": as_read(stay.stop["name"]),
    }
    text = _("%(day)s %(times)s %(stop)s") % values
    return {
        "stop": stay.stop["id"],
        "name": values["stop"],
        "text": text if stay.is_sure else _("%(stay)s, unless it is a public holiday") % {"stay": text},
        "starts_at": stay.starts.isoformat(),
        "ends_at": stay.ends.isoformat(),
        "is_now": stay.starts <= at and not stay.is_off,
        "is_off": stay.is_off,
    }


def _stop(stop: StopShown) -> StopTold:
    return {
        "id": stop["id"],
        "name": as_read(stop["name"]),
        "lon": stop["lon"],
        "lat": stop["lat"],
        "hours_osm": osm(hours_of([stop], stop["hours"])),
        "off": stop["off"],
    }
