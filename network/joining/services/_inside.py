"""What every step asks first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.errors import NotAllowed
from network.decisions import seats
from network.decisions.seats import BodyKind
from network.joining.models import Application
from organizations.models import MembershipRole, Organization
from organizations.models.membership import OWN_ROLES

if TYPE_CHECKING:
    from accounts.models import User


def locked(application: Application) -> Application:
    """The row until the end of the transaction: steps of people and of rounds wait for each other."""
    return Application.objects.select_for_update().get(pk=application.pk)


def is_of(actor: User, organization: Organization | None) -> bool:
    return organization is not None and organization.memberships.filter(user=actor, role__in=OWN_ROLES).exists()


def coordinates(actor: User, application: Application) -> bool:
    """Coordinators of one of its countries, never about their own organisation."""
    codes = {application.registration_country, *application.countries}
    return actor.coordinates_any(codes) and not is_of(actor, application.organization)


def need_coordinator(actor: User, application: Application) -> None:
    if not coordinates(actor, application):
        raise NotAllowed(_("A coordinator of the country does this, and nobody about their own organisation."))


def sits_in_council(actor: User) -> bool:
    return seats.holds(actor, body=BodyKind.COUNCIL)


def speaks_for(actor: User) -> Organization | None:
    """The member for which the person writes: where they manage, else where they edit."""
    own = actor.memberships.in_network().filter(role__in=[MembershipRole.MANAGER, MembershipRole.EDITOR])
    first = own.select_related("organization").order_by("-role", "pk").first()
    return first.organization if first else None
