"""Reports: the organisation writes and sends, another one reads, the secretary of a third accepts or sends back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed, WrongState
from core.ids import new_public_id
from core.writing import assign, one_write
from network.decisions import files
from network.grants import letters, rights
from network.grants.models import Grant, GrantReport, GrantReportFile
from network.grants.models.bids import later
from network.grants.models.words import GrantReportState, GrantState
from network.grants.services._inside import (
    CENT,
    locked_grant,
    locked_report,
    need_keeper,
    need_manager,
    need_words,
    need_writer,
    touch,
)

if TYPE_CHECKING:
    from accounts.models import User

FILES_AT_MOST = 8
#: A report is read within so many days, and one that was sent back comes again within so many.
READ_DAYS, AGAIN_DAYS, CLOSING_DAYS = 14, 14, 30


def _owed(actor: User, report: GrantReport) -> GrantReport:
    """The row, while its organisation may write in it."""
    row = locked_report(report)
    need_writer(actor, row.grant.application)
    if not row.is_owed or row.grant.state != GrantState.RUNNING:
        raise WrongState(_("This report was sent already, or is not asked for any more."))
    return row


@one_write
def write_report(
    *, actor: User, report: GrantReport, narrative: str, spent: Mapping[int, Decimal | None],
    readings: Mapping[int, Decimal | None],
) -> GrantReport:  # fmt: skip
    """The draft as it is now, by position of line and indicator."""
    row = _owed(actor, report)
    assign(row, {"narrative": narrative}, allowed=("narrative",))
    if any(value is not None and value < 0 for value in spent.values()):
        raise ValidationError({"spent": _("A sum is nought or more.")})
    application = row.grant.application
    lines = set(application.lines.values_list("position", flat=True))
    counted = set(application.indicators.values_list("position", flat=True))
    row.spent = _kept(spent, lines)
    row.readings = _kept(readings, counted)
    row.full_clean(exclude=["spent", "readings"], validate_constraints=False)
    touch(row)
    row.save()
    return row


def _kept(said: Mapping[int, Decimal | None], known: set[int]) -> dict[str, str]:
    return {str(n): str(value.quantize(CENT)) for n, value in said.items() if n in known and value is not None}


@one_write
def add_file(*, actor: User, report: GrantReport, file: File) -> GrantReportFile:
    """Of the kinds that are kept, by content (`network.decisions.files`)."""
    row = _owed(actor, report)
    if row.files.count() >= FILES_AT_MOST:
        raise ValidationError({"file": _("At most %(n)d files.") % {"n": FILES_AT_MOST}})
    content, kind = files.looked_through(file)
    made = GrantReportFile(report=row, file_name=files.name_of(file, kind), added_by=actor)
    made.file.save(f"{new_public_id()}.{kind}", content, save=False)
    made.full_clean()
    made.save()
    return made


@one_write
def take_file_away(*, actor: User, file: GrantReportFile) -> None:
    """While the report is not sent."""
    _owed(actor, file.report)
    stored = file.file
    file.delete()
    stored.delete(save=False)


def missing(report: GrantReport) -> dict[str, str]:
    """What is left before it can be sent."""
    found, application = {}, report.grant.application
    if not report.narrative:
        found["narrative"] = _("Say what was done.")
    if len(report.spent) < application.lines.count():
        found["spent"] = _("Say for each line what was spent; nought is an answer.")
    if len(report.readings) < application.indicators.count():
        found["readings"] = _("Say for each indicator how it stands.")
    return found


@one_write
def send_report(*, actor: User, report: GrantReport) -> GrantReport:
    """By a manager. From now on the committee reads."""
    row = _owed(actor, report)
    need_manager(actor, row.grant.application)
    if faults := missing(row):
        raise ValidationError({name: [text] for name, text in faults.items()})
    row.state, row.sent_at, row.sent_by = GrantReportState.SENT, clock.now(), actor
    row.read_by = row.read_for = None
    touch(row)
    row.save()
    _next_day(row.grant)
    letters.report_came(row)
    return row


@one_write
def read(*, actor: User, report: GrantReport) -> GrantReport:
    """Somebody of the committee, of another organisation, has read it and has nothing against it."""
    row = _sent(report)
    seat = rights.reading_seat(actor, row)
    if seat is None:
        raise NotAllowed(_("Somebody of the committee reads this, and nobody about their own organisation."))
    row.read_by, row.read_for = actor, seat.organization
    touch(row)
    row.save()
    return row


@one_write
def accept(*, actor: User, report: GrantReport) -> GrantReport:
    """By the secretary, when somebody of yet another organisation has read it. After the last one the grant closes."""
    row = _sent(report)
    seat = need_keeper(actor, row.grant.application)
    if row.read_for_id is None or row.read_for_id == seat.organization_id or row.read_by_id == actor.pk:
        raise WrongState(_("Somebody of another organisation of the committee reads it first."))
    row.state, row.accepted_on = GrantReportState.ACCEPTED, clock.today()
    row.accepted_by, row.accepted_for, row.reason = actor, seat.organization, ""
    touch(row)
    row.save()
    _next_day(row.grant)
    letters.report_changed(row)
    return row


@one_write
def send_back(*, actor: User, report: GrantReport, reason: str) -> GrantReport:
    """Something is missing: it comes again within fourteen days, or by its own day where that is later."""
    row = _sent(report)
    need_keeper(actor, row.grant.application)
    row.reason = need_words(reason)[:1000]
    row.state, row.due_on = GrantReportState.RETURNED, max(row.due_on, later(AGAIN_DAYS))
    row.read_by = row.read_for = None
    touch(row)
    row.save()
    _next_day(row.grant)
    letters.report_changed(row)
    return row


def _sent(report: GrantReport) -> GrantReport:
    row = locked_report(report)
    if row.state != GrantReportState.SENT or row.grant.state != GrantState.RUNNING:
        raise WrongState(_("There is nothing to read now."))
    return row


def _next_day(grant: Grant) -> None:
    """The next report's day, that of the reading, or that of closing."""
    row = locked_grant(grant)
    owed = row.reports.owed().order_by("due_on").first()
    if row.reports.filter(state=GrantReportState.SENT).exists():
        row.due_on = later(READ_DAYS)
    elif owed is not None:
        row.due_on = owed.due_on
    else:
        row.state, row.due_on = GrantState.CLOSING, later(CLOSING_DAYS)
    touch(row)
    row.save()
