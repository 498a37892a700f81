"""The survey of members: that an organisation has its code, that a code was used, and sums of answers.

Rule: no row joins two of the three. A code is signed and kept nowhere until it is used, so nothing that was written
when it was handed out is found again in what was written when it was used; all sums are written anew at every use.
None of the tables has a time or a history.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from network.evaluation.models.cycles import BEFORE_FREEZING, EvaluationCycle
from network.evaluation.models.words import CoreQuestion, SurveyAnswer
from organizations.models import Organization

#: A survey has at most so many questions, five of which every year asks.
QUESTIONS_AT_MOST = 15
#: Fewer answers are shown to nobody.
SHOWN_FROM = 5

_RUNS = """
    IF NOT EXISTS (SELECT 1 FROM evaluation_cycle c {join} WHERE {key} AND c.state = 'collecting') THEN
        RAISE EXCEPTION 'the survey is over' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
_OF_CYCLE = _RUNS.format(join="", key="c.id = NEW.cycle_id")
_OF_QUESTION = _RUNS.format(join="JOIN evaluation_question q ON q.cycle_id = c.id", key="q.id = NEW.question_id")
_HANDED = """
    IF (SELECT count(*) FROM evaluation_used u WHERE u.cycle_id = NEW.cycle_id)
       >= (SELECT count(*) FROM evaluation_handed h WHERE h.cycle_id = NEW.cycle_id) THEN
        RAISE EXCEPTION 'no more codes are used than were handed out' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
_AGREE = """
    IF EXISTS (
        SELECT 1 FROM evaluation_cycle c WHERE c.state = 'collecting'
        AND (SELECT coalesce(sum(s.n), 0) FROM evaluation_count s JOIN evaluation_question q ON q.id = s.question_id
             WHERE q.cycle_id = c.id)
        <> (SELECT count(*) FROM evaluation_used u WHERE u.cycle_id = c.id)
           * (SELECT count(*) FROM evaluation_question q WHERE q.cycle_id = c.id)
    ) THEN
        RAISE EXCEPTION 'as many answers as codes that were used' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


def _while_it_runs(name: str, func: str, operation: pgtrigger.Operation | pgtrigger.Operations) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(name=name, when=pgtrigger.Before, operation=operation, func=func)


def _agree(name: str, operation: pgtrigger.Operation | pgtrigger.Operations) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name, when=pgtrigger.After, operation=operation, func=_AGREE, timing=pgtrigger.Deferred
    )


class SurveyQuestion(models.Model):
    """One of the five of every year (`code`), or one of this cycle in its own words. All have the same answers."""

    cycle = models.ForeignKey(EvaluationCycle, models.CASCADE, related_name="asked")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=12, choices=CoreQuestion.choices, blank=True)
    text = models.CharField(_("question"), max_length=200, blank=True)

    i18n = TranslationField(fields=("text",))

    class Meta:
        db_table = "evaluation_question"
        verbose_name = _("question of a survey")
        verbose_name_plural = _("questions of surveys")
        ordering = ["cycle", "position"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "position"], name="surveyquestion_position_once"),
            models.CheckConstraint(
                name="surveyquestion_at_most_fifteen",
                condition=Q(position__gte=1, position__lte=QUESTIONS_AT_MOST),
                violation_error_message=_("A survey has at most fifteen questions."),
            ),
            models.CheckConstraint(
                name="surveyquestion_known_or_in_words",
                condition=(~Q(code="") & Q(text="")) | (Q(code="") & ~Q(text="")),
            ),
        ]
        triggers = [
            _while_it_runs(
                "surveyquestion_before_freezing",
                BEFORE_FREEZING.format(row="NEW"),
                pgtrigger.Insert | pgtrigger.Update,
            ),
            _while_it_runs("surveyquestion_is_kept", BEFORE_FREEZING.format(row="OLD"), pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.code or self.text


class SurveyHanded(models.Model):
    """That an organisation has got its code: not which, and not when."""

    cycle = models.ForeignKey(EvaluationCycle, models.CASCADE, related_name="handed")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")

    class Meta:
        db_table = "evaluation_handed"
        verbose_name = _("organisation with a code of a survey")
        verbose_name_plural = _("organisations with a code of a survey")
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "organization"],
                name="surveyhanded_once",
                violation_error_message=_("Your organisation has its code already."),
            )
        ]
        triggers = [
            _while_it_runs("surveyhanded_while_it_runs", _OF_CYCLE, pgtrigger.Insert | pgtrigger.Update),
            pgtrigger.Protect(name="surveyhanded_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id}"


class SurveyUsed(models.Model):
    """That a code was used, by its hash: not whose it was, and not what was answered."""

    cycle = models.ForeignKey(EvaluationCycle, models.CASCADE, related_name="used")
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "evaluation_used"
        verbose_name = _("used code of a survey")
        verbose_name_plural = _("used codes of surveys")
        constraints = [models.UniqueConstraint(fields=["cycle", "digest"], name="surveyused_once")]
        triggers = [
            _while_it_runs("surveyused_while_it_runs", _OF_CYCLE, pgtrigger.Insert | pgtrigger.Update),
            _while_it_runs("surveyused_was_handed_out", _HANDED, pgtrigger.Insert),
            pgtrigger.Protect(name="surveyused_is_kept", operation=pgtrigger.Delete),
            _agree("surveyused_as_many_as_answers", pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id}"


class SurveyCount(models.Model):
    """How many gave an answer to a question. All of a cycle are written at every use."""

    question = models.ForeignKey(SurveyQuestion, models.CASCADE, related_name="counts")
    answer = models.CharField(max_length=8, choices=SurveyAnswer.choices)
    n = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "evaluation_count"
        verbose_name = _("answers of members")
        verbose_name_plural = _("answers of members")
        ordering = ["question", "answer"]
        constraints = [models.UniqueConstraint(fields=["question", "answer"], name="surveycount_one_sum")]
        triggers = [
            _while_it_runs("surveycount_while_it_runs", _OF_QUESTION, pgtrigger.Insert | pgtrigger.Update),
            pgtrigger.Protect(name="surveycount_is_kept", operation=pgtrigger.Delete),
            _agree("surveycount_as_many_as_codes", pgtrigger.Insert | pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} · {self.answer}"
