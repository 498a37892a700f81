"""The only writer of an organisation's standing: each change with its ground, and what follows from it at once.

What an organisation has on the map, what others have asked of it and the seats of its people follow in the same
transaction: every room has one handler, named by the settings (STANDING_FOLLOWERS).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError, NotAllowed, WrongState
from network.decisions import services as decisions
from network.decisions.counting import VoteOutcome, count_of
from network.joining import letters
from network.joining.models import Application, NamedMember, Participation, StandingChange
from network.joining.models.words import ApplicationState, ChangeReason
from network.joining.services._inside import is_of
from organizations.models import MembershipRole, MemberStatus, Organization
from verification import editing

if TYPE_CHECKING:
    from accounts.models import User
    from network.decisions.models import Decision, Vote

#: A suspension by one administrator ends by itself after so many days.
SUSPENDED_DAYS = 30


@cache
def _followers() -> list[Callable[[Organization], object]]:
    return [import_string(name) for name in settings.STANDING_FOLLOWERS]


@transaction.atomic
def change(
    *, organization: Organization, becomes: str, reason: str, actor: User | None, decision: Decision | None = None,
    note: str = "", lapses_at: dt.datetime | None = None, on: dt.date | None = None,
) -> StandingChange:  # fmt: skip
    """Write it down, and let every room follow. Rights are asked by whoever calls."""
    row = Organization.objects.select_for_update().get(pk=organization.pk)
    was = row.member_status
    if was != becomes or row.suspended_until != lapses_at:
        stood = row.suspended_from or was
        row = editing.set_member_status(
            actor=None, organization=row, status=becomes, on=on, until=lapses_at, was=stood
        )  # fmt: skip
    made = StandingChange(
        organization=row, was=was, becomes=becomes, reason=reason, note=note.strip()[:1000], decision=decision,
        made_by=actor, lapses_at=lapses_at,
    )  # fmt: skip
    made.full_clean()
    made.save()
    for follow in _followers():
        follow(row)
    organization.member_status, organization.version = row.member_status, row.version
    return made


def found(
    *, organization: Organization, becomes: str = MemberStatus.MEMBER, on: dt.date | None = None
) -> StandingChange:
    """The operator's word about who was there when the network began."""
    reason = {MemberStatus.ASSOCIATE: ChangeReason.PARTNER, MemberStatus.LEFT: ChangeReason.LEFT}
    return change(
        organization=organization, becomes=becomes, reason=reason.get(MemberStatus(becomes), ChangeReason.FOUNDED),
        actor=None, on=on,
    )  # fmt: skip


@transaction.atomic
def take_in(*, actor: User, organization: Organization, becomes: str, note: str) -> StandingChange:
    """An administrator writes down a founder or a partner; whoever applied joins by the vote alone."""
    _administrator(actor, organization)
    row = Organization.objects.select_for_update().get(pk=organization.pk)
    if row.member_status not in (MemberStatus.EXTERNAL, MemberStatus.APPLICANT):
        raise WrongState(_("This organisation stands in the network already."))
    if Application.objects.filter(organization=row).under_way().exists():
        raise WrongState(_("This organisation has applied: the members decide."))
    _need(note)
    if becomes not in (MemberStatus.MEMBER, MemberStatus.ASSOCIATE):
        raise HouseError(_("Choose what it becomes."), field="becomes")
    reason = ChangeReason.FOUNDED if becomes == MemberStatus.MEMBER else ChangeReason.PARTNER
    return change(organization=row, becomes=becomes, reason=reason, actor=actor, note=note)


@transaction.atomic
def suspend(*, actor: User, organization: Organization, note: str) -> StandingChange:
    """At once, for safety, by an administrator alone: it ends after 30 days unless the members confirm it."""
    _administrator(actor, organization)
    for over in StandingChange.objects.run_out().filter(organization=organization):
        _lapse(over.pk)
    row = Organization.objects.select_for_update().get(pk=organization.pk)
    if row.member_status not in (MemberStatus.MEMBER, MemberStatus.ASSOCIATE):
        raise WrongState(_("Only members and partners are suspended."))
    _need(note)
    made = change(
        organization=row, becomes=MemberStatus.SUSPENDED, reason=ChangeReason.SAFETY, actor=actor, note=note,
        lapses_at=clock.now() + dt.timedelta(days=SUSPENDED_DAYS),
    )  # fmt: skip
    letters.standing_changed(made)
    return made


