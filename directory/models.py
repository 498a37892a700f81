"""Django looks for models here; they live in `listings.py`."""

from directory.listings import (
    DirectoryRevision,
    DirectoryTerm,
    MemberListing,
    MemberOrganization,
    PublicListing,
    PublicOrganization,
)

__all__ = [
    "DirectoryRevision",
    "DirectoryTerm",
    "MemberListing",
    "MemberOrganization",
    "PublicListing",
    "PublicOrganization",
]
