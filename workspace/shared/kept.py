"""What somebody wrote into a form is given back where the form could not be taken: signed out, or a stale page.

Rule: nothing is stored for anybody. The page that says so carries the fields, and sends them again on a press. Only
what a page of this very site has sent is carried: another site must not get its own fields a button of ours. A
password or a code of a sign-in is never written into a page.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import Resolver404, resolve
from django.utils.http import urlencode

#: Pages with forms that people write texts into; signing in is not among them.
_NAMESPACES = frozenset({"workspace", "confirm", "reporting", "suggesting"})
#: Longer values are shown, so that they can be copied by hand as well.
_WORTH_SHOWING = 20

Fields = list[tuple[str, str]]


def fields_of(request: HttpRequest) -> Fields:
    """The fields that a form of ours was sent with; empty where they may not be carried."""
    if request.method != "POST" or not _is_from_here(request) or not _is_carried(request.path_info) or request.FILES:
        return []
    names = (name for name in request.POST if name != "csrfmiddlewaretoken")
    return [(name, value) for name in names for value in request.POST.getlist(name)]


def page_with_fields(request: HttpRequest, fields: Fields, *, is_signed_out: bool) -> HttpResponse:
    """What was written, and a button that sends it again."""
    login = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': _page_of(request)})}"
    context = {
        "fields": fields,
        "texts": [value for _name, value in fields if len(value) > _WORTH_SHOWING],
        "is_signed_out": is_signed_out,
        "login_url": login,
    }
    response = render(request, "kept.html", context, status=403)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _is_carried(path: str) -> bool:
    try:
        return bool(_NAMESPACES.intersection(resolve(path).namespaces))
    except Resolver404:
        return False


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site has sent it. Browsers name the origin of whatever is posted."""
    if "Sec-Fetch-Site" in request.headers:
        return request.headers["Sec-Fetch-Site"] == "same-origin"
    parts = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    return (parts.scheme, parts.netloc) == (request.scheme, request.get_host())


def _page_of(request: HttpRequest) -> str:
    """The page with the form, for after the sign-in."""
    return urlsplit(request.headers.get("Referer", "")).path or request.path
