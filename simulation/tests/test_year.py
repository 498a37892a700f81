"""The days of the year: what befalls the network, in which order a day goes, and that a seed tells the same again."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from types import SimpleNamespace

import pytest
from django.core.mail import EmailMessage

from core import clock
from core.errors import WrongState
from messaging.people import refresh
from organizations.models import MembershipRole
from simulation import year as module
from simulation.figures import LIMITS
from simulation.mailbox import MAILBOX, Mailbox, WorkerKilled
from simulation.people import ANSWERS, Agenda, Life, _ignore
from simulation.upkeep import CAMPAIGNS
from simulation.world import COUNTRIES, START, STYLES, World
from simulation.year import ROUNDS, Year
from verification.tests import scenarios

DAY = dt.timedelta(days=1)


class Befallen:
    """In place of a life: counts what is put on the agenda by its name."""

    def __getattr__(self, name):
        return name


class Named:
    """In place of upkeep and strangers: what is planned can be called, and has its name."""

    def __getattr__(self, name):
        def act(*args):
            return name

        act.__name__ = name
        return act


def planned(seed=1, days=365):
    """(year, what is planned on which day)."""
    year = Year(seed, days=days)
    year._plan(Befallen())
    return year, {(START + DAY * n): acts for n in range(days) if (acts := year.agenda.take(START + DAY * n))}


class TestThePlan:
    def test_a_seed_tells_the_same_story_again_and_another_one_another(self):
        (first, acts), (again, same), (other, others) = planned(1), planned(1), planned(2)
        assert (first.worker_down, first.mail_down, acts) == (again.worker_down, again.mail_down, same)
        assert acts != others
        assert (first.worker_down, first.mail_down) != (other.worker_down, other.mail_down)

    @pytest.mark.parametrize("days", [60, 120, 365])
    def test_outages_are_inside_the_year_and_do_not_meet(self, days):
        """A worker that is down sends nothing: an outage of the mail server at the same time would try nothing."""
        inside = {START + DAY * n for n in range(days)}
        for seed in range(1, 30):
            year, _acts = planned(seed, days)
            assert len(year.worker_down) == min(7, days // 8)
            assert len(year.mail_down) == 2
            assert year.worker_down | year.mail_down <= inside
            assert not year.worker_down & year.mail_down

    def test_everything_that_is_planned_for_a_year_happens_in_it(self):
        _year, acts = planned()
        counts = Counter(name for of_day in acts.values() for name in of_day)
        assert counts == {
            "bounce": 8,
            "leave": 4,
            "report": 90,
            "say_places": 60,
            "choose_rhythms": 1,
            "go_on_holiday": 1,
            "verify_week": 52,
        }

    def test_upkeep_is_planned_for_a_year(self):
        """Two campaigns that overlap, thirty duplicates, thirty honest suggestions and ten that mean harm."""
        year, counts = Year(1), Counter()
        year._plan_upkeep(Named(), Named())
        days = {START + DAY * n: year.agenda.take(START + DAY * n) for n in range(365)}
        for acts in days.values():
            counts.update(getattr(act, "func", act).__name__ for act in acts)
        assert counts == {
            "enter_twice": 33, "call_off": 24, "suggest": 30, "attack": 10, "start_campaign": 2, "choose_shorter": 1,
            "look_at_pairs": 52, "look_at_tasks": 52, "answer_some": 52,
        }  # fmt: skip
        (first, _where, length), (second, _there, _long) = CAMPAIGNS
        assert first < second < first + length

    def test_a_short_year_has_its_share_and_at_least_one_of_each(self):
        _year, acts = planned(days=36)
        counts = Counter(name for of_day in acts.values() for name in of_day)
        assert (counts["report"], counts["say_places"], counts["bounce"], counts["leave"]) == (9, 6, 1, 1)


class TestADay:
    @pytest.fixture
    def told(self, monkeypatch):
        """What happened on a day, in order, with the hour."""
        told = []

        def note(what):
            told.append((what, clock.now().hour))

        monkeypatch.setattr(module.rounds, "run_daily", lambda: note("daily"))
        monkeypatch.setattr(module.rounds, "run_often", lambda: note("often"))
        monkeypatch.setattr(module, "dispatch", lambda: note("dispatch"))
        return told, note

    def lived(self, year, told, day=START):
        events, note = told
        oracle = SimpleNamespace(look=lambda at: note("look"))
        life = SimpleNamespace(read=lambda letter, on: note(f"read {letter.subject}"))
        year._day(day, life, oracle)
        return events

    def test_two_looks_frame_the_rounds_of_the_worker_and_what_people_do(self, told):
        year = Year(1)
        year.agenda.on(START, lambda: told[1]("act"))
        year.agenda.on(START + DAY, lambda: told[1]("tomorrow"))
        MAILBOX.arrived = [EmailMessage("letter")]
        events = self.lived(year, told)
        assert [what for what, _hour in events] == [
            "look", "daily", "often", "dispatch", "read letter", "dispatch", "act", "look",
        ]  # fmt: skip
        hours = [hour for _what, hour in events]
        assert hours == sorted(hours)
        assert hours[0] <= 2
        assert (hours[1], hours[5]) == ROUNDS
        assert hours[-1] >= 16

    def test_without_the_worker_nothing_leaves_and_people_read_what_has_come(self, told):
        year = Year(1)
        year.worker_down = {START}
        MAILBOX.arrived = [EmailMessage("letter")]
        assert [what for what, _hour in self.lived(year, told)] == ["look", "read letter", "look"]

    def test_the_server_is_down_on_its_days_alone(self, told):
        year = Year(1)
        year.mail_down = {START}
        self.lived(year, told)
        assert MAILBOX.is_down
        self.lived(year, told, START + DAY)
        assert not MAILBOX.is_down

    def test_a_killed_worker_is_started_again_and_the_next_round_is_whole(self, told, monkeypatch):
        year, calls = Year(1), []

        def dispatch():
            calls.append((MAILBOX.kill_before, MAILBOX.kill_after))
            if any(calls[-1]):
                MAILBOX.kill_before = MAILBOX.kill_after = False
                raise WorkerKilled

        monkeypatch.setattr(module, "dispatch", dispatch)
        for number, dice in enumerate((0.005, 0.015, 0.02)):
            monkeypatch.setattr(year, "rng", SimpleNamespace(random=lambda dice=dice: dice))
            year._work(daily=False)
            assert year.killed == min(number + 1, 2)
        assert calls == [(True, False), (False, False), (False, True), (False, False), (False, False)]


def test_an_agenda_is_taken_day_by_day_and_once():
    agenda, done = Agenda(), []
    agenda.on(START, lambda: done.append(1))
    agenda.on(START, lambda: done.append(2))
    assert agenda.take(START + DAY) == []
    for act in agenda.take(START):
        act()
    assert done == [1, 2]
    assert agenda.take(START) == []


def test_what_the_services_refuse_is_left_alone_and_a_fault_of_ours_is_not():
    def refuse():
        raise WrongState("somebody was quicker")

    _ignore(refuse)
    with pytest.raises(ZeroDivisionError):
        _ignore(lambda: 1 / 0)


class TestReading:
    """Who gets a letter, and what they make of it by their style."""

    @pytest.fixture
    def life(self, db):
        world = World(random.Random(1), START)
        self.organization = scenarios.organization()
        self.user = scenarios.person(self.organization, MembershipRole.EDITOR)
        refresh([self.organization])
        world.coordinators.append(scenarios.coordinator())
        return Life(world, random.Random(1), Agenda())

    def letter(self, address, link=True):
        body = "https://example.org/confirm/" + "a" * 24 + "/" if link else "No link"
        return EmailMessage("Письмо", body, to=[address])

    def days(self, life, style, times=40):
        """On how many days after the letter somebody means to answer, for each letter that is to be answered."""
        life.world.styles = {self.organization.pk: style}
        for _time in range(times):
            life.read(self.letter(self.user.email), START)
        return Counter({n: len(life.agenda.take(START + DAY * n)) for n in range(60)})

    def test_everybody_answers_by_their_style(self, life):
        for style, (chance, soonest, latest) in ANSWERS.items():
            found = +self.days(life, style)
            assert abs(found.total() / 40 - chance) < 0.2, style
            assert all(soonest <= day <= latest for day in found), style
        assert set(STYLES) == set(ANSWERS)

    def test_a_coordinator_goes_round_by_phone_and_nobody_else_acts_without_a_link(self, life):
        coordinator = life.world.coordinators[0]
        for _time in range(20):
            life.read(self.letter(coordinator.email, link=False), START)
            life.read(self.letter(self.user.email, link=False), START)
            life.read(self.letter("nobody@example.org"), START)
        found = Counter({n: len(life.agenda.take(START + DAY * n)) for n in range(60)})
        assert found.total() == 20
        assert set(+found) <= {1, 2, 3, 4}


def test_the_countries_of_the_year_have_real_zones_and_points_of_their_own():
    """Every way of counting hours: whole and half years of summer time, east and west of the reader."""
    noon = dt.datetime(2027, 9, 1, 12, tzinfo=dt.UTC)
    offsets = {noon.astimezone(clock.zone(zone)).utcoffset() for zone, _lon, _lat in COUNTRIES.values()}
    assert len(offsets) >= 4
    assert len({(lon, lat) for _zone, lon, lat in COUNTRIES.values()}) == len(COUNTRIES)
    assert all(-180 <= lon <= 180 and 40 <= lat <= 60 for _zone, lon, lat in COUNTRIES.values())


@pytest.fixture(autouse=True)
def mailbox():
    vars(MAILBOX).update(vars(Mailbox()))
    yield
    vars(MAILBOX).update(vars(Mailbox()))


@pytest.mark.long
@pytest.mark.django_db
def test_some_weeks_of_a_small_network_show_readers_nothing_wrong():
    """The whole way from the seed to the figures, with outages of the worker and of the mail server."""
    heard = Counter()
    figures = Year(1, days=40, organizations=2, listings=6).run(lambda stage, number: heard.update({stage: number}))
    assert heard == {"listing": 6, "day": 40}
    assert (figures.organizations, figures.looks) == (2, 80)
    assert figures.listings == 8, "two were entered twice"
    assert (figures.worker_days_down, figures.mail_days_down) == (5, 2)
    assert figures.messages > 0
    assert [name for name in figures.broken if LIMITS[name] == 0] == [], figures.examples
