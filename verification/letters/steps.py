"""The steps of a listing's clock: who is told on which day. Pure; the days come from the class and the due date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from verification.models import Clock, Rung


@dataclass(frozen=True)
class Step:
    """From the day `on`, the people on `rungs` are told. `code` is kept in their reminders."""

    code: str
    on: dt.date
    rungs: tuple[Rung, ...]


def steps(clock: Clock, due_on: dt.date, first: dt.date | None = None) -> list[Step]:
    """Every step of one round, the earliest first; `first` is the day of the first reminder in a shorter round.

    Before the date only whoever keeps the listing is told; on the date their manager too; then the coordinator; when
    the listing leaves the public map, everybody above and below.
    """
    notices = sorted(set(clock.notice_days), reverse=True)
    if first is not None:
        notices = [days for days in notices if due_on - dt.timedelta(days=days) >= first] or [(due_on - first).days]
    found = [Step(f"notice-{days}", due_on - dt.timedelta(days=days), (Rung.OWNER,)) for days in notices]
    return [
        *found,
        Step("due", due_on, (Rung.OWNER, Rung.MANAGER)),
        Step("escalate", due_on + dt.timedelta(days=clock.escalate_days), (Rung.COORDINATOR,)),
        Step(
            "hidden",
            due_on + dt.timedelta(days=clock.hide_days),
            (Rung.OWNER, Rung.MANAGER, Rung.ADMINISTRATORS),
        ),
    ]


def latest(found: Iterable[Step], rung: str, today: dt.date) -> Step | None:
    """The step at which the people of a rung stand today; None before their first. Missed ones are not caught up."""
    reached = [step for step in found if rung in step.rungs and step.on <= today]
    return reached[-1] if reached else None
