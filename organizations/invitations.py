"""Invitations by e-mail: how new people come into an organisation.

Rules: the token exists in the letter alone, the database holds its hash; it works once, for three days, for the
address that it was sent to; a new letter makes the old link useless.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.constraints import save_version
from core.errors import HouseError, NotAllowed, WrongState
from core.languages import SOURCE
from organizations.models import Invitation, Membership, MembershipRole, Organization, Volunteering
from organizations.models.membership import invitation_expiry
from organizations.models.volunteering import ANSWERING_ROLES
from organizations.people import ROLE_ORDER, require_manager

if TYPE_CHECKING:
    from accounts.models import User


class InvitationClosed(HouseError):
    """The link does not let anybody in. `code` is unknown, accepted, revoked or expired."""

    def __init__(self, code: str, invitation: Invitation | None = None) -> None:
        super().__init__(_("This invitation does not work any more."), code=code)
        self.invitation = invitation


#: As long as the columns that keep it.
LONGEST_ADDRESS = 254


@transaction.atomic
def invite(
    *, actor: User | None, organization: Organization, email: str, role: str, language: str = SOURCE
) -> tuple[Invitation, str]:
    """An open invitation and its token, for the letter. An expired one for the same address is renewed.

    Raises NotAllowed, WrongState (the organisation is suspended or has left) or HouseError with `field` "email".
    """
    if role not in ROLE_ORDER:
        raise HouseError(_("Choose a role."), field="role")
    return open_invitation(actor=actor, organization=organization, email=email, role=role, language=language)


@transaction.atomic
def open_invitation(
    *, actor: User | None, organization: Organization, email: str, role: str, language: str
) -> tuple[Invitation, str]:
    """For whoever becomes one of its people, and for volunteers (`organizations.volunteers`)."""
    require_manager(actor, organization)
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    if organization.is_suspended:
        raise WrongState(_("An organisation that is suspended or has left cannot invite people."))
    email = _checked_address(organization, email)
    invitation = Invitation.objects.filter(
        organization=organization, email=email, accepted_at=None, revoked_at=None
    ).first()
    if invitation and invitation.expires_at > clock.now():
        raise HouseError(_("This address has an open invitation. You can send its letter again."), field="email")
    if invitation is not None:
        _end_unaccepted(invitation)
    invitation = invitation or Invitation(organization=organization, email=email)
    invitation.role, invitation.language, invitation.invited_by = role, language, actor
    return invitation, _new_token(invitation)


@transaction.atomic
def renew_invitation(*, actor: User | None, invitation: Invitation) -> tuple[Invitation, str]:
    """A new token and three more days; the link of the earlier letter stops working."""
    require_manager(actor, invitation.organization)
    invitation = _locked(invitation)
    return invitation, _new_token(invitation)


@transaction.atomic
def revoke_invitation(*, actor: User | None, invitation: Invitation) -> Invitation:
    """Take an open or expired invitation back."""
    require_manager(actor, invitation.organization)
    invitation = _locked(invitation)
    invitation.revoked_at = clock.now()
    _end_unaccepted(invitation)
    return _save(invitation, "revoked_at")


def _end_unaccepted(invitation: Invitation) -> None:
    """Nobody becomes a volunteer by this letter any more."""
    Volunteering.objects.open().filter(invitation=invitation, user=None).update(ended_at=clock.now())


def find_invitation(*, token: str, lock: bool = False) -> Invitation:
    """The open invitation of this token; with `lock`, nobody else can use it up before the transaction ends.

    Raises InvitationClosed.
    """
    found = Invitation.objects.filter(token_hash=_hash(token))
    found = found.select_for_update() if lock else found.select_related("organization", "invited_by")
    return _require_open(found.first())


@transaction.atomic
def accept_invitation(*, token: str, user: User) -> Membership | Volunteering:
    """Make the invited person a member, or a volunteer. A role that the person has already is never lowered.

    Raises InvitationClosed, or NotAllowed with code "other_person" for anybody but the owner of the address.
    """
    invitation = find_invitation(token=token, lock=True)
    if user.email != invitation.email or not user.is_active:
        raise NotAllowed(_("The invitation was sent to another address."), code="other_person")
    found = _volunteer(invitation, user) if invitation.is_for_volunteer else _member(invitation, user)
    invitation.accepted_at, invitation.accepted_by = clock.now(), user
    _save(invitation, "accepted_at", "accepted_by")
    return found


def _member(invitation: Invitation, user: User) -> Membership:
    membership, created = Membership.objects.get_or_create(
        organization=invitation.organization, user=user, defaults={"role": invitation.role}
    )
    if not created and _rank(invitation.role) > _rank(membership.role):
        membership.role = invitation.role
        membership.save(update_fields=["role"])
    return membership


def _volunteer(invitation: Invitation, user: User) -> Volunteering:
    """Whoever belongs to an organisation has a part in the network already; of two houses one is chosen first."""
    if user.memberships.exists() or user.network_role:
        raise NotAllowed(_("Whoever has a part in the network already is no volunteer of it."), code="has_a_part")
    Volunteering.objects.open().filter(user=user, ends_on__lt=clock.today()).update(ended_at=clock.now())
    if Volunteering.objects.open().filter(user=user).exists():
        raise NotAllowed(_("You volunteer already. When that has ended, open the link again."), code="volunteers")
    row = Volunteering.objects.open().filter(invitation=invitation, user=None).select_for_update().first()
    if row is None:
        raise InvitationClosed("revoked", invitation)
    row.user = user
    if not _is_answered_for(row):
        row.colleague = None  # a manager chooses another one: their page says so
    return save_version(row, expected=row.version, fields=["user", "colleague"])


def _is_answered_for(row: Volunteering) -> bool:
    """Whether the colleague writes for the organisation still; they stay until the transaction ends."""
    there = Membership.objects.filter(organization=row.organization_id, user=row.colleague_id, role__in=ANSWERING_ROLES)
    return there.select_for_update().first() is not None


def _rank(role: str) -> int:
    """A keeper is below everybody: whoever is invited becomes one of the organisation's own people."""
    return ROLE_ORDER.index(MembershipRole(role)) if role in ROLE_ORDER else -1


