"""A cycle from its plan to its report: what is frozen stays, and nobody joins answers with who answered."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction

from core import clock
from core.errors import HouseError, NotAllowed, WrongState
from network.decisions.models import DocumentVersion
from network.evaluation import reporting, rights, rounds
from network.evaluation import services as evaluation
from network.evaluation.models import (
    EvaluationCycle,
    EvaluationIndicator,
    IndicatorValue,
    SurveyCount,
    SurveyHanded,
    SurveyUsed,
)
from network.evaluation.tests.makers import DAY, Year
from organizations.models import MembershipRole
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 10, 7, 9, tzinfo=dt.UTC)


def refused_by_the_database(text: str, *values: object) -> None:
    with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture
def year() -> Year:
    with clock.travel(NOW):
        made = Year()
        made.opened(asked=[("Хватает ли переводчиков?", "Are there enough interpreters?")])
        return made


@pytest.fixture
def frozen(year: Year) -> Year:
    with clock.travel(NOW + 2 * DAY):
        for number in range(6):
            year.answered(number, "no" if number == 5 else "yes")
    with clock.travel(NOW + 21 * DAY):
        year.frozen()
    return year


def test_a_year_has_twenty_indicators_and_a_half_has_those_without_a_survey():
    with clock.travel(NOW):
        year = Year()
        assert year.planned().indicators.count() == 20
        half = year.planned(kind="half", ends_on=year.starts_on + 182 * DAY, survey_until=None)
        assert half.indicators.count() == 15 and not half.asked.exists()
        assert set(half.indicators.values_list("code", flat=True)).isdisjoint({"survey_map", "survey_voice"})


def test_no_cycle_has_a_twenty_first_indicator():
    with clock.travel(NOW):
        row = Year().planned()
    with pytest.raises(IntegrityError), transaction.atomic():
        EvaluationIndicator.objects.create(cycle=row, position=21, code="more", formula="more", direction="up")


def test_bad_plans_are_told_in_words():
    with clock.travel(NOW):
        year = Year()
        with pytest.raises(HouseError, match="раньше"):
            year.planned(ends_on=year.starts_on)
        with pytest.raises(ValidationError):
            year.planned(survey_until=None)
        with pytest.raises(HouseError):
            year.planned(asked=[(f"Вопрос {n}?", "") for n in range(11)])
        year.planned()
        with pytest.raises(HouseError):
            year.planned()
        with pytest.raises(NotAllowed):
            evaluation.plan(actor=year.made.managers[0], kind="half", starts_on=year.starts_on, ends_on=year.ends_on)
        assert EvaluationCycle.objects.count() == 1


def test_it_is_frozen_after_the_period_and_after_the_survey(year: Year):
    with clock.travel(NOW + 20 * DAY), pytest.raises(WrongState):
        year.frozen()
    with clock.travel(NOW + 21 * DAY):
        row = year.frozen()
    assert row.state == "frozen" and len(row.frozen_hash) == 64
    assert IndicatorValue.objects.filter(indicator__cycle=row, scope="").count() == 20
    with clock.travel(NOW):
        other = Year(year.made)
        other.opened(kind="half", starts_on=clock.today(), ends_on=clock.today() + DAY, survey_until=None)
        with pytest.raises(WrongState):
            other.frozen()


def test_the_same_sources_give_the_same_hash_and_another_one_shows(frozen: Year):
    row = frozen.cycle
    with clock.travel(NOW + 200 * DAY):
        assert evaluation.recomputed_hash(row) == evaluation.frozen_hash(row) == row.frozen_hash
        assert list(evaluation.changed(row)) == []
        scenarios.organization("Ещё дом")
        assert list(evaluation.changed(row)) == []


def test_what_is_frozen_is_refused_by_the_database(frozen: Year):
    """Direct SQL, whoever writes it."""
    row = frozen.cycle
    value = IndicatorValue.objects.filter(indicator__cycle=row).first()
    refused_by_the_database("UPDATE evaluation_value SET value = 99 WHERE id = %s", value.pk)
    refused_by_the_database("DELETE FROM evaluation_value WHERE id = %s", value.pk)
    insert = (
        "INSERT INTO evaluation_value (indicator_id, scope, value, n, source, computed_at, note) "
        "VALUES (%s, %s, 1, 1, %s, now(), %s)"
    )
    refused_by_the_database(insert, value.indicator_id, "ZZ", "0" * 64, "")
    refused_by_the_database("UPDATE evaluation_indicator SET target = 1 WHERE cycle_id = %s", row.pk)
    refused_by_the_database("DELETE FROM evaluation_indicator WHERE cycle_id = %s", row.pk)
    for column in ("starts_on = starts_on - 1", "frozen_hash = repeat('0', 64)", "questions = ''", "salt = ''"):
        refused_by_the_database(f"UPDATE evaluation_cycle SET {column} WHERE id = %s", row.pk)
    refused_by_the_database("UPDATE evaluation_cycle SET state = 'collecting' WHERE id = %s", row.pk)
    refused_by_the_database("DELETE FROM evaluation_cycle WHERE id = %s", row.pk)
    refused_by_the_database("UPDATE evaluation_count SET n = n + 1")
    refused_by_the_database("INSERT INTO evaluation_used (cycle_id, digest) VALUES (%s, 'x')", row.pk)
    refused_by_the_database("UPDATE evaluation_question SET text = 'x', code = ''")
    with pytest.raises(NotAllowed), clock.travel(NOW + 22 * DAY):
        evaluation.freeze(actor=frozen.made.managers[0], cycle=row)


def test_after_the_freezing_a_value_is_added_with_a_note(frozen: Year):
    told = {"actor": frozen.evaluator, "cycle": frozen.cycle, "code": "decisions_in_time", "value": Decimal(80), "n": 5}
    with pytest.raises(HouseError):
        evaluation.add_value(**told, note=" ")
    made = evaluation.add_value(**told, note="Два протокола нашлись позже")
    row = next(one for one in reporting.told(frozen.cycle) if one.row.code == "decisions_in_time")
    assert [one.value for one in row.added] == [made.value] and row.whole.value != made.value
    assert evaluation.frozen_hash(frozen.cycle) == frozen.cycle.frozen_hash


# --- the survey -------------------------------------------------------------------------------------------------------


def test_a_code_is_given_once_and_works_once(year: Year):
    with clock.travel(NOW + DAY):
        code = year.answered(0)
        with pytest.raises(HouseError) as used:
            year.said(code)
        assert used.value.field == "code"
        with pytest.raises(WrongState):
            year.answered(0)
        with pytest.raises(HouseError):
            year.said("aaaaaaaaaa-0000000000")
        reader = scenarios.person(year.made.houses[1], MembershipRole.READER)
        with pytest.raises(NotAllowed):
            evaluation.hand_out(actor=reader, cycle=year.cycle, organization=year.made.houses[1])
        with pytest.raises(NotAllowed):
            evaluation.hand_out(actor=year.made.managers[1], cycle=year.cycle, organization=year.made.houses[2])
    assert SurveyUsed.objects.count() == SurveyHanded.objects.count() == 1
    assert set(SurveyCount.objects.exclude(n=0).values_list("answer", "n")) == {("yes", 1)}


def test_an_answer_that_is_none_and_a_survey_that_is_over_write_nothing(year: Year):
    with clock.travel(NOW + DAY):
        code = evaluation.hand_out(actor=year.made.managers[0], cycle=year.cycle, organization=year.made.houses[0])
        with pytest.raises(ValidationError):
            evaluation.answer(cycle=year.cycle, code=code, said={1: "yes", 2: "perhaps"})
        assert not SurveyUsed.objects.exists()
    with clock.travel(NOW + 21 * DAY):
        with pytest.raises(WrongState):
            year.said(code)
        with pytest.raises(WrongState):
            year.answered(1)
    assert not SurveyCount.objects.exclude(n=0).exists()


def test_by_sql_nobody_joins_answers_with_who_answered(year: Year):
    """No column in common but the cycle, no time, no history, and no row of sums that is newer than another."""
    with clock.travel(NOW + DAY):
        code = year.answered(0, "no")
        year.answered(1, "yes")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, array_agg(column_name::text ORDER BY column_name) FROM information_schema.columns "
            "WHERE table_name IN ('evaluation_handed', 'evaluation_used', 'evaluation_count') GROUP BY 1"
        )
        columns = dict(cursor.fetchall())
        assert columns == {
            "evaluation_count": ["answer", "id", "n", "question_id"],
            "evaluation_handed": ["cycle_id", "id", "organization_id"],
            "evaluation_used": ["cycle_id", "digest", "id"],
        }
        cursor.execute("SELECT count(*) FROM information_schema.tables WHERE table_name ~ '^evaluation_survey.*event$'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM evaluation_count")
        assert cursor.fetchone() == (1,)
        nonce = code.split("-")[0]
        for table, names in columns.items():
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{nonce}%"])
            assert cursor.fetchone() == (0,), names


def test_sums_that_do_not_agree_with_the_codes_are_refused(year: Year):
    with clock.travel(NOW + DAY):
        year.answered(0)
    refused_by_the_database("UPDATE evaluation_count SET n = n + 1 WHERE answer = 'no'")
    refused_by_the_database("INSERT INTO evaluation_used (cycle_id, digest) VALUES (%s, 'x')", year.cycle.pk)
    refused_by_the_database("DELETE FROM evaluation_used")
    refused_by_the_database("DELETE FROM evaluation_handed")


def test_sums_are_told_from_five_answers_and_never_while_it_runs(year: Year):
    with clock.travel(NOW + DAY):
        for number in range(4):
            year.answered(number)
        assert evaluation.heard(year.cycle) == []
        assert all(one.whole.is_later for one in reporting.told(year.cycle) if one.spec.question)
        assert evaluation.turnout(year.cycle) == (4, 7)
    with clock.travel(NOW + 21 * DAY):
        year.frozen()
    assert all(sums is None for _question, sums in evaluation.heard(year.cycle))
    told = {one.row.code: one.whole for one in reporting.told(year.cycle)}
    assert told["survey_map"].is_hidden and told["survey_map"].value is None and told["survey_map"].source == ""


def test_five_answers_are_told(frozen: Year):
    heard = evaluation.heard(frozen.cycle)
    assert len(heard) == 6 and heard[0][1] == {"cannot": 0, "no": 1, "partly": 0, "yes": 5}
    told = {one.row.code: one.whole for one in reporting.told(frozen.cycle)}
    assert (told["survey_voice"].value, told["survey_voice"].n) == (Decimal("83.33"), 6)


# --- what follows -----------------------------------------------------------------------------------------------------


# long: the way in its order
def test_from_a_finding_to_a_recommendation_to_a_decision_to_the_paper(frozen: Year):
    told = {"actor": frozen.evaluator, "cycle": frozen.cycle}
    with clock.travel(NOW + 22 * DAY):
        old = frozen.decided("Раньше")
        with pytest.raises(WrongState):
            evaluation.discuss(**told)
        finding = evaluation.find(**told, text="Карта помогает не всем", text_en="The map does not help all")
        advice = evaluation.recommend(actor=frozen.evaluator, finding=finding, text="Звонить раз в квартал")
        evaluation.discuss(**told)
        with pytest.raises(HouseError):
            evaluation.decline(actor=frozen.evaluator, recommendation=advice, reason=" ")
        with pytest.raises(NotAllowed):
            evaluation.take_up(actor=frozen.made.managers[3], recommendation=advice, decision=old)
        decision = frozen.decided()
        advice = evaluation.take_up(actor=frozen.made.chair, recommendation=advice, decision=decision)
        assert advice.state == "decided" and decision.recommendations.get() == advice
        with pytest.raises(WrongState):
            evaluation.take_up(actor=frozen.made.chair, recommendation=advice, decision=decision)
        evaluation.adopt(**told, decision=decision)
        with pytest.raises(WrongState):
            evaluation.find(**told, text="Поздно")
        refused_by_the_database("UPDATE evaluation_finding SET text = 'Иначе'")
        refused_by_the_database("UPDATE evaluation_recommendation SET text = 'Иначе'")
        refused_by_the_database("DELETE FROM evaluation_finding")
        with pytest.raises(NotAllowed):
            evaluation.publish(**told)
        row = evaluation.publish(actor=frozen.made.chair, cycle=frozen.cycle)
    assert row.state == "published" and row.due_on is None
    assert {one.document.kind for one in DocumentVersion.objects.in_force()} == {"report"}
    papers = {one.language: one.text for one in DocumentVersion.objects.in_force()}
    assert papers.keys() == {"ru", "en"}
    assert "The map does not help all" in papers["en"] and "Карта помогает не всем" in papers["ru"]
    assert "83.3%" in papers["en"]


def test_a_decision_older_than_the_figures_is_none_about_them(frozen: Year):
    with clock.travel(NOW + DAY):
        old = frozen.decided("Раньше")
    told = {"actor": frozen.evaluator, "cycle": frozen.cycle}
    with clock.travel(NOW + 22 * DAY):
        finding = evaluation.find(**told, text="Находка")
        advice = evaluation.recommend(actor=frozen.evaluator, finding=finding, text="Совет")
        with pytest.raises(HouseError):
            evaluation.take_up(actor=frozen.evaluator, recommendation=advice, decision=old)
        evaluation.discuss(**told)
        with pytest.raises(HouseError):
            evaluation.adopt(**told, decision=old)


def test_who_reads_what(frozen: Year):
    row, made = frozen.cycle, frozen.made
    reader = scenarios.person(made.houses[4], MembershipRole.READER)
    coordinator = scenarios.coordinator(made.houses[5])
    stranger = scenarios.person(None, "")
    assert rights.reads(frozen.evaluator, row) and rights.reads(coordinator, row) and rights.reads(made.chair, row)
    assert not rights.reads(reader, row) and not rights.reads(made.managers[4], row)
    assert not EvaluationCycle.objects.visible_to(stranger).exists()
    with clock.travel(NOW + 22 * DAY):
        evaluation.find(actor=frozen.evaluator, cycle=row, text="Находка")
        row = evaluation.discuss(actor=frozen.evaluator, cycle=row)
        row = evaluation.adopt(actor=frozen.evaluator, cycle=row, decision=frozen.decided())
    assert rights.reads(reader, row) and not rights.reads(stranger, row)


def test_the_worker_speaks_once_to_those_without_a_code(year: Year):
    with clock.travel(NOW + 18 * DAY):
        year.answered(0)
        assert rounds.run_daily() == {"asked again about surveys": 6}
