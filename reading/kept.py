"""What is the same for everybody who asks within five minutes: asked of the database once, and kept in memory.

Rule: it goes with the directory's revision, so nothing that was hidden stays in it, and nothing that anybody has asked
is kept: only answers to the question without conditions are.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

from core.phrasing.marks import marking
from directory.asking import facets, queries
from directory.asking.facets import Counts
from directory.asking.filters import Filters
from directory.asking.queries import Hits
from directory.filtering.declared import ANY_COUNTRY
from directory.vocabulary import Vocabulary
from reading.asked import Asked
from reading.presenters.choices import City

#: An answer may be this old. What opens, closes and lapses meanwhile is told by the cards, which are of the moment.
SECONDS = 300
ValueT = TypeVar("ValueT")
#: By the vocabulary of a revision, which nobody holds any more when the next one has been read.
_kept: WeakKeyDictionary[Vocabulary, dict[tuple[str, ...], tuple[int, object]]] = WeakKeyDictionary()


#: What depends on more than a handful of choices: the newest of it alone.
MOST = 96
_few: WeakKeyDictionary[Vocabulary, OrderedDict[tuple[str, ...], tuple[int, object]]] = WeakKeyDictionary()
_lock = threading.Lock()


def cities(asked: Asked) -> list[City]:
    """As `facets.cities`."""
    return once(asked, ("cities", asked.language), lambda: list(facets.cities(asked.audience, asked.at)))


def counts(asked: Asked, filters: Filters, hits: Hits | None = None) -> Counts:
    """As `facets.facet_counts`."""

    def count() -> Counts:
        return facets.facet_counts(asked.audience, filters, asked.vocabulary, asked.at, hits=hits)

    return once(asked, ("counts",), count) if _asks_for_everything(filters, hits) else count()


def by_country(asked: Asked) -> dict[str, int]:
    """How many services each country has. What is given anywhere, from afar, belongs to none."""
    numbers = counts(asked, Filters()).by_value.get("country", {})
    return {code: number for code, number in numbers.items() if number and code != ANY_COUNTRY}


def extent(asked: Asked, filters: Filters) -> list[float] | None:
    """As `queries.extent`."""

    def measure() -> list[float] | None:
        return queries.extent(asked.audience, filters, asked.at)

    return once(asked, ("extent",), measure) if _asks_for_everything(filters) else measure()


def bucket(at: dt.datetime) -> int:
    """Which of the spans of five minutes it is."""
    return int(at.timestamp() // SECONDS)


def forget() -> None:
    """For tests, whose databases go back to an earlier state."""
    _kept.clear()
    _few.clear()


def _asks_for_everything(filters: Filters, hits: Hits | None = None) -> bool:
    return hits is None and not (filters.active() or filters.near or filters.is_lost)


def once(asked: Asked, about: tuple[str, ...], make: Callable[[], ValueT]) -> ValueT:
    """What `make` gives, for this audience, revision and five minutes; for whoever asks next, so without marks.

    Of a question whose words come from lists of ours alone: nothing here is put away before the revision is over.
    """
    kept = _kept.setdefault(asked.vocabulary, {})
    key, now = (asked.audience, *about), bucket(asked.at)
    found = kept.get(key)
    if found is None or found[0] != now:
        with marking(on=False):
            found = kept[key] = (now, make())
    return cast(ValueT, found[1])


def few(asked: Asked, about: tuple[str, ...], make: Callable[[], ValueT]) -> ValueT:
    """As `once`, of the MOST that were asked for last: for what takes its key from more than a list of ours."""
    key, now = (asked.audience, *about), bucket(asked.at)
    with _lock:
        kept = _few.setdefault(asked.vocabulary, OrderedDict())
        found = kept.get(key)
        if found is not None and found[0] == now:
            kept.move_to_end(key)
            return cast(ValueT, found[1])
    with marking(on=False):
        made = make()
    with _lock:
        kept[key] = (now, made)
        kept.move_to_end(key)
        while len(kept) > MOST:
            kept.popitem(last=False)
    return made
