"""What the steps of a listing's standing share: the lock, the dates of a check, the one tail."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from core import clock
from directory.models import DirectoryRevision, PublicListing
from directory.stores import store
from services import services
from verification import services as verification
from verification.errors import ReasonMissing
from verification.models import HighRiskCountry, ListingState, Recheck, Snapshot
from verification.services.changing import (
    audit,
    load,
    load_plain,
    lock_state,
    lock_states,
    need_reason,
    place_today,
    settle,
    take_snapshot,
)
from verification.services.told.away import Away
from verification.tests import scenarios

pytestmark = pytest.mark.django_db

START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def state_of(row) -> ListingState:
    return ListingState.objects.get(pk=row.pk)


def on_day(number: int):
    return clock.travel(START + number * DAY)


def day(number: int) -> dt.date:
    return START.date() + number * DAY


# --- at the beginning ---------------------------------------------------------------------------------------------


def test_a_state_is_made_on_first_use_and_locked_afterwards():
    row = scenarios.listing()
    assert not ListingState.objects.exists()
    with CaptureQueriesContext(connection) as seen:
        state = lock_state(row)
        again = lock_state(row)
    assert state == again == ListingState.objects.get() and state.publication == "draft"
    assert state.listing is row and again.listing is row
    locks = [query["sql"] for query in seen if "FOR UPDATE" in query["sql"]]
    assert len(locks) == 3 and all("JOIN" not in sql for sql in locks)


def test_a_locked_state_reads_its_snapshot_after_the_lock(django_assert_num_queries):
    row = scenarios.published()
    with django_assert_num_queries(2):
        assert lock_state(row).published.content["service"]["title"] == {"ru": "Тест на ВИЧ"}


def test_several_states_are_locked_at_once_in_the_order_of_their_keys():
    rows = [scenarios.published(title=title) for title in ("Я", "А", "К")]
    with CaptureQueriesContext(connection) as seen:
        lock_states(row.pk for row in rows[:2])
    (query,) = (query["sql"] for query in seen)
    assert re.search(r'ORDER BY ("pk"|"verification_listingstate"."listing_id"|1) ASC FOR UPDATE', query)
    assert str(rows[0].pk) in query and str(rows[1].pk) in query


def test_a_listing_is_read_as_the_database_has_it_now(django_assert_num_queries):
    row = scenarios.published()
    scenarios.rename(row.__class__.objects.get(pk=row.pk), title="Новое")
    whole, plain = load(row), load_plain(row)
    with django_assert_num_queries(0):
        for found in (whole, plain):
            assert found.service.title == "Новое" and found.service.organization.name and found.location.city
        assert [contact.value for contact in whole.service.organization.contacts.all()]


def test_the_audit_says_who_did_which_step_and_why():
    row, actor = scenarios.published(), scenarios.verifier()
    with audit("hide", actor, "Ремонт"):
        state = lock_state(row)
        state.reason = "Ремонт"
        settle(state)
    with audit("archive", None):
        settle(lock_state(row))
    events = ListingState.pgh_event_model.objects.filter(pgh_obj=row.pk).order_by("-pgh_id")
    assert [event.pgh_context.metadata for event in events[:2]] == [
        {"step": "archive", "actor": None, "reason": ""},
        {"step": "hide", "actor": actor.pk, "reason": "Ремонт"},
    ]


@pytest.mark.parametrize(("given", "kept"), [("  Ремонт \n", "Ремонт"), ("х" * 600, "х" * 500), (".", ".")])
def test_a_reason_is_kept_without_space_around_it(given, kept):
    assert need_reason(given) == kept


@pytest.mark.parametrize("given", ["", "  ", "\n"])
def test_without_a_reason_nothing_happens_and_the_field_is_named(given):
    with pytest.raises(ReasonMissing) as missing:
        need_reason(given)
    assert missing.value.field == "reason"
    with pytest.raises(ReasonMissing) as missing:
        need_reason(given, field="note")
    assert missing.value.field == "note"


def test_an_equal_snapshot_of_the_same_listing_is_used_again():
    at = scenarios.place(scenarios.organization())
    row, twin, actor = scenarios.listing(at), scenarios.listing(at), scenarios.verifier()
    first = take_snapshot(load(row), actor)
    assert first.created_by == actor and first.schema == 1 and first.listing == row
    assert take_snapshot(load(row), None) == first
    assert take_snapshot(load(twin), None, first.content).listing == twin  # never that of another listing
    scenarios.rename(row, title="Новое")
    second = take_snapshot(load(row), None)
    assert second != first and second.content["service"]["title"] == {"ru": "Новое"}
    assert take_snapshot(load(row), None, first.content) == first
    assert Snapshot.objects.filter(listing=row).count() == 2


def test_today_is_the_day_at_the_place():
    row = scenarios.listing()
    with clock.travel(dt.datetime(2026, 3, 2, 21, tzinfo=dt.UTC)):
        assert place_today(row) == dt.date(2026, 3, 3)


# --- at the end ---------------------------------------------------------------------------------------------------


def test_every_step_counts_one_version():
    row = scenarios.published()
    before = state_of(row).version
    verification.hide(listing=row, actor=None, reason="Ремонт")
    assert state_of(row).version == before + 1


def test_what_cannot_be_is_not_saved():
    row = scenarios.published()
    with pytest.raises(ValidationError), transaction.atomic():
        state = lock_state(row)
        state.publication = "lost"
        settle(state)
    assert state_of(row).publication == "published"


class Told:
    """Which doors of the directory were used."""

    def __init__(self, monkeypatch) -> None:
        self.calls: list[str] = []
        for name in ("publish", "touch", "withdraw"):
            monkeypatch.setattr(store, name, self._seen(name, getattr(store, name)))

    def _seen(self, name, original):
        def call(*arguments, **named):
            self.calls.append(name)
            return original(*arguments, **named)

        return call


@pytest.fixture
def told(monkeypatch):
    return lambda: Told(monkeypatch)


def test_readers_are_told_as_much_as_has_moved(told):
    row = scenarios.published(on=START)
    told = told()
    verification.confirm_unchanged(listing=row, actor=None)
    assert told.calls == ["touch"]
    scenarios.rename(row, title="Новое")
    review = verification.submit(listing=row, actor=None)
    verification.take(review=review, actor=(by := scenarios.verifier()))
    assert told.calls == ["touch"]  # an edit that waits is nobody's news
    verification.approve(review=review, actor=by)
    verification.hide(listing=row, actor=None, reason="Ремонт")
    verification.restore(listing=row, actor=None)
    assert told.calls == ["touch", "publish", "withdraw", "publish"]


def test_an_imported_listing_is_written_whole_when_somebody_confirms_it(told):
    row = scenarios.listing()
    verification.publish_import(listing=row)
    told = told()
    number = DirectoryRevision.objects.get().number
    verification.confirm_unchanged(listing=row, actor=None)
    assert told.calls == ["publish"] and DirectoryRevision.objects.get().number == number + 1


def test_a_listing_counts_as_published_since_it_was_first_confirmed():
    row = scenarios.listing()
    with on_day(0):
        verification.publish_import(listing=row)
    imported = state_of(row).published_at
    with on_day(5):
        verification.confirm_unchanged(listing=row, actor=None)
    assert state_of(row).publication == "published" and state_of(row).published_at == imported


@pytest.mark.parametrize(("after", "level", "checked", "confirmed"), [(364, 2, 0, 364), (365, 1, 365, None)])
def test_a_check_by_others_is_what_readers_are_told_for_a_year(after, level, checked, confirmed):
    row = scenarios.published(on=START, method="call")
    with on_day(after):
        verification.confirm_unchanged(listing=row, actor=None)
    state = state_of(row)
    assert (state.level, state.checked_on) == (level, day(checked))
    assert state.confirmed_on == (None if confirmed is None else day(confirmed))
    assert state.check_method == ("call" if level == 2 else "workspace")
    assert state.due_on > day(after) + 170 * DAY  # the owner's word moves the deadlines all the same


def test_a_newer_check_by_others_takes_the_place_of_the_older_and_of_the_owners_word():
    row = scenarios.published(on=START, method="call")
    with on_day(10):
        verification.confirm_unchanged(listing=row, actor=None)
    with on_day(20):
        verification.record_check(listing=row, actor=scenarios.verifier(), method="visit")
    state = state_of(row)
    assert (state.level, state.check_method, state.checked_on, state.confirmed_on) == (3, "visit", day(20), None)
    public = PublicListing.objects.get()
    assert (public.level, public.checked_on, public.confirmed_on, public.due_on) == (3, day(20), None, state.due_on)


@pytest.mark.parametrize(("fields", "level"), [({"text": "Без записи"}, 2), ({"cost": "paid"}, 1)])
def test_a_check_by_others_speaks_of_what_it_saw_in_all_that_is_critical(fields, level):
    row = scenarios.published(on=START, method="call")
    with on_day(5):
        scenarios.rename(row, **fields)
        review = verification.submit(listing=row, actor=None)
        if review.is_open:
            verification.approve(review=review, actor=scenarios.verifier())
    with on_day(6):
        verification.confirm_unchanged(listing=row, actor=None)
    assert state_of(row).level == level


@pytest.mark.parametrize("outcome", ["wrong", "unreachable"])
def test_a_finding_that_something_is_wrong_is_no_check(outcome):
    row = scenarios.published(on=START, method="call")
    with on_day(100):
        verification.record_check(listing=row, actor=scenarios.verifier(), method="call", outcome=outcome)
    assert (state_of(row).level, state_of(row).checked_on) == (2, day(0))
    with on_day(366):
        verification.confirm_unchanged(listing=row, actor=None)
    assert state_of(row).level == 1  # it does not prolong the check before it either


def test_the_owners_word_needs_nobodys_year():
    row = scenarios.published(on=START)
    with on_day(30):
        verification.confirm_unchanged(listing=row, actor=None)
    state = state_of(row)
    assert (state.level, state.checked_on, state.confirmed_on, state.check_method) == (1, day(30), None, "workspace")


@pytest.mark.parametrize(("sent_on", "moves"), [(9, False), (10, True), (11, True)])
def test_a_word_about_an_earlier_day_than_the_last_check_moves_nothing(sent_on, moves):
    """The owner looked on the day of sending; it is approved later."""
    row = scenarios.published(on=START)
    with on_day(sent_on):
        scenarios.rename(row, cost="paid")
        review = verification.submit(listing=row, actor=None, checked=True)
    with on_day(10):
        verification.confirm_unchanged(listing=row, actor=None)
    before = state_of(row)
    with on_day(12):
        verification.approve(review=review, actor=scenarios.verifier())
    after = state_of(row)
    assert after.published.content["service"]["cost"] == "paid"
    assert after.checked_on == day(sent_on if moves else 10)
    assert (after.due_on == before.due_on) is (sent_on <= 10)


@pytest.mark.parametrize(("said_on", "confirmed"), [(5, 20), (19, 20), (20, 20), (21, 21)])
def test_a_late_word_never_moves_a_confirmation_back(said_on, confirmed):
    """Beside a check by others the owner's newest word stands, though an older one reaches us after it."""
    row = scenarios.published(on=START, method="call")
    with on_day(20):
        verification.confirm_unchanged(listing=row, actor=None)
    before = state_of(row)
    away = Away(said_at=START + said_on * DAY, seen=before.published.public_id)
    with on_day(22):
        verification.confirm_unchanged(listing=row, actor=None, away=away)
    after = state_of(row)
    assert (after.checked_on, after.confirmed_on, after.level) == (day(0), day(confirmed), 2)
    assert (after.due_on == before.due_on) is (confirmed == 20)


