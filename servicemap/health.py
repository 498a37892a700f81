"""For whoever watches a server: is the process alive, and can it answer? Without a word of what only members know."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from directory.listings import DirectoryRevision


@dataclass
class Readiness:
    """Whether the database answers, whether its schema is that of the code, and the public's revision."""

    database: bool = False
    migrations: bool = False
    revision: int | None = None

    @property
    def is_ready(self) -> bool:
        return self.database and self.migrations


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Of a process that serves the public alone."""
    found = readiness()
    status = "ok" if found.is_ready else "unavailable"
    return JsonResponse({"status": status, **vars(found)}, status=200 if found.is_ready else 503)


def readiness() -> Readiness:
    """Never an error: a database that is away is not ready."""
    found = Readiness()
    try:
        executor = MigrationExecutor(connection)
        found.database = True
        found.migrations = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        if found.migrations:
            found.revision = DirectoryRevision.objects.values_list("public_number", flat=True).first() or 0
    except DatabaseError:
        found.database = False
    return found
