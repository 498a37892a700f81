"""Every step from every state: where it leads, or that it does not lead anywhere. Pure; nothing is saved."""

from __future__ import annotations

import pytest

from core.errors import WrongState
from verification.errors import AlreadyDecided
from verification.models import ListingState, Publication, Review, ReviewState
from verification.transitions import (
    OFF_THE_MAP,
    PUBLICATION_STEPS,
    REVIEW_STEPS,
    STAYS_PUT,
    move_listing,
    move_review,
)

#: For each step the states from which it leads, and to where. Written from docs/verification.md.
LISTINGS = {
    "submit": ({"draft", "needs_changes", "rejected"}, "submitted"),
    "take": ({"submitted"}, "in_review"),
    "release": ({"in_review"}, "submitted"),
    "withdraw": ({"submitted", "in_review"}, "draft"),
    "ask_for_changes": ({"submitted", "in_review"}, "needs_changes"),
    "reject": ({"submitted", "in_review"}, "rejected"),
    "publish": ({"submitted", "in_review", "published", "imported"}, "published"),
    "import": ({"draft", "imported"}, "imported"),
    "hide": ({"published", "imported", "archived"}, "hidden"),
    "restore": ({"hidden", "archived"}, "published"),
    "archive": ({"published", "imported", "hidden"}, "archived"),
    "merge": (
        {"draft", "needs_changes", "rejected", "imported", "published", "hidden", "archived"},
        "archived",
    ),
}
REVIEWS = {
    "take": ({"submitted"}, "in_review"),
    "release": ({"in_review"}, "submitted"),
    "withdraw": ({"submitted", "in_review"}, "withdrawn"),
    "approve": ({"submitted", "in_review"}, "approved"),
    "ask_for_changes": ({"submitted", "in_review"}, "needs_changes"),
    "reject": ({"submitted", "in_review"}, "rejected"),
}
#: An edit under review does not move a listing that has been on the map.
UNMOVED = {"published", "imported", "hidden", "archived"}
OF_A_REVIEW = {"submit", "take", "release", "withdraw", "ask_for_changes", "reject"}


def test_there_are_no_other_steps():
    assert PUBLICATION_STEPS.keys() == LISTINGS.keys() and REVIEW_STEPS.keys() == REVIEWS.keys()


def test_what_is_off_the_map_and_what_stays_put():
    assert {"hidden", "archived"} == OFF_THE_MAP and STAYS_PUT == UNMOVED


@pytest.mark.parametrize("before", Publication.values)
@pytest.mark.parametrize("step", LISTINGS)
def test_a_step_of_a_listing(step, before):
    state = ListingState(publication=before)
    sources, target = LISTINGS[step]
    if step in OF_A_REVIEW and before in UNMOVED:
        move_listing(state, step)
        assert state.publication == before
    elif before in sources:
        move_listing(state, step)
        assert state.publication == target
    else:
        with pytest.raises(WrongState, match=str(Publication(before).label)):
            move_listing(state, step)
        assert state.publication == before


@pytest.mark.parametrize("before", ReviewState.values)
@pytest.mark.parametrize("step", REVIEWS)
def test_a_step_of_a_review(step, before):
    review = Review(state=before)
    sources, target = REVIEWS[step]
    if before in sources:
        move_review(review, step)
        assert review.state == target
        return
    with pytest.raises(WrongState, match=str(ReviewState(before).label)) as refused:
        move_review(review, step)
    assert review.state == before
    assert isinstance(refused.value, AlreadyDecided) == (before not in ("submitted", "in_review"))


def test_a_step_that_nobody_knows_is_a_fault():
    with pytest.raises(KeyError):
        move_listing(ListingState(), "fly")
    with pytest.raises(KeyError):
        move_review(Review(), "fly")
