"""The network at the beginning of its year, and what its people do: made once, asked many things."""

from __future__ import annotations

import copy
import datetime as dt
import random
from collections import Counter

import pytest
from django.core.cache import cache
from django.db import transaction

from core import clock
from messaging.models import Message
from messaging.people import correspondents_for, refresh
from organizations.models import Membership
from simulation.mailbox import MAILBOX, Mailbox
from simulation.oracle import Findings
from simulation.people import LEVELS, Agenda, Life
from simulation.strangers import HOSTILE, Strangers, days_to_answer, unanswered
from simulation.upkeep import Upkeep
from simulation.watch import Lookout
from simulation.world import COUNTRIES, START, STYLES, make_world
from verification.letters.links import issue_link
from verification.models import (
    Campaign,
    CapacityReport,
    Check,
    Level,
    ListingState,
    Merge,
    Report,
    Suggestion,
)
from verification.tests import scenarios

ORGANIZATIONS, LISTINGS = 3, 6
DAY = dt.timedelta(days=1)
MORNING = dt.datetime.combine(START, dt.time(9), tzinfo=dt.UTC)


class _Undo(Exception):
    pass


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """(the world, ticks), taken back at the end of this file."""
    ticks = []
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                world = make_world(random.Random(5), START, ORGANIZATIONS, LISTINGS, tick=lambda: ticks.append(1))
                yield world, len(ticks)
                raise _Undo
        except _Undo:
            pass


@pytest.fixture
def world(made, db):
    """With the state of people's letters as at the beginning."""
    vars(MAILBOX).update(vars(Mailbox()))
    with clock.travel(MORNING):
        yield copy.deepcopy(made[0])


@pytest.fixture
def life(world):
    return Life(world, random.Random(7), Agenda())


def live(life, days):
    """What people mean to do within so many days, each on its day."""
    for number in range(days):
        with clock.travel(MORNING + number * DAY):
            for act in life.agenda.take(START + number * DAY):
                act()


class TestTheWorld:
    def test_it_has_the_size_that_was_asked_for_and_tells_of_each_listing(self, made, world):
        assert (len(world.organizations), len(world.listings), made[1]) == (ORGANIZATIONS, LISTINGS, LISTINGS)
        assert [world.style_of(one.pk) for one in world.organizations] == list(STYLES[:ORGANIZATIONS])
        assert world.style_of(None) == "prompt"
        assert [one.registration_country for one in world.organizations] == list(COUNTRIES)[:ORGANIZATIONS]

    def test_every_listing_is_on_the_map_and_fresh_checked_by_others(self, world):
        for state in ListingState.objects.filter(listing__in=world.listings).select_related("listing"):
            assert state.publication == "published"
            assert state.checked_on < START < state.due_on
        checks = Check.objects.filter(listing__in=world.listings, level__gte=Level.REMOTE)
        for check in checks:
            assert check.organization_id != check.owner_id

    def test_the_last_country_has_no_coordinator_and_every_other_has_one_from_elsewhere(self, world):
        covered = [country for person in world.coordinators for country in person.countries]
        assert sorted(covered) == sorted(list(COUNTRIES)[:-1])
        for person in world.coordinators:
            home = Membership.objects.get(user=person).organization
            assert home.registration_country not in person.countries
        assert len(world.administrators) == 1

    def test_nobody_has_the_address_of_another(self, world):
        people = [*world.verifiers, *world.coordinators, *world.administrators, world.person("new")]
        addresses = [person.email for person in people]
        assert len(set(addresses)) == len(addresses)
        assert all(address.endswith("@example.org") for address in addresses)


