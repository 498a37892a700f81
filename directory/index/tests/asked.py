"""Random questions, each asked twice: of the packed index and of SQL."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

from django.db import connection

from core.languages import spoken
from directory.asking import facets, mapview, queries
from directory.asking.filters import Filters
from directory.asking.queries import Hits
from directory.crossing.records import Audience
from directory.geometry import Box, Near
from directory.index import keeper
from directory.index.answering import Answering
from directory.index.making.building import pack
from directory.index.making.copying import copied
from directory.vocabulary import vocabulary

Ask = Callable[[], Any]


def install(*audiences: Audience) -> None:
    """Indexes of what the tables hold now, in this transaction."""
    for audience in audiences:
        keeper.put(audience, keeper.look(audience)[0], Answering(pack(copied(audience, connection))))


def question(some: random.Random, audience: Audience, at: dt.datetime, pool: dict[str, list[str]], ids: list[str],
             around: list[tuple[float, float]]) -> tuple[str, Ask]:  # fmt: skip
    """What is asked, in words for whoever reads a difference, and the asking."""
    filters = Filters(**_filters(some, pool))
    lon, lat = some.choice(around)
    hits = _hits(some, ids) if some.random() < 0.2 else None
    kind = some.choice(["map", "map", "map", "page", "page", "nearest", "extent", "counts"])
    if kind in ("map", "page") and some.random() < 0.8:
        filters = filters.replace(bbox=_box(some, lon, lat))
    zoom, told = some.randint(0, 18), vocabulary(audience)
    families = some.choice([told.families, [], ["law", "health"]])
    page = filters.replace(
        page=some.randint(1, 4), page_size=some.choice([1, 5, 20]), sort=some.choice(["", "", "checked"])
    )
    language = some.choice(spoken())
    near, count = Near(lat + some.uniform(-3, 3), lon), some.randint(1, 30)
    asks: dict[str, Ask] = {
        "map": lambda: _drawn(mapview.map_view(audience, filters, zoom, families, language, at, hits=hits)),
        "counts": lambda: _counted(facets.facet_counts(audience, filters, told, at, hits=hits)),
        "page": lambda: _walked(audience, page, at),
        "nearest": lambda: [(row.id, row.distance_km) for row in queries.nearest(audience, filters, near, count, at)],
        "extent": lambda: queries.extent(audience, filters, at),
    }
    return f"{kind} {audience} {at} zoom {zoom} {language} {page if kind == 'page' else filters} {hits}", asks[kind]


def _filters(some: random.Random, pool: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    names = some.sample(list(pool), some.choice([0, 0, 1, 1, 2, 3]))
    return {
        name: tuple(sorted(some.sample(pool[name], min(len(pool[name]), some.choice([1, 1, 2]))))) for name in names
    }


def _hits(some: random.Random, ids: list[str]) -> Hits:
    found = some.sample(ids, some.randint(0, min(40, len(ids))))
    return Hits({one: some.random() for one in [*found, "zzzzzzzzzz"]}, all_that_fit=some.random() < 0.8)


def _box(some: random.Random, lon: float, lat: float) -> Box:
    wide = some.choice([0.01, 0.3, 5, 60, 179])
    west, east = ((edge + 180) % 360 - 180 for edge in (lon - wide, lon + wide * some.random()))
    return Box(west, max(-90, lat - wide / 2), east, min(90, lat + wide / 2))


def _drawn(view: mapview.MapView) -> Any:
    """Whatever the order in which clusters and points come."""
    clusters = sorted(view.clusters, key=lambda one: (one["lon"], one["lat"], one["count"]))
    return view.totals, clusters, sorted(view.points, key=lambda one: one["id"])


def _walked(audience: Audience, asked: Filters, at: dt.datetime) -> Any:
    """A page, two further on by what it says, and one back."""
    found = []
    for way in ("next", "next", "previous", "next"):
        page = queries.listings_page(audience, asked, at)
        found.append(([row.id for row in page.rows], page.count, page.places, page.pages, page.next, page.previous))
        if (beside := getattr(page, way)) is None:
            break
        asked = beside
    return found


def _counted(counts: facets.Counts) -> Any:
    """Flat, so that a difference is short."""
    values = {(name, value): n for name, some in counts.by_value.items() for value, n in some.items()}
    return values | {("", ""): counts.total} | {(name, "without"): n for name, n in counts.without.items()}
