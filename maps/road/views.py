"""The page for the road, its worker, its part of the ground, and the address that wipes a device."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from core.geo import outlines, tilecut
from core.geo.countries import country_codes, country_name
from core.geo.ground import ground
from core.languages import active, by_code
from core.spelling.collation import reading_key
from maps.road.files import files_of
from maps.road.texts import months, road_texts
from maps.views.doors import public_page
from maps.views.root import wanted_language
from reading.asked import Asked
from reading.road.pack import DAYS, countries_with_rows, is_offered

_SCRIPTS = Path(settings.BASE_DIR) / "static" / "js"
#: The world in its coarsest zooms, and the country in all that the file has.
_WORLD, _COUNTRY = range(3), range(3, 7)
_EVERYWHERE = (-180.0, -85.0, 180.0, 85.0)
#: What a browser forgets of this site; "cache" is not the store of pages, which scripts delete besides.
FORGOTTEN = '"cache", "storage"'


@require_safe
@public_page
def page(request: HttpRequest) -> HttpResponse:
    """The same for everybody, saved or not: what is on a device is known to the device alone."""
    codes = countries_with_rows(Asked.now("public")) if is_offered() else []
    countries = sorted(((code, country_name(code)) for code in codes), key=lambda pair: reading_key(pair[1]))
    context = {
        "name": _name(),
        "countries": countries,
        "days": DAYS,
        "config": _config([code for code, _name in countries]),
    }
    response = render(request, "maps/road/page.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _config(countries: list[str]) -> dict[str, object]:
    """What static/js/pages/road.js needs; addresses of all that it stores stand here."""
    here = reverse("maps:road")
    labels_url = static("basemap/labels.json")
    return {
        "lang": by_code(active()).tag,
        "code": active(),
        "countries": countries,
        "page": here,
        "worker": reverse("maps:road_worker"),
        "api": reverse("api:pack", args=["__"]).removesuffix("__/"),
        "map_url": reverse("maps:road_map", args=["__"]),
        "shell": [*files_of("road", "js/pages/road.js"), static("img/road.svg"), reverse("maps:road_manifest")],
        "map_shell": [labels_url, *files_of(None, "js/map/basemap.js")],
        "ground": {**ground(), "kind": "own", "streets": None},
        "labels_url": labels_url,
        "months": months(),
        "texts": road_texts(),
    }


@require_safe
@public_page
def worker(request: HttpRequest) -> HttpResponse:
    """Asked anew at each opening of the page. Where nothing is offered any more, one that wipes."""
    text = _script("road-worker.js" if is_offered() else "road-worker-gone.js")
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@lru_cache(2)
def _script(name: str) -> str:
    return (_SCRIPTS / name).read_text(encoding="utf-8")


@require_safe
@public_page
def manifest(request: HttpRequest) -> HttpResponse:
    """Whoever puts the page on a screen finds a name and a picture that say nothing; it opens as a page."""
    told = {
        "name": _name(),
        "short_name": _name(),
        "start_url": reverse("maps:road"),
        "scope": reverse("maps:road"),
        "display": "browser",
        "icons": [{"src": static("img/road.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(told, content_type="application/manifest+json")


@require_safe
@public_page
def ground_part(request: HttpRequest, country: str) -> HttpResponse:
    if country != country.lower() or country.upper() not in country_codes() or not is_offered():
        raise Http404
    return HttpResponse(_part(country.upper()), content_type="application/vnd.pmtiles")


@lru_cache(16)
def _part(country: str) -> bytes:
    """Of the world that comes with the product, whatever ground the operator's maps stand on."""
    tiles = tilecut.tiles_of([_EVERYWHERE], _WORLD) | tilecut.tiles_of(outlines.boxes(country), _COUNTRY)
    return tilecut.cut(Path(str(finders.find("basemap/world.pmtiles"))), tiles)


@require_safe
@public_page
def forget(request: HttpRequest) -> HttpResponse:
    """For somebody who was given the address by phone: whatever this site keeps on the device goes."""
    response = render(request, "maps/road/forget.html", {"name": _name()})
    return _forgotten(request, response)


@require_safe
def forget_here(request: HttpRequest) -> HttpResponse:
    """`/forget/`, short enough to be said aloud."""
    with override(wanted_language(request.headers.get("Accept-Language", ""))):
        return _forgotten(request, redirect("maps:forget"))


def _forgotten(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Only to whoever opens the page: a picture on a page of strangers must not wipe anybody's phone."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Accept-Language, Sec-Fetch-Dest"
    if request.headers.get("Sec-Fetch-Dest", "document") == "document":
        response.headers["Clear-Site-Data"] = FORGOTTEN
    return response


def _name() -> str:
    return settings.ROAD_NAME or _("On the road")
