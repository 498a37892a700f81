"""A call is prepared, tied to gaps, announced, called off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.constraints import save_version
from core.errors import NotAllowed, WrongState
from core.writing import assign, insert, one_write
from network.gaps.models import Gap
from network.grants import letters, publication, rights
from network.grants.models import GrantCall, GrantCriterion
from network.grants.models.calls import CRITERIA_AT_MOST, day_begins
from network.grants.models.words import GrantCallState

if TYPE_CHECKING:
    from accounts.models import User
    from network.decisions.models import Body

_COLUMNS = (
    *("title", "text", "budget", "ceiling", "currency", "questions", "questions_en"),
    *("opens_on", "closes_on", "timezone", "report_months", "audience"),
)
_FAULTS = {
    "grantcall_ends_after_it_starts": "closes_on",
    "grantcall_one_is_no_more_than_all": "ceiling",
    "grantcall_asks_ten_questions_at_most": "questions",
    "grantcall_reports_are_known": "report_months",
}


class CriterionSaid(NamedTuple):
    name: str
    weight: int = 1
    name_en: str = ""


@one_write
def write_call(
    *, actor: User, body: Body, gaps: Sequence[Gap], criteria: Sequence[CriterionSaid], call: GrantCall | None = None,
    expected_version: int | None = None, **fields: Any,
) -> GrantCall:  # fmt: skip
    """A draft, new or as it was. Its ends are days in its own zone."""
    row = _draft(actor, body, call)
    named = [one for one in criteria if one.name.strip()]
    if not 1 <= len(named) <= CRITERIA_AT_MOST:
        raise ValidationError({"criteria": _("One to six criteria.")})
    if not gaps:
        raise ValidationError({"gaps": _("A call is about gaps: choose at least one that is open.")})
    assign(row, fields, allowed=_COLUMNS)
    if not clock.is_zone(row.timezone):
        raise ValidationError({"timezone": _("Unknown time zone.")})
    row.opens_at = day_begins(row.opens_on, row.timezone)
    row.closes_at = day_begins(row.closes_on + dt.timedelta(days=1), row.timezone)
    if row.pk is None:
        insert(row, fields_of=_FAULTS)
    else:
        names = (*_COLUMNS, "opens_at", "closes_at", "body", "i18n")
        save_version(row, expected=expected_version or row.version, fields=names)
    row.gaps.set(gaps)
    row.criteria.all().delete()
    for position, one in enumerate(named, start=1):
        made = GrantCriterion(
            call=row, position=position, name=one.name.strip(), name_en=one.name_en.strip(), weight=one.weight
        )
        insert(made, fields_of={})
    return row


def _draft(actor: User, body: Body, call: GrantCall | None) -> GrantCall:
    if not rights.committees(actor).filter(pk=body.pk).exists():
        raise NotAllowed(_("Calls are opened by administrators and by those who keep the committee."))
    if call is None:
        return GrantCall(body=body, made_by=actor)
    row = GrantCall.objects.select_for_update().get(pk=call.pk)
    if not rights.opens(actor, row):
        raise NotAllowed(_("Calls are opened by administrators and by those who keep the committee."))
    if row.state != GrantCallState.DRAFT:
        raise WrongState(_("What was announced stays as it is: people write their applications by it."))
    row.body = body
    return row


@one_write
def announce(*, actor: User, call: GrantCall) -> GrantCall:
    """From now on nobody changes what people write their applications by; members get a letter."""
    row = GrantCall.objects.select_for_update().get(pk=call.pk)
    if not rights.opens(actor, row):
        raise NotAllowed(_("Calls are opened by administrators and by those who keep the committee."))
    if row.state != GrantCallState.DRAFT:
        raise WrongState(_("This is not possible now: “%(state)s”.") % {"state": row.get_state_display()})
    if row.closes_at <= clock.now():
        raise ValidationError({"closes_on": _("This day is past.")})
    row.state = GrantCallState.ANNOUNCED
    saved = save_version(row, expected=row.version, fields=("state",))
    publication.publish_all()
    letters.announced(saved)
    return saved


@one_write
def call_off(*, actor: User, call: GrantCall, reason: str) -> GrantCall:
    """Before anything was granted. Applications stay as they are, and nobody is asked to go on with them.

    A draft, which nobody else has read, goes.
    """
    row = GrantCall.objects.select_for_update().get(pk=call.pk)
    if not rights.opens(actor, row):
        raise NotAllowed(_("Calls are opened by administrators and by those who keep the committee."))
    if row.state == GrantCallState.CALLED_OFF or row.applications.exclude(state="draft").exists():
        raise WrongState(_("Somebody has applied: decide about what was sent instead."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    if row.state == GrantCallState.DRAFT:
        row.delete()
        return row
    row.state, row.reason = GrantCallState.CALLED_OFF, reason.strip()[:500]
    saved = save_version(row, expected=row.version, fields=("state", "reason"))
    publication.publish_all()
    return saved
