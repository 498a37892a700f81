"""Rows by their ids, whose statement is kept, are those that a query made anew reads."""

import datetime as dt

import pytest

from core import clock
from directory.asking import queries
from directory.asking.ordering import distance
from directory.geometry import Near
from directory.tests.factories import ALMATY, TBILISI, WARSAW, publish

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
#: In a country, in another one, at sea, and in a city of the gazetteer.
PLACES = [None, Near(41.7, 44.8), Near(52.2, 21.0), Near(0.0, -30.0), Near(43.25, 76.9, None, "kz9xq1")]


@pytest.fixture(autouse=True)
def monday_morning():
    with clock.travel(NOW):
        yield


@pytest.fixture
def listings():
    everywhere = {"delivery": ["online"], "area_codes": ["GE"], "areas": []}
    rows = [publish(point=point, texts={"title": f"№ {n}"}) for n, point in enumerate([TBILISI, WARSAW, ALMATY, None])]
    return [*rows, publish(point=None, **everywhere), publish(audiences=("members",))]


@pytest.mark.parametrize("at", [NOW, NOW + dt.timedelta(days=211), NOW + dt.timedelta(days=400)])
@pytest.mark.parametrize("audience", ["public", "members"])
def test_what_is_kept_reads_what_a_new_query_reads(listings, audience, at):
    ids = [row.id for row in reversed(listings)]
    for near in [*PLACES, *PLACES]:  # each after another one: nothing of the last question is left
        anew = queries.read_rows(queries.current_listings(audience, at).filter(pk__in=ids), at, near)
        by_ids = queries._BY_IDS.named(audience, ids, at, near)
        assert [row.id for row in by_ids] == [one for one in ids if one in {row.id for row in anew}]
        assert sorted(map(vars, by_ids), key=lambda row: row["id"]) == sorted(
            map(vars, anew), key=lambda row: row["id"]
        )
        if near:
            in_order = queries.current_listings(audience, at).filter(pk__in=ids).order_by(distance(near), "id")
            nearest = queries._BY_IDS.nearest(audience, ids, at, near, 3)
            assert [vars(row) for row in nearest] == [
                vars(row) for row in queries.read_rows(in_order, at, near, slice(3))
            ]


def test_nobody_is_read_without_ids(listings, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert queries._BY_IDS.named("public", [], NOW, None) == []
        assert queries._BY_IDS.nearest("public", [], NOW, Near(41.7, 44.8), 3) == []
