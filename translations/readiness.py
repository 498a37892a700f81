"""How far a language is: whether everything that a reader meets was checked by people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.languages import Language, by_code
from translations.models import Translation
from translations.rows import rows_of
from translations.states import WordState, counted
from translations.texts.glossary import STEMS_NEEDED, glossary
from translations.texts.tiers import NEEDED
from translations.texts.units import Unit


@dataclass(frozen=True)
class HowFar:
    language: Language
    needed: int
    states: Counter[WordState]
    later: Counter[WordState]
    stems: int

    @property
    def checked(self) -> int:
        return self.states[WordState.CHECKED]

    @property
    def is_ready(self) -> bool:
        """Checked by people to the last word, and words that hurt are known."""
        return self.checked == self.needed and self.stems >= STEMS_NEEDED


def progress_of(language: str, units: Sequence[Unit], rows: Mapping[str, Translation] | None = None) -> HowFar:
    rows = rows_of(language) if rows is None else rows
    needed = [unit for unit in units if unit.tier in NEEDED]
    others = [unit for unit in units if unit.tier not in NEEDED]
    return HowFar(
        by_code(language), len(needed), counted(needed, rows), counted(others, rows), glossary(language).stems_checked
    )
