"""What came of a simulated year: figures with stable names, as JSON, as a table, as a page."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from statistics import mean, median
from typing import TYPE_CHECKING, Any, Protocol

from core import clock
from messaging.models import Message
from simulation.mailbox import MAILBOX
from simulation.oracle import TABLE, Findings
from simulation.strangers import days_to_answer, unanswered
from simulation.world import START
from verification.campaigns.tasks import with_progress
from verification.models import CapacityReport, Check, ListingState, Recheck, Reminder, Report, Suggestion
from verification.models.check import OWNER_METHODS

if TYPE_CHECKING:
    from simulation.people import Life
    from simulation.strangers import Strangers
    from simulation.upkeep import Upkeep

#: Name → the most that it may be.
LIMITS = {
    "stale_shown_fresh": 0,
    "public_past_hide": 0,
    "fresh_shown_stale": 0,
    "wrongly_missing": 0,
    "capacity_shown_past_lapse": 0,
    "capacity_wrong": 0,
    "asked_twice": 0,
    "lost_by_merge": 0,
    "hidden_shown_as_duplicate": 0,
    "door_kept": 0,
    "stop_wrong": 0,
    "letters_sent_twice": 0,
    "messages_per_contact_month_median": 2,
    "messages_per_contact_month_max": 6,
}


class Lived(Protocol):
    """What is asked of the year itself: its seed, its length, and what befell it."""

    seed: int
    days: int
    worker_down: set[dt.date]
    mail_down: set[dt.date]
    killed: int


@dataclass(frozen=True)
class YearFigures:
    """Shares are from 0 to 1. `time_to_hide` is by class: the days that the table asks for, and those seen."""

    seed: int
    days: int
    organizations: int
    listings: int
    stale_shown_fresh: int
    public_past_hide: int
    fresh_shown_stale: int
    wrongly_missing: int
    capacity_shown_past_lapse: int
    capacity_wrong: int
    asked_twice: int
    lost_by_merge: int
    hidden_shown_as_duplicate: int
    door_kept: int
    stop_wrong: int
    capacity_reports: int
    capacity_reports_by: dict[str, int]
    capacity_listings: int
    share_capacity_known: float
    looks: int
    messages: int
    messages_per_contact_month_median: float
    messages_per_contact_month_max: int
    messages_per_contact_month: dict[int, int]
    messages_by_kind: dict[str, int]
    letters_sent_twice: int
    letters_unknown: int
    letters_dead: int
    confirmations: int
    confirmations_by: dict[str, int]
    checks_by_others: int
    escalations: int
    share_fresh: float
    share_fresh_lowest: float
    share_level2: float
    days_notice_to_confirmation_median: float | None
    time_to_hide: dict[str, dict[str, Any]]
    hidden_listings: int
    archived: int
    rechecks: int
    reports: int
    reports_closed_within_7_days: int
    bounces: int
    departures: int
    campaigns: int
    campaign_outcomes: dict[str, int]
    merges: int
    merges_undone: int
    hints: int
    suggestions: int
    suggestions_refused: int
    suggestions_put_off: int
    suggestions_by_state: dict[str, int]
    suggestions_late: int
    days_to_answer_median: float | None
    stops_called_off: int
    shorter_clocks: int
    worker_days_down: int
    mail_days_down: int
    worker_killed: int
    fresh_by_month: dict[str, float] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)

    @property
    def broken(self) -> list[str]:
        """Names of the figures that are above their limits."""
        return [name for name, limit in LIMITS.items() if getattr(self, name) > limit]

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"limits": LIMITS, "broken": self.broken}


# long: one figure a line
def figures_of(year: Lived, life: Life, upkeep: Upkeep, strangers: Strangers, found: Findings) -> YearFigures:
    """Count what the database and the mailbox hold at the end."""
    per_month = messages_per_contact_month()
    checks = Check.objects.filter(checked_at__date__gte=START, outcome="correct")
    owners = checks.filter(method__in=OWNER_METHODS)
    waits = [(c.checked_at - c.noticed_at).total_seconds() / 86400 for c in owners if c.noticed_at]
    taken = Counter(MAILBOX.taken)
    words = CapacityReport.objects.order_by()
    return YearFigures(
        seed=year.seed,
        days=year.days,
        organizations=len(life.world.organizations),
        listings=len(life.world.listings),
        stale_shown_fresh=found.stale_shown_fresh,
        public_past_hide=found.public_past_hide,
        fresh_shown_stale=found.fresh_shown_stale,
        wrongly_missing=found.wrongly_missing,
        capacity_shown_past_lapse=found.capacity_shown_past_lapse,
        capacity_wrong=found.capacity_wrong,
        asked_twice=found.asked_twice,
        lost_by_merge=found.lost_by_merge,
        hidden_shown_as_duplicate=found.hidden_shown_as_duplicate,
        door_kept=found.door_kept,
        stop_wrong=found.stop_wrong,
        capacity_reports=words.count(),
        capacity_reports_by=dict(Counter(words.values_list("method", flat=True))),
        capacity_listings=len(set(words.values_list("listing", flat=True))),
        share_capacity_known=round(found.capacity_known / max(1, found.capacity_known + found.capacity_lapsed), 3),
        looks=found.looks,
        messages=len(MAILBOX.taken),
        messages_per_contact_month_median=median(per_month) if per_month else 0,
        messages_per_contact_month_max=max(per_month, default=0),
        messages_per_contact_month=dict(sorted(Counter(per_month).items())),
        messages_by_kind=dict(Counter(Message.objects.spent().values_list("kind", flat=True))),
        letters_sent_twice=sum(1 for times in taken.values() if times > 1),
        letters_unknown=Message.objects.filter(state="unknown").count(),
        letters_dead=Message.objects.filter(state="dead").count(),
        confirmations=owners.count(),
        confirmations_by=dict(Counter(owners.values_list("method", flat=True))),
        checks_by_others=checks.exclude(method__in=OWNER_METHODS).count(),
        escalations=len(set(Reminder.objects.escalated().values_list("listing", "due_on"))),
        share_fresh=_share(found.fresh_share),
        share_fresh_lowest=round(min(found.fresh_share, default=0), 3),
        share_level2=round(found.level2_share[-1], 3) if found.level2_share else 0,
        days_notice_to_confirmation_median=round(median(waits), 1) if waits else None,
        time_to_hide=_time_to_hide(found),
        hidden_listings=sum(sum(days.values()) for days in found.hidden_after.values()),
        archived=ListingState.objects.filter(publication="archived").count(),
        rechecks=Recheck.objects.count(),
        reports=life.reported,
        reports_closed_within_7_days=sum(
            1
            for report in Report.objects.filter(closed_at__isnull=False)
            if report.closed_at and report.closed_at - report.received_at <= dt.timedelta(days=7)
        ),
        bounces=life.bounced,
        departures=life.left,
        campaigns=len(upkeep.campaigns),
        campaign_outcomes=_outcomes(upkeep),
        merges=upkeep.merges,
        merges_undone=upkeep.undone,
        hints=upkeep.hints,
        suggestions=strangers.sent,
        suggestions_refused=strangers.refused,
        suggestions_put_off=strangers.put_off,
        suggestions_by_state=dict(Counter(Suggestion.objects.order_by().values_list("state", flat=True))),
        suggestions_late=unanswered(),
        days_to_answer_median=round(median(days), 1) if (days := days_to_answer()) else None,
        stops_called_off=upkeep.called_off,
        shorter_clocks=upkeep.shorter,
        worker_days_down=len(year.worker_down),
        mail_days_down=len(year.mail_down),
        worker_killed=year.killed,
        fresh_by_month=_by_month(found),
        examples=found.examples,
    )


def _outcomes(upkeep: Upkeep) -> dict[str, int]:
    """What came of the listings of all campaigns, by outcome."""
    found = (progress for _campaign, progress in with_progress(upkeep.campaigns))
    return dict(sum((Counter(progress.by_outcome) for progress in found), Counter()))


def messages_per_contact_month() -> list[int]:
    """Letters by address and calendar month, for every month in which the address got one.

    Counts all that may have arrived, unknown outcomes too, by the calendar of the reader's zone.
    """
    counts: Counter[tuple[str, int, int]] = Counter()
    letters = Message.objects.spent().values_list("address", "claimed_at", "correspondent__timezone")
    for address, at, zone in letters:
        if at is not None:
            local = at.astimezone(clock.zone(zone))
            counts[address, local.year, local.month] += 1
    return sorted(counts.values())


def _share(values: Iterable[float]) -> float:
    values = list(values)
    return round(mean(values), 3) if values else 0


def _time_to_hide(found: Findings) -> dict[str, dict[str, Any]]:
    """By class: how many days after the date the public was without, as asked and as seen."""
    return {
        letter: {
            "asked": TABLE[letter][1],
            "median": median(days.elements()),
            "max": max(days),
            "listings": sum(days.values()),
        }
        for letter, days in sorted(found.hidden_after.items())
    }


def _by_month(found: Findings) -> dict[str, float]:
    """Mean share of fresh listings in each month; there are two looks a day."""
    months: dict[str, list[float]] = {}
    for number, share in enumerate(found.fresh_share):
        day = START + dt.timedelta(days=number // 2)
        months.setdefault(f"{day:%Y-%m}", []).append(share)
    return {month: _share(shares) for month, shares in months.items()}
