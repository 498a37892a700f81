"""What is told of a cycle: nothing of people before the freezing, nothing that a sum or a second cycle gives away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pgtrigger
import pytest
from django.db import IntegrityError, transaction

from core import clock
from core.errors import HouseError
from core.phrasing.dates import days_in_words
from network.evaluation import publication, reporting
from network.evaluation import services as evaluation
from network.evaluation.indicators import SPECS
from network.evaluation.models import EvaluationCycle
from network.evaluation.reporting import LEAST, ValueTold
from network.evaluation.tests.makers import DAY, Year
from verification.models import MonthlyFigure

NOW = dt.datetime(2026, 10, 7, 9, tzinfo=dt.UTC)


def part(scope: str, n: int) -> ValueTold:
    return ValueTold(scope, Decimal(n), n, "0" * 64, NOW)


def hidden(whole: int, **parts: int) -> set[str]:
    told = reporting.without_small([part(scope, n) for scope, n in parts.items()], whole)
    return {one.scope for one in told if one.is_hidden}


def test_hidden_parts_that_sum_to_few_take_another_one_with_them():
    assert hidden(12, AM=10, GE=1, KZ=1) == {"AM", "GE", "KZ"}
    assert hidden(21, AM=3, GE=9, PL=6, KZ=0, DE=3) == {"AM", "DE"}
    assert hidden(18, AM=3, GE=9, PL=6, KZ=0) == {"AM", "PL"}
    assert hidden(13, AM=3, GE=4, PL=6) == {"AM", "GE"}


def test_a_remainder_without_a_country_is_not_reckoned_either():
    assert hidden(18, AM=7, GE=9) == {"AM"}
    assert hidden(16, AM=7, GE=9) == set()
    assert hidden(LEAST, AM=LEAST) == set()
    # Three hidden and two of nowhere: five, that may be read.
    assert hidden(14, AM=3, GE=9) == {"AM"}


def ways(_first: dt.date, _last: dt.date) -> Iterator[tuple[str, str, bool, bool | None, int]]:
    """What the room of referrals counts: one to Poland, seven to Georgia, eleven to Germany, nine of them in time."""
    for to, in_time, n in (("PL", True, 1), ("GE", True, 7), ("DE", True, 9), ("DE", False, 2)):
        yield f"AM>{to}", f"2026-09|{in_time}", in_time, True, n


@pytest.fixture
def counted(settings) -> None:
    settings.WAY_COUNTS = f"{__name__}.ways"


@pytest.mark.django_db
@pytest.mark.usefixtures("counted")
def test_before_the_freezing_nothing_is_told_of_people():
    with clock.travel(NOW):
        year = Year()
        for row in (year.planned(), evaluation.open_cycle(actor=year.evaluator, cycle=year.cycle)):
            told = {one.row.code: one for one in reporting.told(row)}
            assert len(told) == len(SPECS)
            for code, one in told.items():
                values = (one.whole, *one.parts, *one.added)
                if SPECS[code].is_of_people:
                    assert [(v.scope, v.value, v.n, v.source, v.is_later) for v in values] == [
                        ("", None, None, "", True)
                    ]
                else:
                    assert not any(value.is_later for value in values)


@pytest.mark.django_db
@pytest.mark.usefixtures("counted")
def test_referrals_are_told_rounded_to_five_and_no_small_way_is_named():
    """As on the coordinator's desk (`referrals.desk.corridors`)."""
    with clock.travel(NOW):
        year = Year()
        year.opened()
    with clock.travel(NOW + 21 * DAY):
        row = year.frozen()
    told = {one.row.code: one for one in reporting.told(row)}
    one = told["referrals_answered"]
    # Nineteen, seventeen of them in time; beside Germany the others would be seven and one.
    assert (one.whole.n, one.whole.value) == (20, Decimal(90))
    assert [(v.scope, v.n, v.value) for v in one.parts] == [("AM>DE", 10, Decimal(80))]
    assert {code for code, spec in SPECS.items() if spec.is_of_ways} == {"referrals_answered", "served_before_end"}
    assert "90%" in publication.text_of(row, "en") and "89" not in publication.text_of(row, "en")


@pytest.mark.django_db
def test_two_cycles_of_one_kind_have_no_day_in_common():
    with clock.travel(NOW):
        year = Year()
        year.planned()
        for days in ({"starts_on": year.ends_on, "ends_on": year.ends_on + 40 * DAY}, {"ends_on": year.ends_on - DAY}):
            with pytest.raises(HouseError) as refused:
                year.planned(**days)
            assert refused.value.field == "starts_on" and "одного вида" in str(refused.value)
        year.planned(kind="half", ends_on=year.starts_on + 182 * DAY, survey_until=None)
        row = year.planned(starts_on=year.ends_on + DAY, ends_on=year.ends_on + 40 * DAY)
        with pytest.raises(IntegrityError), transaction.atomic():
            EvaluationCycle.objects.filter(pk=row.pk).update(starts_on=year.ends_on)
        evaluation.plan(
            actor=year.evaluator, cycle=row, kind="year", starts_on=row.starts_on + DAY, ends_on=row.ends_on,
            survey_until=row.survey_until, expected_version=row.version,
        )  # fmt: skip


