"""The named functions: each gives the rows of a period from which an indicator is measured.

Rule: a row is of the period, or says how something stood on its last day, so that the same question gives the same
rows whenever it is asked. What a room forgets after its time changes them, and the page says so. No row holds a word,
a name or anything of a person; ids are in the hash alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.utils.module_loading import import_string

from accounts.models import NetworkRole
from network.countries.models import CountryFact, FactCheck
from network.decisions.models import Decision
from network.decisions.models.words import DecisionState
from network.evaluation.measuring import MeasuredPeriod, MeasuredRow
from network.evaluation.models import SurveyAnswer, SurveyCount
from network.gaps.models import HOLDS_DAYS, Gap
from network.gaps.models.words import GapState
from network.grants.models import GrantReport
from network.joining.models import StandingChange
from network.learning.models import Certificate
from network.reviews.models import YearlyReview
from organizations.models import MemberStatus, Organization
from organizations.models.organization import IN_NETWORK
from usage import files
from usage.words import NOTHING
from verification.models import MonthlyFigure

_KIND = "service:"


# --- listings: months that were written down -----------------------------------------------------------------------


def _listings(window: MeasuredPeriod, column: str) -> Iterator[MeasuredRow]:
    """Of the last month that is written down in the period."""
    months = MonthlyFigure.objects.filter(month__range=(window.first_month, window.last_month))
    last = months.order_by("-month").values_list("month", flat=True).first()
    for row in MonthlyFigure.objects.filter(month=last).order_by("country") if last else ():
        key = f"{row.month}"
        yield MeasuredRow(row.country, key, getattr(row, column), row.listings, is_total=not row.country)


def listings_fresh(window: MeasuredPeriod) -> Iterator[MeasuredRow]:
    return _listings(window, "fresh")


def listings_level2(window: MeasuredPeriod) -> Iterator[MeasuredRow]:
    return _listings(window, "level2")


def _months(window: MeasuredPeriod, part: str, whole: str, *, is_mean: bool = False) -> Iterator[MeasuredRow]:
    for row in MonthlyFigure.objects.filter(month__range=(window.first_month, window.last_month)).order_by("month"):
        n, value = getattr(row, whole), getattr(row, part)
        if n and value is not None:
            yield MeasuredRow(row.country, f"{row.month}", value * n if is_mean else value, n, not row.country)


def days_to_confirm(window: MeasuredPeriod) -> Iterator[MeasuredRow]:
    """The median of each month, weighed by its confirmations."""
    return _months(window, "median_days_to_confirm", "confirmations", is_mean=True)


def reports_in_7_days(window: MeasuredPeriod) -> Iterator[MeasuredRow]:
    return _months(window, "reports_in_7_days", "reports")


# --- referrals: counts of ways, without anybody --------------------------------------------------------------------


def _ways(window: MeasuredPeriod) -> Iterator[tuple[str, str, bool, bool | None, int]]:
    """What the room of referrals has counted (`settings.WAY_COUNTS`)."""
    found: Iterator[tuple[str, str, bool, bool | None, int]]
    found = import_string(settings.WAY_COUNTS)(window.first_month, window.last_month)
    return found


def referrals_answered(window: MeasuredPeriod) -> Iterator[MeasuredRow]:
    for way, apart, in_time, _before, n in _ways(window):
        yield MeasuredRow(way, apart, n if in_time else 0, n)


def served_before_end(window: MeasuredPeriod) -> Iterator[MeasuredRow]:
    """Of those whose medicine ran out, and who agreed to be counted."""
    for way, apart, _in_time, before, n in _ways(window):
        if before is not None:
            yield MeasuredRow(way, apart, n if before else 0, n)


# --- the network ------------------------------------------------------------------------------------------------------


def gaps_closed(window: MeasuredPeriod) -> Iterator[MeasuredRow]:
    """Of gaps that were open in the period: closed in it, by sixty days of help. A dropped one is no gap."""
    rows = Gap.objects.filter(opened_at__lt=window.ends_at).order_by("pk")
    for gap in rows.exclude(state=GapState.DROPPED, ended_at__lt=window.ends_at):
        closed = gap.yes_since + dt.timedelta(days=HOLDS_DAYS) if gap.is_over and gap.yes_since else None
        if closed is None or closed >= window.starts_on:
            yield MeasuredRow(gap.country, gap.public_id, int(closed is not None and closed <= window.ends_on))


def _members(window: MeasuredPeriod) -> dict[int, Organization]:
    """Members and associates on the last day, by the last change of each until then."""
    changes = StandingChange.objects.filter(made_at__lt=window.ends_at)
    last = changes.order_by("organization_id", "-made_at", "-pk").distinct("organization_id")
    inside = [row.organization_id for row in last if row.becomes in IN_NETWORK]
    return {row.pk: row for row in Organization.objects.filter(pk__in=inside).order_by("pk")}


def countries_coordinated(window: MeasuredPeriod) -> Iterator[MeasuredRow]:
    """Of countries in which a member is registered: those that a coordinator looked after on the last day, by name."""
    led = {code for role, codes in _roles(window) if role == NetworkRole.COORDINATOR for code in codes}
    for country in sorted({row.registration_country for row in _members(window).values()} - {""}):
        yield MeasuredRow(country, country, int(country in led))


def _roles(window: MeasuredPeriod) -> Iterator[tuple[str, list[str]]]:
    """What people did for the network on the last day: by their history, its first row where it begins later."""
    history: Any = apps.get_model("accounts", "UserEvent")
    columns = ("pgh_obj_id", "pgh_created_at", "is_active", "network_role", "countries")
    rows = history.objects.filter(joined_at__lt=window.ends_at).order_by("pgh_id").values_list(*columns)
    last: dict[int, tuple[bool, str, list[str]]] = {}
    for pk, at, *told in rows:
        if at < window.ends_at or pk not in last:
            last[pk] = tuple(told)
    yield from ((role, codes) for is_active, role, codes in last.values() if is_active)


def facts_fresh(window: MeasuredPeriod) -> Iterator[MeasuredRow]:
    """Of facts in force on the last day: those whose check held."""
    held = FactCheck.objects.filter(fact=OuterRef("pk"), checked_on__lte=window.ends_on, valid_until__gt=window.ends_on)
    rows = CountryFact.objects.filter(published_at__lt=window.ends_at).filter(
        Q(ended_at__isnull=True) | Q(ended_at__gte=window.ends_at)
    )
    for fact in rows.annotate(is_held=Exists(held)).order_by("pk"):
        yield MeasuredRow(fact.country, fact.public_id, int(fact.is_held))  # type: ignore[attr-defined]  # annotated


def members_change(window: MeasuredPeriod) -> Iterator[MeasuredRow]:
    """How many came, less those who left; each change is a row."""
    rows = StandingChange.objects.filter(made_at__gte=window.starts_at, made_at__lt=window.ends_at)
    for row in rows.select_related("organization").order_by("pk"):
        came = row.becomes in IN_NETWORK and row.was in (MemberStatus.APPLICANT, MemberStatus.LEFT)
        went = row.becomes == MemberStatus.LEFT and row.was != MemberStatus.APPLICANT
        if came or went:
            yield MeasuredRow(row.organization.registration_country, row.public_id, 1 if came else -1)


def members_reviewed(window: MeasuredPeriod) -> Iterator[MeasuredRow]:
    """Of members on the last day: those with a review that was agreed in the period."""
    agreed = YearlyReview.objects.filter(agreed_on__range=(window.starts_on, window.ends_on))
    done = set(agreed.values_list("organization", flat=True))
    for pk, row in _members(window).items():
        yield MeasuredRow(row.registration_country, row.public_id, int(pk in done))


def people_trained(window: MeasuredPeriod) -> Iterator[MeasuredRow]:
    """People by certificates that held on the last day; whoever has two topics counts twice."""
    rows = Certificate.objects.filter(issued_on__lte=window.ends_on, valid_until__gte=window.ends_on)
    for row in rows.select_related("enrolment__organization").order_by("pk"):
        country = row.enrolment.organization.registration_country
        yield MeasuredRow(country, row.number + row.topic, row.people, row.people)


def grants_reported(window: MeasuredPeriod) -> Iterator[MeasuredRow]:
    """Of reports about grants that were due in the period: accepted by its end."""
    rows = GrantReport.objects.filter(due_on__range=(window.starts_on, window.ends_on)).order_by("pk")
    for row in rows.select_related("grant__organization"):
        is_accepted = row.accepted_on is not None and row.accepted_on <= window.ends_on
        yield MeasuredRow(row.grant.organization.registration_country, row.public_id, int(is_accepted))


def decisions_in_time(window: MeasuredPeriod) -> Iterator[MeasuredRow]:
    """Of decisions that were due in the period: done by their day. One that was dropped in it is none."""
    rows = Decision.objects.filter(due_on__range=(window.starts_on, window.ends_on)).order_by("pk")
    done = rows.filter(state=DecisionState.DONE, ended_at__date__lte=F("due_on"))
    in_time = set(done.values_list("pk", flat=True))
    for row in rows.exclude(state=DecisionState.DROPPED, ended_at__lt=window.ends_at):
        yield MeasuredRow("", row.public_id, int(row.pk in in_time))


def searches_missed(window: MeasuredPeriod) -> Iterator[MeasuredRow]:
    """Kinds of help that somebody looked for and did not find: sums of use, without words and people."""
    sums: dict[tuple[str, str], int] = {}
    for cell, count in files.read(window.starts_on, window.ends_on):
        if cell.what == NOTHING and cell.code.startswith(_KIND):
            sums[cell.country, cell.code] = sums.get((cell.country, cell.code), 0) + count
    for (country, code), count in sorted(sums.items()):
        yield MeasuredRow(country, code, count, count)


# --- the survey -------------------------------------------------------------------------------------------------------


def survey_yes(window: MeasuredPeriod) -> Iterator[MeasuredRow]:
    """Of members that answered the question: those that said yes."""
    rows = SurveyCount.objects.filter(question__cycle=window.cycle, question__code=window.question)
    for row in rows.order_by("answer"):
        yield MeasuredRow("", row.answer, row.n if row.answer == SurveyAnswer.YES else 0, row.n)
