"""How every cell stands: what is listed, what a fact forbids, where somebody has looked.

Rule, in this order: a good listing and another one beside it: there is. Any listing: thin. A fact in force that says
no: impossible. A standing word of somebody who looked: none. Everything else, always: unknown. A way between two
countries stands as its weaker end does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from core import clock
from core.geo.countries import countries
from directory.tables.lands import MemberCountryFact
from directory.tables.topics import FactAnswer, Topic
from directory.vocabulary import Vocabulary
from network.gaps.matrix import GROUP, NOTHING, CellKey, Listed, listed
from network.gaps.models.words import WEAKER, CellState
from network.gaps.sources import AbsenceTold, absences

#: Which «no» of a country makes which kind of help impossible there.
FORBIDS: Final = {Topic.OST: "opioid_substitution", Topic.PREP: "prep", Topic.PEP: "pep"}
#: Help for members of the network among themselves is no gap of people.
LEFT_OUT: Final = "network_members"


@dataclass(frozen=True)
class GapCell:
    """`fact` is the topic that forbids, also beside a listing that there is all the same; `word` who has looked."""

    state: CellState
    listed: Listed = NOTHING
    fact: str = ""
    word: AbsenceTold | None = None


#: By far most cells: nothing listed, nothing forbidden, nobody has looked.
UNKNOWN: Final = GapCell(CellState.UNKNOWN)


@dataclass(frozen=True)
class Matrix:
    """All cells of one cut. `rows` hold what is listed, `forbidden` topics by kind and country, `words` who looked."""

    axis: str
    kinds: list[str]
    countries: list[str]
    ones: list[str]
    rows: Mapping[CellKey, Listed]
    forbidden: Mapping[tuple[str, str], str] = field(default_factory=dict)
    words: Mapping[CellKey, AbsenceTold] = field(default_factory=dict)

    def cell(self, kind: str, country: str, one: str = "") -> GapCell:
        key = CellKey(kind, country, one)
        found = self.rows.get(key, NOTHING)
        fact = self.forbidden.get((kind, country), "")
        # Where nobody offers it at all, nobody offers it to one group or in one language.
        word = self.words.get(CellKey(kind, country)) if self.words else None
        if self.axis == GROUP and one and not word:
            word = self.words.get(key)
        if not (found.all or fact or word):
            return UNKNOWN
        if found.good and found.all > 1:
            return GapCell(CellState.YES, found, fact)
        if found.all:
            return GapCell(CellState.THIN, found, fact)
        if fact:
            return GapCell(CellState.IMPOSSIBLE, found, fact)
        return GapCell(CellState.NONE if word else CellState.UNKNOWN, found, "", word)

    def way(self, kind: str, here: str, there: str) -> GapCell:
        """The weaker end of a way from one country to another."""
        ends = [self.cell(kind, here), self.cell(kind, there)]
        return min(ends, key=lambda end: WEAKER.index(end.state))


def matrix(vocabulary: Vocabulary, axis: str = GROUP, at: dt.datetime | None = None) -> Matrix:
    """The cells as they stand at the instant (now)."""
    at = at or clock.now()
    groups = [code for code, term in vocabulary.scheme("group").items() if not term.is_retired]
    tree = {top: leaves for top, leaves in vocabulary.tree.items() if top != LEFT_OUT}
    kinds = [code for leaves in tree.values() for code in leaves if not vocabulary.scheme("service")[code].is_retired]
    rows = listed(axis, groups, at)
    languages = [code for code in vocabulary.scheme("language") if any(key.one == code for key in rows)]
    return Matrix(
        axis=axis,
        kinds=kinds,
        countries=_countries(rows),
        ones=groups if axis == GROUP else languages,
        rows=rows,
        forbidden=forbidden(at.date()),
        words=_words(absences(at.date())),
    )


def forbidden(on: dt.date) -> dict[tuple[str, str], str]:
    """Topics by kind and country of facts in force that say no; a fact past its day forbids nothing any more."""
    facts = MemberCountryFact.objects.with_standing(on).filter(topic__in=list(FORBIDS), answer=FactAnswer.NO)
    found = facts.order_by("topic", "country")
    return {(FORBIDS[Topic(row.topic)], row.country): row.topic for row in found if row.standing != "stale"}


def _countries(rows: Mapping[CellKey, Listed]) -> list[str]:
    """The network's, and wherever anything is listed; the network's first."""
    seen = {key.country for key in rows}
    known = countries()
    inside = [code for code, one in known.items() if one["in_network"] or code in seen]
    return inside + sorted(seen - set(known))


def _words(told: Iterable[AbsenceTold]) -> dict[CellKey, AbsenceTold]:
    """The newest word of each cell."""
    found: dict[CellKey, AbsenceTold] = {}
    for word in sorted(told, key=lambda one: one.on):
        found[CellKey(word.kind, word.country, word.group)] = word
    return found
