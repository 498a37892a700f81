"""Who is told while people are away: the delegate, whoever stands in for the delegate, or the next rung up."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import NetworkRole
from core import clock
from core.tests.shared import shared
from messaging.absences import change_absence, declare_absence, end_absence, put_back_absence
from messaging.dispatch import dispatch
from messaging.models import Message
from messaging.people import correspondents_for
from messaging.services import choose_rhythm, record_bounce
from organizations.people import change_role, remove_member
from services.models import VerificationClass
from verification import services as verification
from verification.letters.ladder import load_ladder
from verification.letters.occasions import digest
from verification.letters.occasions.asking import ask_owners
from verification.letters.reminders import remind
from verification.models import ListingState, Reminder, Rung
from verification.tests import scenarios
from verification.upkeep import rounds

pytestmark = pytest.mark.django_db
ZONE = "Asia/Tbilisi"
MAY_31, JUNE_1, JUNE_5, JUNE_14 = dt.date(2026, 5, 31), dt.date(2026, 6, 1), dt.date(2026, 6, 5), dt.date(2026, 6, 14)
#: A listing of class B that is due on 5 July: told 30 days before, on a Friday, and 14 days before, on a Sunday.
FRIDAY, SUNDAY, MONDAY = JUNE_5, dt.date(2026, 6, 21), dt.date(2026, 6, 22)


def at(day: dt.date, hour: int = 12, minute: int = 0) -> dt.datetime:
    """That time in Tbilisi."""
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=clock.zone(ZONE))


def told(moment: dt.datetime | dt.date, then: dt.date | None = None) -> set[str]:
    """Whose letters a round of the worker writes at that moment; they leave at noon of that day, or of `then`."""
    moment = moment if isinstance(moment, dt.datetime) else at(moment)
    before = len(mail.outbox)
    with clock.travel(moment):
        rounds.run_often()
    with clock.travel(at(then or moment.date())):
        dispatch()
    return {address for letter in mail.outbox[before:] for address in letter.to}


def make_owner():
    """The only editor of an organisation with one listing."""
    organization = scenarios.organization()
    person = scenarios.person(organization)
    row = scenarios.published(scenarios.place(organization), on=at(dt.date(2026, 1, 5)))
    assert ListingState.objects.get(pk=row.pk).due_on == dt.date(2026, 7, 5)
    person.row, person.organization = row, organization
    return person


_ground, owner = shared(make_owner, "owner")


@pytest.fixture
def manager(owner):
    """Before the date a manager is told only in an editor's stead."""
    return scenarios.person(owner.organization, role="manager")


def away(person, delegate, first=JUNE_1, last=JUNE_14):
    with clock.travel(at(MAY_31)):
        return declare_absence(actor=person, user=person, starts_on=first, ends_on=last, delegate=delegate)


def test_the_delegate_gets_the_letters_of_whoever_is_away(owner, manager):
    away(owner, manager)
    assert told(FRIDAY) == {manager.email}
    assert owner.email in told(MONDAY)


def test_whoever_is_back_is_told_what_still_waits(owner, manager):
    absence = away(owner, manager)
    told(FRIDAY)
    with clock.travel(at(dt.date(2026, 6, 9))):
        end_absence(actor=owner, absence=absence)
    assert told(dt.date(2026, 6, 9)) == {owner.email}


def test_other_days_and_undoing_count_for_the_next_letter(owner, manager):
    absence = away(owner, manager, last=dt.date(2026, 6, 4))
    with clock.travel(at(dt.date(2026, 6, 2))):
        change_absence(
            actor=owner, absence=absence, expected_version=1, starts_on=JUNE_1, ends_on=JUNE_14, delegate=manager
        )
        end_absence(actor=owner, absence=absence)
        put_back_absence(actor=owner, public_id=absence.public_id)
    assert told(FRIDAY) == {manager.email}


