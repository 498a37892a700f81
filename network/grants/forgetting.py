"""What of small grants is forgotten, and when. Sums, states, days and points stay."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from core import clock
from network.grants.models import (
    GrantApplication,
    GrantConflict,
    GrantOpinion,
    GrantReport,
    GrantReportFile,
    GrantScore,
)
from network.grants.models.words import GRANT_OPEN, BidState

#: A draft that was not sent goes so long after the end of its call; words and files so long after the end.
DRAFT_DAYS, KEPT_DAYS = 60, 3 * 365


@transaction.atomic
def forget_grants() -> int:
    """Drafts that nobody sent, and words of what ended three years ago; how many applications."""
    now = clock.now()
    drafts = GrantApplication.objects.filter(
        state=BidState.DRAFT, call__closes_at__lt=now - dt.timedelta(days=DRAFT_DAYS)
    )
    gone = drafts.count()
    drafts.delete()
    before = now - dt.timedelta(days=KEPT_DAYS)
    ends = [BidState.NOT_ELIGIBLE, BidState.DECLINED, BidState.RESERVE, BidState.WITHDRAWN]
    over = Q(state__in=ends, updated_at__lt=before)
    over |= Q(grant__ended_on__lt=before.date()) & ~Q(grant__state__in=GRANT_OPEN)
    old = list(GrantApplication.objects.filter(over).exclude(plan="").values_list("pk", flat=True))
    _forget(old)
    return gone + len(old)


def _forget(old: list[int]) -> None:
    rows = GrantApplication.objects.filter(pk__in=old)
    GrantScore.objects.filter(application__in=old).update(reason="")
    GrantConflict.objects.filter(application__in=old).delete()
    GrantOpinion.objects.filter(application__in=old).delete()
    for kept in GrantReportFile.objects.filter(report__grant__application__in=old):
        kept.file.delete(save=False)
        kept.delete()
    GrantReport.objects.filter(grant__application__in=old).update(narrative="")
    rows.update(plan="", answers=[], question="", answer="")