def _checked_address(organization: Organization, email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
        MaxLengthValidator(LONGEST_ADDRESS)(email)
    except ValidationError as error:
        raise HouseError(error.messages[0], field="email") from error
    if Membership.objects.filter(organization=organization, user__email=email).exists():
        raise HouseError(_("This person is in the organisation already."), field="email")
    return email


def _new_token(invitation: Invitation) -> str:
    token = secrets.token_urlsafe(32)
    invitation.token_hash = _hash(token)
    invitation.expires_at = invitation_expiry()
    if invitation.pk is None:
        invitation.save()
    else:
        _save(invitation, "token_hash", "expires_at", "role", "language", "invited_by")
    return token


def _locked(invitation: Invitation) -> Invitation:
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at:
        raise WrongState(_("The person has accepted this invitation already."))
    if invitation.revoked_at:
        raise WrongState(_("This invitation was taken back."))
    return invitation


def _require_open(invitation: Invitation | None) -> Invitation:
    if invitation is None:
        raise InvitationClosed("unknown")
    if invitation.accepted_at:
        raise InvitationClosed("accepted", invitation)
    if invitation.revoked_at or invitation.organization.is_suspended:
        raise InvitationClosed("revoked", invitation)
    if invitation.expires_at <= clock.now():
        raise InvitationClosed("expired", invitation)
    return invitation


def _save(invitation: Invitation, *fields: str) -> Invitation:
    invitation.version += 1
    invitation.updated_at = clock.now()
    invitation.save(update_fields=[*fields, "version", "updated_at"])
    return invitation


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
