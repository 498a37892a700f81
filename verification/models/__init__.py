"""How listings are kept current: states, snapshots, reviews and checks."""

from verification.models.check import Check, CheckMethod, CheckOutcome, Level
from verification.models.clock import Clock, HighRiskCountry
from verification.models.review import OPEN_REVIEWS, Review, ReviewState
from verification.models.state import ListingState, Publication, Snapshot

__all__ = [
    "OPEN_REVIEWS",
    "Check",
    "CheckMethod",
    "CheckOutcome",
    "Clock",
    "HighRiskCountry",
    "Level",
    "ListingState",
    "Publication",
    "Review",
    "ReviewState",
    "Snapshot",
]
