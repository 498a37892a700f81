"""Who may do what in evaluation.

Rule: an evaluator runs a cycle, and so does an administrator. Figures that are frozen and not adopted are for them, for
coordinators and for whoever sits in the council; everybody of the network reads what is adopted. The survey is answered
by managers of members, once for each organisation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from network.decisions import seats
from network.decisions.models import kept_bodies
from network.evaluation.models import OPEN_TO_MEMBERS, EvaluationCycle
from organizations.models import MembershipRole, MemberStatus, Organization
from organizations.models.organization import OrganizationQuerySet, is_network_person, standing_as

if TYPE_CHECKING:
    from accounts.models import User


def runs(user: User) -> bool:
    """Plans, opens, freezes, writes findings."""
    return user.is_active and (user.is_administrator or user.network_role == "evaluator")


def reads(user: User, cycle: EvaluationCycle) -> bool:
    """Its figures and findings."""
    if runs(user):
        return True
    if cycle.state in OPEN_TO_MEMBERS:
        return is_network_person(user)
    return cycle.is_frozen and (user.is_coordinator or seats.holds(user, body=seats.BodyKind.COUNCIL))


def decides(user: User) -> bool:
    """Ties a recommendation and a report to a decision: who runs it, and who keeps a body."""
    return runs(user) or kept_bodies(user).exists()


def asked() -> OrganizationQuerySet:
    """Organisations that are asked: members."""
    return Organization.objects.filter(standing_as(MemberStatus.MEMBER)).order_by("name", "pk")


def answers_for(user: User) -> OrganizationQuerySet:
    """For which the person may take the code."""
    own = user.memberships.filter(role=MembershipRole.MANAGER).values("organization")
    return asked().filter(pk__in=own)
