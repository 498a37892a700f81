"""Django looks for models here; they live in `listings.py`, `lands.py`, `news.py`, `spectrum.py` and `grants.py`."""

from directory.grants import PublicGrantCall, PublicGrantSum
from directory.lands import MemberCountryFact, MemberCountryNotice, PublicCountryFact, PublicCountryNotice
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
from directory.spectrum import MemberReviewed, PublicReviewed

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
    "PublicCountryFact",
    "PublicCountryNotice",
    "PublicDigest",
    "PublicDigestLine",
    "PublicGrantCall",
    "PublicGrantSum",
    "PublicListing",
    "PublicMoved",
    "PublicOrganization",
    "PublicPaper",
    "PublicReviewed",
    "ReadableListing",
]