@pytest.mark.parametrize(
    ("first", "last", "reader"),
    [(JUNE_5, JUNE_14, "manager"), (JUNE_1, dt.date(2026, 6, 4), "owner")],
    ids=["begins on that day", "ended the day before"],
)
def test_days_begin_at_midnight_where_the_person_is(owner, manager, first, last, reader):
    away(owner, manager, first, last)
    half_past_midnight = at(JUNE_5, 0, 30)
    assert half_past_midnight.astimezone(dt.UTC).date() == dt.date(2026, 6, 4)
    assert told(half_past_midnight) == {{"manager": manager, "owner": owner}[reader].email}


def test_a_letter_of_the_weekend_goes_to_whoever_is_there_on_monday(owner, manager):
    away(owner, manager, MONDAY, dt.date(2026, 6, 30))
    assert told(SUNDAY, then=MONDAY) == {manager.email}


def test_whoever_is_back_on_monday_gets_the_letter_of_the_weekend(owner, manager):
    away(owner, manager, JUNE_1, SUNDAY)
    assert told(SUNDAY, then=MONDAY) == {owner.email}


def test_what_is_urgent_goes_to_whoever_is_there_on_saturday(owner, manager):
    owner.row.service.raised_class = VerificationClass.A
    owner.row.service.save()
    with clock.travel(at(dt.date(2026, 1, 6))):
        verification.confirm_unchanged(listing=owner.row, actor=owner)
        declare_absence(
            actor=owner, user=owner, starts_on=dt.date(2026, 4, 1), ends_on=dt.date(2026, 4, 5), delegate=manager
        )
    saturday = dt.date(2026, 4, 4)
    assert told(saturday) == {manager.email}


def test_the_one_who_stands_in_for_the_delegate_gets_the_letters(owner, manager):
    third = scenarios.person(owner.organization, role="manager")
    away(owner, manager)
    away(manager, third)
    assert told(FRIDAY) == {third.email}


def test_two_people_who_stand_in_for_each_other_leave_it_to_the_next_rung(owner):
    colleague, coordinator = scenarios.person(owner.organization), scenarios.coordinator()
    away(owner, colleague)
    away(colleague, owner)
    assert told(FRIDAY) == {coordinator.email}
    assert Reminder.objects.get().rung == Rung.COORDINATOR


def test_when_everybody_up_to_the_top_is_away_the_letters_wait_with_the_owners(owner):
    colleague = scenarios.person(owner.organization)
    away(owner, colleague)
    away(colleague, owner)
    assert told(FRIDAY) == {owner.email, colleague.email}


def leaves(owner, delegate):
    remove_member(actor=None, membership=delegate.memberships.get())


def loses_the_role(owner, delegate):
    change_role(actor=None, membership=delegate.memberships.get(), role="reader")


def letters_come_back(owner, delegate):
    correspondents_for(owner.organization)
    record_bounce(address=delegate.email, reason="550")


def wants_no_letters(owner, delegate):
    choose_rhythm(correspondent=correspondents_for(owner.organization).get(user=delegate), rhythm="never")


@pytest.mark.parametrize("what_happens", [leaves, loses_the_role, letters_come_back, wants_no_letters])
def test_without_the_delegate_the_next_rung_is_told(owner, what_happens):
    colleague, coordinator = scenarios.person(owner.organization), scenarios.coordinator()
    away(owner, colleague)
    with clock.travel(at(dt.date(2026, 6, 3))):
        what_happens(owner, colleague)
    assert told(FRIDAY) == {coordinator.email}
    assert owner.email in told(MONDAY)  # back again, whatever became of the delegate


def test_without_the_delegate_managers_who_are_there_come_before_the_coordinator(owner, manager):
    scenarios.coordinator()
    colleague = scenarios.person(owner.organization)
    away(owner, colleague)
    leaves(owner, colleague)
    assert told(FRIDAY) == {manager.email}


def test_without_the_delegate_a_colleague_who_is_there_is_enough(owner, manager):
    delegate, colleague = scenarios.person(owner.organization), scenarios.person(owner.organization)
    away(owner, delegate)
    loses_the_role(owner, delegate)
    assert told(FRIDAY) == {colleague.email}


