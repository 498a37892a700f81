"""How listings are kept current: states, snapshots, reviews and checks."""

from verification.models.agreement import Agreement
from verification.models.call import CallOutcome, PhoneCall, Proposal, ProposalState
from verification.models.campaign import (
    Campaign,
    CampaignTask,
    Coverage,
    MonthlyFigure,
    MonthlyListing,
    MonthlyPart,
    TaskOutcome,
)
from verification.models.capacity import CapacityClock, CapacityLevel, CapacityReport
from verification.models.check import Check, CheckMethod, CheckOutcome, Level
from verification.models.clock import Clock, HighRiskCountry
from verification.models.duplicate import Fingerprint, LikelyPair
from verification.models.link import LINK_DAYS, Answer, ConfirmationLink, LinkItem
from verification.models.merge import Merge, MergeQuerySet, MergeState
from verification.models.profile import ProfileCheck, ProfileMethod, ProfileState
from verification.models.reminder import Reminder, Rung
from verification.models.report import (
    NotServedReason,
    Recheck,
    RecheckReason,
    Report,
    ReportKind,
    ReportState,
    Visit,
)
from verification.models.review import OPEN_REVIEWS, Review, ReviewState
from verification.models.site import RefusedSite
from verification.models.state import ListingState, Publication, Snapshot
from verification.models.suggestion import OPEN_SUGGESTIONS, KnownFrom, Suggestion, SuggestionAbout, SuggestionState
from verification.models.takedown import Takedown
from verification.models.twins import (
    AlikeOrganizations,
    AlikePlaces,
    DifferentOrganizations,
    DifferentPlaces,
    PlaceMerge,
    SharedDoor,
)
from verification.models.watch import Watch

__all__ = [
    "LINK_DAYS",
    "OPEN_REVIEWS",
    "OPEN_SUGGESTIONS",
    "Agreement",
    "AlikeOrganizations",
    "AlikePlaces",
    "Answer",
    "CallOutcome",
    "Campaign",
    "CampaignTask",
    "CapacityClock",
    "CapacityLevel",
    "CapacityReport",
    "Check",
    "CheckMethod",
    "CheckOutcome",
    "Clock",
    "ConfirmationLink",
    "Coverage",
    "DifferentOrganizations",
    "DifferentPlaces",
    "Fingerprint",
    "HighRiskCountry",
    "KnownFrom",
    "Level",
    "LikelyPair",
    "LinkItem",
    "ListingState",
    "Merge",
    "MergeQuerySet",
    "MergeState",
    "MonthlyFigure",
    "MonthlyListing",
    "MonthlyPart",
    "NotServedReason",
    "PhoneCall",
    "PlaceMerge",
    "ProfileCheck",
    "ProfileMethod",
    "ProfileState",
    "Proposal",
    "ProposalState",
    "Publication",
    "Recheck",
    "RecheckReason",
    "RefusedSite",
    "Reminder",
    "Report",
    "ReportKind",
    "ReportState",
    "Review",
    "ReviewState",
    "Rung",
    "SharedDoor",
    "Snapshot",
    "Suggestion",
    "SuggestionAbout",
    "SuggestionState",
    "Takedown",
    "TaskOutcome",
    "Visit",
    "Watch",
]
