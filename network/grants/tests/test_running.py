"""A grant that runs: what was agreed, reports by two other organisations, late ones, files, its end."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from core import clock
from core.errors import HouseError, NotAllowed, WrongState
from core.tests.shared import shared
from messaging.letters import write
from messaging.models import Message
from network.decisions import services as decisions
from network.decisions.models import Decision
from network.grants import rounds
from network.grants import services as grants
from network.grants.models import Grant, GrantReport, GrantScore
from network.grants.models.words import GrantReportState, GrantState
from network.grants.tests.makers import APPLICANT, CHAIR, MEMBER, OTHER, Round
from network.grants.tests.test_grants import refused

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


_ground, made = shared(Round, name="made")


def test_what_is_agreed_adds_up(made):
    row = made.decided()
    today = clock.today()
    good = {"amount": Decimal(1500), "starts_on": today, "ends_on": today + 60 * DAY, "signed_on": today}
    part = grants.TrancheSaid
    faulty = [
        {"amount": Decimal(1501)},
        {"tranches": [part(Decimal(1), today)]},
        {"report_days": []},
        {"ends_on": today},
        {"signed_on": today + DAY},
    ]
    whole = {"tranches": [part(Decimal(1500), today)], "report_days": [today + 30 * DAY]}
    for wrong in faulty:
        with pytest.raises(ValidationError):
            grants.agree(actor=made.secretary, application=row, **(good | whole | wrong))
    assert not Grant.objects.exists()


def test_a_report_is_accepted_by_two_other_organisations(made):
    grant = made.granted()
    report = made.sent_report(grant.reports.get(position=1))
    with pytest.raises(WrongState):
        grants.accept(actor=made.secretary, report=report)
    with pytest.raises(NotAllowed):
        grants.read(actor=made.person(APPLICANT), report=report)
    report = grants.read(actor=made.secretary, report=report)
    with pytest.raises(WrongState):
        grants.accept(actor=made.secretary, report=report)
    by_hand = "UPDATE grants_report SET state = 'accepted', accepted_on = now(), read_for_id = %s, accepted_for_id = %s"
    refused(by_hand + " WHERE id = %s", made.house(MEMBER).pk, made.house(MEMBER).pk, report.pk)
    refused(by_hand + " WHERE id = %s", made.house(APPLICANT).pk, made.house(MEMBER).pk, report.pk)
    refused("UPDATE grants_report SET read_by_id = %s WHERE id = %s", made.person(APPLICANT).pk, report.pk)
    report = grants.read(actor=made.person(CHAIR), report=report)
    assert grants.accept(actor=made.secretary, report=report).state == GrantReportState.ACCEPTED


def test_a_report_that_came_back_has_a_new_day(made):
    grant = made.granted()
    own_day = grant.reports.get(position=1).due_on
    report = made.sent_report(grant.reports.get(position=1))
    report = grants.send_back(actor=made.secretary, report=report, reason="Нет чеков")
    assert report.due_on == own_day, "an early one keeps its own day"
    with clock.travel(dt.datetime.combine(own_day, dt.time(12), tzinfo=dt.UTC)):
        report = grants.send_back(actor=made.secretary, report=made.sent_report(report), reason="Нет чеков")
        grant.refresh_from_db()
        assert report.due_on == own_day + 14 * DAY == grant.due_on
        made.accepted(report)


def test_late_reports_escalate_by_the_clock_alone(made):
    grant = made.granted(days=(30,))
    due = grant.reports.get().due_on

    def at(days: int) -> tuple[bool, bool, bool]:
        with clock.travel(dt.datetime.combine(due, dt.time(12), tzinfo=dt.UTC) + days * DAY):
            rows, blocked = GrantReport.objects, grants.blocked_by(made.house(APPLICANT))
            return rows.late().exists(), rows.late(14).exists(), blocked is not None

    assert at(0) == (False, False, False)
    assert at(1) == (True, False, False)
    assert at(14) == (True, False, False) and at(15) == (True, True, False)
    assert at(45) == (True, True, False) and at(46) == (True, True, True)
    with clock.travel(dt.datetime.combine(due, dt.time(12), tzinfo=dt.UTC) + 46 * DAY):
        made.call = made.open_call()
        with pytest.raises(WrongState):
            made.draft()
        made.sent_report(grant.reports.get())
        assert made.draft()


def test_files_are_looked_through(made, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    grant = made.granted()
    report = grant.reports.get(position=1)
    actor = made.person(APPLICANT)
    with pytest.raises(ValidationError):
        grants.add_file(actor=actor, report=report, file=ContentFile(b"MZ...", name="x.exe"))
    pdf = ContentFile(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n", name="../чек.pdf")
    kept = grants.add_file(actor=actor, report=report, file=pdf)
    assert kept.file_name == "чек.pdf"
    grants.take_file_away(actor=actor, file=kept)
    assert not report.files.exists()
    with pytest.raises(NotAllowed):
        grants.add_file(actor=made.person(OTHER), report=report, file=pdf)


def test_a_grant_is_stopped_by_a_decision_with_a_reason(made):
    grant = made.granted()
    chair = made.person(CHAIR)
    meeting = decisions.call_meeting(
        actor=chair, body=made.committee, held_on=clock.today(), place="онлайн", agenda=["О гранте"]
    )
    decisions.write_minutes(actor=chair, meeting=meeting, said={1: "Стоп"}, present=[])
    with clock.travel(clock.now() + 6 * DAY):
        made_decision = decisions.decide(actor=chair, meeting=meeting, text="Остановить")
        with pytest.raises(ValidationError):
            grants.stop(actor=made.secretary, grant=grant, decision=made_decision, reason="")
        grant = grants.stop(actor=made.secretary, grant=grant, decision=made_decision, reason="Нет отчётов")
    assert grant.state == GrantState.STOPPED and not grant.reports.exclude(state="dropped").exists()
    assert grant.cells.get().after
    old = Decision.objects.exclude(pk=made_decision.pk).first()
    assert old is not None
    with pytest.raises(HouseError):
        grants.stop(actor=made.secretary, grant=grant, decision=old, reason="Ещё раз")


def test_a_grant_of_a_suspended_organisation_stands_still_until_it_is_back(made):
    grant = made.granted(days=(20, 60))
    part = grant.tranches.order_by("position")[0]
    Message.objects.all().delete()
    made.suspended(days=30)
    told = Message.objects.filter(kind="grant_standing")
    assert {row.correspondent.user for row in told} == {made.secretary, made.person(CHAIR)}
    assert grant.is_halted and list(Grant.objects.halted()) == [grant]
    with pytest.raises(WrongState):
        grants.note_paid(actor=made.secretary, tranche=part, paid_on=clock.today())
    with clock.travel(clock.now() + 25 * DAY):
        rounds.run_daily()
        assert not Message.objects.filter(kind__startswith="grant_report").exists(), "nobody of theirs can open a page"
    with clock.travel(clock.now() + 31 * DAY):
        assert not grant.is_halted, "by the clock of the question, no worker has run"
        grants.note_paid(actor=made.secretary, tranche=part, paid_on=clock.today())
        rounds.run_daily()
        assert Message.objects.filter(kind="grant_report_late").exists()


def test_a_suspended_organisations_grant_may_be_stopped(made):
    grant = made.granted()
    made.suspended()
    meeting = decisions.call_meeting(
        actor=made.secretary, body=made.committee, held_on=clock.today(), place="онлайн", agenda=["Грант"]
    )
    decisions.write_minutes(actor=made.secretary, meeting=meeting, said={1: "Обсудили"}, present=[])
    with clock.travel(clock.now() + 6 * DAY):
        decision = decisions.decide(actor=made.secretary, meeting=meeting, text="Остановить")
        assert grant.is_halted
        stopped = grants.stop(actor=made.secretary, grant=grant, decision=decision, reason="Приостановлены")
    assert stopped.state == GrantState.STOPPED and not stopped.is_halted


def test_whoever_is_not_asked_to_score_any_more_is_told(made):
    row = made.eligible()
    score = made.ask(row, MEMBER)
    Message.objects.all().delete()
    grants.release(actor=made.secretary, score=score)
    letter = Message.objects.get()
    assert (letter.kind, letter.correspondent.user) == ("grant_released", made.person(MEMBER))
    written = write(letter)
    assert written is not None and "оценивать" in written.subject
    assert "Дом" not in written.text


def released_letter(person):
    """The letter to them, and that nobody else has one."""
    letter = Message.objects.get(kind="grant_released")
    assert letter.correspondent.user == person
    written = write(letter)
    assert written is not None and "оценивать" in written.subject and "Дом" not in written.text
    return written.text


def test_a_third_that_is_needed_no_more_is_told_why(made):
    row = made.eligible()
    first = made.score(row, MEMBER, (4, 4))
    made.score(row, OTHER, (2, 2))
    third = made.ask(row, 5)
    grants.give_score(actor=made.person(MEMBER), score=first, marks={1: 3, 2: 2}, reason="Ещё раз")
    text = released_letter(third.reviewer)
    assert "Оценок уже достаточно" in text and "другой" not in text
    assert GrantScore.objects.get(pk=third.pk).version == third.version + 1


def test_whoever_scores_an_application_that_is_taken_back_is_told_why(made):
    row = made.eligible()
    made.score(row, OTHER)
    score = made.ask(row, MEMBER)
    row.refresh_from_db()
    grants.withdraw(actor=made.person(APPLICANT), application=row)
    text = released_letter(score.reviewer)
    assert "забрала" in text and "другой" not in text
    assert GrantScore.objects.get(pk=score.pk).state == "released"
