"""From an address to points, through one interface: our own gazetteer, or the operator's own server.

Rule: only the server asks, never a browser, and only a service that the operator named in `settings.GEOCODER`
(`provider` nominatim or photon, `domain`, `scheme`). Without one, the answer is the city of the address.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from django.conf import settings
from geopy.exc import GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim, Photon
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

from core.geo import gazetteer
from core.languages import SOURCE

log = logging.getLogger(__name__)

MAX_RESULTS = 5
TIMEOUT_SECONDS = 5
#: Between two questions to the operator's server.
PAUSE_SECONDS = 0.5
USER_AGENT = "servicemap"


Found = Literal["door", "street", "city"]
#: Nominatim's ranks of places: a house has 30, a street 26 or 27.
DOOR_RANK, STREET_RANK = 28, 26


@dataclass(frozen=True)
class GeocodeResult:
    """A point for an address (degrees, WGS 84), and what was found of it: the "door", its "street", or the "city"."""

    name: str
    lat: float
    lon: float
    country: str
    found: Found


class GazetteerGeocoder(Geocoder):
    """geopy's interface over our own list of places: the answer to an address is its city."""

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,
        language: str = SOURCE,
        country_codes: str = "",
    ) -> Location | list[Location] | None:
        """Parts of the address between commas are tried from the last one on, as cities stand at the end."""
        parts = [part.strip() for part in query.split(",") if part.strip()]
        for part in (query, *reversed(parts)):
            if found := gazetteer.search(part, country=country_codes.upper(), limit=MAX_RESULTS):
                places = [_as_location(one, language) for one in found]
                return places[0] if exactly_one else places
        return None


def geocode(query: str, country: str | None = None, language: str = SOURCE) -> list[GeocodeResult]:
    """Points for an address, the likeliest first; empty when nobody knows it.

    `country` is an ISO code. When the operator's server fails or knows nothing, the gazetteer answers.
    """
    question = (" ".join(query.split()), (country or "").lower(), language)
    provider = settings.GEOCODER["provider"]
    if not question[0]:
        return []
    if provider != "gazetteer":
        try:
            if found := _ask(provider, settings.GEOCODER["domain"], settings.GEOCODER["scheme"], *question):
                return list(found)
        except GeopyError as error:
            log.warning("The geocoder does not answer: %s", type(error).__name__)
    return list(_ask("gazetteer", "", "", *question))


@lru_cache(maxsize=1024)
def _ask(provider: str, domain: str, scheme: str, query: str, country: str, language: str) -> tuple[GeocodeResult, ...]:
    options: dict[str, object] = {"exactly_one": False, "language": language}
    if provider == "photon":
        options |= {"limit": MAX_RESULTS}
    else:
        options |= {"country_codes": country} if country else {}
    found = _limited(provider, domain, scheme)(query, **options) or []
    results = (_result(one) for one in found)
    return tuple(one for one in results if not country or one.country in ("", country.upper()))[:MAX_RESULTS]


@lru_cache(maxsize=4)
def _limited(provider: str, domain: str, scheme: str) -> Callable[..., Location | list[Location] | None]:
    """The geocoder, asking no faster than the operator's server likes."""
    if provider == "gazetteer":
        return GazetteerGeocoder().geocode
    kind = {"nominatim": Nominatim, "photon": Photon}[provider]
    asked = kind(domain=domain, scheme=scheme, user_agent=USER_AGENT, timeout=TIMEOUT_SECONDS).geocode
    return RateLimiter(asked, min_delay_seconds=PAUSE_SECONDS, max_retries=1, swallow_exceptions=False)


def _as_location(place: gazetteer.Place, language: str) -> Location:
    return Location(place.name(language), (place.lat, place.lon, 0.0), {"country_code": place.country})


def _found(raw: Mapping[str, Any]) -> Found:
    """What a server says of its own answer. One that says nothing has found a city at best: we never pretend."""
    kind = str((raw.get("properties") or {}).get("type", ""))
    rank = int(raw.get("place_rank") or 0)
    if kind == "house" or rank >= DOOR_RANK:
        return "door"
    return "street" if kind == "street" or rank >= STREET_RANK else "city"


def _result(location: Location) -> GeocodeResult:
    """Nominatim puts the country in `address`, Photon in `properties`, the gazetteer at the top."""
    raw = location.raw
    parts = [raw, raw.get("address") or {}, raw.get("properties") or {}]
    country = next((found for part in parts if (found := part.get("country_code") or part.get("countrycode"))), "")
    return GeocodeResult(location.address, location.latitude, location.longitude, str(country).upper(), _found(raw))
