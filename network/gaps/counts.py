"""The numbers beside a cell, as people may read them.

Rule: a number below five is told as «fewer than five», and so is every sum from which it could be reckoned: where one
part is hidden, the sum is not told. Numbers are of whole weeks, so that nobody sees one person make the difference of
a day. No number is cut by group, city or organisation.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core import clock
from core.types import Words
from network.gaps.sources import EvidenceSource, sources

#: Smaller numbers might point at somebody.
LEAST: Final = 5
WEEKS: Final = 12


@dataclass(frozen=True)
class NumberPart:
    """`count` None: fewer than five, and more than none."""

    words: Words
    count: int | None


@dataclass(frozen=True)
class Evidence:
    """What one source says of a cell. `total` None: it is not told."""

    code: str
    name: Words
    total: int | None
    parts: list[NumberPart]
    #: It speaks of the whole section of the kind, because its source knows no more.
    is_of_section: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether the sum is all that there is to say."""
        return len(self.parts) < 2 and self.parts[0].words == self.name


class CellNumbers:
    """Every number of the last whole weeks, asked once for a page."""

    def __init__(self, on: dt.date | None = None) -> None:
        today = on or clock.today()
        self.last = today - dt.timedelta(days=today.weekday() + 1)
        self.first = self.last - dt.timedelta(days=7 * WEEKS - 1)
        self._sums: list[tuple[EvidenceSource, dict[tuple[str, str], Counter[str]]]] = []
        for source in sources():
            sums: dict[tuple[str, str], Counter[str]] = {}
            for kind, country, what, count in source.counts(self.first, self.last):
                sums.setdefault((kind, country), Counter())[what] += count
            self._sums.append((source, sums))

    def of(self, kind: str, country: str, section: str = "") -> list[Evidence]:
        """What is told beside a cell: of its kind, and of the `section` where a source knows no more."""
        found = []
        for source, sums in self._sums:
            if own := sums.get((kind, country)):
                found.append(_told(source, own))
            elif own := sums.get((section, country)):
                found.append(_told(source, own, is_of_section=True))
        return found

    def every(self) -> list[tuple[str, str, Evidence]]:
        """All that is told anywhere: kind, country, evidence. For tables, and for whoever proves the rule."""
        return [
            (kind, country, _told(source, own))
            for source, sums in self._sums
            for (kind, country), own in sorted(sums.items())
        ]


def _told(source: EvidenceSource, own: Mapping[str, int], *, is_of_section: bool = False) -> Evidence:
    parts = [
        NumberPart(source.words(what), count if count >= LEAST else None)
        for what, count in sorted(own.items(), key=lambda item: (-item[1] if item[1] >= LEAST else 0, item[0]))
        if count
    ]
    hides = any(part.count is None for part in parts)
    return Evidence(source.code, source.name, None if hides else sum(own.values()), parts, is_of_section)
