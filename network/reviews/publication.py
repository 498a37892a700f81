"""What readers get of a review, written in the transaction in which it is agreed."""

from __future__ import annotations

from directory.stores import spectrumstore
from network.reviews.models import YearlyReview


def publish(review: YearlyReview) -> None:
    """Beside the listings that each audience has; the public gets the month, and whether a service is always there."""
    if review.agreed_on is None or review.good_until is None:
        return
    lines = {
        line.leaf: {"type": line.leaf, "answer": line.agreed, "barriers": line.barriers} for line in review.lines.all()
    }
    organization = review.organization.public_id
    spectrumstore.put_reviewed(organization, on=review.agreed_on, due_on=review.good_until, lines=lines)


def publish_all() -> int:
    """The last review of each organisation, beside the listings that are there by now; how many there are."""
    rows = list(YearlyReview.objects.latest_agreed().select_related("organization").prefetch_related("lines"))
    spectrumstore.keep_reviewed([row.organization.public_id for row in rows])
    for row in rows:
        publish(row)
    return len(rows)
