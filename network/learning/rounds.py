"""What the worker does about learning: three questions after fourteen days, the public's rows of the day, forgetting.

Nothing ends by it: what is old says so by the query.
"""

from __future__ import annotations

import datetime as dt

from django.db import models, transaction

from core import clock
from network.learning import letters, publication
from network.learning.models import CAME, Enrolment, Training

#: So long after the end people are asked, and so long they may answer.
ASKED_AFTER_DAYS = 14
ANSWERED_WITHIN_DAYS = 90


def run_daily() -> dict[str, int]:
    """A second call writes no letter again."""
    with transaction.atomic():
        rows = list(to_ask())
        for row in rows:
            letters.asked(row)
        return {"asked after trainings": len(rows), "learning told": publication.publish_all()}


def to_ask() -> models.QuerySet[Enrolment]:
    """Those who came, whose training ended long enough ago, and who have not answered."""
    now = clock.now()
    rows = Enrolment.objects.filter(
        state__in=[*CAME],
        answered_on__isnull=True,
        training__ends_at__lte=now - dt.timedelta(days=ASKED_AFTER_DAYS),
        training__ends_at__gt=now - dt.timedelta(days=ANSWERED_WITHIN_DAYS),
    )
    return rows.select_related("organization", "training").order_by("pk")


def may_answer(row: Enrolment, training: Training | None = None) -> bool:
    """The predicate beside `to_ask`; `training` is that of the row where it is at hand."""
    since = clock.now() - (training or row.training).ends_at
    days = (dt.timedelta(days=ASKED_AFTER_DAYS), dt.timedelta(days=ANSWERED_WITHIN_DAYS))
    return row.state in CAME and row.answered_on is None and days[0] <= since < days[1]
