"""Organisations, their people, their places and how to reach them."""

from organizations.models.circle import CircleMember
from organizations.models.contact import Channel, Contact, ContactAudience
from organizations.models.disclosure import Disclosure
from organizations.models.location import AddressPrecision, Location, LocationType
from organizations.models.membership import Invitation, Membership, MembershipRole
from organizations.models.opened import Opened
from organizations.models.organization import MemberStatus, Organization, Visibility
from organizations.models.settlement import Settlement
from organizations.models.volunteering import Volunteering

__all__ = [
    "AddressPrecision",
    "Channel",
    "CircleMember",
    "Contact",
    "ContactAudience",
    "Disclosure",
    "Invitation",
    "Location",
    "LocationType",
    "MemberStatus",
    "Membership",
    "MembershipRole",
    "Opened",
    "Organization",
    "Settlement",
    "Visibility",
    "Volunteering",
]
