"""The figures as Prometheus reads them.

Rule: no label holds a person, an id, a slug, a path or a country; only the words in `FRESHNESS` and `JOBS`. Whoever
reads this learns how the house is doing, and nothing about who is in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from django.db import DatabaseError
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from workspace.health.figures import Vitals, ask, disk_free

_TIMES = {
    "worker_last_round_timestamp_seconds": ("When letters last reached the mail server", "round_at"),
    "worker_heartbeat_timestamp_seconds": ("When the worker last gave a sign of life", "beat_at"),
    "revision_changed_timestamp_seconds": ("When the public map last changed", "changed_at"),
    "backup_last_success_timestamp_seconds": ("When a backup last succeeded", "backup_at"),
    "restore_drill_last_success_timestamp_seconds": ("When restoring was last tried", "restore_at"),
    "emergency_copy_timestamp_seconds": ("When the emergency copy was last made", "copy_at"),
}


class Health(Collector):
    """Asks the database at each scrape; while it is away only `database_up` 0 and the disk are told."""

    def __init__(self, asked: Callable[[], Vitals] = ask) -> None:
        self.asked = asked

    def describe(self) -> Iterable[Metric]:
        """Nothing is asked when it is registered."""
        return []

    def collect(self) -> Iterable[Metric]:
        try:
            found = self.asked()
        except DatabaseError:
            yield _one("database_up", "Whether the database answers", 0)
            yield _one("disk_free_ratio", "The free part of the disk", disk_free())
            return
        yield _one("database_up", "Whether the database answers", 1)
        yield _one("disk_free_ratio", "The free part of the disk", found.disk_free)
        yield from told(found)


def registry(asked: Callable[[], Vitals] = ask) -> CollectorRegistry:
    """Ours alone: not the process's own figures."""
    made = CollectorRegistry(auto_describe=False)
    made.register(Health(asked))
    return made


def told(found: Vitals) -> Iterable[Metric]:
    """What nobody knows is left out: rules ask `absent()`."""
    waits = (found.at - found.due_since).total_seconds() if found.due_since else 0.0
    yield _one("letters_due_oldest_age_seconds", "How long the oldest letter that is due waits", waits)
    yield _one("letters_given_up", "Letters given up in the last seven days", found.given_up)
    yield _by("jobs", "Jobs of the worker", "status", found.jobs)
    yield _by("listings", "Public listings by how fresh their check is", "freshness", found.listings)
    yield _one("public_revision", "The revision of the public map", found.revision)
    for name, (words, field) in _TIMES.items():
        at: dt.datetime | None = getattr(found, field)
        if at is not None:
            yield _one(name, words, at.timestamp())
    if found.slot_bytes is not None:
        yield _one("replication_slot_retained_bytes", "What is kept for a copy that lags", found.slot_bytes)


def _one(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(f"servicemap_{name}", words, value=value)


def _by(name: str, words: str, label: str, values: dict[str, int]) -> Metric:
    family = GaugeMetricFamily(f"servicemap_{name}", words, labels=[label])
    for said, value in values.items():
        family.add_metric([said.replace(" ", "_")], value)
    return family
