"""For whoever watches a server: is the process alive, and can it answer? Without a word of what only members know."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import clock
from directory.index import keeper
from directory.tables.listings import DirectoryRevision
from servicemap.web import standby

#: Seconds: as long as what was hidden may be seen anywhere.
LONGEST_UNFED = 60


@dataclass
class Readiness:
    """Whether the database answers, whether its schema is that of the code, and the public's revision.

    `behind`: how many seconds older than home, where the database is a copy of it.
    `index` is how the packed index of this process stands; without one SQL answers, so none is no fault.
    """

    database: bool = False
    migrations: bool = False
    revision: int | None = None
    index: str = "off"
    behind: float | None = None

    @property
    def is_ready(self) -> bool:
        return self.database and self.migrations and (self.behind or 0) <= standby.LONGEST_BEHIND


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Of a process that serves the public alone. A copy that home has not looked at for a minute is not ready: better
    no page than one that somebody hid meanwhile."""
    found = readiness()
    is_fresh = found.is_ready and (seconds_since_fed() or 0) <= LONGEST_UNFED
    told = {"status": "ok" if is_fresh else "unavailable", **vars(found), "fed": is_fresh}
    return JsonResponse(told, status=200 if is_fresh else 503)


def seconds_since_fed() -> float | None:
    """Since home last compared this copy with itself (directory/feed.py); None where the tables are home's own.

    At home the public may not read when the members' rows changed, which is what the column means there.
    """
    table, column = DirectoryRevision._meta.db_table, "changed_at"
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_column_privilege(%s, %s, 'SELECT')", [table, column])
        if not cursor.fetchone()[0]:
            return None
    at = DirectoryRevision.objects.values_list(column, flat=True).first()
    return (clock.now() - at).total_seconds() if at else None


def readiness() -> Readiness:
    """Never an error: a database that is away is not ready."""
    found = Readiness(index=keeper.state("public"))
    try:
        executor = MigrationExecutor(connection)
        found.database = True
        found.behind = standby.seconds_behind()
        found.migrations = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        if found.migrations:
            found.revision = DirectoryRevision.objects.values_list("public_number", flat=True).first() or 0
    except DatabaseError:
        found.database = False
    return found
