"""What pages show of calls, applications, grants and reports, in words."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from babel.numbers import format_decimal

from core.languages import active, babel_locale
from core.phrasing.dates import day_in_words, moment_in_words, zone_in_words
from core.phrasing.money import sum_in_words
from network.gaps.models import Gap
from network.grants import services as grants
from network.grants.before import told_of as cells_told
from network.grants.models import Grant, GrantApplication, GrantCall, GrantReport, GrantScore
from network.grants.models.words import BidState, GrantReportState, GrantScoreState, GrantState
from network.grants.stages import told_of
from workspace.network.gaps.presenter import about, place_of, stated, title_of
from workspace.shared.texts import worded

if TYPE_CHECKING:
    from accounts.models import User

TONES = {
    BidState.GRANTED: "ok",
    BidState.CONDITIONS: "ok",
    BidState.AGREED: "ok",
    BidState.RESERVE: "warn",
    BidState.NEEDS_INFO: "warn",
    BidState.DRAFT: "",
    BidState.SENT: "accent",
    BidState.ELIGIBLE: "accent",
    BidState.SCORED: "accent",
    BidState.VOTING: "accent",
}
GRANT_TONES = {GrantState.RUNNING: "accent", GrantState.CLOSING: "warn", GrantState.CLOSED: "ok"}
REPORT_TONES = {
    GrantReportState.ACCEPTED: "ok",
    GrantReportState.SENT: "accent",
    GrantReportState.RETURNED: "warn",
}


def number_in_words(value: Decimal | str) -> str:
    return str(format_decimal(Decimal(value).normalize(), locale=babel_locale(active())))


def gap_words(gap: Gap) -> str:
    place = place_of(gap)
    return f"{title_of(place)} · {about(place)}"


def gap_choices(rows: Iterable[Gap]) -> list[tuple[str, str]]:
    return [(gap.public_id, gap_words(gap)) for gap in rows]


def gaps_told(rows: Iterable[Gap]) -> list[dict[str, str]]:
    return [{"id": gap.public_id, "words": gap_words(gap)} for gap in rows]


def call_line(row: GrantCall) -> dict[str, Any]:
    return {
        "row": row,
        "title": worded(row, "title"),
        "budget": sum_in_words(row.budget, row.currency),
        "ceiling": sum_in_words(row.ceiling, row.currency),
        "until": day_in_words(row.closes_on),
        "from": day_in_words(row.opens_on),
        "closes": moment_in_words(row.closes_at),
        "zone": zone_in_words(row.timezone),
    }


def bid_line(row: GrantApplication, *, inside: bool) -> dict[str, Any]:
    """With the name of the state that its reader knows: the committee's, or the applicant's."""
    stage = row.stage
    return {
        "row": row,
        "name": worded(row.organization, "name"),
        "words": str(stage.label) if inside else told_of(row).title,
        "tone": "danger" if row.is_late and inside else TONES.get(stage, ""),
        "amount": sum_in_words(row.amount, row.call.currency),
        "until": day_in_words(row.due_on) if row.due_on and stage == row.state else "",
        "is_late": row.is_late and inside,
    }


def grant_line(row: Grant) -> dict[str, Any]:
    return {
        "row": row,
        "title": row.application.title,
        "name": worded(row.organization, "name"),
        "amount": sum_in_words(row.amount, row.currency),
        "words": row.get_state_display(),
        "tone": GRANT_TONES.get(GrantState(row.state), ""),
        "from": day_in_words(row.starts_on),
        "until": day_in_words(row.ends_on),
    }


def report_line(row: GrantReport) -> dict[str, Any]:
    return {
        "row": row,
        "words": row.get_state_display(),
        "tone": "danger" if row.is_late else REPORT_TONES.get(GrantReportState(row.state), ""),
        "day": day_in_words(row.due_on),
        "days_late": row.days_late,
    }


def score_line(row: GrantScore) -> dict[str, Any]:
    return {
        "row": row,
        "name": worded(row.organization, "name"),
        "person": row.reviewer,
        "total": number_in_words(row.total) if row.total is not None else "",
        "day": day_in_words(row.due_on),
        "marks": [(one.criterion.told, one.mark) for one in row.marks.all()],
    }


def scores_of(row: GrantApplication, user: User) -> dict[str, Any]:
    """The scores that this person reads, and whether a third is needed. Whoever has yet to score reads none before."""
    seen = GrantScore.objects.visible_to(user)
    owes = row.scores.filter(reviewer=user, state=GrantScoreState.ASKED).exists()
    if owes:
        seen = seen.filter(reviewer=user)
    given = grants.given(row)
    totals = [one.total for one in given if one.total is not None]
    found = seen.filter(application=row).select_related("organization", "reviewer")
    points = None if owes else grants.points(row)
    return {
        "lines": [score_line(one) for one in found.prefetch_related("marks__criterion").order_by("pk")],
        "needed": grants.needed(totals),
        "given": len(given),
        "points": number_in_words(points) if points is not None else "",
        "is_apart": grants.needed(totals) == 3,
    }


def plan_of(row: GrantApplication) -> dict[str, Any]:
    """What was applied for."""
    currency = row.call.currency
    answers = list(zip(row.call.asked, row.answers, strict=False))
    return {
        "lines": [(line.name, sum_in_words(line.amount, currency)) for line in row.lines.all()],
        "indicators": [
            (one.name, number_in_words(one.baseline), number_in_words(one.target)) for one in row.indicators.all()
        ],
        "answers": [(question, text) for question, text in answers if text],
        "gaps": gaps_told(row.gaps.all()),
    }


def cells_of(grant: Grant) -> list[dict[str, Any]]:
    """Each cell before and after, as the matrix says."""
    return [
        {
            "id": one.gap.public_id,
            "words": gap_words(one.gap),
            "before": stated(one.before),
            "before_on": day_in_words(one.before_on),
            "after": stated(one.after),
            "after_on": day_in_words(one.after_on),
            "is_final": one.is_final,
            "is_better": one.is_better,
            "quarters": [(day_in_words(quarter), stated(state)) for quarter, state in one.quarters],
        }
        for one in cells_told(grant)
    ]


def spent_of(report: GrantReport) -> list[dict[str, str]]:
    """By line: planned and spent up to then."""
    application, currency = report.grant.application, report.grant.currency
    found = []
    for line in application.lines.all():
        said = report.spent.get(str(line.position))
        spent = sum_in_words(Decimal(said), currency) if said is not None else "–"
        found.append({"name": line.name, "planned": sum_in_words(line.amount, currency), "spent": spent})
    return found


def readings_of(report: GrantReport) -> list[dict[str, str]]:
    found = []
    for one in report.grant.application.indicators.all():
        said = report.readings.get(str(one.position))
        found.append(
            {
                "name": one.name,
                "baseline": number_in_words(one.baseline),
                "target": number_in_words(one.target),
                "now": number_in_words(said) if said is not None else "–",
            }
        )
    return found


def spent_together(report: GrantReport) -> str:
    whole = sum((Decimal(value) for value in report.spent.values()), Decimal(0))
    return sum_in_words(whole, report.grant.currency)
