"""The map inside another site's page. It alone may be framed; it leaves no cookie and works in a sandbox."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from directory.filters import parse_leniently
from maps.context import MapConfig, app_context
from maps.views.doors import public_page
from reading.asked import Asked

VIEWS = ("split", "map", "list")
THEMES = ("", "light", "dark")


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": settings.EMBED_FRAME_ANCESTORS})
@public_page
def embed(request: HttpRequest) -> HttpResponse:
    """`country, service, group, language, …` and `bbox` as for the map, `view` and `theme` for the looks."""
    asked = Asked.now("public")
    filters, errors = parse_leniently(request.GET, asked.vocabulary)
    view = _one_of(request, "view", VIEWS)
    box, filters = filters.bbox, filters.replace(bbox=None)
    context = app_context(asked, filters, path=request.path, errors=errors)
    config: MapConfig = {**context["map_config"], "embed": True, "view": view}
    if box:
        west, south, east, north = box.west, box.south, box.east, box.north
        config["initial"]["bbox"] = [west, south, east if east >= west else east + 360, north]
    shown = {
        **context,
        "is_first": False,
        "map_config": config,
        "view": view,
        "theme": _one_of(request, "theme", THEMES),
    }
    return render(request, "maps/embed.html", shown, status=400 if errors else 200)


def _one_of(request: HttpRequest, name: str, known: tuple[str, ...]) -> str:
    """The parameter when it is known, else the default (the first one): a typo in a snippet must not empty a page."""
    value = request.GET.get(name, "")
    return value if value in known else known[0]
