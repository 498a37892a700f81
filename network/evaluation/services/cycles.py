"""A cycle from its plan to its report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError, NotAllowed, WrongState
from core.languages import stored
from core.phrasing.dates import days_in_words
from core.writing import clean_text, one_write
from network.decisions.models import Decision
from network.evaluation import letters, publication, rights
from network.evaluation.indicators import SPECS, names_of
from network.evaluation.models import (
    LEFT_DAYS,
    QUESTIONS_AT_MOST,
    CoreQuestion,
    CycleKind,
    CycleState,
    EvaluationCycle,
    EvaluationIndicator,
    SurveyAnswer,
    SurveyCount,
    SurveyQuestion,
)
from network.evaluation.services._inside import day_of, kept, locked, need_runner
from network.evaluation.services.values import write_values
from network.evaluation.transitions import move

if TYPE_CHECKING:
    from accounts.models import User

#: After the period there are so many days until figures are frozen, before a cycle reads as late.
FROZEN_WITHIN = 30
#: Of an indicator: its number at the beginning, and the one that is wanted.
Aims = Mapping[str, tuple[Decimal | None, Decimal | None]]
#: A question in the source's language, and in English.
Asked = Sequence[tuple[str, str]]


@one_write
def plan(
    *,
    actor: User,
    kind: str,
    starts_on: dt.date,
    ends_on: dt.date,
    survey_until: dt.date | None = None,
    questions: str = "",
    aims: Aims | None = None,
    asked: Asked = (),
    cycle: EvaluationCycle | None = None,
    expected_version: int | None = None,
) -> EvaluationCycle:
    """A new cycle, or another plan of one that has not begun."""
    need_runner(actor)
    row = EvaluationCycle() if cycle is None else locked(cycle, expected_version)
    if row.state != CycleState.PLANNED:
        raise WrongState(_("It has begun: its plan stays as it is."))
    is_year = kind == CycleKind.YEAR
    row.kind, row.starts_on, row.ends_on = kind, starts_on, ends_on
    row.survey_until, row.questions = survey_until if is_year else None, clean_text(questions, lines=True)
    row.led_by = row.led_by or actor
    row.due_on = starts_on
    _days_fit(row)
    kept(row)
    _indicators(row, aims or {})
    _questions(row, asked if is_year else ())
    return row


def _days_fit(row: EvaluationCycle) -> None:
    if row.survey_until is not None and row.survey_until < row.starts_on:
        raise HouseError(_("The survey ends in the period or after it."), field="survey_until")
    if row.ends_on <= row.starts_on:
        raise HouseError(_("The end is before the beginning."), field="ends_on")
    others = EvaluationCycle.objects.filter(kind=row.kind, starts_on__lte=row.ends_on, ends_on__gte=row.starts_on)
    other = others.exclude(pk=row.pk).first()
    if other is not None:
        days = days_in_words(other.starts_on, other.ends_on)
        raise HouseError(
            _("There is a cycle of this kind already: %(days)s. Two of one kind have no day in common.")
            % {"days": days},
            field="starts_on",
        )
    _inside_a_year(row)


def _inside_a_year(row: EvaluationCycle) -> None:
    """Half a year lies inside the year, and leaves enough of it, so that no few days can be reckoned out of both."""
    for other in EvaluationCycle.objects.beside(row):
        year, half = (row, other) if row.kind == CycleKind.YEAR else (other, row)
        days = days_in_words(half.starts_on, half.ends_on)
        if not year.starts_on <= half.starts_on <= half.ends_on <= year.ends_on:
            words = _("Half a year (%(days)s) lies inside the year that it has days in common with: %(year)s.")
            of_year = days_in_words(year.starts_on, year.ends_on)
            raise HouseError(words % {"days": days, "year": of_year}, field="starts_on")
        inside = [one for one in EvaluationCycle.objects.beside(year).exclude(pk=row.pk) if one.pk != half.pk]
        outside = _length(year) - _length(half)
        if 0 < outside < LEFT_DAYS or 0 < outside - sum(map(_length, inside)) < LEFT_DAYS:
            words = _(
                "Too few days of the year are left outside of half a year (%(days)s): at least %(n)d, or none. From a "
                "few days somebody could reckon out a person."
            )
            raise HouseError(words % {"days": days, "n": LEFT_DAYS}, field="ends_on")


def _length(cycle: EvaluationCycle) -> int:
    return (cycle.ends_on - cycle.starts_on).days + 1


def _indicators(row: EvaluationCycle, aims: Aims) -> None:
    row.indicators.all().delete()
    for position, code in enumerate(names_of(with_survey=row.kind == CycleKind.YEAR), start=1):
        spec, (baseline, target) = SPECS[code], aims.get(code, (None, None))
        one = EvaluationIndicator(
            cycle=row, position=position, code=code, formula=spec.formula.__name__, direction=spec.direction,
            baseline=baseline, target=target,
        )  # fmt: skip
        one.full_clean(exclude=["cycle"])
        one.save()


def _questions(row: EvaluationCycle, asked: Asked) -> None:
    """The five of every year, and those of this cycle."""
    row.asked.all().delete()
    if row.kind != CycleKind.YEAR:
        return
    if len(asked) + len(CoreQuestion) > QUESTIONS_AT_MOST:
        raise HouseError(
            _("At most %(n)d questions of your own.") % {"n": QUESTIONS_AT_MOST - len(CoreQuestion)}, field="asked"
        )
    rows = [SurveyQuestion(code=code) for code in CoreQuestion.values]
    for text, english in asked:
        own = SurveyQuestion(text=clean_text(text))
        setattr(own, stored("text_en"), clean_text(english) or None)
        rows.append(own)
    for position, one in enumerate(rows, start=1):
        one.cycle, one.position = row, position
        one.full_clean(exclude=["cycle"])
        one.save()


@one_write
def call_off(*, actor: User, cycle: EvaluationCycle) -> None:
    """A plan that has not begun is gone."""
    need_runner(actor)
    row = locked(cycle)
    if row.state != CycleState.PLANNED:
        raise WrongState(_("It has begun: its plan stays as it is."))
    row.delete()


@one_write
def open_cycle(*, actor: User, cycle: EvaluationCycle) -> EvaluationCycle:
    """Collecting begins, and members are asked."""
    need_runner(actor)
    row = locked(cycle)
    move(row, "open")
    row.due_on = row.freezes_from + dt.timedelta(days=FROZEN_WITHIN)
    if row.survey_until is not None and row.survey_until < clock.today():
        raise HouseError(_("The last day of the survey is past. Change the plan first."))
    row = kept(row)
    rows = [SurveyCount(question=one, answer=answer) for one in row.asked.all() for answer in SurveyAnswer.values]
    SurveyCount.objects.bulk_create(rows)
    letters.invited(row)
    return row


@one_write
def freeze(*, actor: User, cycle: EvaluationCycle) -> EvaluationCycle:
    """Every value is computed and written once. After the period, and after the survey."""
    need_runner(actor)
    row = locked(cycle)
    if row.state == CycleState.COLLECTING and row.ends_on >= clock.today():
        raise WrongState(_("The period is not over yet."))
    if row.is_asking:
        raise WrongState(_("The survey still runs."))
    move(row, "freeze")
    row.frozen_hash = write_values(row)
    row.frozen_at, row.due_on = clock.now(), day_of(row.state)
    row = kept(row)
    letters.frozen(row)
    return row


@one_write
def discuss(*, actor: User, cycle: EvaluationCycle) -> EvaluationCycle:
    """What was found is laid before the network."""
    need_runner(actor)
    row = locked(cycle)
    if not row.findings.filter(withdrawn_at=None).exists():
        raise WrongState(_("Write down at least one finding first."))
    move(row, "discuss")
    row.due_on = day_of(row.state)
    return kept(row)


@one_write
def adopt(*, actor: User, cycle: EvaluationCycle, decision: Decision) -> EvaluationCycle:
    """By a decision of the network that was taken after the freezing."""
    if not rights.decides(actor):
        raise NotAllowed(_("Those who run the evaluation do this, or those who keep a body."))
    row = locked(cycle)
    if row.frozen_at is not None and decision.decided_at < row.frozen_at:
        raise HouseError(_("This decision is older than the figures."), field="decision")
    move(row, "adopt")
    row.adopted_by, row.due_on = decision, day_of(row.state)
    row = kept(row)
    letters.adopted(row)
    return row


@one_write
def publish(*, actor: User, cycle: EvaluationCycle) -> EvaluationCycle:
    """For everybody, as a paper of the body that adopted it: figures of the whole network, findings, what was decided.

    By whoever keeps that body.
    """
    row = locked(cycle)
    move(row, "publish")
    row.published_on, row.due_on = clock.today(), None
    row = kept(row)
    publication.publish(actor, row)
    return row
