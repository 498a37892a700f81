"""Edits that go on the map without waiting: those that touch no critical field, and those of trusted owners.

Nobody decides on them beforehand, so some are looked at afterwards: a fixed share of the harmless ones, and every
critical edit of a trusted owner. They give no level and move no date unless the owner ticked the critical set.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db.models import Q

from core import clock
from core.database.bulk import change_rows
from services.models.coverage import under
from verification.models import (
    ListingState,
    Publication,
    RecheckReason,
    Report,
    Review,
    ReviewState,
)
from verification.narrowing import narrower
from verification.publication import Batch
from verification.services.changing import set_classes, settle, settle_all
from verification.services.decisions import owners_look, publish_snapshot, put_on_the_map
from verification.services.held import doubtful
from verification.services.rechecks import open_recheck
from verification.snapshots import difference
from verification.surroundings import Surroundings
from verification.transitions import move_review

#: One of so many harmless edits is looked at afterwards.
SAMPLE_EVERY = 5
#: Days without a returned edit or a report that was right, after which an owner counts as trusted.
CLEAN_DAYS = 365


def may_go_at_once(review: Review, state: ListingState, around: Surroundings | None = None) -> bool:
    """Only for a listing that is on the map, and only without critical changes or by a trusted owner.

    Who is shown more than before is always somebody else's decision, however clean the year, and so is a new text that
    may give the door of a hidden place away. `around` saves queries for many.
    """
    if review.base is None or not is_open_to_edits(state):
        return False
    changes = difference(review.base.content, review.snapshot.content)
    if any(change.critical for change in changes) and not settings.VERIFICATION_TRUSTS_CLEAN_OWNERS:
        return False
    if {change.path for change in changes} & {piece.path for piece in doubtful(review.snapshot.content, around)}:
        return False
    if not any(change.critical for change in changes):
        return True
    wider = narrower(review.snapshot.content, review.base.content) != review.snapshot.content
    return not wider and is_trusted(review)


def is_open_to_edits(state: ListingState) -> bool:
    """On the map, and checked by somebody."""
    return state.publication == Publication.PUBLISHED and state.level >= 1


def is_trusted(review: Review) -> bool:
    """Whether the owner's last year is clean: known for longer, nothing returned even in part, no report was right."""
    since = clock.now() - dt.timedelta(days=CLEAN_DAYS)
    organization = review.listing.service.organization
    reviews = Review.objects.filter(under(organization, "listing__"))
    sent_back = Q(state__in=[ReviewState.NEEDS_CHANGES, ReviewState.REJECTED]) | ~Q(returned=[])
    returned = reviews.filter(sent_back, decided_at__gte=since).exists()
    right = Report.objects.filter(under(organization, "listing__"), state="fixed", closed_at__gte=since).exists()
    known = reviews.filter(state=ReviewState.APPROVED, decided_at__lt=since).exists()
    return known and not returned and not right


def publish_at_once(review: Review, state: ListingState, batch: Batch | None = None) -> Review:
    """Close the review without a decider and publish its snapshot. Call it under the state's lock."""
    move_review(review, "approve")
    review.decided_at = clock.now()
    review.save()
    publish_snapshot(state, review.snapshot)
    if review.owner_checked:
        settle(state, **owners_look(state, review), actor=review.submitted_by, batch=batch)
    else:
        settle(state, batch=batch)
    _look_afterwards(review)
    return review


def publish_all_at_once(steps: Sequence[tuple[Review, ListingState]], batch: Batch) -> None:
    """The same of many, which the owner has not looked at anew, in few statements."""
    if not steps:
        return
    for review, state in steps:
        move_review(review, "approve")
        review.decided_at = clock.now()
        put_on_the_map(state, review.snapshot)
    set_classes(state for _review, state in steps)
    change_rows([review for review, _state in steps], ["state", "decided_at"])
    settle_all([state for _review, state in steps], batch)
    for review, _state in steps:
        _look_afterwards(review)


def _look_afterwards(review: Review) -> None:
    base = review.base.content if review.base else None
    if any(change.critical for change in difference(base, review.snapshot.content)):
        open_recheck(listing=review.listing, reason=RecheckReason.TRUSTED)
    elif review.snapshot.pk % SAMPLE_EVERY == 0:
        open_recheck(listing=review.listing, reason=RecheckReason.SAMPLE)
