"""What stands beside a cell: registered sources of numbers, and of words that something is not there.

A room that knows more brings a source of its own, by its name in the settings (`GAP_SOURCES`, `GAP_ABSENCES`); nothing
here knows it. Numbers are sums of kind, country and a code; no source tells of a person, a place or an organisation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from core.types import Words


class AbsenceTold(NamedTuple):
    """Somebody has looked on the day and found none. `organization` is its public id; `how` says whom they asked."""

    kind: str
    country: str
    group: str
    on: dt.date
    organization: str
    how: str


class EvidenceSource(Protocol):
    """Numbers of one origin."""

    @property
    def code(self) -> str: ...

    @property
    def name(self) -> Words: ...

    def counts(self, first: dt.date, last: dt.date) -> Iterable[tuple[str, str, str, int]]:
        """Sums of these days, both included: kind, country, a code of the source, how many.

        The kind is a leaf, or a whole section where the source knows no more.
        """
        ...

    def words(self, what: str) -> Words:
        """A code in words."""
        ...


AbsenceSource = Callable[[dt.date], Iterable[AbsenceTold]]


def sources() -> list[EvidenceSource]:
    """In the order of the settings."""
    return [import_string(path) for path in settings.GAP_SOURCES]


def absences(on: dt.date, but: str = "") -> list[AbsenceTold]:
    """Every standing word of the day, of all sources, or of all but this one."""
    return [word for path in settings.GAP_ABSENCES if path != but for word in import_string(path)(on)]
