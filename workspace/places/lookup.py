"""Suggestions for the place form. POST, so that no address that somebody types stands in a log."""

from __future__ import annotations

from django.contrib.gis.geos import Point
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from core.geo import gazetteer
from core.geo.coordinates import PointNotRead, read_point
from core.geo.countries import country_codes, country_name, names_everywhere
from core.geo.outlines import may_hold
from core.languages import active
from core.spelling.text import normalise
from directory.numbers import as_decimal
from organizations.areas import areas_of
from workspace.places.forms import suggestion
from workspace.shared.pages import desk_page

LONGEST = 200
#: Countries and regions are offered from so many letters on, and so many of each.
SHORTEST, MOST = 2, 3


@desk_page
@require_POST
def cities(request: SignedInRequest) -> HttpResponse:
    """Cities of the gazetteer that begin like `q`, in `country` when it is given.

    With `wider`, countries and regions come first, each with the line that the form of an area reads as it.
    """
    words, country = _words(request, "q"), _words(request, "country")[:2]
    found = [suggestion(place) for place in gazetteer.search(words, country=country, limit=8)]
    results = [city | {"country_name": country_name(city["country"])} for city in found]
    return JsonResponse({"results": [*(_wider(words) if _words(request, "wider") else []), *results]})


def _wider(words: str) -> list[dict[str, str]]:
    """Countries and regions of which a name begins like this."""
    asked = normalise(words)
    if len(asked) < SHORTEST:
        return []
    lands = [code for code in sorted(country_codes()) if _begins(code, asked)][:MOST]
    found = [
        {"id": code, "name": name, "line": name, "size": _("country")} for code in lands if (name := country_name(code))
    ]
    for code in gazetteer.regions_like(words, MOST):
        name, land = gazetteer.region_name(code), country_name(code.partition(".")[0])
        line = f"{_('region')}: {name}, {land}"
        found.append({"id": code, "name": name, "line": line, "size": _("region"), "country_name": land})
    return found


def _begins(code: str, asked: str) -> bool:
    return any(normalise(name).startswith(asked) for name in names_everywhere(code))


@desk_page
@require_POST
def address(request: SignedInRequest) -> HttpResponse:
    """Points for an address, from the operator's own geocoder or the gazetteer."""
    from core.geo.geocoding import geocode  # two HTTP clients, 25 MB of every process that may never be asked

    words = ", ".join(filter(None, [_words(request, "address"), _words(request, "city")]))
    found = geocode(words, country=_words(request, "country")[:2], language=active())
    results = [{"name": p.name, "lat": p.lat, "lon": p.lon, "found": p.found} for p in found[:5]]
    return JsonResponse({"results": results})


@desk_page
@require_POST
def area(request: SignedInRequest) -> HttpResponse:
    """Where the pins of a place would stand for those who may not know its door: [lat, lon], or null."""
    found = areas_of(_door(request), _known_code(request))
    return JsonResponse({"district": _pair(found.district), "settlement": _pair(found.settlement)})


@desk_page
@require_POST
def point(request: SignedInRequest) -> HttpResponse:
    """What was pasted, as a point and in words: the nearest town shows numbers that are swapped."""
    try:
        lat, lon = read_point(request.POST.get("text", ""))
    except PointNotRead as error:
        return JsonResponse({"said": str(error)})
    return JsonResponse({"lat": lat, "lon": lon, "said": _whereabouts(lat, lon, _words(request, "country")[:2])})


def _whereabouts(lat: float, lon: float, expected: str) -> str:
    found = gazetteer.nearest(lat, lon)
    if found is None:
        return ""
    town, away = found
    values = {"city": town.name(), "country": country_name(town.country), "km": f"{away:.0f}"}
    words = _("The pin stands %(km)s km from the middle of %(city)s, %(country)s.") % values
    if not expected or may_hold(expected, lon, lat):
        return words
    other = _("That is not in %(country)s: are latitude and longitude swapped?") % {"country": country_name(expected)}
    return f"{words} {other}"


def _door(request: SignedInRequest) -> Point | None:
    try:
        lat, lon = (as_decimal(_words(request, name), -limit, limit) for name, limit in (("lat", 90), ("lon", 180)))
    except ValueError:
        return None
    return Point(lon, lat, srid=4326)


def _known_code(request: SignedInRequest) -> str:
    code = _words(request, "place_code")
    return code if gazetteer.place(code) else ""


def _pair(point: Point | None) -> tuple[float, float] | None:
    return (point.y, point.x) if point else None


def _words(request: SignedInRequest, name: str) -> str:
    return request.POST.get(name, "")[:LONGEST].replace("\x00", "").strip()
