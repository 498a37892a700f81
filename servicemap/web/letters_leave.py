"""For whoever watches the members' side: can it answer, and do letters leave?"""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from messaging import silence
from servicemap.web.health import readiness

LEAVING = "leaving"


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """The database answers, its schema is that of the code, and the directory has a revision; else 503.

    `letters` says since how many minutes none could leave; the map does not wait for them, so that alone is 200,
    "degraded" (`/workz` fails for it). The revision is the public one: anybody may look here.
    """
    found, letters = readiness(), None
    if found.is_ready:
        try:
            letters = words_of_silence()
        except DatabaseError:
            found.database = False
    status = "unavailable" if not found.is_ready else "degraded" if letters != LEAVING else "ok"
    return JsonResponse({"status": status, **vars(found), "letters": letters}, status=200 if found.is_ready else 503)


@require_safe
@never_cache
def workz(request: HttpRequest) -> JsonResponse:
    """Letters leave; 503 when the worker stands still, the mail server is away, or nobody can tell."""
    try:
        letters = words_of_silence()
    except DatabaseError:
        letters = "the database does not answer"
    is_well = letters == LEAVING
    return JsonResponse(
        {"status": "ok" if is_well else "unavailable", "letters": letters}, status=200 if is_well else 503
    )


def words_of_silence() -> str:
    minutes = silence.minutes_of_silence()
    if minutes is None:
        return "no letters yet"
    return f"no letters for {minutes} minutes" if silence.is_too_long(minutes) else LEAVING
