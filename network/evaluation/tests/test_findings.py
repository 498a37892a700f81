"""Findings: corrected until they have their answer, withdrawn until they are published."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from core import clock
from core.errors import HouseError, NotAllowed, StaleWrite, WrongState
from core.tests.shared import shared
from network.evaluation import publication
from network.evaluation import services as evaluation
from network.evaluation.tests.makers import DAY, Year
from network.evaluation.tests.test_cycles import NOW, refused_by_the_database

pytestmark = pytest.mark.django_db


def _frozen() -> Year:
    with clock.travel(NOW):
        year = Year()
        year.opened()
    with clock.travel(NOW + 21 * DAY):
        year.frozen()
    return year


_ground, frozen = shared(_frozen, name="frozen")


def test_a_finding_is_corrected_until_it_has_its_answer(frozen: Year):
    told = {"actor": frozen.evaluator}
    with clock.travel(NOW + 22 * DAY):
        finding = evaluation.find(**told, cycle=frozen.cycle, text="Отвечам не всегда")
        about = frozen.cycle.indicators.get(code="survey_answers")
        row = evaluation.correct(
            **told, finding=finding, text="Отвечаем не всегда", text_en="Rarely", indicator=about, expected_version=1
        )
        assert (row.text, row.text_en, row.indicator, row.version) == ("Отвечаем не всегда", "Rarely", about, 2)
        assert row.events.earliest("pgh_id").text == "Отвечам не всегда"
        with pytest.raises(StaleWrite):
            evaluation.correct(**told, finding=finding, text="Поверх", expected_version=1)
        with pytest.raises(ValidationError):
            evaluation.correct(**told, finding=finding, text=" ")
        with pytest.raises(NotAllowed):
            evaluation.correct(actor=frozen.made.managers[0], finding=finding, text="Чужое")
        advice = evaluation.recommend(**told, finding=finding, text="Совет")
        evaluation.discuss(**told, cycle=frozen.cycle)
        evaluation.correct(**told, finding=finding, text="Отвечаем не все")
        evaluation.take_up(**told, recommendation=advice, decision=frozen.decided())
        with pytest.raises(WrongState):
            evaluation.correct(**told, finding=finding, text="Поздно")
        refused_by_the_database("UPDATE evaluation_finding SET text = 'Поздно'")
    finding.refresh_from_db()
    assert finding.text == "Отвечаем не все"


def test_a_finding_that_turns_out_wrong_is_withdrawn_and_stays(frozen: Year):
    told = {"actor": frozen.evaluator}
    with clock.travel(NOW + 22 * DAY):
        wrong, right = (evaluation.find(**told, cycle=frozen.cycle, text=text) for text in ("Неверно", "Верно"))
        advice = evaluation.recommend(**told, finding=wrong, text="Совет")
        for actor, reason, error in (
            (frozen.made.managers[0], "Ошибка", NotAllowed),
            (frozen.evaluator, "  ", HouseError),
        ):
            with pytest.raises(error):
                evaluation.withdraw(actor=actor, finding=wrong, reason=reason)
        row = evaluation.withdraw(**told, finding=wrong, reason="Считали дважды")
        assert (row.withdrawn_because, row.withdrawn_by, row.text) == ("Считали дважды", frozen.evaluator, "Неверно")
        for act in (
            lambda: evaluation.withdraw(**told, finding=row, reason="Ещё раз"),
            lambda: evaluation.correct(**told, finding=row, text="Иначе"),
            lambda: evaluation.recommend(**told, finding=row, text="Ещё совет"),
            lambda: evaluation.take_up(**told, recommendation=advice, decision=frozen.decided()),
        ):
            with pytest.raises(WrongState):
                act()
        refused_by_the_database("UPDATE evaluation_finding SET withdrawn_at = NULL, withdrawn_because = ''")
        refused_by_the_database("UPDATE evaluation_finding SET withdrawn_at = now() WHERE id = %s", right.pk)


def test_one_that_was_adopted_may_still_be_withdrawn_until_it_is_published(frozen: Year):
    told = {"actor": frozen.evaluator}
    with clock.travel(NOW + 22 * DAY):
        wrong, right = (evaluation.find(**told, cycle=frozen.cycle, text=text) for text in ("Неверно", "Верно"))
        evaluation.withdraw(**told, finding=wrong, reason="Считали дважды")
        evaluation.discuss(**told, cycle=frozen.cycle)
        evaluation.adopt(**told, cycle=frozen.cycle, decision=frozen.decided())
        late = evaluation.withdraw(**told, finding=right, reason="Нашли после решения")
        assert late.text == "Верно"
        text = publication.text_of(frozen.cycle, "ru")
        assert "Неверно" not in text and "Верно" not in text
        evaluation.publish(actor=frozen.made.chair, cycle=frozen.cycle)
        with pytest.raises(WrongState):
            evaluation.withdraw(**told, finding=late, reason="Поздно")


def test_a_cycle_whose_findings_are_all_withdrawn_is_not_discussed(frozen: Year):
    told = {"actor": frozen.evaluator}
    with clock.travel(NOW + 22 * DAY):
        finding = evaluation.find(**told, cycle=frozen.cycle, text="Неверно")
        evaluation.withdraw(**told, finding=finding, reason="Ошибка")
        with pytest.raises(WrongState):
            evaluation.discuss(**told, cycle=frozen.cycle)
