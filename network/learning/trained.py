"""How many are trained: people with a certificate that has not ended, by organisation and topic.

A person counts once in a topic; people of a group without names count as often as they came, since nobody knows who
they are. So it is «at most so many».
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core import clock
from network.learning.models import Certificate

if TYPE_CHECKING:
    import datetime as dt


@dataclass
class TrainedTopic:
    """One topic of an organisation: how many hold it today, until when the first of them does; how many did once."""

    people: int = 0
    until: dt.date | None = None
    ended: int = 0

    @property
    def is_expired(self) -> bool:
        return self.people == 0 and self.ended > 0


@dataclass
class _Seen:
    now: set[int] = field(default_factory=set)
    once: set[int] = field(default_factory=set)


def trained(organizations: Collection[int] | None = None) -> dict[int, dict[str, TrainedTopic]]:
    """By organisation and topic; of all organisations when None."""
    rows = Certificate.objects.order_by("pk")
    if organizations is not None:
        rows = rows.filter(enrolment__organization__in=organizations)
    found: dict[int, dict[str, TrainedTopic]] = defaultdict(dict)
    seen: dict[tuple[int, str], _Seen] = defaultdict(_Seen)
    today = clock.today()
    columns = ("enrolment__organization", "enrolment__person", "topic", "people", "valid_until")
    for organization, person, topic, people, until in rows.values_list(*columns):
        here = found[organization].setdefault(topic, TrainedTopic())
        known = seen[organization, topic]
        is_valid = until >= today
        names = known.now if is_valid else known.once
        if person is not None and person in names:
            continue
        if person is not None:
            names.add(person)
        if is_valid:
            here.people += people
            here.until = until if here.until is None else min(here.until, until)
        else:
            here.ended += people
    return dict(found)


def expired_topics(organizations: Collection[int]) -> list[tuple[int, str]]:
    """Organisation and topic in which somebody was trained and nobody is any more."""
    found = trained(organizations)
    return [(key, topic) for key, topics in found.items() for topic, one in topics.items() if one.is_expired]
