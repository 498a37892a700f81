"""What readers report, and what members tell after a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed, WrongState
from core.languages import SOURCE
from services.models import ServiceAtLocation
from verification.access import acting_organization, require_verifier
from verification.models import ListingState, Recheck, RecheckReason, Report, ReportKind, ReportState, Visit
from verification.services.changing import audit, need_reason
from verification.services.rechecks import deadline, open_recheck
from verification.services.told.codes import code_hash, fresh_code

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User

#: Kinds that make somebody look again; "other" is read by a coordinator first.
TYPED = (
    ReportKind.CLOSED,
    ReportKind.PHONE,
    ReportKind.ADDRESS,
    ReportKind.HOURS,
    ReportKind.REFUSED,
    ReportKind.UNSAFE,
)
#: So many unserved clients within so many days make somebody look again.
UNSERVED, UNSERVED_DAYS = 2, 60


@transaction.atomic
# long: one column a line
def receive_report(
    *,
    listing: ServiceAtLocation,
    kind: str,
    text: str = "",
    contact: str = "",
    language: str = SOURCE,
    member: User | None = None,
    in_flood: bool = False,
) -> tuple[Report, str]:
    """Keep a report and ask for a re-check; returns it with the code for looking up the answer.

    One of a flood waits apart, without a re-check and without a letter, until somebody takes it. The code is shown
    once. Clock: 24 hours for class A, three working days for the others.
    """
    code = fresh_code()
    state = ListingState.objects.filter(pk=listing.pk).first()
    report = Report(
        listing=listing,
        code_hash=code_hash(code),
        kind=kind,
        text=text.strip()[:1000],
        contact=contact.strip()[:200],
        language=language,
        reported_by=member,
        state=ReportState.FLOOD if in_flood else ReportState.NEW,
        received_at=clock.now(),
        due_at=deadline(state.verification_class if state else "B", clock.now()),
    )
    report.full_clean(exclude=["listing", "reported_by"])
    report.save()
    if not in_flood:
        _ask_for_recheck(report)
    return report, code


def _ask_for_recheck(report: Report) -> None:
    if report.kind in TYPED:
        note = str(ReportKind(report.kind).label)
        open_recheck(listing=report.listing, reason=RecheckReason.REPORT, note=note)


def find_report(code: str) -> Report | None:
    """The report of a code, for the page that shows its answer."""
    return Report.objects.filter(code_hash=code_hash(code)).first()


@transaction.atomic
def take_report(*, report: Report, actor: User) -> Report:
    """Say "I am looking at this"."""
    report = _open(report, actor)
    if report.state == ReportState.FLOOD:
        _ask_for_recheck(report)
    report.state = ReportState.IN_WORK
    report.save(update_fields=["state"])
    return report


@transaction.atomic
def close_report(*, report: Report, actor: User, state: str, answer: str) -> Report:
    """Close a report with an answer that its reporter can read by the code."""
    if state not in (ReportState.FIXED, ReportState.UNFOUNDED, ReportState.DUPLICATE):
        raise ValueError(f"{state} does not close a report")
    answer = need_reason(answer)
    report = _open(report, actor)
    with audit("close_report", actor, answer):
        report.state, report.answer = state, answer
        report.closed_at, report.closed_by, report.contact = clock.now(), actor, ""
        report.save()
        if not Report.objects.open().filter(listing=report.listing).exists():
            Recheck.objects.open().filter(listing=report.listing, reason=RecheckReason.REPORT).update(
                done_at=clock.now(), done_by=actor
            )
    return report


@transaction.atomic
def tell_visit(
    *,
    listing: ServiceAtLocation,
    actor: User,
    visited_on: dt.date,
    was_served: bool,
    reason: str = "",
    note: str = "",
) -> Visit:
    """A member tells how a client's visit went. Two refusals within two months ask for a re-check."""
    organization = acting_organization(actor)
    if organization is None:
        raise NotAllowed(_("Only members of the network may do this."))
    visit = Visit(
        listing=listing,
        visited_on=visited_on,
        was_served=was_served,
        reason="" if was_served else reason,
        note=note.strip()[:500],
        told_by=actor,
        organization=organization,
        told_at=clock.now(),
    )
    visit.full_clean(exclude=["listing", "told_by", "organization"])
    visit.save()
    recent = Visit.objects.filter(listing=listing, was_served=False)
    fresh = [v for v in recent if (clock.now() - v.told_at).days <= UNSERVED_DAYS]
    if len(fresh) >= UNSERVED and not was_served:
        open_recheck(listing=listing, reason=RecheckReason.REFUSED)
    return visit


def _open(report: Report, actor: User) -> Report:
    require_verifier(report.listing, actor)
    report = Report.objects.select_for_update().get(pk=report.pk)
    if not report.is_open:
        raise WrongState(_("This report was closed meanwhile."))
    return report
