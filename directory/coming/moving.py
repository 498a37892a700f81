"""Where the pins of mobile points stand at an instant.

Rule: a row's `point` is its first stop, and the map shows the stop of now, or the next one. There are few such rows, so
they are read, asked for their stop by the rules of hours, and given back to the question as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping

from django.db.models import FloatField, Q, QuerySet
from django.db.models.expressions import RawSQL

from directory.coming.stops import whereabouts
from directory.crossing.content import Pair
from directory.geometry import Box
from directory.tables.listings import AbstractListing

#: By the id of a place: what is given at one place moves together.
Spots = Mapping[str, Pair]


def spots_of(current: QuerySet[AbstractListing], at: dt.datetime) -> Spots:
    """The spot of each place with stops. `current` are the rows of the audience."""
    rows = current.exclude(stops=[]).order_by("id").values_list("place_id", "stops", "country", "timezone")
    found = {place: whereabouts(stops, country, zone, at) for place, stops, country, zone in rows}
    return {place: [stop["lon"], stop["lat"]] for place, stop in found.items() if stop}


def inside(box: Box, spots: Spots) -> Q:
    """Rows whose pin lies in the box."""
    if not spots:
        return box.condition()
    held = [place for place, (lon, lat) in spots.items() if box.holds(lon, lat)]
    return (box.condition() & ~Q(place_id__in=list(spots))) | Q(place_id__in=held)


def coordinate(axis: str, spots: Spots) -> RawSQL:
    """Longitude (X) or latitude (Y) of the pin of a row."""
    usual = f"ST_{axis}(point)"
    if not spots:
        return RawSQL(usual, [], output_field=FloatField())  # noqa: S611  (one of two names)
    sql = f"coalesce((%s::jsonb -> place_id ->> {'XY'.index(axis)})::float8, {usual})"
    return RawSQL(sql, [json.dumps(spots)], output_field=FloatField())  # noqa: S611  (the same)
