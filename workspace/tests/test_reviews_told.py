"""What a review says beside a service is told by names, of what its listing names."""

import pytest

from directory.queries import current_listings, read_rows
from directory.spectrum import MemberReviewed
from directory.vocabulary import vocabulary
from network.reviews.tests.makers import Country
from reading.presenters.reviews import reviews_of
from verification.tests import scenarios

pytestmark = pytest.mark.django_db


def test_kinds_are_told_by_their_names_and_only_those_that_a_listing_names():
    land = Country()
    both = scenarios.published(scenarios.place(land.houses[0]), types=["pep", "naloxone"], method="call")
    land.agreed()
    MemberReviewed.objects.filter(pk=both.public_id).update(
        lines=[{"type": kind, "answer": "partial", "barriers": ["supplies"]} for kind in ("pep", "naloxone", "prep")]
    )
    rows = read_rows(current_listings("members"))
    told = reviews_of(rows, vocabulary("members"), "members")[both.public_id]["words"]
    names = [vocabulary("members").name("service", kind) for kind in ("pep", "naloxone")]
    assert told == " · ".join(f"{name} – частично: нет препаратов" for name in names)
    assert "pep" not in told
