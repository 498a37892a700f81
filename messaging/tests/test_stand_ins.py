"""Who may stand in for whom, and who gets the letters on which day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import NetworkRole
from core import clock
from messaging import people
from messaging.absences import colleagues_for, known_to
from messaging.models import Correspondent
from messaging.people import correspondents_for, posts_of
from messaging.services import choose_rhythm, coordinators_of, record_bounce
from messaging.stand_ins import StandInGap, covers, day_of_arrival, load_stand_ins, stretches
from messaging.tests.absences import DAY, NOW, TODAY, coordinator, declare, faults
from organizations.models import Membership
from organizations.people import change_role
from organizations.tests.makers import make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_that_day")]


class TestWhoStandsIn:
    def test_not_oneself(self, anna):
        assert faults(anna, anna) == {"delegate"}

    def test_a_manager_may_stand_in_for_an_editor_and_the_other_way_round(self, anna, manager):
        assert declare(anna, manager) and declare(manager, anna)

    def test_not_a_reader_nor_a_stranger_nor_a_closed_account(self, house, anna, boris):
        boris.is_active = False
        boris.save()
        reader, stranger = make_user(house, role="reader"), make_user(make_organization())
        for person in (reader, stranger, boris, coordinator()):
            with pytest.raises(ValidationError, match="Выберите коллегу с теми же правами"):
                declare(anna, person)

    def test_not_somebody_who_gets_no_letters(self, house, anna, boris):
        correspondents_for(house)
        record_bounce(address=boris.email, reason="550")
        silent = make_user(house)
        choose_rhythm(correspondent=correspondents_for(house).get(user=silent), rhythm="never")
        assert faults(anna, boris) == faults(anna, silent) == {"delegate"}

    def test_a_colleague_of_one_of_several_organisations_is_enough(self, anna, boris):
        Membership.objects.create(user=anna, organization=make_organization(), role="editor")
        assert declare(anna, boris)

    def test_a_manager_chooses_among_the_own_people(self, anna, boris, manager):
        elsewhere = make_organization()
        Membership.objects.create(user=anna, organization=elsewhere, role="editor")
        other = make_user(elsewhere)
        assert faults(anna, other, actor=manager) == {"delegate"}
        assert [post.organization_id for post in known_to(manager, anna, posts_of(anna))] == [
            boris.memberships.get().organization_id
        ]
        assert declare(anna, other)

    def test_whoever_coordinates_the_same_countries(self):
        person = coordinator("GE", "AM")
        fitting = [coordinator("AM", "GE", "KZ"), coordinator(), coordinator(role=NetworkRole.ADMINISTRATOR)]
        for number, other in enumerate(fitting):
            assert declare(person, other, number, number)
        assert faults(person, coordinator("GE"), 10, 11) == {"delegate"}

    def test_for_all_countries_somebody_with_all_countries(self):
        everywhere, administrator = coordinator(), coordinator(role=NetworkRole.ADMINISTRATOR)
        assert covers(everywhere, administrator) and covers(administrator, everywhere)
        for person in (everywhere, administrator):
            assert faults(person, coordinator("GE")) == {"delegate"}

    def test_the_form_offers_exactly_whom_the_service_takes(self, house, anna, boris, manager):
        make_user(house, role="reader")
        other = make_organization()
        Membership.objects.create(user=anna, organization=other, role="editor")
        far = make_user(other)
        bounced = make_user(house)
        correspondents_for(house)
        record_bounce(address=bounced.email, reason="550")
        posts = posts_of(anna)
        offered = colleagues_for(posts, load_stand_ins(posts, since=TODAY))
        assert {colleague.user for colleague in offered} == {boris, manager, far}
        for number, colleague in enumerate(offered):
            assert declare(anna, colleague.user, number, number)


class TestStretches:
    """Who gets the letters on which days of an absence."""

    def pieces(self, absence, organization=None, since=TODAY):
        post = next(post for post in posts_of(absence.user) if post.organization == organization)
        stand_ins = load_stand_ins([post], since=since)
        found = stretches(absence, post, stand_ins, since)
        return [((s.first - TODAY).days, (s.last - TODAY).days, s.reader and s.reader.user, s.gap) for s in found]

    def test_the_delegate_on_all_days(self, house, anna, boris):
        absence = declare(anna, boris, 0, 6)
        assert self.pieces(absence, house) == [(0, 6, boris, None)]
        assert self.pieces(absence, house, TODAY + 4 * DAY) == [(4, 6, boris, None)]
        assert self.pieces(absence, house, TODAY + 7 * DAY) == []

    def test_somebody_stands_in_for_the_delegate(self, house, anna, boris, manager):
        declare(boris, manager, 2, 3)
        expected = [(0, 1, boris, None), (2, 3, manager, StandInGap.AWAY), (4, 6, boris, None)]
        assert self.pieces(declare(anna, boris), house) == expected

    def test_nobody_in_a_circle(self, house, anna, boris):
        declare(boris, anna, 2, 9)
        assert self.pieces(declare(anna, boris), house) == [(0, 1, boris, None), (2, 6, None, StandInGap.AWAY)]

    def test_nobody_where_the_delegate_does_not_work(self, house, anna, boris):
        other = make_organization()
        Membership.objects.create(user=anna, organization=other, role="editor")
        absence = declare(anna, boris)
        assert self.pieces(absence, house) == [(0, 6, boris, None)]
        assert self.pieces(absence, other) == [(0, 6, None, StandInGap.NOT_HERE)]

    def test_nobody_when_no_letters_reach_the_delegate(self, house, anna, boris):
        absence = declare(anna, boris)
        record_bounce(address=boris.email, reason="550")
        assert self.pieces(absence, house) == [(0, 6, None, StandInGap.NO_LETTERS)]

    def test_nobody_when_the_delegate_lost_a_country(self):
        person, other = coordinator("GE"), coordinator("GE", "AM")
        absence = declare(person, other)
        assert self.pieces(absence) == [(0, 6, other, None)]
        other.countries = ["AM"]
        other.save()
        assert self.pieces(absence) == [(0, 6, None, StandInGap.NOT_HERE)]


@pytest.mark.parametrize(
    ("zone", "hour", "urgent", "day"),
    [
        ("Asia/Vladivostok", 20, False, 4),  # six in the morning there: at eight, still the third in Greenwich
        ("America/Vancouver", 3, False, 2),  # eight in the evening of the second there
        ("America/Vancouver", 5, False, 3),  # ten in the evening: the next morning
        ("Asia/Tbilisi", 8, False, 3),
        ("Asia/Tbilisi", 8 + 3 * 24, False, 8),  # a Saturday
        ("Asia/Tbilisi", 8 + 3 * 24, True, 6),
    ],
)
def test_a_letter_arrives_on_a_day_of_the_reader(zone, hour, urgent, day):
    midnight = dt.datetime(2026, 6, 3, tzinfo=dt.UTC)
    with clock.travel(midnight + dt.timedelta(hours=hour)):
        assert day_of_arrival(Correspondent(timezone=zone), urgent=urgent) == dt.date(2026, 6, day)


def test_word_of_silence_goes_to_whoever_stands_in_for_the_coordinator():
    person, other = coordinator("GE"), coordinator("GE", "AM")
    administrator = coordinator(role=NetworkRole.ADMINISTRATOR)

    def told():
        return {found.user for found in coordinators_of("GE")}

    assert told() == {person, other}
    declare(person, other)
    assert told() == {other}
    declare(other, administrator)
    assert told() == {administrator}
    with clock.travel(NOW + 7 * DAY):
        assert told() == {person, other}


def test_posts_follow_memberships_and_roles(house, anna):
    assert [post.organization for post in posts_of(anna)] == [house]
    anna.network_role = NetworkRole.COORDINATOR
    anna.save()
    assert [post.organization for post in posts_of(anna)] == [house, None]
    change_role(actor=None, membership=anna.memberships.get(), role="reader")
    assert [post.organization for post in posts_of(anna)] == [None]


def test_a_row_that_somebody_else_just_made_is_used(anna, house):
    """Two pages at once bring the same person in step: the second read the rows before the first wrote its own."""
    correspondents_for(house)
    people._bring_in_step([], {(house.pk, anna.pk): (anna, "editor")})
    assert Correspondent.objects.get(user=anna).organization == house
