"""Who may do what in learning.

Rule: those who write for a member offer; a coordinator of the country, of another organisation, decides. The list of a
training is for its trainers and the coordinator. A manager enrols colleagues; everybody enrols themselves; whoever
writes for an organisation brings a group without names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from network.countries.models import organizations_of
from organizations.models import Membership, MembershipRole, Organization
from organizations.models.membership import OWN_ROLES

if TYPE_CHECKING:
    from accounts.models import User
    from network.learning.models import Enrolment, Training
    from network.learning.models.offers import LearningOffer

__all__ = ["answers_for", "decides", "holds", "manages", "organizations_of", "own_organizations", "owns", "writes_for"]


def writes_for(user: User, organization: Organization) -> bool:
    return organizations_of(user).filter(pk=organization.pk).exists()


def owns(user: User, row: LearningOffer) -> bool:
    return organizations_of(user).filter(pk=row.organization_id).exists()


def is_inside(user: User, organization_id: int) -> bool:
    return Membership.objects.filter(user=user, organization=organization_id).exists()


def coordinates(user: User, country: str) -> bool:
    """A coordinator of the country; of what speaks of no country every coordinator."""
    return user.coordinates(country) if country else user.is_coordinator


def decides(user: User, row: LearningOffer, country: str) -> bool:
    return coordinates(user, country) and not is_inside(user, row.organization_id)


def holds(user: User, training: Training) -> bool:
    """Reads the list, invites, says who came."""
    return coordinates(user, training.country) or training.trainers.filter(person=user).exists()


def manages(user: User, organization_id: int) -> bool:
    rows = Membership.objects.in_network().filter(user=user, role=MembershipRole.MANAGER)
    return rows.filter(organization=organization_id).exists()


def own_organizations(user: User) -> list[Organization]:
    """Those in whose name the person comes themselves."""
    rows = Membership.objects.in_network().filter(user=user, role__in=OWN_ROLES).values("organization")
    return list(Organization.objects.filter(pk__in=rows).order_by("name", "pk"))


def answering(user: User) -> tuple[set[int], set[int]]:
    """Ids of the organisations that the person manages, and of those for which they write: for many rows at once."""
    managed = Membership.objects.in_network().filter(user=user, role=MembershipRole.MANAGER)
    return set(managed.values_list("organization_id", flat=True)), set(
        organizations_of(user).values_list("pk", flat=True)
    )


def answers_for(user: User, row: Enrolment) -> bool:
    """The person themselves; their manager; of a group whoever writes for its organisation."""
    if row.person_id is not None and row.person_id == user.pk:
        return True
    return writes_for(user, row.organization) if row.is_group else manages(user, row.organization_id)
