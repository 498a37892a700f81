"""The one transition table of the publication axis, and of reviews. Nothing else says which step may follow."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.errors import WrongState
from verification.errors import AlreadyDecided
from verification.models import ListingState, Publication, Review, ReviewState

P, R = Publication, ReviewState

#: step → states from which it leads, and the state that it leads to.
PUBLICATION_STEPS: dict[str, tuple[frozenset[str], str]] = {
    "submit": (frozenset({P.DRAFT, P.NEEDS_CHANGES, P.REJECTED}), P.SUBMITTED),
    "take": (frozenset({P.SUBMITTED}), P.IN_REVIEW),
    "release": (frozenset({P.IN_REVIEW}), P.SUBMITTED),
    "withdraw": (frozenset({P.SUBMITTED, P.IN_REVIEW}), P.DRAFT),
    "ask_for_changes": (frozenset({P.SUBMITTED, P.IN_REVIEW}), P.NEEDS_CHANGES),
    "reject": (frozenset({P.SUBMITTED, P.IN_REVIEW}), P.REJECTED),
    "publish": (
        frozenset({P.SUBMITTED, P.IN_REVIEW, P.PUBLISHED, P.IMPORTED}),
        P.PUBLISHED,
    ),
    "import": (frozenset({P.DRAFT, P.IMPORTED}), P.IMPORTED),
    "hide": (frozenset({P.PUBLISHED, P.IMPORTED, P.ARCHIVED}), P.HIDDEN),
    "restore": (frozenset({P.HIDDEN, P.ARCHIVED}), P.PUBLISHED),
    "archive": (frozenset({P.PUBLISHED, P.IMPORTED, P.HIDDEN}), P.ARCHIVED),
    # One with another listing; taking the two apart brings its own standing back (`services.merging`).
    "merge": (frozenset(set(P) - {P.SUBMITTED, P.IN_REVIEW}), P.ARCHIVED),
}
#: Taken off the map on purpose.
OFF_THE_MAP = frozenset({P.HIDDEN, P.ARCHIVED})
#: Once a listing has been on the map, an edit under review does not move it.
STAYS_PUT = frozenset({P.PUBLISHED, P.IMPORTED, P.HIDDEN, P.ARCHIVED})
_REVIEW_STEPS = frozenset({"submit", "take", "release", "withdraw", "ask_for_changes", "reject"})

REVIEW_STEPS: dict[str, tuple[frozenset[str], str]] = {
    "take": (frozenset({R.SUBMITTED}), R.IN_REVIEW),
    "release": (frozenset({R.IN_REVIEW}), R.SUBMITTED),
    "withdraw": (frozenset({R.SUBMITTED, R.IN_REVIEW}), R.WITHDRAWN),
    "approve": (frozenset({R.SUBMITTED, R.IN_REVIEW}), R.APPROVED),
    "ask_for_changes": (frozenset({R.SUBMITTED, R.IN_REVIEW}), R.NEEDS_CHANGES),
    "reject": (frozenset({R.SUBMITTED, R.IN_REVIEW}), R.REJECTED),
}


def move_listing(state: ListingState, step: str) -> None:
    """Set `state.publication` to what the step leads to; WrongState when it does not lead there from here."""
    if step in _REVIEW_STEPS and state.publication in STAYS_PUT:
        return
    sources, target = PUBLICATION_STEPS[step]
    if state.publication not in sources:
        raise WrongState(
            _("This step is not possible: the listing is “%(state)s”.") % {"state": state.get_publication_display()}
        )
    state.publication = target


def move_review(review: Review, step: str) -> None:
    """Set `review.state` to what the step leads to; AlreadyDecided when the review is closed."""
    sources, target = REVIEW_STEPS[step]
    if review.state in sources:
        review.state = target
    elif review.is_open:
        raise WrongState(_("This step is not possible: the review is “%(s)s”.") % {"s": review.get_state_display()})
    else:
        raise AlreadyDecided(_("This was decided meanwhile: “%(s)s”.") % {"s": review.get_state_display()})
