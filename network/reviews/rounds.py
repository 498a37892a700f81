"""What the worker does about reviews: letters, and rows beside listings that came since. Nothing ends by it."""

from __future__ import annotations

from django.db import transaction

from core import clock
from network.reviews import letters, publication
from network.reviews.models import ReviewAction, YearlyReview
from network.reviews.models.words import YearlyState


def run_daily() -> dict[str, int]:
    """A second call writes no letter again."""
    with transaction.atomic():
        return _run()


def _run() -> dict[str, int]:
    begun = YearlyReview.objects.filter(state=YearlyState.PLANNED, starts_on__lte=clock.today())
    begun.update(state=YearlyState.SELF)
    late = list(YearlyReview.objects.late().select_related("organization", "reviewer", "third"))
    actions = list(ReviewAction.objects.late().select_related("review__organization"))
    for review in late:
        letters.late(review)
    for action in actions:
        letters.action_late(action)
    return {"reviews late": len(late), "actions late": len(actions), "reviews told": publication.publish_all()}
