"""A process that reads from a copy of the database (PostgreSQL's standby) knows how old that is, and steps aside when
it is too old: better no page than one that somebody hid meanwhile.

How old: since the newest change of home that the copy has made its own. A worker that lives writes a sign of life each
ten seconds, so that a copy which follows is never much older; one that follows nobody grows older with the clock.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

#: Seconds: as long as what was hidden may be seen anywhere.
LONGEST_BEHIND = 60
LOOK_EVERY = 5
#: What «target_session_attrs» of the database's address says where a copy may answer.
COPIES = frozenset({"any", "prefer-standby", "read-only", "standby"})
#: They speak of the process, or say themselves what is wrong.
OF_THE_MACHINE = ("/healthz", "/readyz", "/workz")
#: A copy that has been told nothing since it was started may be of any age.
BEHIND = (
    "SELECT CASE WHEN pg_is_in_recovery() THEN"
    " least(coalesce(extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()), 1e6), 1e6)::float8 END"
)


def reads_a_copy() -> bool:
    options: Any = settings.DATABASES["default"].get("OPTIONS") or {}
    return options.get("target_session_attrs") in COPIES


def seconds_behind(over: Any = connection) -> float | None:
    """None at home; `over` is the connection that asks."""
    with over.cursor() as cursor:
        cursor.execute(BEHIND)
        found: float | None = cursor.fetchone()[0]
    return found


def is_too_old(over: Any = connection) -> bool:
    return (seconds_behind(over) or 0) > LONGEST_BEHIND


class StandbyMiddleware:
    """503 for every page while the copy is too old. The proxy asks home then. Of what is kept nothing is shown either
    (`keeping.Look`), so it comes here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not reads_a_copy():
            raise MiddlewareNotUsed
        self.get_response, self.looked, self.old = get_response, float("-inf"), False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info not in OF_THE_MACHINE and self._is_old():
            from servicemap.web.unavailable import away  # the drill asks this module without settings

            return away(request)
        return self.get_response(request)

    def _is_old(self) -> bool:
        """Looked at every few seconds; while the database is away, as it was."""
        if time.monotonic() - self.looked >= LOOK_EVERY:
            self.looked = time.monotonic()
            try:
                self.old = is_too_old()
            except DatabaseError:
                return self.old
        return self.old
