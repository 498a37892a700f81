"""The words of evaluation, as codes."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CycleKind(models.TextChoices):
    """A light one has no survey."""

    YEAR = "year", pgettext_lazy("evaluation", "A year, with a survey")
    HALF = "half", pgettext_lazy("evaluation", "Half a year, without a survey")


class CycleState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("evaluation", "Planned")
    COLLECTING = "collecting", pgettext_lazy("evaluation", "Collecting")
    FROZEN = "frozen", pgettext_lazy("evaluation", "Frozen")
    DISCUSSED = "discussed", pgettext_lazy("evaluation", "Discussed")
    ADOPTED = "adopted", pgettext_lazy("evaluation", "Adopted")
    PUBLISHED = "published", pgettext_lazy("evaluation", "Published")


#: In which the figures stand as they were frozen.
STANDING: Final = (CycleState.FROZEN, CycleState.DISCUSSED, CycleState.ADOPTED, CycleState.PUBLISHED)
#: In which every member reads them.
OPEN_TO_MEMBERS: Final = (CycleState.ADOPTED, CycleState.PUBLISHED)
#: In which findings can be written.
FINDING: Final = (CycleState.FROZEN, CycleState.DISCUSSED)


class SurveyAnswer(models.TextChoices):
    YES = "yes", pgettext_lazy("survey", "Yes")
    PARTLY = "partly", pgettext_lazy("survey", "In part")
    NO = "no", pgettext_lazy("survey", "No")
    CANNOT = "cannot", pgettext_lazy("survey", "Cannot say")


class CoreQuestion(models.TextChoices):
    """Five questions that every yearly survey asks, so that years can be compared."""

    MAP = "map", _("Do you find on the map whom to send people to?")
    ANSWERS = "answers", _("Do colleagues of the network answer when you need them?")
    SAFE = "safe", _("Is what you tell the network safe in it?")
    VOICE = "voice", _("Does your organisation have a say in what the network decides?")
    STRONGER = "stronger", _("Do you help people better because you are in the network?")


class Direction(models.TextChoices):
    UP = "up", pgettext_lazy("indicator", "more is better")
    DOWN = "down", pgettext_lazy("indicator", "less is better")


class RecommendationState(models.TextChoices):
    OPEN = "open", pgettext_lazy("recommendation", "Waits for a decision")
    DECIDED = "decided", pgettext_lazy("recommendation", "Decided")
    DECLINED = "declined", pgettext_lazy("recommendation", "Not taken up")
