"""What a translator asked for: a language of theirs, a part of its queue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.requests import SignedInRequest
from core.types import Words
from translations.models import Translation
from translations.rights import may_translate
from translations.rows import rows_of
from translations.states import WordState, forms_told, state_of
from translations.texts import tiers
from translations.texts.units import Unit, every

#: What to do, as the queue asks: write, check, or look at everything.
TO_WRITE, TO_CHECK, ALL = "write", "check", "all"
STATES: Mapping[str, tuple[WordState, ...]] = {
    TO_WRITE: (WordState.MISSING, WordState.OUTDATED),
    TO_CHECK: (WordState.UNCHECKED, WordState.MACHINE),
    ALL: tuple(WordState),
}
TIERS: Mapping[str, tuple[Words, int]] = {
    "first": (_("What must be right at once"), tiers.FIRST),
    "vocabulary": (_("Kinds of help and other words"), tiers.VOCABULARY),
    "readers": (_("The map and its pages"), tiers.READERS),
    "records": (_("Texts of places and services"), tiers.RECORDS_TIER),
    "doors": (_("Letters and forms"), tiers.DOORS),
    "rest": (_("The workspace and the rest"), tiers.LAST),
}


@dataclass(frozen=True)
class UnitLine:
    unit: Unit
    row: Translation | None
    state: WordState

    @property
    def forms(self) -> list[str]:
        return forms_told(self.unit, self.row)


@dataclass(frozen=True)
class Queue:
    """A part of what there is of a language, in the order in which it matters."""

    language: str
    show: str
    tier: str
    lines: list[UnitLine]
    shows: Counter[str]
    tiers: Counter[str]

    @property
    def question(self) -> str:
        return urlencode({name: value for name, value in (("show", self.show), ("tier", self.tier)) if value})

    def beside(self, unit: Unit, step: int) -> Unit | None:
        """The next or the previous one; from outside of the queue its first."""
        ids = [line.unit.id for line in self.lines]
        at = ids.index(unit.id) + step if unit.id in ids else 0
        return self.lines[at].unit if 0 <= at < len(ids) else None


def language_asked(request: SignedInRequest, tongue: str) -> str:
    """One of their own; any other is not there for them."""
    if not may_translate(request.user, tongue):
        raise Http404
    return tongue


def queue_asked(language: str, asked: QueryDict) -> Queue:
    rows = rows_of(language)
    every_line = [UnitLine(unit, row := rows.get(unit.id), state_of(unit, row)) for unit in every()]
    tier = asked.get("tier", "")
    tier = tier if tier in TIERS else ""
    show = asked.get("show", TO_WRITE)
    show = show if show in STATES else TO_WRITE
    in_tier = [line for line in every_line if not tier or line.unit.tier == TIERS[tier][1]]
    in_show = [line for line in every_line if line.state in STATES[show]]
    return Queue(
        language,
        show,
        tier,
        [line for line in in_tier if line.state in STATES[show]],
        Counter(name for line in in_tier for name, states in STATES.items() if line.state in states),
        Counter(name for line in in_show for name, (_words, number) in TIERS.items() if line.unit.tier == number),
    )
