"""Answers as plain dicts: what the API sends and what pages show. The shapes are those of docs/architecture.md."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import ngettext

from core.geo import gazetteer
from core.geo.countries import country_name
from directory.asking import queries
from directory.asking.facets import Counts
from directory.asking.filters import FilterError, Filters
from directory.asking.mapview import map_view
from directory.asking.queries import Hits
from directory.geometry import Near
from directory.searching.search import search
from directory.shown import labels
from reading import kept, presenters
from reading.alternatives import alternatives
from reading.asked import Asked
from reading.lines import guide
from reading.presenters.learning import centre_of
from reading.shapes import (
    Card,
    CitiesAnswer,
    Feature,
    FeatureCollection,
    ListingsAnswer,
    MapAnswer,
    NearestAnswer,
    PointGeometry,
    SearchPage,
    SuggestionsAnswer,
    WholePlaceTold,
)
from reading.suggestions import suggestions
from reading.understood import told

#: One answer holds at most so many features; `next` leads to the others.
GEOJSON_PAGE = 5000


def map_answer(
    asked: Asked, filters: Filters, zoom: int, *, hits: Hits | None = None, counts: Counts | None = None
) -> MapAnswer:
    """Clusters and points of the box, totals of the whole question, and counts for every filter."""
    families = asked.vocabulary.families
    view = map_view(asked.audience, filters, zoom, families, asked.language, asked.at, hits=hits)
    counts = counts or kept.counts(asked, filters, hits)
    return {
        "revision": asked.revision,
        "generated_on": asked.at.date().isoformat(),
        "total": view.totals.listings,
        "places": view.totals.places,
        "unplaced": view.totals.unplaced,
        "clusters": view.clusters,
        "points": view.points,
        "counts": counts.by_value,
    }


def listings_answer(
    asked: Asked, filters: Filters, path: str = "", *, hits: Hits | None = None, counts: Counts | None = None
) -> ListingsAnswer:
    """A page of cards. `next` and `previous` are addresses under `path`, None without one.

    When nothing fits anywhere, `alternatives` says what would, and `guide` for kinds whose addresses are not shown.
    """
    page = existing_page(asked, filters, hits=hits)
    answer: ListingsAnswer = {
        "count": page.count,
        "places": page.places,
        "page": page.number,
        "pages": page.pages,
        "next": _page_address(path, page.next),
        "previous": _page_address(path, page.previous),
        "results": presenters.cards(page.rows, asked.vocabulary, asked.audience, asked.at),
    }
    if (found := guide(asked, filters)) is not None:
        answer["guide"] = found
    elif page.count == 0:
        counts = counts or kept.counts(asked, filters, hits)
        if counts.total == 0:
            answer["alternatives"] = alternatives(asked, filters, counts, hits=hits)
    return answer


def moved_answer(asked: Asked, filters: Filters, zoom: int, listed: Filters, path: str) -> MapAnswer:
    """All that a move of the map needs: what `map_answer` tells, and the first page of `listed`."""
    counts = kept.counts(asked, filters)
    drawn = map_answer(asked, filters, zoom, counts=counts)
    return {**drawn, "listings": listings_answer(asked, listed, path, counts=counts)}


def existing_page(asked: Asked, filters: Filters, *, hits: Hits | None = None) -> queries.ListingsPage:
    """The page that the filters name; FilterError when the list is not that long."""
    page = queries.listings_page(asked.audience, filters, asked.at, hits=hits)
    if page.number > page.pages:
        raise FilterError("page", no_such_page(page.pages))
    return page


def no_such_page(pages: int) -> str:
    return ngettext("There is only %(pages)d page.", "There are only %(pages)d pages.", pages) % {"pages": pages}


def geojson_answer(asked: Asked, filters: Filters, path: str) -> FeatureCollection:
    """RFC 7946. A listing without a point has no geometry. `next` is a foreign member, absent on the last page."""
    filters = filters.replace(page_size=GEOJSON_PAGE)
    page = existing_page(asked, filters)
    cards = presenters.cards(page.rows, asked.vocabulary, asked.audience, asked.at)
    answer: FeatureCollection = {"type": "FeatureCollection", "features": [_feature(card) for card in cards]}
    if page.next:
        answer["next"] = _page_address(path, page.next)
    return answer


def nearest_answer(asked: Asked, filters: Filters, near: Near, limit: int) -> NearestAnswer:
    rows = queries.nearest(asked.audience, filters, near, limit, asked.at)
    return {"results": presenters.cards(rows, asked.vocabulary, asked.audience, asked.at)}


def place_answer(asked: Asked, place_id: str, first: str = "") -> WholePlaceTold | None:
    """PLACE, or None when the audience may not know of it. The service `first` stands before the others."""
    rows = sorted(queries.place(asked.audience, place_id, asked.at), key=lambda row: row.id != first)
    if not rows:
        return None
    organization = queries.organization(asked.audience, rows[0].organization_slug, asked.at)
    told = presenters.place(rows, organization, asked.vocabulary, asked.audience, asked.at)
    centre = centre_of(asked, place_id) if rows[0].location_type in labels.PLACE_KIND else None
    return {**told, "centre": centre}


def search_answer(asked: Asked, query: str, filters: Filters, zoom: int, off: Collection[str] = ()) -> SearchPage:
    """A page of cards with the map of the same listings, and how the words were understood; `off` as in `search`."""
    found = search(asked.audience, query, filters, asked.at, asked.language, off)
    counts = kept.counts(asked, found.filters, found.hits)
    shown = listings_answer(asked, found.filters, hits=found.hits, counts=counts)
    drawn = map_answer(asked, found.filters, zoom, hits=found.hits, counts=counts)
    return {**shown, "map": drawn, "understood": told(asked, found.understood)}


def cities_answer(query: str, country: str = "") -> CitiesAnswer:
    """Places of the gazetteer that the words may mean."""
    return {
        "results": [
            {
                "id": one.id,
                "name": one.name(),
                "region": one.admin1,
                "country": one.country,
                "country_name": country_name(one.country),
                "lat": one.lat,
                "lon": one.lon,
                "timezone": one.timezone,
            }
            for one in gazetteer.search(query, country=country)
        ]
    }


def suggestions_answer(asked: Asked, query: str) -> SuggestionsAnswer:
    """Kinds of help, places and organisations that the words may mean."""
    return {"results": suggestions(asked, query)}


def _page_address(path: str, filters: Filters | None) -> str | None:
    if not path or filters is None:
        return None
    query = filters.to_query()
    return f"{path}?{query}" if query else path


def _feature(card: Card) -> Feature:
    lon, lat = card["lon"], card["lat"]
    geometry: PointGeometry | None = None
    if lon is not None and lat is not None:
        geometry = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "id": card["id"], "geometry": geometry, "properties": card}
