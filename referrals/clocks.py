"""The clock of a stage. It runs on the day on which the medicine ends, not only on the day of asking.

Instants are fixed when somebody is asked and compared in queries; later they only move nearer. No window is longer than
its share of the time that is left among the organisations still to ask, none shorter than a waking hour.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, replace

from core import clock
from referrals.models.words import Circumstance, Mode, Supply, Urgency

MORNING, EVENING = dt.time(8), dt.time(21)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
#: Days before the end of the medicine on which the next one has to be there.
MARGIN = {Supply.ART: 2, Supply.TB: 1, Supply.OST: 1}
OTHER_MARGIN = 3
#: Without medicine and without a wish.
DEFAULT_DAYS = 14
#: Days of medicine up to which a stage is of today, and urgent.
TODAY_DAYS, URGENT_DAYS = 2, 7
#: The type of service that cannot wait: prevention after exposure.
_AT_ONCE_TYPES = frozenset({"pep", "hiv_pep"})
_SATURDAY = 5


@dataclass(frozen=True)
class AnswerWindows:
    """How long after asking each thing happens, in the unit of the class."""

    remind: float
    answer: float
    coordinator: float
    fallback: float
    nobody: float


#: Waking hours, hours, working days.
WINDOWS = {
    Urgency.TODAY: AnswerWindows(1, 4, 2, 4, 8),
    Urgency.URGENT: AnswerWindows(12, 24, 24, 36, 48),
    Urgency.ORDINARY: AnswerWindows(1, 3, 3, 5, 10),
}


@dataclass(frozen=True)
class Instants:
    """When a request is reminded of, due, told to the coordinator, given up for the next one; when nobody is left."""

    remind_at: dt.datetime
    answer_by: dt.datetime
    coordinator_at: dt.datetime
    fallback_at: dt.datetime
    nobody_at: dt.datetime


def needed_by(supply: str, ends_on: dt.date | None, wanted_by: dt.date | None, today: dt.date) -> dt.date:
    """The medicine's last day less its margin; without medicine the wish, else a fortnight."""
    if ends_on is not None and supply != Supply.NONE:
        return ends_on - dt.timedelta(days=MARGIN.get(Supply(supply), OTHER_MARGIN))
    return wanted_by or today + dt.timedelta(days=DEFAULT_DAYS)


def urgency_of(
    *, days_of_medicine: int | None, circumstances: list[str], supply: str, service_type: str = ""
) -> Urgency:
    """Of today: two days of medicine or less, exposure within 72 hours, danger now. Children are at least urgent."""
    told = set(circumstances)
    if told & {Circumstance.EXPOSED, Circumstance.DANGER} or service_type in _AT_ONCE_TYPES:
        return Urgency.TODAY
    if days_of_medicine is not None and days_of_medicine <= TODAY_DAYS:
        return Urgency.TODAY
    if days_of_medicine is not None and days_of_medicine <= URGENT_DAYS:
        return Urgency.URGENT
    on_art = Circumstance.PREGNANT in told and supply == Supply.ART
    return Urgency.URGENT if on_art or told & {Circumstance.UNDER_18, Circumstance.DEPORTATION} else Urgency.ORDINARY


def instants(urgency: str, sent_at: dt.datetime, needed_on: dt.date, still_to_ask: int, zone_name: str) -> Instants:
    """All instants of one request. `still_to_ask` counts this organisation and those in reserve."""
    windows = WINDOWS[Urgency(urgency)]
    found = Instants(
        **{
            f"{name}_by" if name == "answer" else f"{name}_at": _after(sent_at, amount, urgency, zone_name)
            for name, amount in vars(windows).items()
        }
    )
    return _shortened(found, sent_at, needed_on, still_to_ask, zone_name)


def nearer(kept: Instants, fresh: Instants) -> Instants:
    """Of two sets the earlier instants: what somebody was promised never moves away."""
    return replace(
        kept, **{field.name: min(getattr(kept, field.name), getattr(fresh, field.name)) for field in fields(kept)}
    )


def waking_after(start: dt.datetime, hours: float, zone_name: str) -> dt.datetime:
    """So many hours later, counting only those from eight to nine in the evening there."""
    zone = clock.zone(zone_name)
    left, at = dt.timedelta(hours=hours), start
    while True:
        local = at.astimezone(zone)
        morning = dt.datetime.combine(local.date(), MORNING, tzinfo=zone).astimezone(dt.UTC)
        evening = dt.datetime.combine(local.date(), EVENING, tzinfo=zone).astimezone(dt.UTC)
        at = max(at, morning)
        if at < evening and left <= evening - at:
            return at + left
        left -= max(evening - at, dt.timedelta(0))
        at = dt.datetime.combine(local.date() + DAY, MORNING, tzinfo=zone).astimezone(dt.UTC)


def _after(start: dt.datetime, amount: float, urgency: str, zone_name: str) -> dt.datetime:
    if urgency == Urgency.TODAY:
        return waking_after(start, amount, zone_name)
    if urgency == Urgency.URGENT:
        return start + amount * HOUR
    local = start.astimezone(clock.zone(zone_name))
    left = int(amount)
    while left:
        local += DAY
        left -= local.weekday() < _SATURDAY
    return local.astimezone(dt.UTC)


def _shortened(
    found: Instants, sent_at: dt.datetime, needed_on: dt.date, still_to_ask: int, zone_name: str
) -> Instants:
    """Every instant drawn nearer by one factor, so that all who may be asked are asked before the medicine ends."""
    morning = dt.datetime.combine(needed_on, MORNING, tzinfo=clock.zone(zone_name)).astimezone(dt.UTC)
    share = (morning - sent_at) / (2 * max(still_to_ask, 1))
    window = found.answer_by - sent_at
    if window <= share:
        return found
    least = waking_after(sent_at, 1, zone_name)
    factor = max(share / window, 0.0)
    drawn = {field.name: sent_at + (getattr(found, field.name) - sent_at) * factor for field in fields(found)}
    reminder = min(found.remind_at, max(drawn.pop("remind_at"), sent_at + (least - sent_at) / 2))
    rest = {name: min(getattr(found, name), max(at, least)) for name, at in drawn.items()}
    return Instants(remind_at=reminder, **rest)


def meets_in_time(mode: str, expected_on: dt.date | None, needed_on: dt.date | None) -> bool:
    """Whether the meeting comes before the day by which it is needed; unknown dates are in time."""
    return mode == Mode.REMOTE or expected_on is None or needed_on is None or expected_on <= needed_on
