"""Letters about small grants: who is told, and in which words. No sum and no name stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from core import clock
from core.pages.addresses import Page, path_to
from core.phrasing.dates import day_in_words, zone_in_words
from messaging.letters import Letter, Writer, address_of, letter
from messaging.models import Correspondent, Message
from messaging.people import correspondents_for, network_correspondents
from messaging.services import enqueue
from network.decisions.models import Seat
from network.grants import kinds, rights
from network.grants.models import Grant, GrantApplication, GrantCall, GrantReport, GrantScore
from network.grants.models.words import BID_OPEN, BidState, GrantCallState, GrantReportState, GrantScoreState
from organizations.models import MemberStatus, Organization
from organizations.models.organization import standing_as

_NOTICE = "network/letters/notice"


def announced(call: GrantCall) -> None:
    """To everybody who gets letters for a member."""
    for house in Organization.objects.filter(standing_as(MemberStatus.MEMBER)).order_by("pk"):
        _write(kinds.GRANT_CALL, correspondents_for(house), f"{call.pk}", {"grant_call": call.public_id})


def ends_soon(application: GrantApplication) -> None:
    _to_house(kinds.GRANT_CALL_ENDS, application, f"{application.pk}")


def came(application: GrantApplication, *, again: str = "") -> None:
    """To whoever keeps the committee's affairs; `again` is the occasion."""
    people = _keepers(application)
    _write(kinds.GRANT_CAME, people, f"{application.pk}-{again}", {"grant_application": application.public_id})


def slow(application: GrantApplication) -> None:
    """Once for each day that was set."""
    mark, payload = f"{application.pk}-{application.due_on}", {"grant_application": application.public_id}
    _write(kinds.GRANT_SLOW, _keepers(application), mark, payload)


def score_asked(score: GrantScore) -> None:
    _to_reviewer(kinds.GRANT_SCORE, score)


def score_late(score: GrantScore) -> None:
    _to_reviewer(kinds.GRANT_SCORE_LATE, score)


def released(score: GrantScore) -> None:
    """Who has not begun is thanked and told why; the call is what they may still read."""
    _to_reviewer(kinds.GRANT_RELEASED, score)


def standing_changed(grant: Grant) -> None:
    """Once for each change."""
    application = grant.application
    mark, payload = f"{grant.pk}-{grant.organization.version}", {"grant_application": application.public_id}
    _write(kinds.GRANT_STANDING, _keepers(application), mark, payload)


def to_applicant(application: GrantApplication) -> None:
    _to_house(kinds.GRANT_STATE, application, f"{application.pk}-{application.state}")


def agreed(grant: Grant) -> None:
    _to_house(kinds.GRANT_AGREED, grant.application, f"{grant.pk}")


def grant_changed(grant: Grant) -> None:
    _to_house(kinds.GRANT_STATE, grant.application, f"{grant.application_id}-{grant.state}")


def report_due(report: GrantReport) -> None:
    _of_report(kinds.GRANT_REPORT_DUE, report, correspondents_for(report.grant.organization), f"{report.due_on}")


def report_late(report: GrantReport) -> None:
    _of_report(kinds.GRANT_REPORT_LATE, report, correspondents_for(report.grant.organization), f"{report.due_on}")


def report_overdue(report: GrantReport) -> None:
    """To coordinators of a country of its gaps; where there is none, to administrators."""
    countries = set(report.grant.cells.values_list("gap__country", flat=True))
    rows = [row for row in network_correspondents() if row.user is not None]
    own = [row for row in rows if row.user and row.user.is_coordinator and not row.user.is_administrator]
    people = [row for row in own if row.user and row.user.coordinates_any(countries)]
    people = people or [row for row in rows if row.user and row.user.is_administrator]
    _of_report(kinds.GRANT_REPORT_OVERDUE, report, people, f"{report.due_on}")


def report_came(report: GrantReport) -> None:
    """To everybody who sits in the committee, but for the organisation's own."""
    application = report.grant.application
    seats = Seat.objects.current().filter(body=application.call.body_id).exclude(organization=report.grant.organization)
    people = [one for seat in seats.select_related("organization") for one in _of_seat(seat)]
    _of_report(kinds.GRANT_REPORT_CAME, report, people, f"{report.version}")


