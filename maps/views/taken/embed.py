"""The map inside another site's page. It alone may be framed; it leaves no cookie and works in a sandbox."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Mapping
from functools import reduce
from hashlib import sha256
from urllib.parse import urlencode, urlsplit

from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from directory.asking.filters import Filters, parse_leniently
from directory.asking.queries import ListingRow
from directory.tables.sites import is_refused
from maps.context import AppContext, MapConfig, address, app_context, frame
from maps.embeds import colours
from maps.embeds.looks import PARAMETERS, Looks
from maps.embeds.shown import called, named, picked_rows, place_rows, selection_name
from maps.views.doors import public_page
from reading import presenters
from reading.asked import Asked
from usage.words import host_of

_PAGES = {"cards": "maps/embed_cards.html"}
OF_THE_HOUSE = ("script-src", "style-src", "img-src", "font-src", "connect-src")


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": settings.EMBED_FRAME_ANCESTORS})
@public_page
# long: one page, all that its template reads
def embed(request: HttpRequest) -> HttpResponseBase:
    """`country, service, group, language, …` and `bbox` as for the map; how it looks stands in `Looks`. `lock` names
    the conditions that stay as they are: no chip and no "clear all" takes them off. `view=cards` is a list without a
    map and nearly without scripts; with `place` it is of that place. docs/embed.md tells partners.
    """
    looks = Looks.read(request.GET)
    if is_refused(_around(request)):
        return _refused(request, looks)
    asked = Asked.now("public")
    filters, errors = parse_leniently(request.GET, asked.vocabulary)
    box, filters = filters.bbox, filters.replace(bbox=None)
    given = [(name, request.GET[name]) for name in PARAMETERS if request.GET.get(name)]
    path = f"{request.path}?{urlencode(given)}" if given else request.path
    context = app_context(asked, filters, path=path, errors=errors)
    locked = _locked(looks, filters)
    config: MapConfig = {**context["map_config"], "embed": True, "view": looks.view, "locked": locked}
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
        "carried": [*given, *context["carried"]],
        "map_config": config,
        "view": looks.view,
        "theme": looks.theme,
        "has_header": looks.has_header,
        "accent_sheet": colours.sheet(looks.accent, looks.theme) if looks.accent else "",
        "embed_title": named(asked, filters),
    }
    if looks.view == "cards":
        shown |= _cards_alone(asked, looks, filters, context, path, locked)
    gone = 404 if looks.view == "cards" and looks.place and not shown["cards"] else 200
    return _by_name(request, shown, 400 if errors else gone)


def _cards_alone(
    asked: Asked, looks: Looks, filters: Filters, context: AppContext, path: str, locked: Collection[str]
) -> dict[str, object]:
    """Links stand for the filters: in a sandbox without forms they work as well."""
    if looks.picked:
        cards = presenters.cards(picked_rows(asked, looks.picked), asked.vocabulary, "public", asked.at)
        return {"cards": cards, "embed_title": selection_name(), "is_of_place": True}
    if looks.place:
        cards = presenters.cards(_of_place(asked, looks.place), asked.vocabulary, "public", asked.at)
        title = cards[0]["organization"] if cards else called([])
        return {"cards": cards, "embed_title": title, "is_of_place": True}
    needs = [
        {**need, "url": address(path, filters.without("service").replace(service=tuple(need["service"])))}
        for need in context["needs"]
    ]
    countries = [
        {"name": one["name"], "url": address(path, filters.without("country").replace(country=(one["code"],)))}
        for one in context["facets"]["country"]
        if one["count"] or one["selected"]
    ]
    return {
        "offered_needs": [] if "service" in locked else needs,
        "offered_countries": [] if "country" in locked else countries,
    }


def _of_place(asked: Asked, place_id: str) -> list[ListingRow]:
    """Nothing of a place that is gone or hides: the frame says so calmly, where a page of its own may not stand."""
    try:
        return place_rows(asked, place_id)
    except Http404:
        return []


def _around(request: HttpRequest) -> str:
    """The site in whose page the frame stands, as far as the browser tells it."""
    try:
        return host_of(urlsplit(request.headers.get("Referer", "")).hostname or "")
    except ValueError:
        return ""


def _refused(request: HttpRequest, looks: Looks) -> HttpResponseBase:
    """A calm page in place of the map, with a way to it. Nobody keeps it: the site may be let again."""
    title = _("The map is not shown on this site")
    shown = {"theme": looks.theme, "embed_title": title, "has_header": False, "accent_sheet": "", "view": "cards"}
    return _by_name(request, {**frame("public"), **shown, "is_refused": True}, 403)


def _by_name(request: HttpRequest, context: Mapping[str, object], status: int) -> HttpResponseBase:
    """In a sandbox the page is of no origin, and WebKit then takes 'self' for nobody: the house is named beside it.

    The rules of an accent stand in the page, and its policy names them by their digest.
    """
    here = f"{request.scheme}://{request.get_host()}"
    said = {name: [here] for name in OF_THE_HOUSE}
    if sheet := str(context["accent_sheet"]):
        said["style-src"] = [here, f"'sha256-{b64encode(sha256(sheet.encode()).digest()).decode()}'"]
    page = "maps/embed_refused.html" if "is_refused" in context else _PAGES.get(str(context["view"]), "maps/embed.html")
    return csp_update(said)(lambda request: render(request, page, context, status=status))(request)


def _locked(looks: Looks, filters: Filters) -> dict[str, list[str]]:
    """The conditions that the partner fixed, with their values; one without a value fixes nothing."""
    return {name: list(values) for name, values in filters.active().items() if name in looks.locked}


def _only(filters: Filters, locked: Collection[str]) -> Filters:
    """What is left of a question when all is cleared that may be."""
    taken_off = [name for name in filters.active() if name not in locked]
    return reduce(
        lambda left, name: left.without(name), taken_off, Filters() if not locked else filters.replace(page=1)
    )
