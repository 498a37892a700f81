"""The organisation's own steps: a draft, sending it, answering, taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed, WrongState
from core.writing import assign, insert, one_write
from network.decisions import services as decisions
from network.gaps.models import Gap
from network.grants import letters, rights
from network.grants.models import GrantApplication, GrantBudgetLine, GrantCall, GrantIndicator, GrantReport
from network.grants.models.bids import INDICATORS_AT_MOST, LINES_AT_MOST
from network.grants.models.words import BidState
from network.grants.services._inside import let_all_go, locked, need_manager, need_writer
from network.grants.transitions import move

if TYPE_CHECKING:
    from accounts.models import User
    from organizations.models import Organization

_FAULTS = {"grantapplication_one_a_call": "organization"}


class BudgetSaid(NamedTuple):
    name: str
    amount: Decimal


class IndicatorSaid(NamedTuple):
    name: str
    baseline: Decimal
    target: Decimal


def may_apply(user: User, call: GrantCall) -> list[Organization]:
    """Members for which the user could begin an application to this call."""
    if not call.is_open:
        return []
    taken = call.applications.exclude(state=BidState.WITHDRAWN).values("organization")
    return list(rights.applicants(user).exclude(pk__in=taken))


def blocked_by(organization: Organization) -> GrantReport | None:
    """The oldest report that keeps it from applying, by the clock of the question."""
    return GrantReport.objects.blocking(organization).order_by("due_on", "pk").first()


@one_write
def begin(*, actor: User, call: GrantCall, organization: Organization, title: str) -> GrantApplication:
    """A draft, which lasts as long as the call."""
    if not rights.applicants(actor).filter(pk=organization.pk).exists():
        raise NotAllowed(_("Members of the network apply, by those who write for them."))
    if not call.is_open:
        raise WrongState(_("This call takes no applications now."))
    _need_reports(organization)
    row = GrantApplication(call=call, organization=organization, written_by=actor, due_on=call.closes_on)
    assign(row, {"title": title}, allowed=("title",))
    return insert(row, fields_of=_FAULTS)


def _need_reports(organization: Organization) -> None:
    if blocked_by(organization) is not None:
        raise WrongState(_("A report of your organisation is more than 45 days late: send it first."))


@one_write
def write(
    *, actor: User, application: GrantApplication, lines: Sequence[BudgetSaid] = (),
    indicators: Sequence[IndicatorSaid] = (), gaps: Sequence[Gap] = (), **fields: Any,
) -> GrantApplication:  # fmt: skip
    """The draft as it is now; what is missing is asked for when it is sent."""
    row = locked(application)
    need_writer(actor, row)
    move(row, "write")
    _fill(row, fields)
    if len(lines) > LINES_AT_MOST:
        raise ValidationError({"lines": _("Five lines at most.")})
    if len(indicators) > INDICATORS_AT_MOST:
        raise ValidationError({"indicators": _("Four indicators at most.")})
    if row.amount > row.call.ceiling:
        raise ValidationError({"amount": _("More than this call gives for one application.")})
    row.written_by = actor
    row.full_clean(exclude=["vote"], validate_constraints=False)
    row.save()
    _replace(row, lines, indicators)
    row.gaps.set(row.call.gaps.filter(pk__in=[gap.pk for gap in gaps]))
    return row


def _fill(row: GrantApplication, fields: dict[str, Any]) -> None:
    answers = fields.pop("answers", None)
    assign(row, fields, allowed=("title", "plan", "amount"))
    if answers is not None:
        row.answers = [str(one).strip()[:2000] for one in answers][: len(row.call.questions)]


def _replace(row: GrantApplication, lines: Sequence[BudgetSaid], indicators: Sequence[IndicatorSaid]) -> None:
    row.lines.all().delete()
    for position, line in enumerate(lines, start=1):
        insert(GrantBudgetLine(application=row, position=position, **line._asdict()), fields_of={})
    row.indicators.all().delete()
    for position, one in enumerate(indicators, start=1):
        insert(GrantIndicator(application=row, position=position, **one._asdict()), fields_of={})


def missing(application: GrantApplication) -> dict[str, str]:
    """What is left before it can be sent, by field."""
    found: dict[str, str] = {}
    lines = list(application.lines.all())
    if not application.plan:
        found["plan"] = _("Say what you will do.")
    if application.amount <= 0:
        found["amount"] = _("Say how much you need.")
    if not lines:
        found["lines"] = _("Say what the money is for: one to five lines.")
    elif sum(line.amount for line in lines) != application.amount:
        found["lines"] = _("The lines together are not the sum that you ask for.")
    if not application.indicators.exists():
        found["indicators"] = _("Say what is to change: one to four numbers.")
    if not application.gaps.exists():
        found["gaps"] = _("Choose which gap it is about.")
    answers = [one for one in application.answers if one]
    if len(answers) < len(application.call.questions):
        found["answers"] = _("Answer every question.")
    return found


@one_write
def send(*, actor: User, application: GrantApplication) -> GrantApplication:
    """By a manager, before the call's last day is over in the call's own zone."""
    row = locked(application)
    need_manager(actor, row)
    if row.state == BidState.DRAFT and not row.call.is_open:
        raise WrongState(_("This call takes no applications any more."))
    if not rights.applicants(actor).filter(pk=row.organization_id).exists():
        raise NotAllowed(_("Members of the network apply."))
    _need_reports(row.organization)
    if faults := missing(row):
        raise ValidationError({name: [text] for name, text in faults.items()})
    move(row, "send")
    row.sent_at = clock.now()
    row.save()
    letters.came(row)
    return row


@one_write
def answer(*, actor: User, application: GrantApplication, text: str) -> GrantApplication:
    row = locked(application)
    need_writer(actor, row)
    if not text.strip():
        raise ValidationError({"text": _("Write the answer.")})
    move(row, "answer")
    row.answer = text.strip()[:2000]
    row.save()
    return row


@one_write
def withdraw(*, actor: User, application: GrantApplication) -> GrantApplication:
    """Until the grant is agreed. Nobody is asked to score it any more, or for a voice."""
    row = locked(application)
    need_manager(actor, row)
    move(row, "withdraw")
    row.save()
    let_all_go(row)
    if row.vote is not None:
        decisions.call_off_vote(vote=row.vote, reason=_("The organisation has taken its application back."))
    return row
