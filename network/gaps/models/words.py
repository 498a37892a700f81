"""The words of the matrix and of what is done about it."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import pgettext_lazy


class CellState(models.TextChoices):
    """How a cell stands. The order is that of `WEAKER`: what is true of a way is true of its weaker end."""

    IMPOSSIBLE = "impossible", pgettext_lazy("cell", "impossible")
    NONE = "none", pgettext_lazy("cell", "none")
    UNKNOWN = "unknown", pgettext_lazy("cell", "not known")
    THIN = "thin", pgettext_lazy("cell", "thin")
    YES = "yes", pgettext_lazy("cell", "there is")


#: From the weakest.
WEAKER: Final = tuple(CellState)
#: A sign for each: colour is never alone.
SIGNS: Final = {
    CellState.YES: "✓",
    CellState.THIN: "◐",
    CellState.NONE: "○",
    CellState.UNKNOWN: "?",
    CellState.IMPOSSIBLE: "⊘",
}


class GapState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("gap", "proposed")
    OPEN = "open", pgettext_lazy("gap", "open")
    IN_WORK = "in_work", pgettext_lazy("gap", "in work")
    ACCEPTED = "accepted", pgettext_lazy("gap", "cannot be changed now")
    CLOSED = "closed", pgettext_lazy("gap", "closed")
    DROPPED = "dropped", pgettext_lazy("gap", "dropped")


#: Somebody still has to do with it.
LIVE: Final = (GapState.PROPOSED, GapState.OPEN, GapState.IN_WORK, GapState.ACCEPTED)
#: Something should be done about it.
AT_WORK: Final = (GapState.OPEN, GapState.IN_WORK)


class Priority(models.TextChoices):
    NOW = "now", pgettext_lazy("priority", "people are in danger without it")
    SOON = "soon", pgettext_lazy("priority", "this year")
    LATER = "later", pgettext_lazy("priority", "when there is a way")


class StepKind(models.TextChoices):
    """What happened to a gap."""

    PROPOSED = "proposed", pgettext_lazy("step of a gap", "proposed")
    OPENED = "opened", pgettext_lazy("step of a gap", "opened")
    PLANNED = "planned", pgettext_lazy("step of a gap", "action agreed")
    ACCEPTED = "accepted", pgettext_lazy("step of a gap", "put off: it cannot be changed now")
    DROPPED = "dropped", pgettext_lazy("step of a gap", "dropped")
    REOPENED = "reopened", pgettext_lazy("step of a gap", "taken up again")
    HELD = "held", pgettext_lazy("step of a gap", "the help is there: the days are counted")
    FELL = "fell", pgettext_lazy("step of a gap", "the help is gone again: the days begin anew")
    CLOSED = "closed", pgettext_lazy("step of a gap", "closed: the help was there for 60 days")
