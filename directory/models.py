"""Django looks for models here; they live in `listings.py`."""

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
    "MemberListing",
    "MemberOrganization",
    "MemberTerm",
    "Moved",
    "PublicListing",
    "PublicMoved",
    "PublicOrganization",
    "ReadableListing",
]
