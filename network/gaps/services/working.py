"""A gap from its cell to its end: proposed, opened, given to somebody, put off, dropped, taken up again."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.constraints import save_version
from core.errors import NotAllowed
from core.writing import assign, insert, one_write
from network.gaps import rights
from network.gaps.models import Gap, GapState, GapStep, StepKind
from network.gaps.transitions import move
from organizations.models import Organization

_FAULTS = {"gap_one_live_per_cell": "__all__", "gap_in_work_has_an_action": "action"}
#: An action, or a new look, lies at most so far ahead.
FAR_DAYS = 731


@one_write
# long: one column a line
def open_gap(
    *,
    actor: User,
    service_type: str,
    country: str,
    was: str,
    priority: str,
    why: str,
    group: str = "",
    to_country: str = "",
    language: str = "",
) -> Gap:
    """Open it where the person coordinates the country, else propose it; `was` is the state of its cell now."""
    if not rights.proposes(actor):
        raise NotAllowed(_("Gaps are proposed by those who write for an organisation of the network."))
    opens = rights.leads(actor, country, to_country)
    gap = Gap(
        service_type=service_type,
        country=country,
        group=group,
        to_country=to_country,
        language=language,
        was=was,
        opened_by=actor,
        state=GapState.OPEN if opens else GapState.PROPOSED,
    )
    assign(gap, {"priority": priority, "why": why}, allowed=("priority", "why"))
    if not gap.why:
        raise ValidationError({"why": _("Say in a few words why it matters.")})
    insert(gap, fields_of=_FAULTS)
    return _step(gap, StepKind.OPENED if opens else StepKind.PROPOSED, actor, gap.why)


@one_write
def take_up(*, actor: User, gap: Gap) -> Gap:
    """What was proposed is open."""
    _leading(actor, gap)
    move(gap, "open")
    return _saved(gap, StepKind.OPENED, actor)


@one_write
def plan(
    *,
    actor: User,
    gap: Gap,
    organization: Organization,
    action: str,
    due_on: dt.date,
    responsible: User | None = None,
    priority: str = "",
    expected_version: int | None = None,
) -> Gap:
    """Who does what until when. The organisation is given by whoever leads; the responsible person is one of it."""
    if not rights.acts(actor, gap):
        raise NotAllowed(_("The coordinator of the country says who does it."))
    if not rights.leads(actor, gap.country, gap.to_country) and organization.pk != gap.organization_id:
        raise NotAllowed(_("The coordinator of the country says who does it."), field="organization")
    faults = _day_faults(due_on, "due_on")
    if responsible and not responsible.memberships.filter(organization=organization).exists():
        faults["responsible"] = _("Choose somebody of that organisation.")
    if not action.strip():
        faults["action"] = _("Say who does what, and until when.")
    if faults:
        raise ValidationError(faults)
    move(gap, "plan")
    assign(gap, {"action": action, "due_on": due_on, "priority": priority or gap.priority},
           allowed=("action", "due_on", "priority"))  # fmt: skip
    gap.organization, gap.responsible, gap.review_on = organization, responsible, None
    return _saved(gap, StepKind.PLANNED, actor, gap.action, version=expected_version)


@one_write
def put_off(*, actor: User, gap: Gap, reason: str, review_on: dt.date) -> Gap:
    """It cannot be changed now; on the day somebody looks again."""
    _leading(actor, gap)
    faults = _day_faults(review_on, "review_on") | _said(reason)
    if faults:
        raise ValidationError(faults)
    move(gap, "put_off")
    gap.reason, gap.review_on = reason.strip()[:500], review_on
    return _saved(gap, StepKind.ACCEPTED, actor, gap.reason)


@one_write
def drop(*, actor: User, gap: Gap, reason: str) -> Gap:
    _leading(actor, gap)
    if faults := _said(reason):
        raise ValidationError(faults)
    move(gap, "drop")
    gap.reason, gap.ended_at = reason.strip()[:500], clock.now()
    return _saved(gap, StepKind.DROPPED, actor, gap.reason)


@one_write
def reopen(*, actor: User, gap: Gap) -> Gap:
    """What was put off or dropped is open again; what closed by its days needs a new gap."""
    _leading(actor, gap)
    again = {"service_type": gap.service_type, "country": gap.country, "group": gap.group}
    again |= {"to_country": gap.to_country, "language": gap.language}
    if Gap.objects.live().filter(**again).exclude(pk=gap.pk).exists():
        raise NotAllowed(_("This gap is open already."))
    move(gap, "reopen")
    gap.ended_at = gap.review_on = gap.yes_since = gap.yes_seen_on = None
    gap.reason = ""
    return _saved(gap, StepKind.REOPENED, actor)


def _leading(actor: User, gap: Gap) -> None:
    if not rights.leads(actor, gap.country, gap.to_country):
        raise NotAllowed(_("This is for the coordinator of the country."))


def _day_faults(day: dt.date, field: str) -> dict[str, str]:
    today = clock.today()
    if today <= day <= today + dt.timedelta(days=FAR_DAYS):
        return {}
    return {field: _("A day from today on, two years ahead at most.")}


def _said(reason: str) -> dict[str, str]:
    return {} if reason.strip() else {"reason": _("Say in a few words why.")}


_COLUMNS = (
    *("state", "organization", "responsible", "action", "due_on", "priority", "review_on", "reason", "ended_at"),
    *("yes_since", "yes_seen_on"),
)


def _saved(gap: Gap, kind: StepKind, actor: User, words: str = "", *, version: int | None = None) -> Gap:
    saved = save_version(gap, expected=version or gap.version, fields=_COLUMNS)
    return _step(saved, kind, actor, words)


def _step(gap: Gap, kind: StepKind, actor: User | None, words: str = "") -> Gap:
    GapStep.objects.create(gap=gap, kind=kind, person=actor, words=words[:500])
    return gap
