"""Who comes in, and what a page may leave behind."""

from __future__ import annotations

from functools import wraps

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import AllowAny
from rest_framework.views import APIView

from core.pages.http import PUBLIC_CACHING, View
from directory.access import may_read_members, members_read, public_read
from reading.api.base import AnswersInOneForm


def public_page(view: View) -> View:
    """For everybody: read under the public's database role, with no session, no user and no cookie.

    Nothing in it is made for one reader, no nonce either: the answer may be given to all.
    """

    @wraps(view)
    def run(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        request.user = AnonymousUser()
        request.csp_digests = digests = set[str]()  # type: ignore[attr-defined]  # filled by the page's template
        with public_read():
            response = view(request, *args, **kwargs)
        if digests:
            said: dict[str, list[str]] = getattr(response, "_csp_update", {})
            scripts = [*said.get("script-src", []), *sorted(digests)]
            response._csp_update = said | {"script-src": scripts}  # type: ignore[attr-defined]  # as csp_update does
        is_for_everybody = response.status_code == 200 and not response.has_header("Cache-Control")
        if request.method in ("GET", "HEAD") and is_for_everybody:
            response.headers["Cache-Control"] = PUBLIC_CACHING
        else:
            patch_cache_control(response, no_store=True)
        return response

    return run


class OpenForm(APIView):
    """For everybody: a form of a page that may be kept, so it has no token. Whoever derives it changes nothing."""

    authentication_classes: list[type[BaseAuthentication]] = []
    permission_classes = [AllowAny]
    content_negotiation_class = AnswersInOneForm


def members_page(view: View) -> View:
    """For people of the network. Strangers are asked to log in; for anybody else there is nothing here."""

    @wraps(view)
    def run(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not may_read_members(request.user):
            raise Http404
        with members_read(request.user):
            response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return run
