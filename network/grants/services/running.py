"""A grant from its agreement to its end. What was signed and paid is written down; nothing is signed or paid here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError, WrongState
from core.writing import clean_text, insert, one_write
from network.decisions.models import Decision
from network.grants import before, letters, publication
from network.grants.models import Grant, GrantApplication, GrantReport, GrantTranche
from network.grants.models.calls import REPORTS_AT_MOST
from network.grants.models.words import REPORT_OWED, GrantReportState, GrantState
from network.grants.services._inside import locked, locked_grant, need_keeper, touch
from network.grants.transitions import move
from organizations.models import Organization

if TYPE_CHECKING:
    from accounts.models import User

TRANCHES_AT_MOST = 6


class TrancheSaid(NamedTuple):
    amount: Decimal
    due_on: dt.date


@one_write
def agree(
    *, actor: User, application: GrantApplication, amount: Decimal, starts_on: dt.date, ends_on: dt.date,
    signed_on: dt.date, tranches: Sequence[TrancheSaid], report_days: Sequence[dt.date],
) -> Grant:  # fmt: skip
    """Signed outside, conditions met. How the cells of its gaps stand today is written beside it."""
    row = locked(application)
    need_keeper(actor, row)
    move(row, "agree")
    days = sorted(set(report_days))
    _check(row, amount, starts_on, ends_on, signed_on, tranches, days)
    row.save()
    grant = Grant(
        application=row, organization=row.organization, amount=amount, currency=row.call.currency,
        starts_on=starts_on, ends_on=ends_on, signed_on=signed_on, due_on=days[0], agreed_by=actor,
    )  # fmt: skip
    insert(grant, fields_of={"grant_ends_after_it_starts": "ends_on"})
    for position, part in enumerate(sorted(tranches, key=lambda one: one.due_on), start=1):
        insert(GrantTranche(grant=grant, position=position, **part._asdict()), fields_of={})
    for position, day in enumerate(days, start=1):
        insert(GrantReport(grant=grant, position=position, due_on=day, is_last=day == days[-1]), fields_of={})
    before.note_before(grant, list(row.gaps.order_by("pk")))
    publication.publish_all()
    letters.agreed(grant)
    return grant


# long: one fault a line
def _check(
    row: GrantApplication, amount: Decimal, starts_on: dt.date, ends_on: dt.date, signed_on: dt.date,
    tranches: Sequence[TrancheSaid], days: Sequence[dt.date],
) -> None:  # fmt: skip
    faults: dict[str, str] = {}
    if not 0 < amount <= row.amount:
        faults["amount"] = _("No more than they have asked for.")
    if ends_on <= starts_on:
        faults["ends_on"] = _("The end is before the beginning.")
    if signed_on > clock.today():
        faults["signed_on"] = _("Write it down when it is signed.")
    if not 1 <= len(tranches) <= TRANCHES_AT_MOST or sum(part.amount for part in tranches) != amount:
        faults["tranches"] = _("The parts together are not the agreed sum.")
    if not 1 <= len(days) <= REPORTS_AT_MOST:
        faults["report_days"] = _("One to six reports.")
    elif days[0] <= starts_on or days[0] < clock.today():
        faults["report_days"] = _("Reports are due after the beginning, from today on.")
    if faults:
        raise ValidationError(faults)


@one_write
def note_paid(*, actor: User, tranche: GrantTranche, paid_on: dt.date) -> GrantTranche:
    """That a part was transferred on the day."""
    grant = locked_grant(tranche.grant)
    need_keeper(actor, grant.application)
    row = GrantTranche.objects.select_for_update().get(pk=tranche.pk)
    if grant.state != GrantState.RUNNING or row.paid_on is not None:
        raise WrongState(_("This is written down already, or the grant is over."))
    if grant.is_halted:
        raise WrongState(_("The organisation is suspended or has left: nothing is transferred until it is back."))
    if paid_on > clock.today():
        raise ValidationError({"paid_on": _("A day up to today.")})
    row.paid_on = paid_on
    row.save(update_fields=["paid_on"])
    return row


def follow_standing(organization: Organization) -> None:
    """An organisation that is suspended, leaves or comes back: whoever keeps the committee's affairs is told.

    Nothing ends by it. The committee may stop the grant by a decision, or wait: the rows ask for the standing of today.
    """
    for grant in Grant.objects.under_way().filter(organization=organization).order_by("pk"):
        letters.standing_changed(grant)


@one_write
def close(*, actor: User, grant: Grant) -> Grant:
    """All reports are accepted; how the cells stand today is written beside how they stood."""
    row = locked_grant(grant)
    need_keeper(actor, row.application)
    if row.state != GrantState.CLOSING:
        raise WrongState(_("This is not possible now: “%(state)s”.") % {"state": row.get_state_display()})
    row.state, row.due_on, row.ended_on = GrantState.CLOSED, None, clock.today()
    touch(row)
    row.save()
    before.note_after(row)
    letters.grant_changed(row)
    return row


@one_write
def stop(*, actor: User, grant: Grant, decision: Decision, reason: str) -> Grant:
    """By a decision of the committee, made since the grant was agreed; with the reason for the organisation."""
    row = locked_grant(grant)
    need_keeper(actor, row.application)
    if row.state not in (GrantState.RUNNING, GrantState.CLOSING):
        raise WrongState(_("This is not possible now: “%(state)s”.") % {"state": row.get_state_display()})
    if decision.body_id != row.application.call.body_id or decision.decided_at < row.created_at:
        raise HouseError(_("Choose a decision of the committee about this."), field="decision")
    said = clean_text(reason, lines=True)[:1000]
    if not said:
        raise ValidationError({"reason": _("Say why: the organisation reads it.")})
    row.state, row.due_on, row.ended_on = GrantState.STOPPED, None, clock.today()
    row.reason, row.stopped_by = said, decision
    touch(row)
    row.save()
    row.reports.filter(state__in=[*REPORT_OWED, GrantReportState.SENT]).update(state=GrantReportState.DROPPED)
    before.note_after(row)
    publication.publish_all()
    letters.grant_changed(row)
    return row
