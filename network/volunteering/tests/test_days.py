"""A check of a volunteer is of the day on which they looked, whenever a colleague accepts it."""

from __future__ import annotations

import datetime as dt

import pytest

from core import clock
from core.errors import WrongState
from core.tests.shared import shared
from network.volunteering import services as volunteering
from network.volunteering.models import VolunteerProposal
from network.volunteering.tests.makers import Help
from verification import services as verification
from verification.models import ListingState, PhoneCall, Proposal, Recheck
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
#: Late in the evening here is the next morning in Tbilisi.
LOOKED = dt.datetime(2026, 10, 7, 21, 30, tzinfo=dt.UTC)
DAY = dt.date(2026, 10, 8)


def _help() -> Help:
    with clock.travel(LOOKED - dt.timedelta(days=3)):
        help = Help()
        help.service.location.timezone = "Asia/Tbilisi"
        help.service.location.save()
        return help


_ground, help = shared(_help, name="help")


def looked(help: Help, **said: object) -> VolunteerProposal:
    with clock.travel(LOOKED):
        about = {"listing": help.service.public_id, "method": "call", "outcome": "correct"} | said
        return volunteering.propose_check(actor=help.user, **about)


def accepted(help: Help, row: VolunteerProposal, *, days: int = 5) -> VolunteerProposal:
    with clock.travel(LOOKED + dt.timedelta(days=days)):
        return volunteering.accept(actor=help.boss, proposal=row)


def test_the_day_of_the_look_is_the_day_of_the_check(help):
    made = accepted(help, looked(help)).check_made
    made.refresh_from_db()
    assert (made.checked_at, made.valid_until) == (LOOKED, DAY + dt.timedelta(days=365))
    state = ListingState.objects.get(listing=help.service)
    assert (state.level, state.checked_on) == (2, DAY)


def test_what_others_found_later_stays(help):
    row = looked(help)
    other = scenarios.verifier()
    with clock.travel(LOOKED + dt.timedelta(days=2)):
        verification.record_check(listing=help.service, actor=other, method="visit")
    accepted(help, row)
    state = ListingState.objects.get(listing=help.service)
    assert (state.level, state.checked_on) == (3, DAY + dt.timedelta(days=2))


@pytest.mark.parametrize("before", [False, True])
def test_what_was_reported_since_is_not_closed(help, before):
    """Also where a re-check was open before: the second report asks for none of its own."""
    if before:
        with clock.travel(LOOKED - dt.timedelta(days=1)):
            verification.receive_report(listing=help.service, kind="hours")
    row = looked(help)
    with clock.travel(LOOKED + dt.timedelta(days=1)):
        verification.receive_report(listing=help.service, kind="phone")
    with pytest.raises(WrongState, match="ещё раз"):
        accepted(help, row)
    assert Recheck.objects.open().filter(listing=help.service, reason="report").exists()
    row.refresh_from_db()
    assert (row.state, row.check_made) == ("open", None)


def test_what_was_reported_before_is_answered(help):
    with clock.travel(LOOKED - dt.timedelta(days=1)):
        verification.receive_report(listing=help.service, kind="hours")
    accepted(help, looked(help))
    assert not Recheck.objects.open().filter(listing=help.service, reason="report").exists()


def test_what_is_wrong_closes_nothing_and_is_heard_beside_a_report(help):
    row = looked(help, outcome="wrong", said="Теперь до шести")
    with clock.travel(LOOKED + dt.timedelta(days=1)):
        verification.receive_report(listing=help.service, kind="phone")
    made = accepted(help, row).check_made
    assert (made.checked_at, made.valid_until) == (LOOKED, None)
    heard = Proposal.objects.get(listing=help.service)
    assert heard.said_at == LOOKED + dt.timedelta(days=5)  # the owner hears it now, and a letter tells them
    assert PhoneCall.objects.get().called_at == LOOKED


@pytest.mark.parametrize("outcome", ["correct", "unreachable"])
def test_after_two_weeks_they_look_once_more(help, outcome):
    row = looked(help, outcome=outcome)
    with pytest.raises(WrongState, match="двух недель"):
        accepted(help, row, days=15)
    row.refresh_from_db()
    assert row.state == "open"
    assert accepted(help, row, days=14).check_made is not None


@pytest.mark.parametrize("method", ["call", "visit"])
def test_of_another_version_not_even_a_fault_is_told(help, method):
    row = looked(help, method=method, outcome="wrong", said="Теперь до шести")
    with clock.travel(LOOKED + dt.timedelta(days=1)):
        scenarios.rename(help.service, title="Другое")
        review = verification.submit(listing=help.service, actor=None)
        verification.approve(review=review, actor=scenarios.verifier())
    with pytest.raises(WrongState, match="ещё раз"):
        accepted(help, row)
    assert not Proposal.objects.exists()