@pytest.mark.django_db
def test_half_a_year_lies_inside_its_year_and_leaves_enough_of_it():
    with clock.travel(NOW):
        year = Year()
        row = year.planned()
        middle, half = year.starts_on + 182 * DAY, {"kind": "half", "survey_until": None}
        refused = (
            ({"ends_on": year.ends_on - DAY}, "ends_on"),
            ({"starts_on": year.starts_on + 3 * DAY}, "ends_on"),
            ({"starts_on": middle, "ends_on": year.ends_on + DAY}, "starts_on"),
        )
        for days, field in refused:
            with pytest.raises(HouseError) as told:
                year.planned(**half, **days)
            assert told.value.field == field
            days = {"starts_on": row.starts_on, "ends_on": row.ends_on} | days
            assert f"Полугодие ({days_in_words(days['starts_on'], days['ends_on'])})" in str(told.value) or (
                f"Вне полугодия ({days_in_words(days['starts_on'], days['ends_on'])})" in str(told.value)
            )
        first = year.planned(**half, ends_on=middle)
        with pytest.raises(HouseError) as told:
            year.planned(**half, starts_on=middle + 10 * DAY)
        assert told.value.field == "ends_on" and "60" in str(told.value)
        year.planned(**half, starts_on=middle + DAY)  # the other half, to the last day
        for pk, days in ((first.pk, {"ends_on": middle - 3 * DAY}), (row.pk, {"ends_on": year.ends_on - DAY})):
            with pytest.raises(IntegrityError), transaction.atomic():
                EvaluationCycle.objects.filter(pk=pk).update(**days)


@pytest.mark.django_db
def test_cycles_that_overlapped_before_the_rule_go_on():
    """Every step saves the whole row; what was planned before stays as it was planned, and no other is moved there."""
    with clock.travel(NOW):
        year = Year()
        whole = year.planned(survey_until=NOW.date())
        half = year.planned(kind="half", ends_on=year.starts_on + 182 * DAY, survey_until=None)
        outside = {"starts_on": year.starts_on - 30 * DAY, "ends_on": year.starts_on + 150 * DAY}
        with pgtrigger.ignore("evaluation.EvaluationCycle:evaluationcycle_half_inside_a_year"):
            EvaluationCycle.objects.filter(pk=half.pk).update(**outside)
        for row in (whole, half):
            evaluation.open_cycle(actor=year.evaluator, cycle=row)
        half = evaluation.freeze(actor=year.evaluator, cycle=half)
    with clock.travel(NOW + DAY):
        whole = evaluation.freeze(actor=year.evaluator, cycle=whole)
        assert (half.state, whole.state) == ("frozen", "frozen")
        assert set(numbers(whole).values()) == {None}, "of cycles that lie across, the later tells nothing of people"
        planned = year.planned(kind="half", survey_until=None, starts_on=NOW.date(), ends_on=NOW.date() + 90 * DAY)
        with pytest.raises(IntegrityError), transaction.atomic():
            EvaluationCycle.objects.filter(pk=planned.pk).update(starts_on=year.ends_on - 30 * DAY)


def month(day: dt.date, **reports: int) -> None:
    for country, n in ({"": sum(reports.values())} | reports).items():
        MonthlyFigure.objects.create(
            month=day, country=country, reports=n, reports_in_7_days=n, listings=0, fresh=0, level2=0
        )


def numbers(row: EvaluationCycle) -> dict[str, int | None]:
    one = next(one for one in reporting.told(row) if one.row.code == "reports_in_7_days")
    return {part.scope: part.n for part in (one.whole, *one.parts)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("later", "shown"),
    [
        ({"AM": 9, "GE": 7}, {"": 36, "AM": 21, "GE": 15}),
        ({"AM": 2, "GE": 7}, {"": 29, "AM": None, "GE": None}),  # two of Armenia would be reckoned out
        ({"AM": 2, "GE": 1}, {"": None, "AM": None, "GE": None}),  # three of all
        ({}, {"": 20, "AM": 12, "GE": 8}),  # nobody: that is no number of people
    ],
)
def test_a_year_does_not_tell_what_half_a_year_leaves_of_it(later, shown):
    month(dt.date(2026, 1, 1), AM=12, GE=8)
    month(dt.date(2026, 6, 1), **later)
    with clock.travel(NOW):
        year = Year()
        whole, half = year.opened(), year.opened(kind="half", ends_on=year.starts_on + 182 * DAY, survey_until=None)
        half = evaluation.freeze(actor=year.evaluator, cycle=half)
        assert numbers(half) == {"": 20, "AM": 12, "GE": 8}
    with clock.travel(NOW + 21 * DAY):
        whole = evaluation.freeze(actor=year.evaluator, cycle=whole)
        assert numbers(whole) == shown
        assert numbers(half) == {"": 20, "AM": 12, "GE": 8}, "it was told first"


