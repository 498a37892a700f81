"""For whoever watches the server: is the process alive, and can it answer?"""

from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from directory.listings import DirectoryRevision
from messaging import silence

LEAVING = "leaving"


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """The database answers, its schema is that of the code, and the directory has a revision; else 503.

    `letters` says since how many minutes none could leave; the map does not wait for them, so that alone is 200,
    "degraded" (`/workz` fails for it). The revision is the public one: anybody may look here.
    """
    checks: dict[str, Any] = {"database": False, "migrations": False, "revision": None, "letters": None}
    try:
        executor = MigrationExecutor(connection)
        checks["database"] = True
        checks["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        if checks["migrations"]:
            checks["revision"] = DirectoryRevision.objects.values_list("public_number", flat=True).first() or 0
            checks["letters"] = words_of_silence()
    except DatabaseError:
        checks["database"] = False
    is_ready = checks["database"] and checks["migrations"]
    status = "unavailable" if not is_ready else "degraded" if checks["letters"] != LEAVING else "ok"
    return JsonResponse({"status": status, **checks}, status=200 if is_ready else 503)


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