def report_changed(report: GrantReport) -> None:
    house = correspondents_for(report.grant.organization)
    _of_report(kinds.GRANT_REPORT_STATE, report, house, f"{report.version}")


def _keepers(application: GrantApplication) -> list[Correspondent]:
    seats = Seat.objects.current().filter(body=application.call.body_id, kind__in=rights.KEEPS)
    seats = seats.exclude(organization=application.organization_id).select_related("organization").order_by("pk")
    return [one for seat in seats for one in _of_seat(seat)]


def _of_seat(seat: Seat) -> list[Correspondent]:
    return _of_person(seat.organization, seat.person_id)


def _of_person(organization: Organization, user_id: int | None) -> list[Correspondent]:
    return [row for row in correspondents_for(organization) if row.user_id == user_id]


def _to_reviewer(kind: str, score: GrantScore) -> None:
    people = _of_person(score.organization, score.reviewer_id)
    _write(kind, people, f"{score.pk}-{score.due_on}", {"grant_score": score.public_id})


def _to_house(kind: str, application: GrantApplication, mark: str) -> None:
    people = correspondents_for(application.organization)
    _write(kind, people, mark, {"grant_application": application.public_id})


def _of_report(kind: str, report: GrantReport, people: Iterable[Correspondent], mark: str) -> None:
    _write(kind, people, f"{report.pk}-{mark}", {"grant_report": report.public_id})


def _write(kind: str, people: Iterable[Correspondent], mark: str, payload: Mapping[str, str]) -> None:
    for person in people:
        enqueue(kind=kind, to=person, dedupe_key=f"{kind}:{mark}:{person.pk}", payload=payload)


# --- words, at the moment of sending ------------------------------------------------------------------------------


def _letter(message: Message, subject: str, more: str, link: str) -> Letter:
    return letter(message, _NOTICE, {"words": subject, "other_words": more, "link": address_of(link)})


def _call(message: Message) -> Letter | None:
    row = GrantCall.objects.filter(public_id=message.payload["grant_call"]).first()
    if row is None or row.state != GrantCallState.ANNOUNCED or row.closes_at <= clock.now():
        return None
    until = {"day": day_in_words(row.closes_on), "zone": zone_in_words(row.timezone)}
    subject = _("A call for small grants: until %(day)s, midnight in %(zone)s") % until
    more = _("What it is for, how much there is, and how to apply:")
    return _letter(message, subject, more, path_to(Page.GRANT_CALL, row.public_id))


def _application(message: Message) -> Letter | None:
    """Over when nothing is left to do."""
    rows = GrantApplication.objects.select_related("call")
    row = rows.filter(public_id=message.payload["grant_application"]).first()
    if row is None or row.stage == BidState.WITHDRAWN:
        return None
    if message.kind in (kinds.GRANT_CAME, kinds.GRANT_SLOW) and row.stage not in BID_OPEN:
        return None
    if message.kind == kinds.GRANT_CALL_ENDS and row.stage != BidState.DRAFT:
        return None
    subject, more = _words()[message.kind]
    return _letter(message, subject, more, path_to(Page.GRANT_APPLICATION, row.public_id))


def _score(message: Message) -> Letter | None:
    row = GrantScore.objects.filter(public_id=message.payload["grant_score"], state=GrantScoreState.ASKED).first()
    if row is None:
        return None
    subject, more = _words()[message.kind]
    told = {"day": day_in_words(row.due_on)}
    return _letter(message, subject % told, more, path_to(Page.GRANT_APPLICATION, row.application.public_id))


def _released(message: Message) -> Letter | None:
    """Over when they were asked again meanwhile."""
    rows = GrantScore.objects.filter(state=GrantScoreState.RELEASED).select_related("application__call")
    row = rows.filter(public_id=message.payload["grant_score"]).first()
    if row is None:
        return None
    subject, somebody_else = _words()[message.kind]
    if row.application.state == BidState.WITHDRAWN:
        more = _("Its organisation has taken it back. Thank you for having been ready to; the call stands here:")
    elif row.application.state in (BidState.ELIGIBLE, BidState.NEEDS_INFO):
        more = somebody_else
    else:
        more = _("There are enough scores. Thank you for having been ready to; the call stands here:")
    return _letter(message, subject, more, path_to(Page.GRANT_CALL, row.application.call.public_id))


