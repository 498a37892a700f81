"""What whoever runs the server watches: asked of the database once, for the page, for the alarm and for `/metrics`.

Rule: figures of the house alone. None is about a person, an organisation, a place or a service, nor about who reads.
"""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min
from procrastinate.contrib.django.models import ProcrastinateWorker

from core import clock
from directory.freshness import LocalDate, freshness_sql
from directory.index import keeper
from directory.tables.listings import DirectoryRevision, PublicListing
from messaging.models import Message, MessageState, Round, RoundKind

#: Letters that were given up are spoken of for so long.
GIVEN_UP_SINCE = dt.timedelta(days=7)
FRESHNESS = ("fresh", "due", "overdue", "lapsed", "unchecked")
JOBS = ("waiting", "at work", "stalled", "failed")
_JOBS = """
SELECT count(*) FILTER (WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %(now)s)),
       count(*) FILTER (WHERE status = 'doing' AND alive),
       count(*) FILTER (WHERE status = 'doing' AND NOT alive),
       count(*) FILTER (WHERE status = 'failed')
FROM (SELECT job.status, job.scheduled_at, coalesce(worker.last_heartbeat > %(dead)s, false) AS alive
      FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id) jobs
"""
_SLOTS = """
SELECT max(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn))::bigint FROM pg_replication_slots
WHERE NOT pg_is_in_recovery()
"""


@dataclass(frozen=True)
class Vitals:
    """At one instant. None means that nobody knows: it has not been yet, or nobody tells it.

    `round_at` is when a round of letters last reached the mail server, `beat_at` the worker's last sign of life,
    `due_since` since when the oldest letter that is due waits, `slot_bytes` what the database keeps for a copy that
    does not fetch it, `disk_free` the free part of the disk that holds the product.
    """

    at: dt.datetime
    round_at: dt.datetime | None = None
    beat_at: dt.datetime | None = None
    due_since: dt.datetime | None = None
    given_up: int = 0
    jobs: dict[str, int] = field(default_factory=lambda: dict.fromkeys(JOBS, 0))
    listings: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FRESHNESS, 0))
    revision: int = 0
    changed_at: dt.datetime | None = None
    index: str = "off"
    slot_bytes: int | None = None
    backup_at: dt.datetime | None = None
    restore_at: dt.datetime | None = None
    #: Whether an emergency copy is made here, and when it last was.
    copies: bool = False
    copy_at: dt.datetime | None = None
    disk_free: float = 1.0


def ask() -> Vitals:
    """Raises DatabaseError while the database is away."""
    now = clock.now()
    letters, rounds = Message.objects.order_by(), Round.objects.filter(kind=RoundKind.LETTERS)
    lost = letters.filter(state=MessageState.DEAD, created_at__gte=now - GIVEN_UP_SINCE)
    revision = DirectoryRevision.objects.values_list("public_number", "public_changed_at").first() or (0, None)
    return Vitals(
        at=now,
        round_at=rounds.values_list("finished_at", flat=True).first(),
        beat_at=ProcrastinateWorker.objects.order_by("-last_heartbeat")
        .values_list("last_heartbeat", flat=True)
        .first(),
        due_since=letters.open().filter(not_before__lte=now).aggregate(since=Min("not_before"))["since"],
        given_up=lost.count(),
        jobs=_jobs(now),
        listings=_listings(now),
        revision=revision[0],
        changed_at=revision[1],
        index=keeper.state("public"),
        slot_bytes=_slot_bytes(),
        backup_at=_time_of(settings.BACKUP_STAMP),
        restore_at=_time_of(settings.RESTORE_STAMP),
        copies=bool(settings.COPY_STAMP),
        copy_at=_time_of(settings.COPY_STAMP),
        disk_free=disk_free(),
    )


def disk_free() -> float:
    """The free part of the disk that holds the product, from 0 to 1."""
    usage = shutil.disk_usage(settings.BASE_DIR)
    return usage.free / usage.total


def _jobs(now: dt.datetime) -> dict[str, int]:
    dead = now - dt.timedelta(seconds=3 * settings.WORKER_HEARTBEAT)
    with connection.cursor() as cursor:
        cursor.execute(_JOBS, {"now": now, "dead": dead})
        return dict(zip(JOBS, cursor.fetchone(), strict=True))


def _listings(now: dt.datetime) -> dict[str, int]:
    """What the public's table holds, with what the calendar has hidden of it meanwhile."""
    rows = PublicListing.objects.order_by().annotate(local_date=LocalDate(now)).annotate(said=freshness_sql())
    return dict.fromkeys(FRESHNESS, 0) | dict(rows.values_list("said").annotate(Count("pk")))


def _slot_bytes() -> int | None:
    """None where there is no copy."""
    with connection.cursor() as cursor:
        cursor.execute(_SLOTS)
        found: int | None = cursor.fetchone()[0]
    return found


def _time_of(stamp: str) -> dt.datetime | None:
    """When the file was last touched."""
    try:
        return dt.datetime.fromtimestamp(Path(stamp).stat().st_mtime, dt.UTC) if stamp else None
    except OSError:
        return None
