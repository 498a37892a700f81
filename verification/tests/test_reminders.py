"""Whom the clock reminds of what, and how often."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail

from accounts.models import NetworkRole
from core import clock
from core.errors import NotAllowed
from core.tests.shared import shared
from messaging.dispatch import dispatch
from messaging.models import Correspondent, Message
from messaging.people import correspondents_for
from messaging.services import choose_rhythm, record_bounce
from organizations.models import Membership
from services.models import VerificationClass
from verification import services as verification
from verification.letters.reminders import remind
from verification.models import Check, ListingState, Reminder, Rung
from verification.tests import scenarios
from verification.upkeep import rounds

pytestmark = pytest.mark.django_db
ZONE = "Asia/Tbilisi"


def noon(day: dt.date) -> dt.datetime:
    """Noon in Tbilisi, when letters may arrive."""
    return dt.datetime.combine(day, dt.time(12), tzinfo=clock.zone(ZONE))


def run(day: dt.date, at: dt.time = dt.time(12), round_of=rounds.run_often) -> list[mail.EmailMessage]:
    """One round of the worker on that day; the letters that left."""
    before = len(mail.outbox)
    with clock.travel(dt.datetime.combine(day, at, tzinfo=clock.zone(ZONE))):
        round_of()
        dispatch()
    return mail.outbox[before:]


def make_owner():
    """An editor of an organisation with one listing of class B, checked on Monday 5 January 2026: due on 5 July."""
    organization = scenarios.organization()
    person = scenarios.person(organization)
    row = scenarios.published(scenarios.place(organization), on=noon(dt.date(2026, 1, 5)))
    assert ListingState.objects.get(pk=row.pk).due_on == dt.date(2026, 7, 5)
    person.row, person.organization = row, organization
    return person


_ground, owner = shared(make_owner, "owner")


def days_with_letters(first: dt.date, last: dt.date, to: str | None = None) -> list[dt.date]:
    """On which days it is told of what is due; the rest of the rounds has no part in it."""
    found = []
    day = first
    while day <= last:
        if any(to is None or to in letter.to for letter in run(day, round_of=remind)):
            found.append(day)
        day += dt.timedelta(days=1)
    return found


def test_the_owner_hears_on_the_days_of_the_class_and_then_less_often(owner):
    days = days_with_letters(dt.date(2026, 5, 20), dt.date(2026, 10, 31), owner.email)
    # 30, 14 and 3 days before; the due day is too close to the letter before it, so it waits a week; then, off the map.
    june, july, august = (
        [dt.date(2026, month, day) for day in days] for month, days in ((6, (5, 22)), (7, (2, 9)), (8, (4,)))
    )
    assert days == [*june, *july, *august]


def test_the_ladder_goes_up_on_the_clock_of_the_class(owner):
    manager = scenarios.person(owner.organization, role="manager")
    other = scenarios.organization()
    coordinator = scenarios.person(other, network_role=NetworkRole.COORDINATOR)
    administrator = scenarios.person(other, network_role=NetworkRole.ADMINISTRATOR)
    elsewhere = scenarios.person(other, network_role=NetworkRole.COORDINATOR)
    elsewhere.countries = ["KZ"]
    elsewhere.save()
    day, heard = dt.date(2026, 6, 1), {}
    while day <= dt.date(2026, 8, 10):
        for letter in run(day, round_of=remind):
            heard.setdefault(letter.to[0], day)
        day += dt.timedelta(days=1)
    assert heard == {
        owner.email: dt.date(2026, 6, 5),
        manager.email: dt.date(2026, 7, 6),  # due on Sunday the 5th: not at the weekend
        coordinator.email: dt.date(2026, 7, 13),  # a week late is Sunday the 12th
        administrator.email: dt.date(2026, 8, 4),
    }


def test_class_a_is_told_at_the_weekend_too(owner):
    owner.row.service.raised_class = VerificationClass.A
    owner.row.service.save()
    with clock.travel(noon(dt.date(2026, 1, 6))):
        verification.confirm_unchanged(listing=owner.row, actor=owner)
    assert ListingState.objects.get(pk=owner.row.pk).due_on == dt.date(2026, 4, 6)
    days = days_with_letters(dt.date(2026, 3, 10), dt.date(2026, 4, 30))
    assert days[:3] == [dt.date(2026, 3, 23), dt.date(2026, 3, 30), dt.date(2026, 4, 4)]
    assert days[2].weekday() == 5


def test_one_letter_lists_all_that_is_due_and_soon_will_be(owner):
    place = owner.row.location
    for number in range(19):
        scenarios.published(place, on=noon(dt.date(2026, 1, 6 + number % 8)), title=f"Услуга {number}")
    letters = run(dt.date(2026, 6, 5))
    assert len(letters) == 1
    assert "20 " in letters[0].subject
    assert Reminder.objects.filter(message__state="sent").count() == 20
    assert run(dt.date(2026, 6, 8)) == []  # what falls due on these days was told along


def test_a_confirmation_ends_the_round(owner):
    run(dt.date(2026, 6, 5))
    with clock.travel(noon(dt.date(2026, 6, 9))):
        check = verification.confirm_unchanged(listing=owner.row, actor=owner)
    assert check.noticed_at.date() == dt.date(2026, 6, 5)
    assert days_with_letters(dt.date(2026, 6, 10), dt.date(2026, 8, 30)) == []


def test_a_letter_that_is_no_longer_needed_does_not_leave(owner):
    with clock.travel(dt.datetime(2026, 6, 4, 22, 0, tzinfo=dt.UTC)):  # two in the morning of the 5th in Tbilisi
        rounds.run_often()
        assert Message.objects.get().state == "queued"
        verification.confirm_unchanged(listing=owner.row, actor=owner)
    assert run(dt.date(2026, 6, 5)) == []
    assert Message.objects.get().state == "cancelled"


def test_running_twice_says_nothing_twice(owner):
    with clock.travel(noon(dt.date(2026, 6, 5))):
        assert remind() == 1
        assert remind() == 0
        dispatch()
        assert remind() == 0
    assert len(mail.outbox) == 1


def test_whoever_wants_one_letter_a_week_gets_it_on_monday(owner):
    scenarios.person(owner.organization)
    run(dt.date(2026, 5, 1))
    with clock.travel(noon(dt.date(2026, 5, 1))):
        choose_rhythm(correspondent=correspondents_for(owner.organization).get(user=owner), rhythm="weekly")
    days = days_with_letters(dt.date(2026, 6, 1), dt.date(2026, 8, 31), owner.email)
    assert days and all(day.weekday() == 0 for day in days)


def test_when_letters_come_back_the_next_rung_is_told(owner):
    coordinator = scenarios.coordinator()
    run(dt.date(2026, 6, 1))
    with clock.travel(noon(dt.date(2026, 6, 2))):
        correspondents_for(owner.organization)
        assert record_bounce(address=owner.email.upper(), reason="550 no such user") == 1
    assert [letter.to for letter in run(dt.date(2026, 6, 5))] == [[coordinator.email]]
    assert Reminder.objects.get().rung == Rung.COORDINATOR
    assert owner.row.rechecks.get().reason == "bounced"
    with clock.travel(noon(dt.date(2026, 6, 6))):
        verification.confirm_unchanged(listing=owner.row, actor=owner)
        rounds.run_often()
    assert not owner.row.rechecks.filter(done_at=None).exists()  # one bounce is followed up once


def test_whoever_leaves_gets_nothing_and_is_followed_up(owner):
    colleague = scenarios.person(owner.organization)
    run(dt.date(2026, 6, 1))
    Membership.objects.get(user=owner).delete()
    assert [letter.to for letter in run(dt.date(2026, 6, 5))] == [[colleague.email]]
    assert Correspondent.objects.get(email=owner.email).left_at is not None
    assert owner.row.rechecks.get().reason == "contact_left"


def test_nobody_is_reminded_of_what_is_closed_hidden_or_suspended(owner):
    verification.set_operation(listing=owner.row, actor=owner, operation="closed")
    assert run(dt.date(2026, 6, 5)) == []
    verification.set_operation(listing=owner.row, actor=owner, operation="working")
    with clock.travel(noon(dt.date(2026, 6, 4))):
        verification.hide(listing=owner.row, actor=owner, reason="Ремонт")
    assert run(dt.date(2026, 6, 5)) == []
    with clock.travel(noon(dt.date(2026, 6, 6))):
        verification.restore(listing=owner.row, actor=None)
    owner.organization.member_status = "suspended"
    owner.organization.save()
    assert run(dt.date(2026, 6, 7)) == []


def test_a_letter_names_no_service_and_a_city_that_everybody_may_know(owner):
    country_only = scenarios.place(owner.organization, city="Батуми", public_precision="country")
    scenarios.published(country_only, on=noon(dt.date(2026, 1, 5)))
    scenarios.published(owner.row.location, on=noon(dt.date(2026, 1, 5)), title="Тайный приют", visibility="members")
    letter = run(dt.date(2026, 6, 5))[0]
    assert "Тбилиси: 1 услуга, посмотреть до 5 июля 2026" in letter.body and "ещё 2" in letter.body
    for word in ("ВИЧ", "Тайный", "Речная", "Батуми"):
        assert word not in letter.body
    assert re.search(r"http://\S+/ru/confirm/\S{20,}/\n", letter.body)
    assert "/confirm/rhythm/" in letter.extra_headers["List-Unsubscribe"]


def test_archiving_is_written_down_after_its_day_and_changes_nothing_on_the_map(owner):
    last = dt.date(2026, 7, 5) + dt.timedelta(days=90)
    with clock.travel(noon(last - dt.timedelta(days=1))):
        assert rounds.tidy_archived() == 0
    with clock.travel(noon(last)):
        assert rounds.tidy_archived() == 1
        assert rounds.tidy_archived() == 0
    assert ListingState.objects.get(pk=owner.row.pk).publication == "archived"


def test_the_coordinator_records_what_was_said_on_the_phone(owner):
    coordinator = scenarios.coordinator()
    check = verification.confirm_unchanged(listing=owner.row, actor=coordinator, method="coordinator_phone")
    assert (check.method, check.level, check.checked_by) == ("coordinator_phone", 1, coordinator)
    for nobody in (scenarios.verifier(), owner):
        with pytest.raises(NotAllowed):
            verification.confirm_unchanged(listing=owner.row, actor=nobody, method="coordinator_phone")
    with pytest.raises(ValueError, match="link"):
        verification.confirm_unchanged(listing=owner.row, actor=owner, method="link")
    assert Check.objects.filter(method="link").count() == 0
