"""The map with its list: public page, members' page, search by words without scripts."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from core.spelling.folding import bare
from directory.asking.filters import MAX_VALUES, FilterError, parse_leniently
from directory.crossing.records import Audience
from directory.searching.search import MAX_QUERY, search
from maps.context import Words, app_context, home_path
from maps.views.doors import OpenForm, members_page, public_page
from reading.asked import Asked
from reading.understood import told

#: A page of search results has no second page without scripts: its words may not stand in an address.
SEARCH_PAGE_SIZE = 100


@require_safe
@public_page
def home(request: HttpRequest) -> HttpResponse:
    return _show(request, "public")


@require_safe
@members_page
def members(request: HttpRequest) -> HttpResponse:
    return _show(request, "members")


def _show(request: HttpRequest, audience: Audience) -> HttpResponse:
    """The list for the filters in the address. What cannot be understood is named and left out.

    Our own links never hold words. Somebody else's is answered as the form is, is kept by no cache, and the script of
    the page takes the words out of the address.
    """
    if bare(request.GET.get("q", "")):
        return search_page(request, audience, request.GET)
    asked = Asked.now(audience)
    filters, errors = parse_leniently(request.GET, asked.vocabulary)
    context = app_context(asked, filters, path=request.path, errors=errors)
    return render(request, "maps/home.html", context, status=400 if errors else 200)


@extend_schema(exclude=True)
class SearchView(OpenForm):
    """The search form of the public page, for browsers without scripts."""

    def get(self, request: Request) -> HttpResponse:
        return redirect("maps:home")

    def post(self, request: Request) -> HttpResponseBase:
        return _found(request._request)


@public_page
def _found(request: HttpRequest) -> HttpResponse:
    return search_page(request, "public", request.POST)


@require_http_methods(["GET", "POST"])
@members_page
def members_search(request: HttpRequest) -> HttpResponse:
    return search_page(request, "members", request.POST) if request.method == "POST" else redirect("maps:members")


def search_page(
    request: HttpRequest, audience: Audience, given: QueryDict, wrong: Sequence[FilterError] = ()
) -> HttpResponse:
    """What words found, without scripts. `wrong` are further errors to tell."""
    asked = Asked.now(audience)
    query = given.get("q", "").replace("\x00", " ")[:MAX_QUERY]
    filters, errors = parse_leniently(given, asked.vocabulary)
    off = given.getlist("off")[:MAX_VALUES]
    filters = filters.replace(page=1, page_size=SEARCH_PAGE_SIZE)
    found = search(audience, query, filters, asked.at, asked.language, off)
    context = app_context(
        asked,
        found.filters,
        path=home_path(audience),
        errors=[*errors, *wrong],
        words=Words(query, told(asked, found.understood), off, filters, found.hits),
    )
    response = render(request, "maps/home.html", context)
    patch_cache_control(response, no_store=True)
    return response
