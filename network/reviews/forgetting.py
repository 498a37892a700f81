"""What of a review is forgotten, and when."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from core import clock
from network.reviews.models import CriterionMark, ReviewAction, YearlyReview
from network.reviews.models.words import ActionState, YearlyState

#: Words and evidence are kept so long after the end; answers, marks and days stay.
KEPT_DAYS = 3 * 365


@transaction.atomic
def forget_reviews() -> int:
    """Evidence, remarks and reasons of reviews that ended three years ago; of how many reviews."""
    before = clock.today() - dt.timedelta(days=KEPT_DAYS)
    ended = YearlyReview.objects.filter(
        state__in=[YearlyState.AGREED, YearlyState.DROPPED], updated_at__date__lt=before
    )
    old = list(ended.values_list("pk", flat=True))
    CriterionMark.objects.filter(review__in=old).update(evidence="", link="", document=None)
    ReviewAction.objects.filter(review__in=old).exclude(state=ActionState.OPEN).update(text="")
    YearlyReview.objects.filter(pk__in=old).update(remark="", objection="", verdict="")
    return len(old)
