"""Pages deep in a list: each leads to those beside it by the row at which it ends, not by a number of rows."""

import base64
import datetime as dt
import json

import pytest
from django.http import QueryDict

from core import clock
from directory.asking import queries
from directory.asking.filters import FilterError, Filters, parse_filters
from directory.geometry import Near
from directory.tests.factories import ALMATY, TBILISI, WARSAW, publish_many
from directory.vocabulary import vocabulary

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def monday_morning():
    with clock.travel(NOW):
        yield


@pytest.fixture
def listings():
    """Thirty, some without a point, some overdue, some shut, many alike."""
    today = NOW.date()
    publish_many(
        {
            "point": [TBILISI, WARSAW, ALMATY, None][number % 4],
            "level": 1 + number % 3,
            "checked_on": today - dt.timedelta(days=10 + number % 5),
            "notice_on": today - dt.timedelta(days=2),
            "due_on": today + dt.timedelta(days=-1 if number % 6 == 0 else 100),
            "groups": {"msm": "only"} if number % 5 == 0 else {},
            "operation": "paused" if number % 9 == 0 else "working",
        }
        for number in range(30)
    )


def walk(filters, way="next"):
    """Pages from here to the end, as addresses say them."""
    while filters:
        page = queries.listings_page("public", filters)
        yield page
        beside = getattr(page, way)
        filters = beside and asked(beside.to_query())


def asked(query):
    return parse_filters(QueryDict(query), vocabulary())


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(sort="checked"),
        pytest.param(
            Filters(group=("msm", "sex_workers")), marks=pytest.mark.first_network("its vocabulary has these groups")
        ),
        Filters(near=Near(41.7, 44.8)),
    ],
)
def test_pages_hold_the_whole_list_in_its_order_both_ways(listings, filters):
    whole = [row.id for row in queries.listings_page("public", filters.replace(page_size=200)).rows]
    pages = list(walk(filters.replace(page_size=6)))
    assert [row.id for page in pages for row in page.rows] == whole
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    back = [[row.id for row in page.rows] for page in walk(pages[-2].next, "previous")]
    assert back == [[row.id for row in page.rows] for page in reversed(pages)]


def test_the_old_number_of_a_page_is_answered_as_before(listings):
    by_marks = [[row.id for row in page.rows] for page in walk(Filters(page_size=6))]
    numbers = range(1, len(by_marks) + 1)
    by_number = [queries.listings_page("public", Filters(page=number, page_size=6)) for number in numbers]
    assert [[row.id for row in page.rows] for page in by_number] == by_marks
    assert by_number[-1].next is None
    assert by_number[0].previous is None


def test_what_is_published_meanwhile_neither_repeats_nor_hides_a_row(listings):
    first = queries.listings_page("public", Filters(page_size=6))
    expected = [row.id for row in queries.listings_page("public", Filters(page=2, page_size=6)).rows]
    publish_many([{"point": (-70.0, -50.0)}])  # the middle of everything moves, and so does what is nearest to it
    assert [row.id for row in queries.listings_page("public", asked(first.next.to_query())).rows] == expected


def test_a_deep_page_reads_no_more_than_the_first(django_assert_max_num_queries):
    publish_many([{}] * 60)
    following: Filters | None = Filters(page_size=5)
    for _turn in range(8):
        assert following is not None
        with django_assert_max_num_queries(3):
            following = queries.listings_page("public", following).next


def token(told):
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        "%00",
        "ы",
        "A" * 700,
        token({}),
        token([None, [1, 2], ""]),
        token([None, [1, True], "a"]),
        token([None, ["1"], "a"]),
        token([[1], [1], "a"]),
        token([[91, 1], [1], "a"]),
        token([None, [1] * 13, "a"]),
        token([None, [1e400], "a"]),
        token([None, [1], "a\x00"]),
        token([None, [10**400], "a"]),
    ],
)
@pytest.mark.parametrize("name", ["after", "before"])
def test_what_is_no_mark_is_refused_by_its_name(name, text):
    with pytest.raises(FilterError) as refused:
        parse_filters({name: text}, vocabulary())
    assert refused.value.param == name


@pytest.mark.parametrize("keys", [[], [1], [0] * 9])
def test_a_mark_of_another_order_is_refused(listings, keys):
    with pytest.raises(FilterError) as refused:
        queries.listings_page("public", asked(f"after={token([None, keys, 'a'])}"))
    assert refused.value.param == "after"


def test_two_marks_are_refused(listings):
    one = queries.listings_page("public", Filters(page_size=6)).next
    with pytest.raises(FilterError):
        asked(f"{one.to_query()}&before={one.mark}")


def test_another_filter_begins_at_the_first_page(listings):
    deep = queries.listings_page("public", Filters(page_size=4, group=("msm",))).next
    assert deep.mark
    assert deep.without("group").mark is None
    assert deep.replace(page=1).mark is None
