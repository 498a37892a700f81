"""A batch: readers see nothing of the steps between, everything at its end, and nothing of one that went wrong."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.tests.shared import shared
from directory.models import DirectoryRevision, MemberListing, PublicListing
from services.models import Service
from verification import editing
from verification import services as verification
from verification.models import Check, ListingState, Recheck
from verification.publication import Batch
from verification.tests import scenarios
from verification.upkeep.rebuild import compare

pytestmark = pytest.mark.django_db


def revision() -> int:
    return DirectoryRevision.objects.get().number


def directory() -> list:
    """Both tables, word for word; only the time of writing is left out."""
    return [list(model.objects.order_by("pk").values()) for model in (PublicListing, MemberListing)]


def make_rows():
    """Three listings of one place, on the map."""
    at = scenarios.place(scenarios.organization())
    by = scenarios.verifier()
    return [scenarios.published(at, by=by, on=clock.today() - dt.timedelta(days=100)) for _number in range(3)]


_ground, rows = shared(make_rows, "rows")


def confirm(row, batch):
    verification.confirm_unchanged(listing=row, actor=None, batch=batch)


def close(row, batch):
    verification.set_operation(listing=row, actor=None, operation="closed", batch=batch)


def edit(row, batch):
    service = Service.objects.get(pk=row.service_id)
    editing.update_service(actor=None, service=service, expected_version=service.version, title="Иначе", batch=batch)


def say_places(row, batch):
    verification.report_capacity(listing=row, actor=None, level="full", batch=batch)


def put_up_a_notice(row, batch):
    editing.set_notice(actor=None, service=row.service, kind="closure", text="Ремонт", batch=batch)


def hide(row, batch):
    verification.hide(listing=row, actor=None, reason="Ремонт", batch=batch)


def check(row, batch):
    verification.record_check(listing=row, actor=scenarios.verifier(), method="call", capacity="limited", batch=batch)


def send(row, batch):
    scenarios.rename(row, text="Приходите без записи.")
    verification.submit(listing=row, actor=None, checked=True, bulk=batch)


def approve(row, batch):
    scenarios.rename(row, cost="paid")
    review = verification.submit(listing=row, actor=None)
    verification.approve(review=review, actor=scenarios.verifier(), batch=batch)


STEPS = [confirm, close, edit, say_places, put_up_a_notice, hide, check, send, approve]


@pytest.mark.parametrize("step", STEPS)
def test_readers_see_nothing_before_the_end_and_then_everything_by_one_revision(rows, step):
    was, number = directory(), revision()
    with Batch() as batch:
        for row in rows:
            step(row, batch)
        assert directory() == was and revision() == number
    assert revision() == number + 1
    if step is not edit:  # another title waits for a review, with a batch or without one
        assert directory() != was
    assert not compare()


@pytest.mark.parametrize("step", STEPS)
def test_a_batch_that_went_wrong_leaves_nothing_at_all(rows, step):
    was, number = directory(), revision()
    states, checks = list(ListingState.objects.order_by("pk").values()), Check.objects.count()
    with pytest.raises(ZeroDivisionError), Batch() as batch:
        for row in rows:
            step(row, batch)
        raise ZeroDivisionError
    assert directory() == was and revision() == number
    assert list(ListingState.objects.order_by("pk").values()) == states and Check.objects.count() == checks
    assert not compare()


def test_a_write_that_fails_takes_the_whole_batch_with_it(rows, monkeypatch):
    was = list(ListingState.objects.order_by("pk").values())

    def breaks(*_arguments):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), Batch() as batch:
        confirm(rows[0], batch)
        monkeypatch.setattr("verification.publication.store.publish_many", breaks)
    assert list(ListingState.objects.order_by("pk").values()) == was
    assert connection.in_atomic_block and not connection.needs_rollback  # the test's own transaction is well


def test_what_was_written_in_between_is_not_written_again(rows):
    number = revision()
    with Batch() as batch:
        for row in rows:
            confirm(row, batch)
        batch.write()
        assert revision() == number + 1
        assert set(PublicListing.objects.values_list("checked_on", flat=True)) == {clock.today("Asia/Tbilisi")}
        with CaptureQueriesContext(connection) as seen:
            batch.write()
        assert not [query for query in seen if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert revision() == number + 1


def test_a_batch_of_nothing_moves_nothing(rows):
    number = revision()
    with Batch():
        pass
    assert revision() == number


def test_what_leaves_and_what_comes_are_written_by_one_move(rows):
    draft = scenarios.listing(rows[0].location, title="Новое")
    number = revision()
    with Batch() as batch:
        hide(rows[0], batch)
        review = verification.submit(listing=draft, actor=None, checked=True)
        verification.approve(review=review, actor=scenarios.verifier(), batch=batch)
        confirm(rows[1], batch)
    assert revision() == number + 1
    assert set(PublicListing.objects.values_list("pk", flat=True)) == {row.public_id for row in (*rows[1:], draft)}
    assert not compare()


def test_a_batch_narrows_by_what_the_rows_say_at_its_end(rows):
    with Batch() as batch:
        confirm(rows[0], batch)
        scenarios.rename(rows[0], visibility="members")
    assert not PublicListing.objects.filter(pk=rows[0].public_id).exists()
    assert MemberListing.objects.filter(pk=rows[0].public_id).exists()


def test_a_word_over_many_costs_as_much_as_over_two_and_says_the_same(rows, monkeypatch):
    """What lies over many is read for all of them at once; one by one it is read for each."""
    at = rows[0].location
    editing.set_notice(actor=None, location=at, kind="closure", text="Закрыто до мая.", text_en="Closed until May.")
    said = directory()
    assert len(said[0]) == 3 and all("Закрыто до мая." in str(row["notices"]) for row in said[0])
    monkeypatch.setattr("verification.services.edits._MANY", 2)
    costs = []
    for many in (rows[:2], rows):
        with CaptureQueriesContext(connection) as seen:
            verification.publish_again(many)
        costs.append(len(seen))
    assert costs[0] == costs[1]
    assert directory() == said and not compare()


@pytest.mark.parametrize("many", [2, 20], ids=["together", "one by one"])
def test_held_texts_of_many_are_asked_about_like_those_of_one(rows, monkeypatch, many):
    monkeypatch.setattr("verification.services.edits._MANY", many)
    asked = Recheck.objects.open().filter(reason="giveaway")
    verification.open_recheck(listing=rows[0], reason="giveaway")
    verification.publish_again(rows)
    assert not asked.exists()  # nothing is held where everybody sees the door
    place = rows[0].location
    editing.update_location(actor=None, location=place, expected_version=place.version, public_precision="settlement")
    editing.set_notice(actor=None, location=place, kind="closure", text="Вход теперь с улицы Ленина, дом 5, код 12.")
    assert {one.listing_id for one in asked} == {row.pk for row in rows}
    assert "Ленина" not in str(directory()[0])