@transaction.atomic
def confirm_suspension(*, actor: User, organization: Organization, vote: Vote) -> StandingChange:
    """By a vote of the members about this very organisation, before the days are over. From now on it has no end."""
    _administrator(actor, organization)
    last = last_change(organization)
    if last is None or last.lapses_at is None or last.lapses_at <= clock.now():
        raise WrongState(_("There is no suspension that could be confirmed."))
    if vote.about_id != organization.pk or vote.is_inner or vote.opens_at is None or vote.opens_at < last.made_at:
        raise HouseError(_("This vote is not about this suspension."), field="vote")
    if count_of(vote).outcome != VoteOutcome.ADOPTED:
        raise WrongState(_("This vote did not end with yes, so nothing was decided by it."))
    decision = decisions.record(vote=vote, text=vote.question)
    made = change(
        organization=organization, becomes=MemberStatus.SUSPENDED, reason=ChangeReason.CONFIRMED, actor=actor,
        decision=decision,
    )  # fmt: skip
    letters.standing_changed(made)
    return made


@transaction.atomic
def restore(*, actor: User, organization: Organization, note: str) -> StandingChange:
    """The reason is gone: what it was before, it is again. What the members have confirmed they alone lift."""
    _administrator(actor, organization)
    last = last_change(organization)
    if last is None or last.becomes != MemberStatus.SUSPENDED:
        raise WrongState(_("This organisation is not suspended."))
    if last.decision is not None:
        raise WrongState(_("The members have confirmed this suspension."))
    _need(note)
    made = change(organization=organization, becomes=before(last), reason=ChangeReason.RESTORED, actor=actor, note=note)
    letters.standing_changed(made)
    return made


def let_lapse() -> int:
    """Suspensions whose days are over: each organisation is again what it was. How many."""
    return sum(_lapse(change.pk) for change in StandingChange.objects.run_out())


@transaction.atomic
def _lapse(pk: int) -> bool:
    last = StandingChange.objects.get(pk=pk)
    Organization.objects.select_for_update().get(pk=last.organization_id)
    if not StandingChange.objects.run_out().filter(pk=pk).exists():
        return False
    made = change(organization=last.organization, becomes=before(last), reason=ChangeReason.LAPSED, actor=None)
    letters.standing_changed(made)
    return True


def last_change(organization: Organization) -> StandingChange | None:
    return organization.standing_changes.order_by("-made_at", "-pk").first()


def before(suspension: StandingChange) -> str:
    """What an organisation was before it was suspended."""
    rows = StandingChange.objects.filter(organization=suspension.organization_id, becomes=MemberStatus.SUSPENDED)
    first = rows.exclude(was=MemberStatus.SUSPENDED).order_by("-made_at", "-pk").first()
    return first.was if first else MemberStatus.MEMBER


@transaction.atomic
def leave(*, actor: User, organization: Organization, heir: Organization) -> StandingChange:
    """By a manager of it, or an administrator. What is open is handed over: tasks and newcomers to the heir, requests

    back to whoever asked; seats end. What was stays written.
    """
    managers = organization.memberships.filter(user=actor, role=MembershipRole.MANAGER)
    if not actor.is_administrator and not managers.exists():
        raise NotAllowed(_("Only a manager of the organisation may do this."))
    row = Organization.objects.select_for_update().get(pk=organization.pk)
    if row.member_status not in (MemberStatus.MEMBER, MemberStatus.ASSOCIATE, MemberStatus.SUSPENDED):
        raise WrongState(_("This organisation does not stand in the network."))
    if heir.pk == row.pk or heir.member_status != MemberStatus.MEMBER:
        raise HouseError(_("Choose a member that takes over what is open."), field="heir")
    decisions.hand_over(organization=row, to=heir)
    mentored = Application.objects.filter(mentor=row, state=ApplicationState.ACCEPTED).exclude(organization=heir)
    mentored.update(mentor=heir)
    NamedMember.objects.filter(organization=row).delete()
    return change(organization=row, becomes=MemberStatus.LEFT, reason=ChangeReason.LEFT, actor=actor)


@transaction.atomic
def take_part(*, actor: User, organization: Organization) -> Participation:
    """“We still take part”: one press of a manager in a year. A second one changes nothing."""
    _manager(actor, organization)
    row, _created = Participation.objects.get_or_create(
        organization=organization, year=clock.today().year, defaults={"confirmed_by": actor}
    )
    return row


@transaction.atomic
def be_named(*, actor: User, organization: Organization, named: bool) -> None:
    """Whether everybody may read that the organisation is a member."""
    _manager(actor, organization)
    if named:
        NamedMember.objects.get_or_create(organization=organization, defaults={"agreed_by": actor})
    else:
        NamedMember.objects.filter(organization=organization).delete()


def _manager(actor: User, organization: Organization) -> None:
    managers = organization.memberships.filter(user=actor, role=MembershipRole.MANAGER)
    if not managers.filter(organization__in=Organization.objects.in_network()).exists():
        raise NotAllowed(_("Only a manager of a member may do this."))


def _administrator(actor: User, organization: Organization) -> None:
    if not actor.is_administrator or is_of(actor, organization):
        raise NotAllowed(_("Only an administrator may do this, and nobody about their own organisation."))


def _need(note: str) -> None:
    if not note.strip():
        raise HouseError(_("Say why."), field="note")