def _report(message: Message) -> Letter | None:
    """A reminder is over when the report was sent."""
    row = GrantReport.objects.select_related("grant").filter(public_id=message.payload["grant_report"]).first()
    if row is None:
        return None
    owed = (kinds.GRANT_REPORT_DUE, kinds.GRANT_REPORT_LATE, kinds.GRANT_REPORT_OVERDUE)
    if message.kind in owed and not row.is_owed:
        return None
    if message.kind == kinds.GRANT_REPORT_CAME and row.state != GrantReportState.SENT:
        return None
    subject, more = _words()[message.kind]
    told = {"day": day_in_words(row.due_on)}
    return _letter(message, subject % told, more, path_to(Page.GRANT_REPORT, row.public_id))


# long: two lines a kind
def _words() -> dict[str, tuple[str, str]]:
    return {
        kinds.GRANT_CALL_ENDS: (
            _("A call for small grants ends soon, and your application is not sent"),
            _("What is left to fill in stands here:"),
        ),
        kinds.GRANT_CAME: (
            _("An application for a grant waits for your next step"),
            _("Which one it is, and what is next, stands in the workspace:"),
        ),
        kinds.GRANT_SLOW: (
            _("An application for a grant waits longer than it should"),
            _("Its day is past. What is next stands in the workspace:"),
        ),
        kinds.GRANT_SCORE: (
            _("Please score an application for a grant, until %(day)s"),
            _("If you have a conflict of interest, say so there: somebody else is asked then."),
        ),
        kinds.GRANT_SCORE_LATE: (
            _("An application for a grant waits for your score"),
            _("Its day is past. If you cannot come to it, tell the secretary:"),
        ),
        kinds.GRANT_RELEASED: (
            _("You need not score the application for a grant any more"),
            _("Somebody else does it. Thank you for having been ready to; the call stands here:"),
        ),
        kinds.GRANT_STANDING: (
            _("An organisation with a grant stands otherwise in the network"),
            _("Whether parts of it may be paid, and what the committee can do, stands here:"),
        ),
        kinds.GRANT_STATE: (
            _("There is news about your application for a grant"),
            _("How it stands, why, and what is next:"),
        ),
        kinds.GRANT_AGREED: (
            _("Your grant is agreed"),
            _("When parts are paid and reports are due stands here:"),
        ),
        kinds.GRANT_REPORT_DUE: (
            _("A report of your grant is due by %(day)s"),
            _("It takes half an hour: what was done, what was spent, how the numbers stand."),
        ),
        kinds.GRANT_REPORT_LATE: (
            _("A report of your grant is late: it was due by %(day)s"),
            _("Send what there is. After 45 days new applications have to wait for it:"),
        ),
        kinds.GRANT_REPORT_STATE: (
            _("Your report was read"),
            _("Whether it is accepted or something is missing stands here:"),
        ),
        kinds.GRANT_REPORT_CAME: (
            _("A report of a grant has come"),
            _("Somebody of another organisation reads it, then the secretary accepts it:"),
        ),
        kinds.GRANT_REPORT_OVERDUE: (
            _("A grant in your country is without its report for two weeks"),
            _("Please call the organisation. Which one it is stands here:"),
        ),
    }


_OF_APPLICATION = (
    *(kinds.GRANT_CALL_ENDS, kinds.GRANT_CAME, kinds.GRANT_SLOW),
    *(kinds.GRANT_STATE, kinds.GRANT_AGREED, kinds.GRANT_STANDING),
)
_OF_REPORT = (
    *(kinds.GRANT_REPORT_DUE, kinds.GRANT_REPORT_LATE, kinds.GRANT_REPORT_STATE),
    *(kinds.GRANT_REPORT_CAME, kinds.GRANT_REPORT_OVERDUE),
)
WRITERS: Mapping[str, Writer] = {
    kinds.GRANT_CALL: _call,
    **dict.fromkeys(_OF_APPLICATION, _application),
    kinds.GRANT_RELEASED: _released,
    **dict.fromkeys((kinds.GRANT_SCORE, kinds.GRANT_SCORE_LATE), _score),
    **dict.fromkeys(_OF_REPORT, _report),
}
