"""What holds for every answer behind the door: nobody keeps a copy, and some roles need a second step."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from pghistory.middleware import HistoryMiddleware

from accounts.models import NetworkRole, User
from accounts.requests import person_of

_PRIVATE_NAMESPACES = frozenset({"workspace", "admin"})


class PrivateAnswersMiddleware:
    """An answer that looked into somebody's session is kept by no cache, unless its view says otherwise.

    Nor is one that says that something is not there, or not now: a place may be hidden today and shown tomorrow.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_nobodys = response.status_code < 400 and not request.session.accessed
        if not is_nobodys and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class AuditMiddleware(HistoryMiddleware):
    """Every change in the audit names its author, and not the address: addresses of letters hold tokens.

    A visitor without a session is not asked, so that a public search stays without one.
    """

    def get_context(self, request: HttpRequest) -> dict[str, object]:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return {"user": None}
        return {"user": super().get_context(request)["user"]}


class SecondStepMiddleware:
    """Whoever has a role of MFA_REQUIRED_ROLES works only after turning a second step on.

    Public pages are left alone, so that they keep away from sessions.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.MFA_REQUIRED_ROLES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not _is_private(match.namespace, match.url_name or ""):
            return None
        user = person_of(request)
        if user is None or not _needs_it(user) or is_mfa_enabled(user):
            return None
        text = _("Your role needs a second step at the sign-in. Turn it on here.")
        if match.namespace == "api":
            return JsonResponse({"error": {"param": "", "message": text}}, status=403)
        messages.warning(request, text)
        return redirect("mfa_index")


def _needs_it(user: User) -> bool:
    """Operators of /admin/ can do what administrators can."""
    role = NetworkRole.ADMINISTRATOR if user.is_superuser or user.is_staff else user.network_role
    return role in settings.MFA_REQUIRED_ROLES


def _is_private(namespace: str, name: str) -> bool:
    return namespace in _PRIVATE_NAMESPACES or name.startswith("members")
