"""What every answer says to browsers and to search engines, errors and files included."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from maps.languages import ONE_ADDRESS

#: Pages that search engines may keep: those for everybody. The language stands in front of the name.
INDEXED = ONE_ADDRESS | {"root", "robots", "sitemap", "joining:join"}


class PermissionsPolicyMiddleware:
    """Says which device features our pages may ask for: the position, on our own origin, and nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.value = ", ".join(f"{name}={allowed}" for name, allowed in settings.PERMISSIONS_POLICY.items())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.value)
        return response


class CrossOriginMiddleware:
    """No page of strangers loads what we answer as a part of itself, but what says that any origin may read it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for_all = response.headers.get("Access-Control-Allow-Origin") == "*" or _may_be_framed(response)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if for_all else "same-origin")
        return response


class SearchEnginesMiddleware:
    """Nothing is kept by a search engine but the pages for everybody; a page may still say noindex itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match is None or match.view_name not in INDEXED or response.status_code != 200:
            response.headers.setdefault("X-Robots-Tag", "noindex, noarchive")
        return response


class KeptByNobodyMiddleware:
    """What says that something is not there, or not now, is kept by no cache: a place may be shown tomorrow.

    For a process without sessions; where there are some, accounts.entering.middleware says it of private answers too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code >= 400 and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


def _may_be_framed(response: HttpResponse) -> bool:
    return getattr(response, "xframe_options_exempt", False)
