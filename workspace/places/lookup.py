"""Suggestions for the place form. POST, so that no address that somebody types stands in a log."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from core import gazetteer
from core.countries import country_name
from core.geocoding import geocode
from core.languages import active
from workspace.places.forms import suggestion
from workspace.shared.pages import desk_page

LONGEST = 200


@desk_page
@require_POST
def cities(request: SignedInRequest) -> HttpResponse:
    """Cities of the gazetteer that begin like `q`, in `country` when it is given."""
    words, country = _words(request, "q"), _words(request, "country")[:2]
    found = [suggestion(place) for place in gazetteer.search(words, country=country, limit=8)]
    return JsonResponse({"results": [city | {"country_name": country_name(city["country"])} for city in found]})


@desk_page
@require_POST
def address(request: SignedInRequest) -> HttpResponse:
    """Points for an address, from the operator's own geocoder or the gazetteer."""
    words = ", ".join(filter(None, [_words(request, "address"), _words(request, "city")]))
    found = geocode(words, country=_words(request, "country")[:2], language=active())
    results = [{"name": p.name, "lat": p.lat, "lon": p.lon, "is_exact": p.is_exact} for p in found[:5]]
    return JsonResponse({"results": results})


def _words(request: SignedInRequest, name: str) -> str:
    return request.POST.get(name, "")[:LONGEST].replace("\x00", "").strip()
