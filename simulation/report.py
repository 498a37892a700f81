"""The report of a simulated year, for the terminal and as a page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from simulation.figures import LIMITS, YearFigures

#: The chart of the page: a box of these units, one month wide steps.
_WIDTH, _HEIGHT = 720, 200


def rows(figures: YearFigures) -> list[dict[str, Any]]:
    """Name, words, value and limit of every figure, those with a limit first."""
    return [
        {"name": name, "words": words, "value": _value(getattr(figures, name)), "limit": LIMITS.get(name)}
        for name, words in _words().items()
    ]


def as_table(figures: YearFigures) -> str:
    """Plain text, one figure a line, marked where a limit is broken."""
    head = _("%(days)d days, %(organizations)d organisations, %(listings)d listings, seed %(seed)d") % vars(figures)
    found = rows(figures)
    width = max(len(row["words"]) for row in found)
    lines = [head, "─" * len(head)]
    for row in found:
        limit = "" if row["limit"] is None else f"   ≤ {row['limit']}"
        mark = "  ✗" if row["name"] in figures.broken else ""
        lines.append(f"{row['words']:<{width}}  {row['value']}{limit}{mark}")
    for letter, days in figures.time_to_hide.items():
        words = _("Class %(letter)s: days from the date until the public is without") % {"letter": letter}
        lines.append(f"{words:<{width}}  {days['median']:g} ({_('asked')}: {days['asked']}, n = {days['listings']})")
    return "\n".join(lines)


def as_page(figures: YearFigures) -> str:
    """A page of its own that a browser opens from the disk, with the house's style sheets."""
    styles = [(settings.BASE_DIR / "static" / "css" / f"{name}.css").as_uri() for name in ("tokens", "base", "content")]
    context = {
        "figures": figures,
        "rows": rows(figures),
        "styles": styles,
        "months": _chart(figures.fresh_by_month),
        "chart": {"width": _WIDTH, "height": _HEIGHT},
    }
    return render_to_string("simulation/report.html", context)


def _chart(months: dict[str, float]) -> list[dict[str, Any]]:
    """One bar for each month: place and height in units of the chart."""
    step = _WIDTH / max(len(months), 1)
    return [
        {
            "month": month,
            "share": share,
            "percent": round(share * 100),
            "x": round(number * step + step * 0.15, 1),
            "middle": round(number * step + step / 2, 1),
            "width": round(step * 0.7, 1),
            "y": round(_HEIGHT * (1 - share), 1),
            "height": round(_HEIGHT * share, 1),
        }
        for number, (month, share) in enumerate(months.items())
    ]


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {number}" for name, number in value.items())
    return "–" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


# long: one line of the report for each figure
def _words() -> dict[str, str]:
    return {
        "stale_shown_fresh": _("Listings shown as fresh past their date"),
        "public_past_hide": _("Listings public past their last day"),
        "fresh_shown_stale": _("Fresh listings shown as stale"),
        "wrongly_missing": _("Listings missing from the public map without a reason"),
        "capacity_shown_past_lapse": _("Words about places shown past their end"),
        "capacity_wrong": _("Words about places shown otherwise than they were said"),
        "asked_twice": _("Listings that somebody was asked about twice"),
        "lost_by_merge": _("Things lost by merging or by taking apart"),
        "hidden_shown_as_duplicate": _("Hidden listings shown as duplicates"),
        "door_kept": _("Doors of shelters kept from suggestions"),
        "stop_wrong": _("Stops shown otherwise than they were called off"),
        "letters_sent_twice": _("Letters sent twice"),
        "messages_per_contact_month_median": _("Letters to one person in a month, median"),
        "messages_per_contact_month_max": _("Letters to one person in a month, most"),
        "messages_per_contact_month": _("… months by number of letters"),
        "messages": _("Letters"),
        "messages_by_kind": _("… by kind"),
        "letters_unknown": _("Letters with an unknown outcome"),
        "letters_dead": _("Letters given up"),
        "confirmations": _("Confirmations by the organisations themselves"),
        "confirmations_by": _("… by way"),
        "checks_by_others": _("Checks by other organisations"),
        "capacity_listings": _("Listings that say whether there are places"),
        "capacity_reports": _("Words about places"),
        "capacity_reports_by": _("… by way"),
        "share_capacity_known": _("Share of their days on which it is known"),
        "days_notice_to_confirmation_median": _("Days from the first letter to the confirmation, median"),
        "escalations": _("Listings that reached the coordinator"),
        "share_fresh": _("Share of fresh listings, mean of the year"),
        "share_fresh_lowest": _("Share of fresh listings, lowest day"),
        "share_level2": _("Share checked by another organisation, at the end"),
        "hidden_listings": _("Listings that left the public map"),
        "archived": _("Archived listings"),
        "rechecks": _("Re-checks asked for"),
        "reports": _("Reports of readers"),
        "reports_closed_within_7_days": _("… closed within 7 days"),
        "bounces": _("Addresses that began to bounce"),
        "departures": _("People who left"),
        "campaigns": _("Campaigns"),
        "campaign_outcomes": _("… what came of their listings"),
        "merges": _("Duplicates that became one"),
        "merges_undone": _("… taken apart again"),
        "hints": _("Likely duplicates told while entering"),
        "suggestions": _("Suggestions of strangers"),
        "suggestions_refused": _("… refused"),
        "suggestions_put_off": _("… asked to wait"),
        "suggestions_by_state": _("… by state at the end"),
        "suggestions_late": _("… waiting longer than promised"),
        "days_to_answer_median": _("Days to an answer, median"),
        "stops_called_off": _("Stops called off for a day"),
        "shorter_clocks": _("Shorter intervals chosen"),
        "worker_days_down": _("Days without the worker"),
        "mail_days_down": _("Days without the mail server"),
        "worker_killed": _("Times the worker was killed in the middle of a letter"),
        "looks": _("Looks at the map"),
    }