@pytest.mark.django_db
def test_the_second_half_hides_what_the_year_less_both_halves_would_tell():
    """October to March, a gap of two months in which three came, June to October; the year was told first."""
    month(dt.date(2026, 1, 1), AM=12)
    month(dt.date(2026, 5, 1), AM=3)
    month(dt.date(2026, 8, 1), AM=20)
    with clock.travel(NOW):
        year = Year()
        whole = year.opened(survey_until=NOW.date())
        halves = [
            year.opened(kind="half", survey_until=None, ends_on=dt.date(2026, 3, 31)),
            year.opened(kind="half", survey_until=None, starts_on=dt.date(2026, 6, 1)),
        ]
    with clock.travel(NOW + DAY):
        whole, first, second = (evaluation.freeze(actor=year.evaluator, cycle=row) for row in (whole, *halves))
        assert numbers(whole)[""] == 35 and numbers(first)[""] == 12
        assert numbers(second)[""] is None
        told = next(one for one in reporting.told(second) if one.row.code == "reports_in_7_days")
        assert told.whole.is_beside and not told.whole.source
        assert "20" not in publication.text_of(second, "ru")


CODE = "reports_in_7_days"


def later(year: Year, cycle: EvaluationCycle, n: int, scope: str = "", value: int = 100) -> None:
    evaluation.add_value(
        actor=year.evaluator, cycle=cycle, code=CODE, value=Decimal(value), n=n, scope=scope, note="Нашлось позже"
    )


def added(row: EvaluationCycle) -> list[tuple[str, int | None]]:
    one = next(one for one in reporting.told(row) if one.row.code == CODE)
    assert all(bool(value.source) != value.is_hidden for value in one.added)
    return [(value.scope, value.n) for value in one.added]


@pytest.mark.django_db
def test_a_better_figure_does_not_tell_a_few_beside_the_frozen_one():
    month(dt.date(2026, 1, 1), AM=60, GE=40)
    with clock.travel(NOW):
        year = Year()
        year.opened(survey_until=NOW.date())
    said = (
        (98, "", 100, None),  # two came off
        (100, "", 98, None),  # of two something else is said
        (108, "", 100, 108),
        (111, "", 100, None),  # three more than the one before
        (66, "AM", 100, None),  # of 108 two are left without a country
        (68, "AM", 100, 68),  # none of 108
        (44, "GE", 100, None),
    )
    for day, (n, scope, value, _shown) in enumerate(said, start=1):
        with clock.travel(NOW + day * DAY):
            row = year.frozen() if day == 1 else year.cycle
            later(year, row, n, scope, value)
    row = year.cycle
    assert numbers(row) == {"": 100, "AM": 60, "GE": 40}, "it was told first"
    assert added(row) == [(scope, shown) for _n, scope, _value, shown in said]


@pytest.mark.django_db
def test_a_better_figure_does_not_tell_a_few_beside_another_cycle():
    month(dt.date(2026, 1, 1), AM=12, GE=8)
    month(dt.date(2026, 6, 1), AM=9, GE=7)
    with clock.travel(NOW):
        year = Year()
        whole = year.opened(survey_until=NOW.date())
        half = year.opened(kind="half", ends_on=year.starts_on + 182 * DAY, survey_until=None)
        half = evaluation.freeze(actor=year.evaluator, cycle=half)
    with clock.travel(NOW + 2 * DAY):
        whole = evaluation.freeze(actor=year.evaluator, cycle=whole)
        assert numbers(whole) == {"": 36, "AM": 21, "GE": 15}
    for day, (cycle, n, scope) in enumerate(((half, 33, ""), (half, 26, ""), (whole, 28, ""), (whole, 55, "")), 3):
        with clock.travel(NOW + day * DAY):
            later(year, cycle, n, scope)
    assert added(half) == [("", None), ("", 26)], "36 less 33"
    assert added(whole) == [("", None), ("", 55)], "28 less 26"
    assert numbers(whole)[""] == 36 and numbers(half)[""] == 20


@pytest.mark.django_db
def test_a_year_hides_what_a_better_figure_of_its_half_leaves_of_it():
    month(dt.date(2026, 1, 1), AM=12, GE=8)
    month(dt.date(2026, 6, 1), AM=9, GE=7)
    with clock.travel(NOW):
        year = Year()
        whole = year.opened(survey_until=NOW.date())
        half = year.opened(kind="half", ends_on=year.starts_on + 182 * DAY, survey_until=None)
        half = evaluation.freeze(actor=year.evaluator, cycle=half)
    with clock.travel(NOW + DAY):
        later(year, half, 18, "AM")
        assert added(half) == [("AM", 18)]
    with clock.travel(NOW + 2 * DAY):
        whole = evaluation.freeze(actor=year.evaluator, cycle=whole)
        assert numbers(whole) == {"": 36, "AM": None, "GE": None}, "21 less 18"
        later(year, whole, 40, "AM")
        assert added(whole) == [("AM", None)], "of its countries nothing is told"
