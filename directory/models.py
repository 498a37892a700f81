"""Django looks for models here; they live in `listings.py`, `lands.py`, `learning.py` and others beside them."""

from directory.grants import PublicGrantCall, PublicGrantSum
from directory.lands import MemberCountryFact, MemberCountryNotice, PublicCountryFact, PublicCountryNotice
from directory.learning import PublicCentre, PublicMaterial, PublicTraining
from directory.listings import (
    CircleListing,
    CountryListing,
    DirectoryRevision,
    DirectoryTerm,
    MemberListing,
    MemberOrganization,
    MemberTerm,
    Moved,
    PublicListing,
    PublicMoved,
    PublicOrganization,
    ReadableListing,
)
from directory.news import PublicDigest, PublicDigestLine, PublicPaper
from directory.sites import PublicRefusedSite
from directory.spectrum import MemberReviewed, PublicReviewed
from directory.wording import PublicWording

__all__ = [
    "CircleListing",
    "CountryListing",
    "DirectoryRevision",
    "DirectoryTerm",
    "MemberCountryFact",
    "MemberCountryNotice",
    "MemberListing",
    "MemberOrganization",
    "MemberReviewed",
    "MemberTerm",
    "Moved",
    "PublicCentre",
    "PublicCountryFact",
    "PublicCountryNotice",
    "PublicDigest",
    "PublicDigestLine",
    "PublicGrantCall",
    "PublicGrantSum",
    "PublicListing",
    "PublicMaterial",
    "PublicMoved",
    "PublicOrganization",
    "PublicPaper",
    "PublicRefusedSite",
    "PublicReviewed",
    "PublicTraining",
    "PublicWording",
    "ReadableListing",
]
