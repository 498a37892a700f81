"""What the worker does about grants: letters. Nothing ends by it, and nothing waits for it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from core import clock
from network.grants import letters, publication
from network.grants.models import GrantApplication, GrantReport, GrantScore
from network.grants.models.grants import TOLD_AFTER
from network.grants.models.words import BidState

#: So many days before the end of a call, or the day of a report, somebody is reminded.
CALL_DAYS, REPORT_DAYS = 3, 7


def run_daily() -> dict[str, int]:
    """A second call writes no letter again."""
    with transaction.atomic():
        return _run()


def _run() -> dict[str, int]:
    now, today = clock.now(), clock.today()
    soon = GrantApplication.objects.under_way().filter(
        state=BidState.DRAFT, call__closes_at__lte=now + dt.timedelta(days=CALL_DAYS)
    )
    for application in soon.select_related("call", "organization").order_by("pk"):
        letters.ends_soon(application)
    slow = list(GrantApplication.objects.late().select_related("call", "organization").order_by("pk"))
    for application in slow:
        letters.slow(application)
    for score in GrantScore.objects.late().select_related("organization").order_by("pk"):
        letters.score_late(score)
    reports = GrantReport.objects.of_standing().select_related("grant__organization").order_by("pk")
    due = reports.owed().filter(due_on__gte=today, due_on__lte=today + dt.timedelta(days=REPORT_DAYS))
    for report in due:
        letters.report_due(report)
    late = list(reports.late())
    for report in late:
        letters.report_late(report)
    overdue = list(reports.late(TOLD_AFTER))
    for report in overdue:
        letters.report_overdue(report)
    publication.publish_all()  # a country may have come to be one of high risk
    return {"grants slow": len(slow), "grant reports late": len(late), "grant reports told": len(overdue)}
