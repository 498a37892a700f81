"""The map inside another site's page. It alone may be framed; it leaves no cookie and works in a sandbox."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import reduce
from urllib.parse import urlencode

from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from directory.filters import Filters, parse_leniently
from maps.context import MapConfig, address, app_context
from maps.views.doors import public_page
from reading.asked import Asked

#: What it reads beside the conditions of the map. It stays in every address of the page and in its forms, for readers
#: without scripts.
PARAMETERS = ("lock", "view", "theme")
VIEWS = ("split", "map", "list")
THEMES = ("", "light", "dark")
OF_THE_HOUSE = ("script-src", "style-src", "img-src", "font-src", "connect-src")


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": settings.EMBED_FRAME_ANCESTORS})
@public_page
def embed(request: HttpRequest) -> HttpResponseBase:
    """`country, service, group, language, …` and `bbox` as for the map, `view` and `theme` for the looks. `lock` names
    the conditions that stay as they are: no chip and no "clear all" takes them off.
    """
    asked = Asked.now("public")
    filters, errors = parse_leniently(request.GET, asked.vocabulary)
    view = _one_of(request, "view", VIEWS)
    box, filters = filters.bbox, filters.replace(bbox=None)
    looks = [(name, request.GET[name]) for name in PARAMETERS if request.GET.get(name)]
    path = f"{request.path}?{urlencode(looks)}" if looks else request.path
    context = app_context(asked, filters, path=path, errors=errors)
    locked = _locked(request, filters)
    config: MapConfig = {**context["map_config"], "embed": True, "view": view, "locked": locked}
    if box:
        west, south, east, north = box.west, box.south, box.east, box.north
        config["initial"]["bbox"] = [west, south, east if east >= west else east + 360, north]
    chips = [chip for chip in context["active"] if chip["param"] not in locked]
    shown = {
        **context,
        "is_first": False,
        "active": chips,
        "chosen_number": len(chips),
        "reset_url": address(path, _only(filters, locked)),
        "carried": [*looks, *context["carried"]],
        "map_config": config,
        "view": view,
        "theme": _one_of(request, "theme", THEMES),
    }
    return _by_name(request, shown, 400 if errors else 200)


def _by_name(request: HttpRequest, context: Mapping[str, object], status: int) -> HttpResponseBase:
    """In a sandbox the page is of no origin, and WebKit then takes 'self' for nobody: the house is named beside it."""
    here = f"{request.scheme}://{request.get_host()}"
    named = csp_update({name: [here] for name in OF_THE_HOUSE})
    return named(lambda request: render(request, "maps/embed.html", context, status=status))(request)


def _locked(request: HttpRequest, filters: Filters) -> dict[str, list[str]]:
    """The conditions that the partner fixed, with their values; one without a value fixes nothing."""
    named = {name.strip() for name in request.GET.get("lock", "").split(",")}
    return {name: list(values) for name, values in filters.active().items() if name in named}


def _only(filters: Filters, locked: Collection[str]) -> Filters:
    """What is left of a question when all is cleared that may be."""
    taken_off = [name for name in filters.active() if name not in locked]
    return reduce(
        lambda left, name: left.without(name), taken_off, Filters() if not locked else filters.replace(page=1)
    )


def _one_of(request: HttpRequest, name: str, known: tuple[str, ...]) -> str:
    """The parameter when it is known, else the default (the first one): a typo in a snippet must not empty a page."""
    value = request.GET.get(name, "")
    return value if value in known else known[0]
