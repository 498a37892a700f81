"""Django looks for models here; they live in `listings.py`, `lands.py` and `news.py`."""

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

__all__ = [
    "CircleListing",
    "CountryListing",
    "DirectoryRevision",
    "DirectoryTerm",
    "MemberCountryFact",
    "MemberCountryNotice",
    "MemberListing",
    "MemberOrganization",
    "MemberTerm",
    "Moved",
    "PublicCountryFact",
    "PublicCountryNotice",
    "PublicDigest",
    "PublicDigestLine",
    "PublicListing",
    "PublicMoved",
    "PublicOrganization",
    "PublicPaper",
    "ReadableListing",
]
