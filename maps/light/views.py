"""Light pages as this site serves them: no script, no font, no map, one small sheet of style."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from directory.asking import queries
from directory.asking.filters import Filters
from directory.searching.search import MAX_QUERY, search
from maps.context import address
from maps.light import pages
from maps.light.addresses import EVERYTHING, Served
from maps.views.doors import OpenForm, public_page
from reading import presenters
from reading.asked import Asked
from reading.lines import guide, lines


@require_safe
@public_page
def start(request: HttpRequest) -> HttpResponse:
    asked = Asked.now("public")
    return _page(request, "start", pages.start_page(asked, Served()), reverse("maps:home"))


@require_safe
@public_page
def country(request: HttpRequest, country: str) -> HttpResponse:
    asked = Asked.now("public")
    code = _code(asked, country)
    full = address(reverse("maps:home"), Filters(country=(code,)))
    return _page(request, "country", pages.country_page(asked, code, Served()), full)


@require_safe
@public_page
def listings(request: HttpRequest, country: str, need: str) -> HttpResponse:
    asked = Asked.now("public")
    code, meant = _code(asked, country), pages.need_of(asked, need)
    if meant is None and need != EVERYTHING:
        raise Http404
    number = request.GET.get("page", "")
    page = int(number) if number.isdecimal() and len(number) < 5 else 1
    told = pages.list_page(asked, code, meant, max(page, 1), Served())
    return _page(request, "list", told, address(reverse("maps:home"), pages.filters_of(code, meant)))


@require_safe
@public_page
def place(request: HttpRequest, place_id: str) -> HttpResponse:
    asked = Asked.now("public")
    told = pages.place_page(asked, place_id)
    if told is None:
        if there := queries.moved_to("public", place_id, asked.at):
            return redirect("maps:light_place", there, permanent=True)
        raise Http404
    return _page(request, "place", told, reverse("maps:place", args=[place_id]))


@extend_schema(exclude=True)
class LightSearchView(OpenForm):
    """Words by a form; they stand in no address, so what they found has no second page."""

    def get(self, request: Request) -> HttpResponse:
        return redirect("maps:light")

    def post(self, request: Request) -> HttpResponseBase:
        return _found(request._request)


@public_page
def _found(request: HttpRequest) -> HttpResponse:
    asked = Asked.now("public")
    words = _words(request.POST)
    found = search("public", words, Filters(page_size=pages.PAGE_SIZE), asked.at, asked.language)
    listed = queries.listings_page("public", found.filters, asked.at, hits=found.hits)
    told = {
        "words": words,
        "cards": pages.linked(presenters.cards(listed.rows, asked.vocabulary, "public", asked.at), Served()),
        "count": listed.count,
        "guide": guide(asked, found.filters),
        "lines": lines(asked, found.filters) if not listed.count else [],
    }
    response = _page(request, "found", told, reverse("maps:home"))
    patch_cache_control(response, no_store=True)
    return response


def _words(given: QueryDict) -> str:
    return given.get("q", "").replace("\x00", " ")[:MAX_QUERY]


def _code(asked: Asked, country: str) -> str:
    if country != country.lower() or country.upper() not in pages.countries_of(asked):
        raise Http404
    return country.upper()


def _page(request: HttpRequest, name: str, told: object, full_url: str) -> HttpResponse:
    context = {"page": told, "full_url": full_url, "light_url": Served().start(), "copied_at": None}
    response = render(request, f"maps/light/{name}.html", context)
    response.headers["X-Robots-Tag"] = "noindex"  # the same is said on the full page, which has the address
    return response
