"""Every answer of the packed index equals that of SQL: on random rows, audiences, instants, views and filters."""

import datetime as dt
import random

import pytest

from core import clock
from directory.asking import quick
from directory.asking.filters import Filters
from directory.filtering.declared import FILTERS
from directory.geometry import Near
from directory.index import answering, keeper
from directory.index.asking import NOT_MINE, NotMine
from directory.index.tests.asked import install, question
from directory.index.tests.worlds import CITIES, NOW, world
from directory.tables.listings import MemberListing, PublicListing
from directory.tests.factories import teach_attributes
from directory.tests.pool import POOL

ROWS = {"public": PublicListing, "members": MemberListing}
ASKED = POOL | {"open": ["now", "night", "saturday", "sunday"]}
CASES = 250


@pytest.fixture(autouse=True)
def travelled(settings):
    keeper.forget()
    with clock.travel(NOW):
        yield settings
    keeper.forget()


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_the_index_says_what_sql_says(seed, settings, monkeypatch):
    some = random.Random(seed)
    teach_attributes()
    world(some, 50)
    settings.INDEX_FROM = 1
    install("public", "members")
    ids = {
        audience: list(model.objects.order_by("id").values_list("id", flat=True)) for audience, model in ROWS.items()
    }
    answered = []
    asked = quick._asked

    def noting(*args):
        answered.append(asked(*args))
        return answered[-1]

    monkeypatch.setattr(quick, "_asked", noting)
    for _case in range(CASES):
        audience = some.choice(["public", "members"])
        at = NOW + dt.timedelta(minutes=some.choice([0, some.randint(-14400, 14400)]))
        told, ask = question(some, audience, at, ASKED, ids[audience], CITIES)
        settings.INDEX_FROM = 1
        monkeypatch.setattr(answering, "_FIRST", some.choice([0, 400]))
        packed = ask()
        settings.INDEX_FROM = 0
        by_sql = ask()
        assert packed == by_sql, (told, _difference(packed, by_sql))
    assert sum(one is not None for one in answered) * 2 == len(answered) >= CASES * 2


def test_what_an_index_cannot_answer_is_named():
    assert set() == NOT_MINE
    assert {name for name, one in FILTERS.items() if name in NOT_MINE or not one.held.columns} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("near", [Near(41.7, 44.8, 50.0)])
def test_ways_and_areas_are_asked_of_sql(near, settings):
    world(random.Random(1), 10)
    settings.INDEX_FROM = 1
    install("public")
    packed = keeper.answering("public")
    for ask in (
        lambda: packed.counts(Filters(near=near), NOW, None),
        lambda: packed.extent(Filters(near=near), NOW),
        lambda: packed.page(Filters(near=near.replace_radius(None)), NOW, None),
    ):
        with pytest.raises(NotMine):
            ask()


def _difference(packed, by_sql):
    if isinstance(packed, dict):
        return sorted(packed.items() ^ by_sql.items(), key=repr)
    return packed, by_sql
