"""For whoever watches the server: is the process alive, and can it answer?"""

from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from directory.listings import DirectoryRevision


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """The database answers, its schema is that of the code, and the directory has a revision; else 503.

    The revision is the public one: anybody may look here.
    """
    checks: dict[str, Any] = {"database": False, "migrations": False, "revision": None}
    try:
        executor = MigrationExecutor(connection)
        checks["database"] = True
        checks["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        if checks["migrations"]:
            checks["revision"] = DirectoryRevision.objects.values_list("public_number", flat=True).first() or 0
    except DatabaseError:
        checks["database"] = False
    is_ready = checks["database"] and checks["migrations"]
    return JsonResponse({"status": "ok" if is_ready else "unavailable", **checks}, status=200 if is_ready else 503)
