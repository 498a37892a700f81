"""What every declared filter must keep, whichever it is: a new one is tested here without being named."""

import dataclasses
import datetime as dt
import random
from collections.abc import Sequence

import pytest

from core import clock
from directory.asking import queries
from directory.asking.facets import facet_counts
from directory.asking.filters import Filters, parse_filters
from directory.filtering.declaration import Filter
from directory.filtering.declared import FILTERS, Chosen
from directory.filtering.held import Code, Codes, CodesOrAll, While, YesOrNo
from directory.filtering.known import Cities, Slugs
from directory.tables.listings import PublicListing
from directory.tests.factories import publish_many, teach_attributes
from directory.tests.weeks import week
from directory.vocabulary import Vocabulary, vocabulary

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
TODAY = NOW.date()
COUNTED = [name for name, declared in FILTERS.items() if declared.is_counted]
#: What only the rows or the world can list.
ENDLESS = {Cities: ["ge7qk2", "pl4mx9"], Slugs: ["most", "bridge"]}


@pytest.fixture(autouse=True)
def monday_morning():
    with clock.travel(NOW):
        yield


@pytest.fixture(autouse=True)
def attributes(request):
    if "django_db" in request.keywords:
        request.getfixturevalue("db")
        teach_attributes()


def pool(declared: Filter, terms: Vocabulary) -> list[str]:
    """A few values that the filter understands, always the same."""
    known = ENDLESS.get(type(declared.known)) or sorted(declared.known.values(terms))
    held = declared.held
    some = random.Random(1).sample(known, min(6, len(known)))
    return [*some, held.empty] if isinstance(held, Code) and held.empty and held.empty not in some else some


def columns_of(declared: Filter, values: Sequence[str], some: random.Random) -> dict[str, object]:
    """Values for the columns of one row, as the kind of the filter wants them."""
    held = declared.held
    if isinstance(held, Codes):
        parts = len(held.columns)
        shares = [values if held.may_repeat else values[index::parts] for index in range(parts)]
        return {
            column: some.sample(share, some.randint(0, min(2, len(share))))
            for column, share in zip(held.columns, shares, strict=True)
        }
    if isinstance(held, CodesOrAll):
        return {held.column: some.sample(values, some.randint(0, 2))}
    if isinstance(held, Code):
        return {held.column: some.choice(["", *(value for value in values if value != held.empty)])}
    if isinstance(held, YesOrNo):
        return {held.column: some.choice([True, False, None])}
    return {}


def at_this_moment(some: random.Random) -> dict[str, object]:
    """What decides of values that hold for a while: hours, notices, operation, levels, words about places."""
    closed = [{"kind": "closure", "text": {}, "starts_on": "2026-11-23", "ends_on": None}]
    told = some.choice([None, -3, 0, 1, 9])
    expires_on = None if told is None else TODAY + dt.timedelta(days=told)
    return {
        "hours": some.choice([{}, {"always": True}, week("Mo 09:00-10:00"), week("Tu 09:00-10:00")]),
        "timezone": "UTC",
        "notices": some.choice([[], [], closed]),
        "operation": some.choice(["working", "working", "limited", "paused"]),
        "level": some.randint(1, 3),
        "capacity_level": some.choice(["free", "limited", "full"]) if expires_on else "",
        "capacity_reported_on": expires_on and expires_on - dt.timedelta(days=14),
        "capacity_expires_on": expires_on,
    }


def publish_some(some: random.Random, terms: Vocabulary, count: int = 40) -> None:
    publish_many({} for _ in range(count))
    rows = list(PublicListing.objects.all())
    changed: set[str] = set()
    for row in rows:
        columns = at_this_moment(some)
        for declared in FILTERS.values():
            columns |= columns_of(declared, pool(declared, terms), some)
        for column, value in columns.items():
            setattr(row, column, value)
        changed |= columns.keys()
    PublicListing.objects.bulk_update(rows, sorted(changed))


def found(filters: Filters) -> int:
    return queries.matching("public", filters, NOW).count()


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_what_is_counted_beside_a_value_is_what_choosing_it_finds(seed):
    some, terms = random.Random(seed), vocabulary()
    publish_some(some, terms)
    other = some.choice(COUNTED)
    for chosen in (Filters(), Filters(**{other: tuple(some.sample(pool(FILTERS[other], terms), 1))})):
        counts = facet_counts("public", chosen, terms, NOW)
        assert counts.total == found(chosen)
        assert list(counts.by_value) == COUNTED
        for name in COUNTED:
            for value in {*pool(FILTERS[name], terms), *list(counts.by_value[name])[:20]}:
                asked = found(chosen.replace(**{name: (value,)}))
                assert counts.by_value[name].get(value, 0) == asked, (chosen, name, value)


@pytest.mark.django_db
@pytest.mark.parametrize("name", FILTERS)
def test_several_values_are_alternatives(name):
    some, terms = random.Random(name), vocabulary()
    publish_some(some, terms, 20)
    values = tuple(sorted(pool(FILTERS[name], terms)[:2]))

    def ids(*chosen):
        return set(queries.matching("public", Filters(**{name: chosen}), NOW).values_list("id", flat=True))

    every = FILTERS[name].held.apart(values).values()
    assert ids(*values) == set.intersection(*(set().union(*map(ids, some)) for some in every))


@pytest.mark.django_db
@pytest.mark.parametrize("name", FILTERS)
def test_every_filter_reads_its_values_back_and_refuses_others(name):
    declared, terms = FILTERS[name], vocabulary()
    values = tuple(sorted(pool(declared, terms)))
    asked = Filters(**{name: values})
    assert asked.active() == {name: values}
    assert parse_filters({name: list(values)}, terms) == asked
    assert asked.without(name) == Filters()
    assert not declared.known.understands("no/such\x00value", terms)


@pytest.mark.django_db
@pytest.mark.parametrize("name", FILTERS)
def test_boxes_and_offers_stand_for_values_that_the_filter_understands(name):
    declared, terms = FILTERS[name], vocabulary()
    for value in (declared.ticked, declared.unticked, *(declared.offered or ())):
        assert not value or declared.known.understands(value, terms)
    if declared.ticked:
        assert parse_filters({name: True}, terms).chosen(name) == (declared.ticked,)
    if declared.unticked:
        assert parse_filters({name: False}, terms).chosen(name) == (declared.unticked,)


def test_what_a_filter_reads_is_a_column_and_what_it_is_told_is_none():
    columns = {field.name for field in PublicListing._meta.concrete_fields}
    told = [name for d in FILTERS.values() if isinstance(d.held, While) for name in d.held.told.values()]
    read = {c for d in FILTERS.values() if not isinstance(d.held, While) for c in d.held.columns}
    assert read <= columns
    assert len(set(told)) == len(told) and columns.isdisjoint(told)


def test_a_question_holds_every_filter_and_nothing_else_that_is_not_parsed():
    others = {"bbox", "near", "sort", "page", "page_size", "mark", "has_unread"}
    assert {field.name for field in dataclasses.fields(Filters)} == FILTERS.keys() | others
    assert [field.name for field in dataclasses.fields(Chosen)] == list(FILTERS)
