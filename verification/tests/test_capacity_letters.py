"""A word about places that lapses soon is told once, to whoever keeps the listing, in the ordinary letters."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail

from accounts.models import NetworkRole
from core import clock
from core.tests.shared import shared
from messaging.dispatch import dispatch
from messaging.models import Message
from messaging.people import correspondents_for
from messaging.services import choose_rhythm, record_bounce
from verification import answering
from verification import services as verification
from verification.letters.pace import load_pace
from verification.letters.reminders import remind
from verification.models import CapacityReport, ListingState, Reminder
from verification.tests import scenarios
from verification.upkeep import rounds

pytestmark = pytest.mark.django_db
ZONE = "Asia/Tbilisi"
DAY = dt.timedelta(days=1)
#: A Monday. What is said on this day of class B counts until 3 February; from 4 February it is not known.
MONDAY = dt.date(2026, 1, 5)
NOTICE, LAPSES = dt.date(2026, 2, 2), dt.date(2026, 2, 4)


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=clock.zone(ZONE))


def run(day: dt.date, round_of=rounds.run_often) -> list[mail.EmailMessage]:
    """One round of the worker at noon of that day; the letters that left."""
    before = len(mail.outbox)
    with clock.travel(noon(day)):
        round_of()
        dispatch()
    return mail.outbox[before:]


def run_through(first: dt.date, last: dt.date) -> dict[dt.date, list[mail.EmailMessage]]:
    """Day after day, of each round what writes of these things; whole rounds are run by the others."""
    days = [first + number * DAY for number in range((last - first).days + 1)]
    return {day: letters for day in days if (letters := run(day, round_of=remind))}


def make_owner():
    """An editor whose listing of class B was checked on that Monday, so no check is due before summer."""
    organization = scenarios.organization()
    person = scenarios.person(organization)
    person.organization = organization
    person.row = scenarios.published(scenarios.place(organization), on=noon(MONDAY))
    return person


_ground, owner = shared(make_owner, "owner")


def say(owner, day=MONDAY, level="limited", row=None):
    with clock.travel(noon(day)):
        return verification.report_capacity(listing=row or owner.row, actor=owner, level=level)


def test_one_letter_two_days_before_and_none_after(owner):
    say(owner)
    letters = run_through(MONDAY, dt.date(2026, 3, 31))
    assert list(letters) == [NOTICE]
    (letter,) = letters[NOTICE]
    assert letter.to == [owner.email]
    assert "Тбилиси: 1 услуга, до 3 февраля 2026" in letter.body
    assert "неизвестно" in letter.subject
    reminder = Reminder.objects.get()
    assert (reminder.step, reminder.due_on, reminder.rung) == ("capacity", LAPSES, "owner")


def test_nobody_above_is_told_and_nothing_is_hidden(owner):
    scenarios.person(owner.organization, "manager")
    scenarios.coordinator()
    scenarios.person(scenarios.organization(), network_role=NetworkRole.ADMINISTRATOR)
    say(owner)
    letters = run_through(MONDAY, dt.date(2026, 4, 30))
    assert {to for found in letters.values() for letter in found for to in letter.to} == {owner.email}
    assert ListingState.objects.get(pk=owner.row.pk).publication == "published"


def test_where_nobody_can_be_reached_it_lapses_by_itself(owner):
    coordinator = scenarios.coordinator()
    say(owner)
    correspondents_for(owner.organization)
    record_bounce(address=owner.email, reason="550 no such user")
    assert run_through(NOTICE - DAY, LAPSES + DAY) == {}
    assert not Message.objects.filter(correspondent__user=coordinator).exists()


@pytest.mark.parametrize("level", ["limited", "free", "unknown"])
def test_a_fresh_word_ends_it(owner, level):
    say(owner)
    say(owner, dt.date(2026, 1, 20), level)
    letters = run_through(MONDAY, LAPSES + 3 * DAY)
    assert letters == {}


def test_a_letter_that_is_no_longer_needed_does_not_leave(owner):
    say(owner)
    with clock.travel(dt.datetime(2026, 2, 1, 22, tzinfo=dt.UTC)):  # two in the morning of the 2nd in Tbilisi
        rounds.run_often()
        assert Message.objects.get().state == "queued"
        verification.report_capacity(listing=owner.row, actor=owner, level="free")
    assert run(NOTICE) == []
    assert Message.objects.get().state == "cancelled"


def test_a_letter_that_could_not_leave_in_time_is_pointless(owner):
    say(owner)
    with clock.travel(dt.datetime(2026, 2, 1, 22, tzinfo=dt.UTC)):
        rounds.run_often()
    assert run(LAPSES) == []
    assert Message.objects.get().state == "cancelled"


def test_before_a_weekend_it_is_told_on_friday(owner):
    say(owner, dt.date(2026, 1, 8))  # ends on Saturday 7 February, so its reminder would be on Thursday
    assert list(run_through(dt.date(2026, 1, 9), dt.date(2026, 2, 12))) == [dt.date(2026, 2, 5)]
    for said_on in (dt.date(2026, 2, 14), dt.date(2026, 2, 15)):  # reminders on Saturday 14 and Sunday 15 March
        CapacityReport.objects.all().delete()
        Reminder.objects.all().delete()
        Message.objects.all().delete()
        say(owner, said_on)
        days = list(run_through(dt.date(2026, 3, 9), dt.date(2026, 3, 20)))
        assert [(day, day.weekday()) for day in days] == [(dt.date(2026, 3, 13), 4)], said_on


def test_whoever_reads_on_mondays_hears_of_the_whole_week(owner):
    scenarios.person(owner.organization)
    run(MONDAY)
    with clock.travel(noon(MONDAY)):
        choose_rhythm(correspondent=correspondents_for(owner.organization).get(user=owner), rhythm="weekly")
    say(owner, MONDAY + 3 * DAY)  # lapses on Saturday the 7th, its reminder would be on Thursday
    letters = run_through(MONDAY + 4 * DAY, dt.date(2026, 2, 28))
    heard = [day for day, found in letters.items() if any(owner.email in letter.to for letter in found)]
    assert heard == [dt.date(2026, 2, 2)]


def test_it_is_told_along_with_what_is_due_and_then_not_again(owner):
    with clock.travel(noon(dt.date(2026, 7, 5) - 35 * DAY)):
        verification.report_capacity(listing=owner.row, actor=owner, level="full")  # lapses five days before the check
    letters = run_through(dt.date(2026, 6, 1), dt.date(2026, 7, 1))
    first, second = dt.date(2026, 6, 5), dt.date(2026, 6, 22)
    assert list(letters) == [first, second]  # the days of the class's own reminders, and no other
    assert "29 июня" not in letters[first][0].body
    assert "Тбилиси: 1 услуга, до 29 июня 2026" in letters[second][0].body
    assert Reminder.objects.filter(step="capacity").count() == 1


def test_one_letter_lists_all_places_and_the_link_asks_about_them(owner):
    rows = [owner.row] + [
        scenarios.published(owner.row.location, on=noon(MONDAY), title=f"Услуга {number}") for number in range(4)
    ]
    for number, row in enumerate(rows):
        say(owner, MONDAY + number * DAY, row=row)
    letters = run_through(dt.date(2026, 1, 20), dt.date(2026, 2, 6))
    assert list(letters) == [NOTICE]
    (letter,) = letters[NOTICE]
    assert "Тбилиси: 5 услуг, первая до 3 февраля 2026" in letter.body
    assert "5 услуг" in letter.subject
    token = re.search(r"/confirm/([\w-]{20,})/", letter.body)[1]
    with clock.travel(noon(NOTICE)):
        lines = answering.lines_of(answering.find_link(token))
        assert [line.standing for line in lines] == ["capacity"] * 5
        for line in lines:
            answering.report_capacity(token=token, item=line.item.public_id, level="free")
    assert run_through(NOTICE, dt.date(2026, 2, 20)) == {}


def test_a_letter_about_places_alone_is_never_the_third_of_a_month(owner):
    rows = [scenarios.published(owner.row.location, on=noon(MONDAY), title=f"Услуга {n}") for n in range(6)]
    for number, row in enumerate(rows):
        say(owner, MONDAY + 8 * number * DAY, row=row)
    letters = run_through(MONDAY, dt.date(2026, 4, 30))
    days = list(letters)
    assert len(days) >= 3
    for day in days:
        assert sum(1 for other in days if day - 31 * DAY < other <= day) <= 2


def test_an_answer_about_places_counts_as_an_answer(owner):
    """Whoever says it anew each time is not treated as somebody who never answers."""
    say(owner)
    person = correspondents_for(owner.organization).get(user=owner)
    with clock.travel(noon(NOTICE)):
        report = say(owner, NOTICE)
        assert load_pace([person], clock.now()).answered[owner.organization.pk] == report.reported_at


def test_a_letter_names_no_service(owner):
    secret = scenarios.published(owner.row.location, on=noon(MONDAY), title="Тайный приют", visibility="members")
    say(owner)
    say(owner, row=secret)
    (letter,) = run(NOTICE)
    assert "ВИЧ" not in letter.body and "Тайный" not in letter.body and "Мест мало" not in letter.body
    assert "2 услугах" in letter.body and "ещё 1" in letter.body
    assert "Речная" not in letter.body


@pytest.mark.parametrize("how", ["paused", "closed", "hidden", "suspended"])
def test_nobody_is_reminded_of_what_takes_nobody(owner, how):
    say(owner)
    with clock.travel(noon(MONDAY + DAY)):
        if how == "hidden":
            verification.hide(listing=owner.row, actor=owner, reason="Ремонт")
        elif how == "suspended":
            owner.organization.member_status = "suspended"
            owner.organization.save()
        else:
            verification.set_operation(listing=owner.row, actor=owner, operation=how)
    assert run_through(NOTICE - DAY, LAPSES) == {}


def test_a_round_of_places_is_no_round_of_checks(owner):
    """Even when both end on the same day: a reminder of one is not counted for the other."""
    due_on = ListingState.objects.get(pk=owner.row.pk).due_on
    say(owner, due_on - 30 * DAY)
    run(due_on - 30 * DAY)
    assert set(Reminder.objects.values_list("step", flat=True)) == {"notice-30"}
    letters = run_through(due_on - 29 * DAY, due_on - DAY)
    assert {"notice-14", "capacity"} <= set(Reminder.objects.values_list("step", flat=True))
    with clock.travel(noon(due_on - DAY)):
        say(owner, due_on - DAY, "free")
        Reminder.objects.exclude(step="capacity").delete()
        check = verification.confirm_unchanged(listing=owner.row, actor=owner)
    assert check.noticed_at is None
    assert letters


def test_running_twice_says_nothing_twice(owner):
    say(owner)
    assert len(run(NOTICE)) == 1
    assert run(NOTICE) == []
