"""Volunteers of an organisation: a manager invites, prolongs, hands over to another colleague, ends.

Rule: a colleague who writes for the organisation answers for each of them, never the volunteer; the days end within
half a year, unless a manager says again that it goes on.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.entering.sessions import end_sessions
from accounts.models import User
from core import clock
from core.constraints import save_version
from core.errors import HouseError, WrongState
from core.writing import insert, one_write
from organizations.invitations import open_invitation
from organizations.models import Invitation, Organization, Volunteering
from organizations.models.membership import VOLUNTEER
from organizations.models.volunteering import ANSWERING_ROLES, LONGEST
from organizations.people import require_manager

if TYPE_CHECKING:
    from django.db.models import QuerySet

FAULTS = {
    "volunteering_ends_within_half_a_year": "ends_on",
    "volunteering_not_ones_own_colleague": "colleague",
}


def who_may_answer(organization: Organization) -> QuerySet[User]:
    """Colleagues who write for the organisation."""
    rows = User.objects.filter(
        is_active=True, memberships__organization=organization, memberships__role__in=ANSWERING_ROLES
    )
    return rows.order_by("name", "email").distinct()


@one_write
def invite_volunteer(
    *,
    actor: User | None,
    organization: Organization,
    email: str,
    language: str,
    colleague: User,
    starts_on: dt.date,
    ends_on: dt.date,
) -> tuple[Invitation, str]:
    """The invitation and its token. An old open one for the same address takes these days and this colleague."""
    require_manager(actor, organization)
    _require_colleague(organization, colleague)
    _require_ahead(ends_on)
    invitation, token = open_invitation(
        actor=actor, organization=organization, email=email, role=VOLUNTEER, language=language
    )
    Volunteering.objects.filter(invitation=invitation).delete()
    row = Volunteering(
        organization=organization, invitation=invitation, colleague=colleague, starts_on=starts_on, ends_on=ends_on
    )
    insert(row, fields_of=FAULTS)
    return invitation, token


@one_write
def prolong(*, actor: User | None, volunteering: Volunteering, ends_on: dt.date) -> Volunteering:
    row = _locked(actor, volunteering)
    _require_ahead(ends_on)
    if row.colleague is None or not who_may_answer(row.organization).filter(pk=row.colleague.pk).exists():
        raise WrongState(_("Nobody answers for this volunteer now. Choose a colleague first."))
    row.agreed_on, row.ends_on = clock.today(), ends_on
    return save_version(row, expected=row.version, fields=["agreed_on", "ends_on"])


@one_write
def hand_over(*, actor: User | None, volunteering: Volunteering, colleague: User) -> Volunteering:
    """Another colleague answers from now on, and finds what is open in their own queue."""
    row = _locked(actor, volunteering)
    _require_colleague(row.organization, colleague)
    row.colleague = colleague
    return save_version(row, expected=row.version, fields=["colleague"])


@one_write
def end(*, actor: User | None, volunteering: Volunteering) -> Volunteering:
    """At once, and everywhere: whoever is signed in is signed out."""
    row = _locked(actor, volunteering)
    row.ended_at = clock.now()
    row = save_version(row, expected=row.version, fields=["ended_at"])
    if row.user is not None:
        end_sessions(row.user)
    return row


def _locked(actor: User | None, volunteering: Volunteering) -> Volunteering:
    require_manager(actor, volunteering.organization)
    row = Volunteering.objects.select_for_update().get(pk=volunteering.pk)
    if row.ended_at:
        raise WrongState(_("This has ended already. Invite the person again."))
    return row


def _require_colleague(organization: Organization, colleague: User) -> None:
    if not who_may_answer(organization).filter(pk=colleague.pk).exists():
        raise HouseError(_("Choose a colleague who edits the organisation's listings."), field="colleague")


def _require_ahead(ends_on: dt.date) -> None:
    """Said before the database says it, at the field that is filled in."""
    if not clock.today() <= ends_on <= clock.today() + LONGEST:
        raise ValidationError({"ends_on": _("From today on, within half a year.")})
