"""In which order a list stands, and what is within reach of the place that it was asked for.

Rule: whoever names a place reads what is within reach first, then what needs no way there, then what is far, by the way
there. What comes there is within reach wherever it starts, and stands as though it were a few kilometres away. Whoever
names none reads first what is nearest to the middle of the part of the world that is looked at.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.gis.geos import Point
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Case, ExpressionWrapper, F, FloatField, Func, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Cast, Coalesce, Least
from django.db.models.lookups import Exact
from django.db.models.sql.compiler import SQLCompiler

from directory.asking.filters import Filters
from directory.filtering.conditions import OPEN_OPERATIONS, NotClosedByNotice
from directory.filtering.declared import FILTERS
from directory.freshness import is_overdue
from directory.geometry import Near
from directory.marks import LAST, RowMark

#: So far somebody goes and comes back within a day.
REACH_KM = 100.0
#: What `reach` numbers: places within reach, help without a way, places that are far, help from elsewhere.
REACHES = ("near", "remote", "far", "elsewhere")
_REMOTE = ["online", "phone", "post"]
_COMES = ["outreach", "mobile"]
#: What comes to people stands behind what is next door, and before what is across the town.
_COMES_KM = 5.0
#: In a search near a place, a listing so far away is worth half of one next door; one without a point is far away.
_HALF_WORTH_KM = 100.0
_FAR_KM = 1000.0


def distance(near: Near) -> RawSQL:
    """Kilometres on the spheroid, from the point that the audience may know."""
    sql = "ST_Distance(point::geography, ST_SetSRID(ST_MakePoint(%s, %s), 4326)::geography) / 1000"
    return RawSQL(sql, [near.lon, near.lat], output_field=FloatField())  # noqa: S611


def within(near: Near) -> RawSQL:
    """Whether the point lies in the radius of `near`."""
    sql = "ST_DWithin(point::geography, ST_SetSRID(ST_MakePoint(%s, %s), 4326)::geography, %s)"
    return RawSQL(sql, [near.lon, near.lat, (near.radius_km or 0) * 1000], output_field=BooleanField())  # noqa: S611


def covered(near: Near) -> Q:
    """Whether the area of a row holds the place."""
    point = Point(near.lon, near.lat, srid=4326)
    return Q(area__intersects=point) | Q(area_codes__overlap=near.codes)


def comes(near: Near) -> Q:
    """Whether somebody comes to the place."""
    return Q(delivery__overlap=_COMES) & covered(near)


def reach(near: Near) -> Case:
    """The place in REACHES. Help without a way is that whose area holds the place; where no area is named, that for
    the country of the place, or for any country."""
    named_none = Q(areas=[], country__in=["", near.country])
    return Case(
        When(Q(within(near.replace_radius(REACH_KM))) | comes(near), then=0),
        When(Q(delivery__overlap=_REMOTE) & covered(near), then=1),
        When(point__isnull=False, then=2),
        When(named_none, delivery__overlap=_REMOTE, then=1),
        default=3,
        output_field=IntegerField(),
    )


def _way(near: Near) -> Case:
    """How far people have to go, in kilometres; for the order alone."""
    return Case(
        When(comes(near), then=Least(Coalesce(distance(near), Value(_COMES_KM)), Value(_COMES_KM))),
        default=distance(near),
        output_field=FloatField(),
    )


def is_abroad(near: Near) -> Case:
    """Whether a border lies between the place of the question and that of the row."""
    home = Q(country__in=["", near.country]) if near.country else Q(pk__isnull=False)
    return Case(When(home, then=Value(False)), default=Value(True), output_field=BooleanField())


def keys(filters: Filters, scores: Mapping[str, float] | None, middle: Near | None) -> list[Combinable]:
    """What the list is ordered by, each a number that grows, then the id; `scores` are those of the words, `middle` is
    that of what is looked at.

    Unless people ask for another order, overdue listings stand below the others, and what is shut for days below what
    opens today or tomorrow.
    """
    near = filters.near
    if filters.sort == "checked":
        return [_DAYS_SINCE]
    if near and (scores is None or filters.sort == "distance"):
        return [_number(reach(near)), _or_last(_way(near))]
    if scores is not None:
        halved = Case(When(is_overdue(), then=Value(0.5)), default=Value(1.0))
        fit = _score(scores) * halved
        if near:
            fit = fit / (1 + Coalesce(_way(near), Value(_FAR_KM)) / _HALF_WORTH_KM)
        return [*(_reached(near) if near else []), ExpressionWrapper(0 - fit, FloatField())]
    late = Case(When(is_overdue(), then=1), default=0)
    shut = Case(When(Q(operation__in=OPEN_OPERATIONS) & Q(NotClosedByNotice(F("local_date"))), then=0), default=1)
    nearest = [_or_last(distance(middle))] if middle else []
    level = ExpressionWrapper(0 - F("level"), FloatField())
    return [_number(late), _number(shut), *map(_number, _meant_first(filters)), *nearest, level, _DAYS_SINCE]


def _reached(near: Near) -> list[Combinable]:
    """What is far stands by the way there, however well its words fit: nobody reads 480 km before 250."""
    is_far = Exact(reach(near), REACHES.index("far"))
    return [_number(reach(near)), Case(When(is_far, then=distance(near)), default=0.0, output_field=FloatField())]


def _number(of: Combinable) -> Cast:
    return Cast(of, FloatField())


def _or_last(of: Combinable) -> Coalesce:
    return Coalesce(of, Value(LAST), output_field=FloatField())


#: Days from the last check to a day that nobody sees.
_DAYS_SINCE = RawSQL("coalesce(('3000-01-01'::date - checked_on)::float8, %s::float8)", [LAST], FloatField())


class ComesAfter(Func):
    """Whether a row stands behind the mark, or ahead of it, in the order of these keys and the id."""

    output_field = BooleanField()

    def __init__(self, names: Sequence[str], mark: RowMark) -> None:
        there = [Cast(Value(key), FloatField()) for key in mark.keys]
        super().__init__(*names, "id", *there, Value(mark.id))
        self.sign = "<" if mark.is_before else ">"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_more: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        sides = [compiler.compile(one) for one in self.get_source_expressions()]
        ours, theirs = (
            ", ".join(sql for sql, _ in half) for half in (sides[: len(sides) // 2], sides[len(sides) // 2 :])
        )
        return f"({ours}) {self.sign} ({theirs})", [param for _sql, params in sides for param in params]


def _score(scores: Mapping[str, float]) -> RawSQL:
    """How well the text fits; JSON because PostgreSQL looks a key up in it by halving."""
    return RawSQL("coalesce((%s::jsonb ->> id)::float8, 0)", [json.dumps(scores)], output_field=FloatField())


def _meant_first(filters: Filters) -> list[Case]:
    """Listings that name the chosen group or status stand above those that are for everybody."""
    named = {name: values for name, values in filters.active().items() if FILTERS[name].held.empty_fits_all}
    return [
        Case(When(**{f"{column}__overlap": list(values)}, then=0), default=1)
        for name, values in named.items()
        for column in FILTERS[name].held.columns
    ]