@pytest.mark.parametrize(("country", "letter"), [("GE", "A"), ("KZ", "B"), ("", "B")])
def test_the_class_follows_from_the_country_also_of_a_remote_service(country, letter):
    HighRiskCountry.objects.all().delete()
    HighRiskCountry.objects.create(code="GE")
    service = scenarios.listing(scenarios.place(scenarios.organization(), country="PL")).service
    row = services.add_listing(actor=None, service=service, location=None, remote_country=country, hours=scenarios.WEEK)
    review = verification.submit(listing=row, actor=None, checked=True)
    verification.approve(review=review, actor=scenarios.verifier())
    assert state_of(row).verification_class == letter
    here = scenarios.published(scenarios.place(scenarios.organization(), country=country or "PL"))
    assert state_of(here).verification_class == letter


def test_a_step_that_publishes_and_checks_asks_once_for_the_class():
    review = verification.submit(listing=scenarios.listing(), actor=None, checked=True)
    with CaptureQueriesContext(connection) as seen:
        verification.approve(review=review, actor=scenarios.verifier(), method="call")
    asked = '"services_servicetype"."verification_class" AS'
    assert sum(one["sql"].startswith("SELECT") and asked in one["sql"] for one in seen) == 1


def test_a_project_that_ends_and_a_class_that_was_raised_are_read_with_the_next_check():
    row = scenarios.published(on=START)
    service = row.service
    services.update_service(
        actor=None, service=service, expected_version=service.version, ends_on=day(40), raised_class="A"
    )
    with on_day(1):
        verification.confirm_unchanged(listing=row, actor=None)
    state = state_of(row)
    assert (state.verification_class, state.due_on, state.hides_on) == ("A", day(41), day(55))


@pytest.mark.parametrize(("method", "left"), [("workspace", {"outside", "sample"}), ("call", set())])
def test_a_check_answers_the_questions_that_it_can(method, left):
    row = scenarios.published(on=START)
    for reason in ("bounced", "outside", "sample", "report"):
        verification.open_recheck(listing=row, reason=reason)
    actor = scenarios.verifier() if method == "call" else scenarios.person(row.service.organization)
    if method == "call":
        verification.record_check(listing=row, actor=actor, method="call")
    else:
        verification.confirm_unchanged(listing=row, actor=actor)
    assert set(row.rechecks.open().values_list("reason", flat=True)) == left
    assert set(Recheck.objects.exclude(done_at=None).values_list("done_by", flat=True)) == {actor.pk}
