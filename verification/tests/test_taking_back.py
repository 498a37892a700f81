"""An answer by the link in a letter, taken back: the re-checks that it closed, exactly those, are open again."""

from __future__ import annotations

import contextlib
import datetime as dt

import pghistory
import pytest

from core import clock
from core.errors import WrongState
from messaging.people import correspondents_for
from verification import answering
from verification import services as verification
from verification.letters.links import issue_link
from verification.models import ListingState, Recheck, RecheckReason, Report
from verification.tests import scenarios

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 7, 6, 8, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def summer():
    with clock.travel(NOW):
        yield


@pytest.fixture
def row():
    """A listing with three re-checks: two that its owner's word answers, one that needs another organisation."""
    organization = scenarios.organization()
    scenarios.person(organization)
    row = scenarios.published(scenarios.place(organization), on=NOW - dt.timedelta(days=170))
    verification.open_recheck(listing=row, reason=RecheckReason.BOUNCED, note="550")
    verification.open_recheck(listing=row, reason=RecheckReason.DEAD_LINK)
    verification.open_recheck(listing=row, reason=RecheckReason.OUTSIDE)
    return row


@pytest.fixture
def link(row):
    """The token and its one item."""
    person = correspondents_for(row.service.organization).get()
    token = issue_link(to=person, states=ListingState.objects.filter(pk=row.pk))[1]
    return {"token": token, "items": [line.item.public_id for line in answering.lines_of(answering.find_link(token))]}


@contextlib.contextmanager
def at(minutes: int):
    """Later, in a request of its own: the audit gives each its own context, as the transactions of requests do."""
    with clock.travel(NOW + minutes * MINUTE), pghistory.context(request=minutes):
        yield


def open_ones(row) -> dict[str, str]:
    return dict(row.rechecks.open().values_list("reason", "note"))


def test_the_ones_that_the_answer_closed_are_open_again_as_they_were(row, link):
    was = list(Recheck.objects.order_by("pk").values())
    assert answering.confirm(**link)
    assert open_ones(row) == {"outside": ""}
    with at(5):
        answering.undo(**link)
    assert list(Recheck.objects.order_by("pk").values()) == was


def test_a_report_that_came_after_the_answer_stays_open(row, link):
    answering.confirm(**link)
    with at(3):
        report, _code = verification.receive_report(listing=row, kind="phone", text="Никто не отвечает")
    with at(5):
        answering.undo(**link)
    assert set(open_ones(row)) == {"bounced", "dead_link", "outside", "report"}
    assert Report.objects.get(pk=report.pk).is_open


def test_what_was_done_before_the_answer_in_the_same_minute_stays_done(row, link):
    verification.receive_report(listing=row, kind="hours")
    done = Recheck.objects.get(listing=row, reason="report")
    verification.close_report(
        report=Report.objects.get(), actor=scenarios.verifier(), state="fixed", answer="Исправлено"
    )
    answering.confirm(**link)  # at the very same moment: a version that goes by time would open it, too
    with at(1):
        answering.undo(**link)
    done.refresh_from_db()
    assert done.done_at == NOW and "report" not in open_ones(row)


def test_what_somebody_else_closed_after_the_answer_stays_closed(row, link):
    answering.confirm(**link)
    with at(2):
        verification.receive_report(listing=row, kind="phone")
        report = Report.objects.get()
        verification.close_report(report=report, actor=scenarios.verifier(), state="unfounded", answer="Отвечают")
    with at(4):
        answering.undo(**link)
    assert set(open_ones(row)) == {"bounced", "dead_link", "outside"}


def test_a_question_that_was_asked_anew_meanwhile_is_not_asked_twice(row, link):
    """One open re-check for each reason: the newer one asks already what the older one asked."""
    answering.confirm(**link)
    with at(2):
        newer = verification.open_recheck(listing=row, reason=RecheckReason.BOUNCED, note="551")
    with at(4):
        answering.undo(**link)
    assert open_ones(row) == {"bounced": "551", "dead_link": "", "outside": ""}
    assert row.rechecks.open().get(reason="bounced") == newer


def test_a_second_answer_and_its_undoing_reopen_the_same(row, link):
    for minutes in (0, 3):
        with at(minutes):
            answering.confirm(**link)
            assert set(open_ones(row)) == {"outside"}
        with at(minutes + 1):
            answering.undo(**link)
            assert set(open_ones(row)) == {"bounced", "dead_link", "outside"}


def test_the_same_letter_about_two_listings_takes_back_one(row):
    other = scenarios.published(row.location, on=NOW - dt.timedelta(days=170), title="Аптека")
    verification.open_recheck(listing=other, reason=RecheckReason.BOUNCED)
    person = correspondents_for(row.service.organization).get()
    token = issue_link(to=person, states=ListingState.objects.all())[1]
    lines = answering.lines_of(answering.find_link(token))
    answering.confirm(token=token, items=[line.item.public_id for line in lines])
    mine = [line.item.public_id for line in lines if line.item.listing_id == row.pk]
    with at(5):
        answering.undo(token=token, items=mine)
    assert set(open_ones(row)) == {"bounced", "dead_link", "outside"} and open_ones(other) == {}


def test_too_late_opens_nothing(row, link):
    answering.confirm(**link)
    with at(16), pytest.raises(WrongState):
        answering.undo(**link)
    assert open_ones(row) == {"outside": ""}


def test_a_check_by_others_taken_back_opens_what_it_closed_and_not_what_was_asked_after(row):
    caller = scenarios.verifier()
    check = verification.record_check(listing=row, actor=caller, method="call")
    assert open_ones(row) == {}
    with at(2):
        verification.receive_report(listing=row, kind="phone")
        newer = verification.open_recheck(listing=row, reason=RecheckReason.DEAD_LINK, note="404")
    with at(4):
        verification.undo_check(check=check, actor=caller)
    assert set(open_ones(row)) == {"bounced", "dead_link", "outside", "report"}
    assert row.rechecks.open().get(reason="dead_link") == newer


def test_a_finding_taken_back_leaves_the_question_that_was_open_before_with_its_own_words(row):
    verification.receive_report(listing=row, kind="phone")
    was = list(Recheck.objects.order_by("pk").values())
    caller = scenarios.verifier()
    check = verification.record_check(listing=row, actor=caller, method="call", outcome="wrong")
    assert len(open_ones(row)) == 4 and open_ones(row)["report"] != was[-1]["note"]
    verification.undo_check(check=check, actor=caller)
    assert list(Recheck.objects.order_by("pk").values()) == was


def test_something_changed_taken_back_leaves_what_an_earlier_letter_was_told(row, link):
    earlier = dict(link)
    answering.report_changed(token=earlier["token"], item=earlier["items"][0], note="Новый телефон")
    person = correspondents_for(row.service.organization).get()
    token = issue_link(to=person, states=ListingState.objects.filter(pk=row.pk))[1]
    items = [line.item.public_id for line in answering.lines_of(answering.find_link(token))]
    answering.report_changed(token=token, item=items[0], note="Другие часы")
    assert open_ones(row)["changed"] == "Другие часы"
    with at(5):
        answering.undo(token=token, items=items)
        assert open_ones(row)["changed"] == "Новый телефон"
        answering.undo(**earlier)
    assert "changed" not in open_ones(row)
