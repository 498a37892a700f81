"""Who may write down an absence, of which days, and how it ends."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import NetworkRole
from core import clock
from core.errors import HouseError, NotAllowed, StaleWrite, WrongState
from messaging.absences import (
    LONGEST,
    change_absence,
    declare_absence,
    end_absence,
    ended_absence,
    put_back_absence,
    today_of,
)
from messaging.models import Absence
from messaging.people import gets_letters
from messaging.tests.absences import DAY, NOW, TODAY, coordinator, days, declare, faults
from organizations.models import Membership
from organizations.people import change_role
from organizations.tests.makers import make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_that_day")]


class TestWhoMayWriteItDown:
    def test_everybody_their_own(self, anna, boris):
        absence = declare(anna, boris)
        assert (absence.user, absence.delegate, absence.version) == (anna, boris, 1)
        assert len(absence.public_id) == 10

    def test_a_manager_for_people_who_edit_there(self, anna, boris, manager):
        assert declare(anna, boris, actor=manager).user == anna

    def test_an_administrator_for_everybody(self, anna, boris):
        administrator = coordinator(role=NetworkRole.ADMINISTRATOR)
        assert declare(anna, boris, actor=administrator)
        person = coordinator("GE")
        assert declare(person, administrator, actor=administrator)

    def test_the_operator(self, anna, boris):
        assert declare(anna, boris, actor=None)

    @pytest.mark.parametrize("role", ["reader", "editor"])
    def test_colleagues_may_not(self, house, anna, boris, role):
        with pytest.raises(NotAllowed):
            declare(anna, boris, actor=make_user(house, role=role))

    def test_managers_elsewhere_may_not(self, anna, boris):
        with pytest.raises(NotAllowed):
            declare(anna, boris, actor=make_user(make_organization(), role="manager"))

    def test_a_manager_whose_account_is_closed_may_not(self, anna, boris, manager):
        manager.is_active = False
        manager.save()
        with pytest.raises(NotAllowed):
            declare(anna, boris, actor=manager)

    @pytest.mark.parametrize("role", [NetworkRole.COORDINATOR, NetworkRole.ADMINISTRATOR])
    def test_a_manager_may_not_for_people_of_the_network(self, house, boris, manager, role):
        person = make_user(house, network_role=role)
        with pytest.raises(NotAllowed):
            declare(person, boris, actor=manager)

    def test_a_coordinator_may_not_for_another(self):
        with pytest.raises(NotAllowed):
            declare(coordinator("GE"), coordinator(), actor=coordinator())

    def test_whoever_gets_no_letters_needs_nobody(self, house, boris):
        reader = make_user(house, role="reader")
        assert not gets_letters(reader)
        with pytest.raises(WrongState):
            declare(reader, boris)

    def test_nobody_is_written_to_for_a_suspended_organisation(self, house, anna, boris):
        house.member_status = "suspended"
        house.save()
        assert not gets_letters(anna)
        with pytest.raises(WrongState):
            declare(anna, boris)

    @pytest.mark.parametrize("change", ["change", "end", "put back"])
    def test_the_same_people_change_end_and_put_back(self, house, anna, boris, manager, change):
        def act(actor):
            if change == "change":
                change_absence(
                    actor=actor, absence=absence, expected_version=absence.version, delegate=boris, **days(0, 3)
                )
            elif change == "end":
                end_absence(actor=actor, absence=absence)
            else:
                put_back_absence(actor=actor, public_id=absence.public_id)

        absence = declare(anna, boris)
        if change == "put back":
            end_absence(actor=anna, absence=absence)
        for stranger in (boris, make_user(make_organization(), role="manager"), coordinator()):
            with pytest.raises(NotAllowed):
                act(stranger)
        act(manager)

    def test_screens_find_the_same_rows(self, anna, boris, manager):
        absence = declare(anna, boris)
        for person in (anna, manager, coordinator(role=NetworkRole.ADMINISTRATOR)):
            assert Absence.objects.editable_by(person).get() == absence
        for person in (boris, coordinator()):
            assert not Absence.objects.editable_by(person).exists()


class TestDays:
    def test_one_day_is_enough_and_a_year_is_the_most(self, anna, boris):
        assert declare(anna, boris, 0, 0)
        assert declare(anna, boris, 1, LONGEST.days)
        assert faults(boris, anna, 1, LONGEST.days + 1) == {"ends_on"}

    @pytest.mark.parametrize(
        ("first", "last", "field"), [(-1, 3, "starts_on"), (5, 4, "ends_on"), (400, 401, "starts_on")]
    )
    def test_impossible_days_are_explained_at_the_field(self, anna, boris, first, last, field):
        assert faults(anna, boris, first, last) == {field}

    def test_the_first_day_of_time_and_the_last_are_no_trouble(self, anna, boris):
        for first, last in ((dt.date.min, dt.date.max), (TODAY, dt.date.max), (dt.date.max, dt.date.max)):
            with pytest.raises(ValidationError):
                declare_absence(actor=anna, user=anna, starts_on=first, ends_on=last, delegate=boris)

    def test_today_is_the_day_where_the_person_is(self, anna, boris):
        with clock.travel(dt.datetime(2026, 6, 2, 20, 30, tzinfo=dt.UTC)):  # half past midnight in Tbilisi
            assert today_of(anna) == TODAY
            assert faults(anna, boris, -1, 0) == {"starts_on"}
            assert declare(anna, boris)

    @pytest.mark.parametrize(("first", "last"), [(0, 0), (6, 9), (2, 3), (0, 20)])
    def test_two_absences_of_one_person_do_not_overlap(self, anna, boris, first, last):
        declare(anna, boris, 0, 6)
        assert faults(anna, boris, first, last) == {"starts_on"}
        assert declare(anna, boris, 7, 9)

    def test_the_database_refuses_an_overlap_too(self, anna, boris):
        declare(anna, boris, 0, 6)
        with pytest.raises(IntegrityError, match="absence_one_at_a_time"), transaction.atomic():
            Absence.objects.create(user=anna, delegate=boris, **days(6, 8))


class TestChanging:
    def test_other_days_and_somebody_else(self, anna, boris, manager):
        absence = declare(anna, boris, 3, 6)
        changed = change_absence(actor=anna, absence=absence, expected_version=1, delegate=manager, **days(1, 9))
        assert Absence.objects.get() == changed
        assert (changed.delegate, changed.starts_on, changed.version) == (manager, TODAY + DAY, 2)

    def change(self, absence, first, last, **options):
        values = {"actor": absence.user, "absence": absence, "expected_version": absence.version}
        return change_absence(**values | {"delegate": absence.delegate} | days(first, last) | options)

    def test_what_has_begun_keeps_its_first_day(self, anna, boris):
        absence = declare(anna, boris, 0, 6)
        with clock.travel(NOW + DAY):
            for first in (-1, 1, 2):
                with pytest.raises(ValidationError, match="starts_on"):
                    self.change(absence, first, 9)
            assert self.change(absence, 0, 9).ends_on == TODAY + 9 * DAY

    def test_on_its_first_day_it_can_be_put_off(self, anna, boris):
        assert self.change(declare(anna, boris, 0, 6), 1, 7).starts_on == TODAY + DAY

    def test_nothing_moves_into_the_past(self, anna, boris):
        absence = declare(anna, boris, 2, 6)
        with pytest.raises(ValidationError, match="starts_on"):
            self.change(absence, -1, 6)
        with clock.travel(NOW + 4 * DAY), pytest.raises(ValidationError, match="ends_on"):
            self.change(absence, 2, 3)

    def test_what_is_over_stays_as_it_was(self, anna, boris):
        absence = declare(anna, boris, 0, 1)
        with clock.travel(NOW + 2 * DAY):
            with pytest.raises(WrongState):
                self.change(absence, 0, 9)
            with pytest.raises(WrongState):
                end_absence(actor=anna, absence=absence)

    def test_it_does_not_grow_into_the_next_one(self, anna, boris):
        absence = declare(anna, boris, 0, 2)
        declare(anna, boris, 5, 6)
        with pytest.raises(ValidationError, match="starts_on"):
            self.change(absence, 0, 5)
        assert self.change(absence, 0, 4)

    def test_the_new_delegate_must_be_able_to(self, house, anna, boris):
        with pytest.raises(ValidationError, match="delegate"):
            self.change(declare(anna, boris), 0, 6, delegate=make_user(house, role="reader"))

    def test_two_who_change_it_at_once_do_not_overwrite_each_other(self, anna, boris, manager):
        absence = declare(anna, boris)
        self.change(absence, 0, 8)
        with pytest.raises(StaleWrite):
            self.change(absence, 0, 3, actor=manager, expected_version=1)


class TestEnding:
    def test_from_today_on_the_person_is_there(self, anna, boris):
        absence = declare(anna, boris, 0, 6)
        with clock.travel(NOW + 2 * DAY):
            end_absence(actor=anna, absence=absence)
        assert Absence.objects.get().ends_on == TODAY + DAY

    @pytest.mark.parametrize("first", [0, 3])
    def test_what_has_not_passed_a_day_is_taken_away(self, anna, boris, first):
        end_absence(actor=anna, absence=declare(anna, boris, first, 6))
        assert not Absence.objects.exists()

    @pytest.mark.parametrize("passed", [0, 2])
    def test_it_can_be_put_back_as_it_was(self, anna, boris, passed):
        absence = declare(anna, boris, 0, 6)
        with clock.travel(NOW + passed * DAY):
            end_absence(actor=anna, absence=absence)
            put_back_absence(actor=anna, public_id=absence.public_id)
        back = Absence.objects.get()
        assert (back.public_id, back.user, back.delegate) == (absence.public_id, anna, boris)
        assert (back.starts_on, back.ends_on) == (absence.starts_on, absence.ends_on)

    def test_not_when_its_days_were_taken_or_are_over(self, anna, boris):
        absence = declare(anna, boris, 0, 6)
        end_absence(actor=anna, absence=absence)
        with clock.travel(NOW + 7 * DAY), pytest.raises(WrongState):
            put_back_absence(actor=anna, public_id=absence.public_id)
        declare(anna, boris, 6, 8)
        with pytest.raises(ValidationError):
            put_back_absence(actor=anna, public_id=absence.public_id)

    def test_only_an_ending_is_undone(self, anna, boris):
        absence = declare(anna, boris, 2, 6)
        change_absence(actor=anna, absence=absence, expected_version=1, delegate=boris, **days(2, 8))
        assert ended_absence(absence.public_id) is None
        for public_id in (absence.public_id, "zzzzzzzzzz"):
            with pytest.raises(NotAllowed):
                put_back_absence(actor=anna, public_id=public_id)

    def test_a_manager_undoes_also_when_the_delegate_is_not_theirs(self, anna, manager):
        elsewhere = make_organization()
        Membership.objects.create(user=anna, organization=elsewhere, role="editor")
        absence = declare(anna, make_user(elsewhere))
        end_absence(actor=manager, absence=absence)
        assert put_back_absence(actor=manager, public_id=absence.public_id).pk

    def test_not_with_a_delegate_who_left_meanwhile(self, anna, boris):
        absence = declare(anna, boris)
        end_absence(actor=anna, absence=absence)
        change_role(actor=None, membership=boris.memberships.get(), role="reader")
        with pytest.raises(ValidationError, match="delegate"):
            put_back_absence(actor=anna, public_id=absence.public_id)

    def test_ending_twice_says_so(self, anna, boris):
        absence = declare(anna, boris)
        end_absence(actor=anna, absence=absence)
        with pytest.raises(HouseError):
            end_absence(actor=anna, absence=absence)

    def test_the_audit_names_who_did_it(self, anna, boris, manager):
        absence = declare(anna, boris)
        change_absence(actor=manager, absence=absence, expected_version=1, delegate=boris, **days(0, 2))
        actors = [event.pgh_context.metadata["user"] for event in absence.events.order_by("pgh_id")]
        assert actors == [anna.pk, manager.pk]
