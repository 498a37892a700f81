"""The page that works without a connection, its worker, and its few words with home, as JSON.

The page holds no name, no token and no row: it is the same for every member, and is what a phone keeps.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import OutreachCopy
from accounts.presses import outreach
from accounts.requests import SignedInRequest
from core.languages import active, by_code
from workspace.coordination.doors import members_page
from workspace.outreach import presses
from workspace.outreach.rows import rows_for
from workspace.outreach.texts import reasons, texts_of_page

#: By this a phone says which one it is; only where it is signed in can it say more than that.
SECRET = "X-Outreach-Copy"  # noqa: S105  (the name of a header)
_SCRIPTS = Path(settings.BASE_DIR) / "static" / "js"


@members_page
@require_safe
def page(request: SignedInRequest) -> HttpResponse:
    """The same for everybody who may open it, so its scripts are named by digests."""
    request.csp_digests = digests = set[str]()  # type: ignore[attr-defined]  # filled by the template
    response = render(request, "workspace/outreach/page.html", {"config": _config(), "is_offered": settings.OUTREACH})
    response._csp_update = {"script-src": sorted(digests)}  # type: ignore[attr-defined]  # as csp_update does
    return response


def _config() -> dict[str, object]:
    here = reverse("workspace:outreach")
    return {
        "lang": by_code(active()).tag,
        "page": here,
        "worker": reverse("workspace:outreach-worker"),
        **{name: reverse(f"workspace:outreach-{name}") for name in ("standing", "take", "begin", "send")},
        "login": reverse("account_login", query={"next": here}),
        "reasons": reasons(),
        "texts": texts_of_page(),
    }


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Asked anew at each opening of the page, signed in or not. Where nothing is offered any more, one that wipes."""
    text = _script("outreach-worker.js" if settings.OUTREACH else "outreach-worker-gone.js")
    return HttpResponse(text, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-store"})


@lru_cache(2)
def _script(name: str) -> str:
    return (_SCRIPTS / name).read_text(encoding="utf-8")


@never_cache
@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """Whether a phone may keep what it has; it asks where nobody is signed in on it. 410: wipe all."""
    return JsonResponse({"lives": True}) if _copy(request) is not None else _wipe()


@members_page
@require_safe
def take(request: SignedInRequest) -> HttpResponse:
    """What stands on a phone, as of now. One that names itself is in touch by this; somebody else's learns nothing."""
    if not settings.OUTREACH:
        return _wipe()
    if request.headers.get(SECRET):
        copy = _copy(request)
        if copy is None:
            return _wipe()
        if copy.user_id != request.user.pk:
            return _another()
        outreach.meet(copy, request.session.session_key or "")
    return JsonResponse({"token": get_token(request), **rows_for(request.user)})


@members_page
@require_POST
def begin(request: SignedInRequest) -> HttpResponse:
    """The person has switched it on here."""
    if not settings.OUTREACH:
        return _wipe()
    return JsonResponse({"secret": outreach.begin(request.user, request.session.session_key or "")})


@members_page
@require_POST
def send(request: SignedInRequest) -> HttpResponse:
    """`{"presses": […]}`, 25 at most, oldest first: each is done once and answered for itself."""
    copy = _copy(request)
    if copy is None:
        return _wipe()
    if copy.user_id != request.user.pk:
        return _another()
    try:
        body = json.loads(request.body)
        given = body.get("presses") if isinstance(body, dict) else None
        if not isinstance(given, list) or len(given) > presses.AT_MOST:
            raise presses.Unreadable(_("This is not a press of the page."))
        wanted = [presses.read(raw) for raw in given]
    except (ValueError, RecursionError, presses.Unreadable):
        return JsonResponse({"words": _("This is not a press of the page.")}, status=400)
    told = [presses.take(copy, request.user, press) for press in wanted]
    outreach.meet(copy, request.session.session_key or "")
    return JsonResponse({"told": told})


def _copy(request: HttpRequest) -> OutreachCopy | None:
    return outreach.find(request.headers.get(SECRET, "")) if settings.OUTREACH else None


def _wipe() -> HttpResponse:
    return JsonResponse({"words": _("This phone may not keep it any more.")}, status=410)


def _another() -> HttpResponse:
    """Somebody else is signed in: what a colleague pressed is not sent in their name."""
    return JsonResponse({"words": _("It belongs to somebody else.")}, status=409)
