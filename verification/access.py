"""Who may do what in verification. One place, asked by every service and by the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.errors import NotAllowed
from organizations.models import MembershipRole, Organization
from services.models import ServiceAtLocation
from verification.errors import OwnOrganization

if TYPE_CHECKING:
    from accounts.models import User


def require_owner(listing: ServiceAtLocation, actor: User | None) -> None:
    """The actor edits this organisation's listings. None is the operator's command line."""
    require_editor(listing.service.organization, actor)


def require_editor(organization: Organization, actor: User | None) -> None:
    """The actor edits this organisation. None is the operator's command line."""
    if actor is None:
        return
    if not Organization.objects.editable_by(actor).filter(pk=organization.pk).exists():
        raise NotAllowed(_("Only the organisation itself may do this."))


def speaks_for(organization: Organization, actor: User | None) -> bool:
    """Whether what the actor says is the organisation's word: never that of somebody who keeps it for the network.

    None is the operator's command line, an administrator writes down what they were told.
    """
    if actor is None:
        return True
    return not actor.memberships.filter(organization=organization, role=MembershipRole.KEEPER).exists()


def acting_organization(actor: User) -> Organization | None:
    """The organisation for which the actor checks others: the first of the network that they belong to."""
    membership = actor.memberships.in_network().select_related("organization").order_by("pk").first()
    return membership.organization if membership else None


def require_verifier(listing: ServiceAtLocation, actor: User) -> Organization:
    """The actor may decide on this listing; returns the organisation for which they do.

    Never somebody of the owning organisation, whatever their role in the network, and always somebody of another
    organisation of the network, so that "checked by another organisation" is true.
    """
    if not actor.is_verifier:
        raise NotAllowed(_("Only verifiers may do this."))
    owner = listing.service.organization
    if actor.memberships.filter(organization=owner).exists():
        raise OwnOrganization(_("You belong to this organisation, so somebody else has to check its listings."))
    organization = acting_organization(actor)
    if organization is None:
        raise NotAllowed(_("A verifier needs an organisation of the network."))
    return organization


def require_coordinator(listing: ServiceAtLocation, actor: User | None) -> None:
    """The actor coordinates the country of the listing. None is the operator's command line."""
    if actor is not None and not actor.coordinates(listing.country):
        raise NotAllowed(_("Only the coordinator of the country may do this."))


def require_coordinator_of(organization: Organization, actor: User) -> None:
    """The actor coordinates a country in which the organisation works or is registered, and is not of its people."""
    if not actor.coordinates_any(organization.countries_at_all):
        raise NotAllowed(_("Only the coordinator of the country may do this."))
    if actor.memberships.filter(organization=organization).exists():
        raise OwnOrganization(_("You belong to this organisation, so somebody else has to write down its word."))
