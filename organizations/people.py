"""The people of an organisation: who does what, and who leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.entering.sessions import end_sessions
from core.errors import HouseError, NotAllowed, WrongState
from organizations.models import Membership, MembershipRole, Organization
from organizations.models.membership import OWN_ROLES
from organizations.models.organization import MemberStatus

if TYPE_CHECKING:
    from accounts.models import User

#: From the least rights to the most.
ROLE_ORDER = OWN_ROLES


def require_manager(actor: User | None, organization: Organization) -> None:
    """NotAllowed unless the actor may invite and remove people there. None stands for the operator's commands."""
    if actor is None or Organization.objects.managed_by(actor).filter(pk=organization.pk).exists():
        return
    raise NotAllowed(_("Only a manager of the organisation may do this."))


@transaction.atomic
def add_member(*, actor: User | None, organization: Organization, user: User, role: str) -> Membership:
    """Put a person with an account into the organisation; somebody who is there keeps the role they have."""
    require_manager(actor, organization)
    membership, _created = Membership.objects.get_or_create(
        organization=organization, user=user, defaults={"role": _known(role)}
    )
    return membership


@transaction.atomic
def keep_for_network(*, organization: Organization, user: User) -> Membership:
    """Let somebody of the network write down what an organisation outside it gives; its own people stay what they are.

    Whoever keeps it never checks it: the rule of one's own organisation holds for them as for everybody in it.
    """
    if organization.member_status != MemberStatus.EXTERNAL:
        raise WrongState(_("Only an organisation outside the network is kept by somebody else."))
    membership, _created = Membership.objects.get_or_create(
        organization=organization, user=user, defaults={"role": MembershipRole.KEEPER}
    )
    return membership


@transaction.atomic
def change_role(*, actor: User | None, membership: Membership, role: str) -> Membership:
    """Give a person another role. WrongState when the organisation would lose its last manager."""
    require_manager(actor, membership.organization)
    membership = _locked(membership)
    if membership.role != _known(role):
        if membership.role == MembershipRole.MANAGER:
            _require_another_manager(membership)
        membership.role = role
        membership.save(update_fields=["role"])
        end_sessions(membership.user)
    return membership


@transaction.atomic
def remove_member(*, actor: User | None, membership: Membership) -> None:
    """Take a person out of the organisation; their account stays. WrongState for the last manager."""
    require_manager(actor, membership.organization)
    membership = _locked(membership)
    if membership.role == MembershipRole.MANAGER:
        _require_another_manager(membership)
    membership.delete()
    end_sessions(membership.user)


def _known(role: str) -> str:
    if role not in OWN_ROLES:
        raise HouseError(_("Choose a role."), field="role")
    return role


def _locked(membership: Membership) -> Membership:
    """The row as it is now. The organisation is locked first: two managers cannot remove each other at once."""
    Organization.objects.select_for_update().get(pk=membership.organization_id)
    return Membership.objects.select_related("organization").get(pk=membership.pk)


def _require_another_manager(membership: Membership) -> None:
    others = Membership.objects.filter(
        organization=membership.organization, role=MembershipRole.MANAGER, user__is_active=True
    ).exclude(pk=membership.pk)
    if not others.exists():
        raise WrongState(_("The organisation needs at least one manager. Make somebody else a manager first."))
