"""Critical edits of owners with a clean year: off by default, at once when it is on, and looked at afterwards."""

from __future__ import annotations

import datetime as dt

import pytest

from core import clock
from core.tests.shared import shared
from directory.tables.listings import PublicListing
from organizations import services as organizations
from verification import services as verification
from verification.models import Recheck
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2027, 3, 10, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def default(settings):
    """Switched on; the value is what an installation has that says nothing about it."""
    found = settings.VERIFICATION_TRUSTS_CLEAN_OWNERS
    settings.VERIFICATION_TRUSTS_CLEAN_OWNERS = True
    with clock.travel(NOW):
        yield found


def make_row():
    """On the map for more than a year, confirmed since, nothing ever returned."""
    row = scenarios.published(on=NOW - dt.timedelta(days=400))
    for days in (300, 120):
        with clock.travel(NOW - dt.timedelta(days=days)):
            verification.confirm_unchanged(listing=row, actor=None)
    return row


_ground, row = shared(make_row, "row")


def send(row, **fields):
    scenarios.rename(row, **(fields or {"cost": "paid"}))
    return verification.submit(listing=row, actor=None)


def test_a_clean_year_goes_on_the_map_and_is_looked_at_afterwards(row):
    assert send(row).state == "approved"
    assert PublicListing.objects.get().cost == "paid"
    assert Recheck.objects.open().get().reason == "trusted"


def test_it_is_off_by_default(row, settings, default):
    settings.VERIFICATION_TRUSTS_CLEAN_OWNERS = default
    assert send(row).is_open and PublicListing.objects.get().cost == "free"


def test_a_new_owner_is_not_known_yet():
    assert send(scenarios.published(on=NOW - dt.timedelta(days=30))).is_open


@pytest.mark.parametrize("how", ["ask_for_changes", "reject", "part"])
def test_whoever_had_something_returned_waits_for_a_year(row, how, settings):
    settings.VERIFICATION_TRUSTS_CLEAN_OWNERS = False
    with clock.travel(NOW - dt.timedelta(days=40)):
        review = send(row, title="Иначе", cost="partial")
        if how == "part":
            verification.approve(review=review, actor=scenarios.verifier(), note="Не то", returned=["service.cost"])
        else:
            getattr(verification, how)(review=review, actor=scenarios.verifier(), reason="Не то")
    settings.VERIFICATION_TRUSTS_CLEAN_OWNERS = True
    assert send(row).is_open


@pytest.mark.parametrize(("state", "waits"), [("fixed", True), ("unfounded", False)])
def test_a_report_that_was_right_counts_and_one_that_was_not_does_not(row, state, waits):
    with clock.travel(NOW - dt.timedelta(days=40)):
        report, _code = verification.receive_report(listing=row, kind="phone")
        verification.close_report(report=report, actor=scenarios.verifier(), state=state, answer="Проверено")
    assert send(row).is_open is waits


def test_widening_always_waits_for_somebody_else(row):
    scenarios.rename(row, visibility="members")
    verification.let_narrow(listings=[row], actor=None)
    assert send(row, visibility="public").is_open
    assert not PublicListing.objects.exists()


def test_a_more_exact_address_always_waits(row):
    place = row.location
    organizations.update_location(
        actor=None, location=place, expected_version=place.version, public_precision="settlement"
    )
    verification.let_narrow(listings=[row], actor=None)
    place.refresh_from_db()
    organizations.update_location(actor=None, location=place, expected_version=place.version, public_precision="exact")
    assert verification.submit(listing=row, actor=None).is_open
    assert PublicListing.objects.get().precision == "settlement"
