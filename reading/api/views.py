"""The endpoints: each reads its parameters and hands the question to `reading.answers`."""

from __future__ import annotations

from typing import NoReturn

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request

from core.geo.countries import country_codes
from core.geo.gazetteer.search import MAX_QUERY as MAX_CITY
from directory.asking import queries
from directory.asking.filters import FilterError, Filters, Source, one_of, parse_filters, values_of
from directory.asking.mapview import MAX_ZOOM
from directory.numbers import as_integer
from directory.searching.search import MAX_QUERY
from reading import answers
from reading.api import schemas
from reading.api.base import DirectoryView, OneWithAnother, PostedQuestion, Question, not_found, text_of, withdrawn
from reading.asked import Asked
from reading.road.pack import pack_answer
from reading.road.states import state_of

DEFAULT_ZOOM = 4
MAX_NEAREST = 100


def integer(source: Source, name: str, default: int, least: int, most: int) -> int:
    try:
        return as_integer(one_of(source, name) or str(default), least, most)
    except ValueError as error:
        raise FilterError(name, error) from error


@extend_schema_view(get=extend_schema(**schemas.MAP))
class MapQuestion(DirectoryView):
    """What the map shows of a box: clusters or places, totals, counts beside every filter value."""

    known = schemas.names_of(schemas.MAP)

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        filters = parse_filters(source, asked.vocabulary)
        zoom = integer(source, "zoom", DEFAULT_ZOOM, 0, MAX_ZOOM)
        if (listed := self._listed(asked, source, filters)) is None:
            return f"{filters.to_query()}&zoom={zoom}", lambda: answers.map_answer(asked, filters, zoom)
        path = f"{self.request.path.removesuffix('map/')}listings/"
        canonical = f"{filters.to_query()}&zoom={zoom}&list={listed.bbox or 'all'}"
        return canonical, lambda: answers.moved_answer(asked, filters, zoom, listed, path)

    def _listed(self, asked: Asked, source: Source, filters: Filters) -> Filters | None:
        """The question of the list: the same in a box of its own, or everywhere; None where no list is asked for."""
        value = one_of(source, "list")
        if not value:
            return None
        try:
            box = None if value == "all" else parse_filters({"bbox": value}, asked.vocabulary).bbox
        except FilterError as error:
            raise FilterError("list", error.message) from error
        return filters.replace(bbox=box)


@extend_schema_view(get=extend_schema(**schemas.LISTINGS))
class ListingsQuestion(DirectoryView):
    """Listings as cards, page by page."""

    known = schemas.names_of(schemas.LISTINGS)

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        filters = parse_filters(source, asked.vocabulary)
        return filters.to_query(), lambda: answers.listings_answer(asked, filters, self.request.path)


@extend_schema_view(get=extend_schema(**schemas.GEOJSON))
class GeoJsonQuestion(DirectoryView):
    """The same listings as GeoJSON (RFC 7946)."""

    content_type = "application/geo+json"
    known = schemas.names_of(schemas.GEOJSON)

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        filters = parse_filters(source, asked.vocabulary)
        return filters.to_query(), lambda: answers.geojson_answer(asked, filters, self.request.path)


@extend_schema_view(get=extend_schema(**schemas.PLACE))
class PlaceQuestion(DirectoryView):
    """Everything about one place and its services."""

    known = schemas.names_of(schemas.PLACE)

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        place_id = kwargs["place_id"]
        return place_id, lambda: answers.place_answer(asked, place_id) or self._moved(asked, place_id)

    def _moved(self, asked: Asked, place_id: str) -> NoReturn:
        """Says where it is now, where it became one with another one; else there is nothing."""
        if there := queries.moved_to(asked.audience, place_id, asked.at):
            raise OneWithAnother(there)
        not_found()


@extend_schema_view(get=extend_schema(**schemas.NEAREST))
class NearestQuestion(DirectoryView):
    """The nearest listings that fit the filters."""

    known = schemas.names_of(schemas.NEAREST)

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        filters = parse_filters(source, asked.vocabulary)
        limit = integer(source, "limit", 10, 1, MAX_NEAREST)
        near = filters.near
        if near is None:
            raise FilterError("lat", _("lat and lon are needed here."))
        return f"{filters.to_query()}&limit={limit}", lambda: answers.nearest_answer(asked, filters, near, limit)


@extend_schema_view(get=extend_schema(**schemas.PACK))
class PackQuestion(DirectoryView):
    """A country to take along, whole or as what changed since."""

    known = schemas.names_of(schemas.PACK)

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        country, since = kwargs["country"].upper(), one_of(source, "since") or ""
        if country not in country_codes() or kwargs["country"] != country.lower():
            not_found()
        if since and not state_of(since):
            raise FilterError("since", _("This is no revision of a pack."))
        return f"{country}&since={since}", lambda: pack_answer(asked, country, since) or withdrawn()


class SearchQuestion(PostedQuestion):
    """Listings that fit words and filters, with their map. The words stay out of addresses and logs."""

    known = schemas.names_of(schemas.SEARCH)

    @extend_schema(**schemas.SEARCH)
    def post(self, request: Request, **kwargs: str) -> HttpResponse:
        return super().post(request, **kwargs)

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        filters = parse_filters(source, asked.vocabulary)
        query = text_of(source, "q", MAX_QUERY)
        zoom = integer(source, "zoom", DEFAULT_ZOOM, 0, MAX_ZOOM)
        off = values_of(source, "off")
        return "", lambda: answers.search_answer(asked, query, filters, zoom, off)


class CitiesQuestion(PostedQuestion):
    """Cities and towns that the words may mean, for “near a city”."""

    known = schemas.names_of(schemas.CITIES)

    @extend_schema(**schemas.CITIES)
    def post(self, request: Request, **kwargs: str) -> HttpResponse:
        return super().post(request, **kwargs)

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        query = text_of(source, "q", MAX_CITY)
        country = text_of(source, "country", 2).upper()
        return "", lambda: answers.cities_answer(query, country)


class SuggestionsQuestion(PostedQuestion):
    """Kinds of help, places and organisations that the words may mean. The words stay out of addresses and logs."""

    known = schemas.names_of(schemas.SUGGESTIONS)

    @extend_schema(**schemas.SUGGESTIONS)
    def post(self, request: Request, **kwargs: str) -> HttpResponse:
        return super().post(request, **kwargs)

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        query = text_of(source, "q", MAX_QUERY)
        return "", lambda: answers.suggestions_answer(asked, query)
