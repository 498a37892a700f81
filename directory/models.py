"""Django looks for models here; they live in `listings.py` and `lands.py`."""

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
    "PublicListing",
    "PublicMoved",
    "PublicOrganization",
    "ReadableListing",
]
