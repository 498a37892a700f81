"""The twenty indicators: what each asks, how it is measured, what its number means.

Fifteen are measured from the network's own rows, five from the survey of a year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.types import Words
from network.evaluation import formulas
from network.evaluation.measuring import Formula, Measured, MeasuredHow, MeasuredPeriod, measured
from network.evaluation.models import CoreQuestion, Direction

HOW = MeasuredHow


class DeclaredTask(models.TextChoices):
    """Which promise of the declaration it serves."""

    MAP = "map", pgettext_lazy("declaration", "A map that can be relied on")
    WAY = "way", pgettext_lazy("declaration", "A way that does not break off")
    QUALITY = "quality", pgettext_lazy("declaration", "Help that is there, and good")
    LEARNING = "learning", pgettext_lazy("declaration", "People who know how")
    TOGETHER = "together", pgettext_lazy("declaration", "A network that decides together")


@dataclass(frozen=True)
class IndicatorSpec:
    """`n` says of what its number is; `question` is the survey's. `is_of_people`: no number below five is told, and
    none before the freezing. `is_of_ways`: besides, it is rounded to five."""

    task: DeclaredTask
    name: Words
    means: Words
    n: Words
    formula: Formula
    how: MeasuredHow = MeasuredHow.SHARE
    direction: Direction = Direction.UP
    question: str = ""
    is_of_people: bool = False
    is_of_ways: bool = False

    @property
    def unit(self) -> str:
        return "%" if self.how == MeasuredHow.SHARE else ""


_SURVEY: Final = _("members that answered")
SPECS: Final[Mapping[str, IndicatorSpec]] = {
    "listings_fresh": IndicatorSpec(
        DeclaredTask.MAP, _("Services confirmed in time"),
        _("Of services on the map in the last month: those whose day had not passed."),
        _("services"), formulas.listings_fresh,
    ),
    "listings_level2": IndicatorSpec(
        DeclaredTask.MAP, _("Services checked by another organisation"),
        _("Of services on the map in the last month: those that somebody of another organisation has checked."),
        _("services"), formulas.listings_level2,
    ),
    "days_to_confirm": IndicatorSpec(
        DeclaredTask.MAP, _("Days from the letter to the confirmation"),
        _("The median of each month, weighed by how many confirmations it had."),
        _("confirmations"), formulas.days_to_confirm, HOW.MEAN, Direction.DOWN,
    ),
    "reports_in_7_days": IndicatorSpec(
        DeclaredTask.MAP, _("Reports of readers closed within seven days"),
        _("Of reports that came in the period: those that were closed within seven days."),
        _("reports"), formulas.reports_in_7_days, is_of_people=True,
    ),
    "searches_missed": IndicatorSpec(
        DeclaredTask.MAP, _("Searches of the map that found nothing"),
        _("How often somebody chose a kind of help and the map had none. Counted without words and people."),
        _("searches"), formulas.searches_missed, HOW.TOTAL, Direction.DOWN, is_of_people=True,
    ),
    "referrals_answered": IndicatorSpec(
        DeclaredTask.WAY, _("Referrals answered in time"),
        _("Of referrals whose people agreed to be counted: those that were answered in time. Rounded to five."),
        _("referrals"), formulas.referrals_answered, is_of_people=True, is_of_ways=True,
    ),
    "served_before_end": IndicatorSpec(
        DeclaredTask.WAY, _("Help came before the medicine ended"),
        _("Of referrals of people whose medicine was running out: help came before that day. Rounded to five."),
        _("referrals"), formulas.served_before_end, is_of_people=True, is_of_ways=True,
    ),
    "countries_coordinated": IndicatorSpec(
        DeclaredTask.WAY, _("Countries with a coordinator"),
        _("Of countries in which a member is registered: those that somebody coordinated on the last day."),
        _("countries"), formulas.countries_coordinated,
    ),
    "facts_fresh": IndicatorSpec(
        DeclaredTask.WAY, _("Facts about countries that were checked in time"),
        _("Of facts in force on the last day: those whose check had not run out."),
        _("facts"), formulas.facts_fresh,
    ),
    "gaps_closed": IndicatorSpec(
        DeclaredTask.QUALITY, _("Gaps closed"),
        _("Of gaps that were open in the period: those that sixty days of help have closed in it."),
        _("gaps"), formulas.gaps_closed,
    ),
    "members_reviewed": IndicatorSpec(
        DeclaredTask.QUALITY, _("Members with a review"),
        _("Of members on the last day: those whose yearly review was agreed in the period."),
        _("members"), formulas.members_reviewed,
    ),
    "grants_reported": IndicatorSpec(
        DeclaredTask.QUALITY, _("Reports about small grants accepted"),
        _("Of reports that were due in the period: those that were accepted by its end."),
        _("reports about grants"), formulas.grants_reported,
    ),
    "people_trained": IndicatorSpec(
        DeclaredTask.LEARNING, _("People trained, by certificates that hold"),
        _("On the last day. Whoever holds certificates of two topics counts twice."),
        _("people and topics"), formulas.people_trained, HOW.TOTAL, is_of_people=True,
    ),
    "members_change": IndicatorSpec(
        DeclaredTask.TOGETHER, _("Members that came, less those that left"),
        _("Changes of standing in the period."),
        _("changes"), formulas.members_change, HOW.TOTAL,
    ),
    "decisions_in_time": IndicatorSpec(
        DeclaredTask.TOGETHER, _("Decisions done in time"),
        _("Of decisions that were due in the period: those that were done by their day."),
        _("decisions"), formulas.decisions_in_time,
    ),
    "survey_map": IndicatorSpec(
        DeclaredTask.MAP, _("The map helps to find whom to send people to"),
        CoreQuestion.MAP.label, _SURVEY, formulas.survey_yes, question=CoreQuestion.MAP, is_of_people=True,
    ),
    "survey_answers": IndicatorSpec(
        DeclaredTask.WAY, _("Colleagues answer when they are needed"),
        CoreQuestion.ANSWERS.label, _SURVEY, formulas.survey_yes, question=CoreQuestion.ANSWERS, is_of_people=True,
    ),
    "survey_safe": IndicatorSpec(
        DeclaredTask.QUALITY, _("What is told to the network is safe in it"),
        CoreQuestion.SAFE.label, _SURVEY, formulas.survey_yes, question=CoreQuestion.SAFE, is_of_people=True,
    ),
    "survey_voice": IndicatorSpec(
        DeclaredTask.TOGETHER, _("Members have a say in what is decided"),
        CoreQuestion.VOICE.label, _SURVEY, formulas.survey_yes, question=CoreQuestion.VOICE, is_of_people=True,
    ),
    "survey_stronger": IndicatorSpec(
        DeclaredTask.TOGETHER, _("Members help people better because of the network"),
        CoreQuestion.STRONGER.label, _SURVEY, formulas.survey_yes, question=CoreQuestion.STRONGER, is_of_people=True,
    ),
}  # fmt: skip


def names_of(*, with_survey: bool) -> list[str]:
    """Codes of the indicators of a cycle, in their order."""
    return [code for code, spec in SPECS.items() if with_survey or not spec.question]


def measure(code: str, window: MeasuredPeriod) -> list[Measured]:
    """The indicator of this code in these days."""
    spec = SPECS[code]
    return measured(spec.formula(replace(window, question=spec.question)), spec.how, window.salt)
