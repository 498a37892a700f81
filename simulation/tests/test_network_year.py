"""The year of the network: every key is seen above nought once its rule is broken."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import cast

import pgtrigger
import pytest
from django.db import connection

from core import clock
from core.tests.shared import shared
from directory.tables.lands import PublicCountryFact, PublicCountryNotice
from messaging.models import Message
from network.countries.notices import announce
from network.countries.tests.makers import published
from network.decisions import services as decisions
from network.decisions.models import Ballot, Voter
from network.decisions.tests import makers
from network.evaluation.tests import makers as evaluating
from network.grants.tests import makers as granting
from network.joining import services as joining
from network.joining.tests import makers as newcomers
from network.learning.tests.makers import School
from network.news import services as news
from network.volunteering import services as volunteering
from network.volunteering.tests.makers import Help
from organizations.models import Organization
from simulation.management.commands.simulate_network_year import as_table
from simulation.network import faults
from simulation.network.chapters import evaluation as chapter_of_evaluation
from simulation.network.chapters import joining as chapter
from simulation.network.people import People
from simulation.network.year import NetworkFigures, NetworkYear
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
NOW, DAY = makers.NOW, dt.timedelta(days=1)


def test_what_is_let_through_is_counted_and_told_once():
    year = NetworkYear(1, days=1)
    year.refused("nothing at all", lambda: None)
    year._blame("votes_twice", ["voice 1"])
    year._blame("votes_twice", ["voice 1"])
    assert year.figures.broken == ["votes_twice", "forbidden_allowed"]
    assert year.figures.found["votes_twice"] == 1
    assert "votes_twice                         1   limit 0" in as_table(year.figures)
    assert NetworkFigures().broken == []
    assert NetworkFigures(evaluation_hash_equal=False).broken == ["evaluation_hash_equal"]


def make_ground():
    """A vote with two voices, an application that was sent, a house that is suspended, a fact and a danger."""
    with clock.travel(NOW):
        made = makers.network()
        for house in Organization.objects.all():
            joining.found(organization=house)
        made.vote = makers.announced(made, about=made.houses[3])
        makers.cast(made, made.vote, 0, "for")
        makers.cast(made, made.vote, 1, "for")
        made.application = newcomers.sent(made)
        joining.suspend(actor=made.administrator, organization=made.houses[2], note="Обыск")
        made.fact = published()
        told = {"country": "GE", "kind": "warning", "level": "danger", "text": "Задержания у клиник."}
        made.danger = announce(actor=scenarios.coordinator(made.houses[0]), **told)
        for house in Organization.objects.filter(standing_changes=None, member_status="member"):
            joining.found(organization=house)
    return made


_ground, made = shared(make_ground, "made")


def found(key, *, days=0, awake=None):
    with clock.travel(NOW + days * DAY):
        return faults.look(awake or clock.now())[key]


def sql(text, *values):
    """Whatever the database itself would refuse is let through for once."""
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(text, values)


def test_where_the_rules_hold_nothing_is_found(made):
    for days in (0, 5, 29, 31, 60, 120):
        with clock.travel(NOW + days * DAY):
            told = faults.look(NOW)
        assert not any(told.values()), told


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("UPDATE joining_application SET due_at = now() - interval '9 years', state = 'needs_info' WHERE id = %s", 0),
        ("UPDATE joining_application SET due_at = due_at + interval '1 day' WHERE id = %s", 90),
        ("UPDATE joining_application SET state = 'checking' WHERE id = %s", 90),
    ],
)
def test_an_application_that_waits_for_nobody(made, text, days):
    sql(text, made.application.pk)
    assert found("states_without_next_date", days=days, awake=NOW + (days + 2) * DAY)


def test_an_application_whose_vote_runs_on_without_it(made):
    sql(
        "UPDATE joining_application SET state = 'voting', vote_id = %s, due_at = %s WHERE id = %s",
        made.vote.pk, NOW + DAY, made.application.pk,
    )  # fmt: skip
    assert found("states_without_next_date", days=5) and not found("votes_twice", days=5)


def test_a_suspension_that_the_worker_forgot_and_a_vote_that_is_halted_for_ever(made, monkeypatch):
    assert found("states_without_next_date", days=40, awake=NOW + 40 * DAY)
    assert not found("states_without_next_date", days=25, awake=NOW + 5 * DAY)
    with clock.travel(NOW):
        voice = makers.voice(made, made.vote, 1)
        decisions.object_to(actor=made.managers[1], vote=made.vote, voice=voice, text="Опасно")
    assert not found("states_without_next_date", days=25, awake=NOW)
    monkeypatch.setattr("network.decisions.counting.answered_until", lambda closes_at: closes_at + 99 * DAY)
    assert found("states_without_next_date", days=25, awake=NOW) == [f"vote {made.vote.pk} is halted"]


def test_a_voice_that_counts_twice(made):
    voter = Voter.objects.filter(vote=made.vote).first()
    sql("ALTER TABLE decisions_ballot DROP CONSTRAINT decisions_ballot_voter_id_key")
    Ballot.objects.bulk_create([Ballot(voter=voter, choice="for", cast_at=NOW)])
    assert found("votes_twice") == [f"voice {voter.pk}"]


@pytest.mark.parametrize("when", [NOW + 11 * DAY, NOW - DAY])
def test_a_voice_out_of_its_time(made, when):
    sql("UPDATE decisions_ballot SET cast_at = %s", when)
    assert found("votes_after_end", days=20)


def test_a_voice_in_the_pause_before_a_vote_runs_on(made):
    sql(
        "UPDATE decisions_vote SET prolonged_at = %s, closes_at = %s", NOW + 12 * DAY, NOW + 19 * DAY
    )  # fmt: skip
    sql("UPDATE decisions_ballot SET cast_at = %s", NOW + 11 * DAY)
    assert found("votes_after_end", days=20)


@pytest.mark.parametrize("kind", ["voice", "check", "referee", "mentor", "fact", "standing"])
def test_a_conflict_of_interest(made, kind):
    row, house = made.application, made.houses[0]
    words = {
        "voice": ("UPDATE decisions_vote SET about_id = %s", house.pk),
        "check": (_CHECK, "exists", row.pk, row.organization_id),
        "referee": (_CHECK, "referees", row.pk, house.pk),
        "mentor": ("ALTER TABLE joining_application DROP CONSTRAINT application_mentor_is_another",),
        "fact": (
            "UPDATE countries_factcheck SET organization_id = (SELECT organization_id FROM countries_countryfact)",
        ),
        "standing": ("UPDATE joining_standingchange SET made_by_id = %s WHERE reason = 'safety'", made.managers[2].pk),
    }
    assert not found("conflicts_allowed")
    sql(*words[kind])
    if kind == "mentor":
        sql("UPDATE joining_application SET mentor_id = organization_id")
    assert found("conflicts_allowed")


_CHECK = """INSERT INTO joining_applicationcheck
(public_id, version, created_at, updated_at, kind, application_id, organization_id, outcome, note, checked_at)
VALUES ('cccccccccc', 1, now(), now(), %s, %s, %s, 'ok', '', now())"""


def test_a_stale_fact_that_looks_fresh(made):
    assert not found("stale_facts_fresh", days=150)
    PublicCountryFact.objects.update(valid_until=NOW.date() + 400 * DAY)
    assert found("stale_facts_fresh", days=150) == [made.fact.public_id]


def test_a_danger_by_one_person(made):
    assert not found("danger_by_one", days=2)
    PublicCountryNotice.objects.update(falls_at=None)
    assert found("danger_by_one", days=2) == [made.danger.public_id]
    assert not found("danger_by_one")


def test_a_standing_without_its_change(made):
    Organization.objects.filter(pk=made.houses[1].pk).update(member_status="associate")
    assert len(found("standing_without_change")) == 2
    Organization.objects.filter(pk=made.houses[1].pk).update(member_status="member")
    assert len(found("standing_without_change")) == 2  # there and back, and nobody wrote it down


def test_a_suspension_that_is_over_and_holds(made):
    assert not found("lapsed_without_rights", days=40, awake=NOW)
    Organization.objects.filter(pk=made.houses[2].pk).update(suspended_until=NOW + 99 * DAY)
    assert found("lapsed_without_rights", days=40, awake=NOW) == [made.houses[2].public_id]


@pytest.mark.parametrize("is_warned", [True, False])
def test_a_hostile_applicant_of_whom_nobody_is_warned(made, monkeypatch, is_warned):
    found = [SimpleNamespace(kind=kind) for kind in ("mixed_name", "like_name", "like_address")]
    monkeypatch.setattr(chapter, "likenesses", lambda _application: found if is_warned else found[:1])
    year = NetworkYear(1, days=1)
    year.people = cast(People, SimpleNamespace(houses=made.houses))
    with clock.travel(NOW):
        story = chapter.hostile(year, made.application.call)
        next(story)
        next(story)
    assert year.figures.broken == ([] if is_warned else ["hostile_unwarned"])


def test_a_score_by_somebody_with_a_conflict_and_a_late_report_of_which_nobody_is_told(made):
    with clock.travel(NOW):
        round_ = granting.Round()
        row = round_.eligible()
        score = round_.score(row, granting.MEMBER)
        grant = round_.granted(granting.OTHER + 1)
    assert not found("scores_by_conflicted")
    conflict = (
        "INSERT INTO grants_grantconflict (application_id, person_id, why, declared_at) VALUES (%s, %s, '', now())"
    )
    sql(conflict, row.pk, score.reviewer_id)
    assert found("scores_by_conflicted") == [f"score {score.pk}"]
    sql("UPDATE grants_report SET read_for_id = %s WHERE grant_id = %s", grant.organization_id, grant.pk)
    assert len(found("scores_by_conflicted")) == 3
    late = found("states_without_next_date", days=60)
    assert [one for one in late if one.startswith("grant report")]


def test_a_listing_of_a_house_that_left_and_a_digest_that_names_what_hides(made):
    with clock.travel(NOW):
        row = scenarios.published(scenarios.place(made.houses[1]), method="call")
        digest = news.assemble(actor=scenarios.coordinator(), month=NOW.date().replace(day=1), audience="public")
        news.send(actor=scenarios.coordinator(), digest=digest, expected_version=digest.version)
    assert not found("listings_of_no_member") and not found("digest_tells_hidden")
    change = joining.found(organization=made.houses[1], becomes="associate")
    sql("UPDATE joining_standingchange SET becomes = 'left' WHERE id = %s", change.pk)
    assert found("listings_of_no_member") == found("digest_tells_hidden") == [row.public_id]


def test_a_letter_that_reaches_somebody_twice_or_never_leaves(made):
    with clock.travel(NOW):
        digest = news.assemble(actor=scenarios.coordinator(), month=NOW.date().replace(day=1), audience="members")
        news.save_opening(
            actor=scenarios.coordinator(), digest=digest, expected_version=digest.version, opening="Здравствуйте."
        )
        digest.refresh_from_db()
        news.send(actor=scenarios.coordinator(), digest=digest, expected_version=digest.version)
    assert not found("letters_twice") and not found("letters_left_behind", awake=NOW + DAY)
    assert found("letters_left_behind", awake=NOW + 9 * DAY)
    Message.objects.update(not_before=NOW + 9 * DAY)  # put off in every round, though nothing speaks against it
    assert any("may get it" in one for one in found("letters_left_behind", awake=NOW + 9 * DAY))
    first = Message.objects.filter(kind="news_digest").order_by("pk")[0]
    Message.objects.filter(kind="news_digest").update(
        correspondent=first.correspondent_id, state="sent", claimed_at=NOW, sent_at=NOW, attempts=1
    )
    assert len(found("letters_twice")) == 1


def test_certificates_of_whoever_did_not_come_and_answers_of_nobody(made):
    with clock.travel(NOW):
        school = School()
        training = school.training()
        row = school.comes(training, people=3)
    school.held(training, row)
    assert not found("trained_wrongly", days=12)
    sql("UPDATE learning_certificate SET people = people + 1")
    assert len(found("trained_wrongly", days=12)) == 2  # one for each topic
    sql("UPDATE learning_certificate SET people = people - 1")
    answers = "INSERT INTO learning_aftercount (training_id, question, answer, count) VALUES (%s, 'used', 'once', 1)"
    sql(answers, training.pk)
    assert found("trained_wrongly", days=12) == [f"training {training.pk} and its answers to used"]
    sql("UPDATE learning_training SET places = 2, decided_by_id = %s", school.teacher.pk)
    assert len(found("trained_wrongly", days=12)) == 3


def test_what_a_volunteer_pressed_and_an_answer_by_somebody_else(made):
    with clock.travel(NOW):
        help = Help()
        brought = volunteering.propose_check(
            actor=help.user, listing=help.service.public_id, method="call", outcome="correct"
        )
        volunteering.accept(actor=help.boss, proposal=brought)
        brought.refresh_from_db()
    assert not found("volunteer_pressed", days=1)
    sql("UPDATE volunteering_volunteerproposal SET answered_by_id = %s", help.manager.pk)
    assert found("volunteer_pressed", days=1) == [f"proposal {brought.pk}"]
    sql("UPDATE verification_check SET checked_by_id = %s WHERE id = %s", help.user.pk, brought.check_made_id)
    assert len(found("volunteer_pressed", days=1)) == 2
    sql("UPDATE organizations_volunteering SET ended_at = %s", NOW - 9 * DAY)
    assert len(found("volunteer_pressed", days=1)) == 1  # what they did before or after is their own


def test_a_frozen_cycle_that_somebody_has_changed_and_one_whose_sources_say_something_else(made):
    with clock.travel(NOW):
        year = evaluating.Year(made)
        year.opened(kind="half", survey_until=None)
        assert chapter_of_evaluation.hashes_equal() is None
        cycle = year.frozen()
    assert not found("states_without_next_date", days=5)
    with clock.travel(NOW + 200 * DAY):
        assert chapter_of_evaluation.hashes_equal() is True
        sql("UPDATE evaluation_value SET n = n + 1 WHERE indicator_id IN (SELECT id FROM evaluation_indicator)")
        assert chapter_of_evaluation.hashes_equal() is False
        sql("UPDATE evaluation_value SET n = n - 1")
        assert chapter_of_evaluation.hashes_equal() is True
        sql("UPDATE joining_standingchange SET made_at = made_at - interval '3 days'")
        assert chapter_of_evaluation.hashes_equal() is False
    sql("ALTER TABLE evaluation_cycle DROP CONSTRAINT evaluationcycle_waits_until_a_day")
    sql("UPDATE evaluation_cycle SET due_on = NULL WHERE id = %s", cycle.pk)
    assert found("states_without_next_date") == [f"evaluation {cycle.pk} frozen"]
