"""The circle of an organisation grows by two of its people, and shrinks with one press, on the map at once."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import NotAllowed, WrongState
from organizations.models import CircleMember, Organization
from services.models import ServiceAtLocation
from verification.services.changing import audit
from verification.services.edits import publish_again


@transaction.atomic
def propose(*, actor: User, organization: Organization, member: Organization) -> CircleMember:
    """Ask that `member` may know what the circle of `organization` knows. Nothing changes until a second one agrees."""
    _require_own(actor, organization)
    Organization.objects.select_for_update().get(pk=organization.pk)
    if member.pk == organization.pk or not Organization.objects.in_network().filter(pk=member.pk).exists():
        raise WrongState(_("Only another organisation of the network comes into the circle."))
    if CircleMember.objects.filter(organization=organization, member=member).exists():
        raise WrongState(_("This organisation is in the circle already."))
    with audit("circle_propose", actor):
        return CircleMember.objects.create(organization=organization, member=member, added_by=actor)


@transaction.atomic
def agree(*, row: CircleMember, actor: User) -> CircleMember:
    """From now on `member` reads what the circle reads."""
    row = CircleMember.objects.select_for_update().get(pk=row.pk)
    _require_own(actor, row.organization)
    if row.agreed_at is not None:
        raise WrongState(_("This organisation is in the circle already."))
    if row.added_by_id in (actor.pk, None):
        raise NotAllowed(_("A second person of the organisation has to agree."))
    with audit("circle_agree", actor):
        row.agreed_by, row.agreed_at = actor, clock.now()
        row.save(update_fields=["agreed_by", "agreed_at"])
        publish_again(ServiceAtLocation.objects.under(row.organization))
    return row


@transaction.atomic
def remove(*, row: CircleMember, actor: User) -> None:
    """One press: the organisation itself, or `member`, which need not know."""
    owner = row.organization
    if not _is_own(actor, owner) and not _is_own(actor, row.member):
        raise NotAllowed(_("Only the organisation itself may do this."))
    with audit("circle_remove", actor):
        CircleMember.objects.filter(pk=row.pk).delete()
        publish_again(ServiceAtLocation.objects.under(owner))


def _is_own(actor: User, organization: Organization) -> bool:
    return Organization.objects.kept_by(actor).filter(pk=organization.pk).exists()


def _require_own(actor: User, organization: Organization) -> None:
    """Its own people alone, administrators not: whoever widens answers for it."""
    if not _is_own(actor, organization):
        raise NotAllowed(_("Only the organisation itself may do this."))
