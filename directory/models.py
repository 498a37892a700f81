"""Django looks for models here; they live in `listings.py`, `lands.py`, `learning.py` and others beside them."""

from directory.tables.grants import PublicGrantCall, PublicGrantSum
from directory.tables.lands import MemberCountryFact, MemberCountryNotice, PublicCountryFact, PublicCountryNotice
from directory.tables.learning import PublicCentre, PublicMaterial, PublicTraining
from directory.tables.listings import (
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
from directory.tables.news import PublicDigest, PublicDigestLine, PublicPaper
from directory.tables.sites import PublicRefusedSite
from directory.tables.spectrum import MemberReviewed, PublicReviewed
from directory.tables.wording import PublicWording

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