class TestPeople:
    @pytest.fixture
    def letter(self, world):
        """(token, its reader, the listing) of a letter to an editor of the first organisation."""
        row = world.listings[0]
        person = correspondents_for(row.service.organization).order_by("pk").first()
        token = issue_link(to=person, states=ListingState.objects.filter(pk=row.pk))[1]
        return token, person, row

    def test_most_of_what_a_letter_asks_about_is_right(self, life, letter, monkeypatch):
        token, person, row = letter
        monkeypatch.setattr(life.rng, "random", lambda: 0.5)
        life.answer(token, person)
        assert ListingState.objects.get(pk=row.pk).confirmed_on == START
        assert not any(life.agenda.take(START + n * DAY) for n in range(5))

    def test_what_has_changed_is_edited_within_three_days(self, life, letter, monkeypatch):
        token, person, row = letter
        monkeypatch.setattr(life.rng, "random", lambda: 0.01)
        life.answer(token, person)
        assert ListingState.objects.get(pk=row.pk).confirmed_on != START
        acts = [act for day in range(1, 4) for act in life.agenda.take(START + day * DAY)]
        assert len(acts) == 1
        acts[0]()
        assert f"С {START:%d.%m}" in ListingState.objects.get(pk=row.pk).published.content["service"]["cost_note"]["ru"]

    def test_a_link_that_has_expired_is_asked_for_anew(self, life, letter):
        token, person, row = letter
        before = Message.objects.filter(correspondent=person).count()
        with clock.travel(MORNING + 400 * DAY):
            life.answer(token, person)
        assert Message.objects.filter(correspondent=person).count() == before + 1
        assert ListingState.objects.get(pk=row.pk).confirmed_on != START

    def test_an_organisation_is_checked_by_another_one_or_by_nobody(self, life, monkeypatch):
        for listing in life.world.listings:
            verifier = life.verifier_for(listing)
            assert not verifier.memberships.filter(organization=listing.service.organization).exists()
        monkeypatch.setattr(life.world, "verifiers", [scenarios.verifier(life.world.organizations[0])])
        assert life.verifier_for(life.world.listings[0]) is None

    def test_a_report_is_counted_and_closed_within_the_week_by_others(self, life):
        life.report()
        report = Report.objects.order_by("pk").last()
        assert (life.reported, report.is_open) == (1, True)
        for number in range(7):
            with clock.travel(MORNING + number * DAY):
                for act in life.agenda.take(START + number * DAY):
                    act()
        report.refresh_from_db()
        assert not report.is_open

    def test_words_about_places_are_of_three_listings_at_most_of_one_organisation(self, life):
        before = set(CapacityReport.objects.values_list("pk", flat=True))
        life.say_places()
        said = CapacityReport.objects.exclude(pk__in=before)
        assert 1 <= said.count() <= 3
        assert len({word.listing.service.organization_id for word in said}) == 1
        assert {word.level for word in said} <= set(LEVELS)

    def test_somebody_leaves_and_a_successor_comes_three_weeks_later_perhaps(self, life, monkeypatch):
        before = Membership.objects.filter(role="editor").count()
        monkeypatch.setattr(life.rng, "random", lambda: 0.1)
        life.leave()
        assert (life.left, Membership.objects.filter(role="editor").count()) == (1, before - 1)
        for act in life.agenda.take(START + 21 * DAY):
            act()
        assert Membership.objects.filter(role="editor").count() == before
        monkeypatch.setattr(life.rng, "random", lambda: 0.9)
        life.leave()
        assert life.agenda.take(START + 21 * DAY) == []

    def test_letters_to_somebody_come_back_from_now_on(self, life):
        refresh(life.world.organizations)
        life.bounce()
        assert life.bounced == len(MAILBOX.bouncing) == 1


class TestUpkeep:
    @pytest.fixture
    def upkeep(self, life):
        return Upkeep(life, Lookout(Findings()))

    def test_what_was_entered_twice_becomes_one_and_comes_apart_again(self, upkeep, life, monkeypatch):
        monkeypatch.setattr("simulation.upkeep.UNDONE_EVERY", 1)
        monkeypatch.setattr(life.rng, "random", lambda: 0.5)
        upkeep.enter_twice()
        live(life, 60)
        assert (upkeep.merges, upkeep.undone, upkeep.watch.findings.lost_by_merge) == (1, 1, 0)
        assert len(life.world.listings) == LISTINGS + 1
        (merge,) = Merge.objects.all()
        assert (merge.state, merge.done_at < merge.ended_at) == ("undone", True)

    def test_two_organisations_have_their_time_before_somebody_insists(self, upkeep, life, monkeypatch):
        monkeypatch.setattr(life.rng, "random", lambda: 0.1)  # of another organisation, who agrees
        upkeep.enter_twice()
        live(life, 60)
        (merge,) = Merge.objects.all()
        assert merge.kept.service.organization_id != merge.gone.service.organization_id
        assert (merge.state, bool(merge.kept_agreed_at and merge.gone_agreed_at)) == ("done", True)
        assert upkeep.watch.findings.examples == []

    def test_a_shorter_interval_is_told_to_the_oracle(self, upkeep, life):
        upkeep.choose_shorter()
        chosen = dict(
            ListingState.objects.exclude(interval_days=None).values_list("listing__public_id", "interval_days")
        )
        assert chosen == {key: days for key, (_since, days) in life.world.intervals.items()}
        assert upkeep.shorter >= len(chosen) > 0

    def test_a_campaign_reminds_and_ends(self, upkeep, life):
        upkeep.start_campaign(("GE", "AM"), 45)
        upkeep.start_campaign(("GE",), 45)
        live(life, 40)
        first, second = Campaign.objects.order_by("pk")
        assert (first.reminders, first.ends_on, first.stopped_at) == (1, START + 55 * DAY, None)
        assert (second.reminders, bool(second.stopped_at)) == (1, True)
        assert [len(asked) for asked in upkeep.watch.asked.values()] == [2, 2]

    def test_strangers_are_kept_refused_or_asked_to_wait(self, upkeep, life, monkeypatch, settings):
        monkeypatch.setattr("doors.shared.forms.QUICKEST", 0)
        cache.clear()
        strangers = Strangers(upkeep)
        for number in range(len(HOSTILE)):
            strangers.attack(number)
        assert (strangers.sent, strangers.refused, strangers.put_off) == (10, 2, 1)
        monkeypatch.setattr(life.rng, "random", lambda: 0.9)  # whatever can be taken in is
        strangers.suggest()
        for _week in range(4):
            strangers.answer_some()
        answers = Counter(Suggestion.objects.values_list("state", flat=True))
        assert answers == {"declined": 7, "accepted": 1}
        live(life, 20)
        assert len(life.world.listings) == LISTINGS + 1
        assert days_to_answer() == [0.0] * 8
        assert unanswered() == 0
        upkeep.watch.suggestions()
        assert upkeep.watch.findings.door_kept == 0