def test_a_manager_who_is_away_without_a_delegate_is_nobodys_gap(owner, manager):
    coordinator = scenarios.coordinator()
    due = dt.date(2026, 7, 6)
    colleague = scenarios.person(owner.organization, role="manager")
    away(manager, colleague, last=dt.date(2026, 7, 31))
    change_role(actor=None, membership=colleague.memberships.get(), role="reader")
    assert told(due) == {owner.email}
    assert coordinator.email in told(dt.date(2026, 7, 13))


class TestTheNetwork:
    @pytest.fixture
    def coordinator(self, owner):
        """Coordinates the owner's country; the owner is unreachable, so this rung is told first."""
        person = scenarios.coordinator()
        person.countries = ["GE"]
        person.save()
        letters_come_back(owner, owner)
        return person

    def test_a_coordinator_of_the_same_countries_stands_in(self, coordinator):
        other = scenarios.coordinator()
        other.countries = ["AM", "GE"]
        other.save()
        away(coordinator, other)
        assert told(FRIDAY) == {other.email}

    def test_a_delegate_who_lost_the_country_leaves_it_to_the_administrators(self, coordinator):
        other = scenarios.coordinator()
        away(coordinator, other)
        other.countries = ["AM"]
        other.save()
        administrator = scenarios.person(network_role=NetworkRole.ADMINISTRATOR)
        assert told(FRIDAY) == {administrator.email}
        assert Reminder.objects.get().rung == Rung.ADMINISTRATORS

    def test_the_digest_waits_until_the_coordinator_is_back(self, coordinator):
        administrator = scenarios.person(network_role=NetworkRole.ADMINISTRATOR)
        away(coordinator, administrator, last=dt.date(2026, 6, 2))
        with clock.travel(at(JUNE_1)):
            assert digest.write_digests() == 1
        with clock.travel(at(dt.date(2026, 6, 3))):
            assert digest.write_digests() == 1


def test_a_coordinator_who_asks_now_asks_the_delegate_too(owner, manager):
    coordinator = scenarios.coordinator()
    away(owner, manager)
    with clock.travel(at(JUNE_5)):
        ask_owners(listings=[owner.row], actor=coordinator)
        dispatch()
    assert {letter.to[0] for letter in mail.outbox} == {manager.email}


def test_people_who_were_brought_in_step_are_not_read_again(owner, manager):
    """The rows stand as the database has them, with their login and their organisation."""
    load_ladder([owner.row.service.organization])
    with clock.travel(at(FRIDAY)), CaptureQueriesContext(connection) as seen:
        ladder = load_ladder([owner.row.service.organization])
        told = {(person.user.email, person.organization) for people in ladder.keepers.values() for person in people}
    assert sum('FROM "messaging_correspondent"' in one["sql"] for one in seen) == 1
    assert told == {(owner.email, owner.row.service.organization)}
    assert [person.user.email for person in ladder.managers[owner.row.service.organization_id]] == [manager.email]


def test_whoever_left_or_hears_nothing_is_on_no_ladder(owner, manager):
    organization = owner.row.service.organization
    assert load_ladder([organization]).managers and load_ladder([organization]).keepers
    record_bounce(address=manager.email, reason="550 gone")
    assert load_ladder([organization]).managers == {}
    remove_member(actor=None, membership=organization.memberships.get(user__email=owner.email))
    assert load_ladder([organization]).keepers == {}


def test_absences_cost_no_query_for_each_listing(owner, manager):
    away(owner, manager)

    def queries() -> int:
        with clock.travel(at(FRIDAY)), CaptureQueriesContext(connection) as seen:
            remind()
        return len(seen)

    for number in range(3):
        scenarios.published(owner.row.location, on=at(dt.date(2026, 1, 5)), title=f"Услуга {number}")
    few = queries()
    Reminder.objects.all().delete()
    Message.objects.all().delete()
    for number in range(9):
        scenarios.published(owner.row.location, on=at(dt.date(2026, 1, 5)), title=f"Другая услуга {number}")
    assert queries() == few
