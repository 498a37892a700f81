"""Who answers a question about many listings: the packed index where there is one, else SQL. The one seam.

Each function gives None where SQL has to answer; `listings_page` and the others do not know who did.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from directory.asking.filters import Filters
from directory.asking.groups import Group, RawCounts, Totals
from directory.crossing.records import Audience
from directory.geometry import Near
from directory.index import keeper

if TYPE_CHECKING:
    from directory.index.answering import Answering
    from directory.index.asking import FoundByWords

AnswerT = TypeVar("AnswerT")
Extent = tuple[float, float, float, float]


def map_groups(
    audience: Audience,
    filters: Filters,
    at: dt.datetime,
    hits: FoundByWords | None,
    zoom: int,
    families: list[str],
    language: str,
    alone_up_to: int,
) -> tuple[Totals, list[Group]] | None:
    """Totals, and groups inside of the box; up to `alone_up_to` places (-1: none) are not grouped."""
    return _asked(audience, lambda one: one.map_groups(filters, at, hits, zoom, families, language, alone_up_to))


def counts(audience: Audience, filters: Filters, at: dt.datetime, hits: FoundByWords | None) -> RawCounts | None:
    return _asked(audience, lambda one: one.counts(filters, at, hits))


def extent(audience: Audience, filters: Filters, at: dt.datetime) -> tuple[Extent | None] | None:
    """In a tuple, because there may be none of what fits."""
    return _asked(audience, lambda one: (one.extent(filters, at),))


def nearest(audience: Audience, filters: Filters, near: Near, limit: int, at: dt.datetime) -> list[str] | None:
    """Ids among which the nearest are."""
    return _asked(audience, lambda one: one.nearest(filters, near, limit, at))


def page(
    audience: Audience, filters: Filters, at: dt.datetime, hits: FoundByWords | None
) -> tuple[int, int, Extent | None, list[str], int] | None:
    """Listings, places and extent of everything that fits, ids among which those of the page are, and how many rows
    ahead of the page are not among them."""
    return _asked(audience, lambda one: one.page(filters, at, hits))


def _asked(audience: Audience, ask: Callable[[Answering], AnswerT]) -> AnswerT | None:
    answering = keeper.answering(audience)
    if answering is None:
        return None
    from directory.index.asking import NotMine  # numpy is loaded by whoever has an index

    try:
        return ask(answering)
    except NotMine:
        return None
