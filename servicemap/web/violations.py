"""Where browsers tell that a page tried what the policy forbids: a line in the log, and of the reporter nothing.

A line names the route and the rule. The address of the page holds ids and tokens, so it is resolved and dropped; of
what was blocked only the kind is told: this site, another one, or a word such as "inline".
"""

from __future__ import annotations

import json
import logging
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from core.pages.askers import count

log = logging.getLogger(__name__)
LONGEST = 16 * 1024
#: Lines of one kind in an hour: a page of an attacker shall not fill the disk.
LINES, HOUR = 20, 60 * 60
WORDS = frozenset({"inline", "eval", "wasm-eval", "data", "blob", "self"})


@csrf_exempt  # browsers send it by themselves, without a form; it changes nothing
@require_POST
@never_cache
def report(request: HttpRequest) -> HttpResponse:
    """Takes both forms that browsers send; answers 204 to anything."""
    for told in _reports(request):
        rule = _word(
            told.get("effectiveDirective") or told.get("effective-directive") or told.get("violated-directive")
        )
        page = _route(told.get("documentURL") or told.get("document-uri"))
        blocked = _kind(told.get("blockedURL") or told.get("blocked-uri"), request)
        if count("violations", f"{rule}:{page}:{blocked}".replace(" ", "-"), HOUR) <= LINES:
            log.warning("a browser refused %s on %s: %s", rule, page, blocked)
    return HttpResponse(status=204)


def _reports(request: HttpRequest) -> list[dict[str, object]]:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST:
        return []
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError):
        return []
    rows = told if isinstance(told, list) else [told]
    bodies = [row.get("body") or row.get("csp-report") for row in rows[:10] if isinstance(row, dict)]
    return [body for body in bodies if isinstance(body, dict)]


def _word(value: object) -> str:
    """A directive, without what somebody may have written behind it."""
    first = str(value or "").split(" ")[0]
    return first if first.replace("-", "").isalpha() and first.isascii() and len(first) < 30 else "something"


def _route(address: object) -> str:
    try:
        return resolve(urlsplit(str(address or "")).path).view_name or "a page"
    except (Resolver404, ValueError):
        return "a page"


def _kind(address: object, request: HttpRequest) -> str:
    text = str(address or "")
    if text in WORDS:
        return text
    try:
        host = urlsplit(text).netloc
    except ValueError:
        return "something"
    return "this site" if host == request.get_host() else "another site"
