"""The question whether there are places: what stands on the map, until when it counts, and the answers to press."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from django.utils.translation import gettext as _

from core import clock
from core.phrasing.dates import day_and_month
from directory.freshness import capacity
from directory.shown import labels
from directory.shown.supplies import capacity_words, has_supplies, is_about_medicine
from reading.presenters.capacity import reported_text
from services.models import Operation, ServiceAtLocation
from verification.models import CapacityClock, CapacityLevel, CapacityReport
from verification.surroundings import capacity_fields

#: For so long after its end a word is a reason to ask again.
REMEMBERED_DAYS = 90


class CapacityAnswer(TypedDict):
    """One answer to press; `chosen` is the one that counts now."""

    level: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class CapacityQuestion:
    """One listing's question. `standing` is "" (nothing is said), current, ending (soon not known) or lapsed.

    `is_recent` says that the owner says such things here: something counts, or did until not long ago.
    """

    question: str
    level: str
    text: str
    standing: str
    said: str
    until: dt.date | None
    report: CapacityReport | None
    answers: list[CapacityAnswer]
    is_recent: bool
    days: int | None = None

    @property
    def on_the_map(self) -> dict[str, str]:
        """What readers are told, as maps/_capacity.html shows it, and until when it counts."""
        told = {"level": self.level, "text": self.text, "reported_text": ""}
        if self.standing != "lapsed" and self.until is not None:
            day = day_and_month(self.until)
            told["reported_text"] = _("%(said)s, counts until %(day)s") % {"said": self.said, "day": day}
        return told


class _Word:
    """The last word with the zone of its place, as `directory.freshness` reads it."""

    capacity_level: str
    capacity_expires_on: dt.date | None

    def __init__(self, listing: ServiceAtLocation, report: CapacityReport | None) -> None:
        self.timezone = listing.timezone
        fields = capacity_fields(report)
        self.capacity_level, self.capacity_expires_on = fields["capacity_level"], fields["capacity_expires_on"]


def asked_of(listing: ServiceAtLocation, report: CapacityReport | None) -> CapacityQuestion | None:
    """The question about a listing, with its last word; None while the service takes nobody."""
    if listing.service.operation in (Operation.PAUSED, Operation.CLOSED):
        return None
    types = listing.service.types
    level = capacity(_Word(listing, report))
    words = capacity_words(types)
    today = clock.today(listing.timezone)
    expires_on = report.expires_on if report else None
    since = (today - expires_on).days if expires_on else REMEMBERED_DAYS
    return CapacityQuestion(
        question=question(types),
        level=level,
        text=labels.label(words, level) if level else "",
        standing=_standing(level, report, today),
        said=reported_text((today - report.reported_on).days) if report and level else "",
        until=expires_on - dt.timedelta(days=1) if expires_on else None,
        report=report,
        answers=answers(types, chosen=level if level != CapacityLevel.UNKNOWN else ""),
        is_recent=since < REMEMBERED_DAYS,
    )


def question(types: Sequence[str]) -> str:
    return _("Is there medicine?") if is_about_medicine(types) else _("Are there places?")


def answers(types: Sequence[str], *, chosen: str = "") -> list[CapacityAnswer]:
    """Every answer that fits such a service, with its words, "not known" last. What was said stays to be seen."""
    words = capacity_words(types)
    left_out = {CapacityLevel.UNKNOWN} if has_supplies(types) else {CapacityLevel.UNKNOWN, CapacityLevel.OUT_OF_STOCK}
    found: list[CapacityAnswer] = [
        {"level": level, "text": labels.label(words, level), "chosen": level == chosen}
        for level in words
        if level not in left_out or level == chosen
    ]
    return [*found, {"level": str(CapacityLevel.UNKNOWN), "text": _("I do not know"), "chosen": False}]


def days_by_class() -> dict[str, int]:
    """How long a word counts, by class."""
    return dict(CapacityClock.objects.values_list("code", "valid_days"))


def _standing(level: str, report: CapacityReport | None, today: dt.date) -> str:
    if not level or report is None:
        return ""
    if level == CapacityLevel.UNKNOWN:
        return "lapsed"
    return "ending" if report.notice_on is not None and today >= report.notice_on else "current"
