import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.asking.filters import FILTERS, FilterError, Filters, parse_filters, parse_leniently
from directory.asking.queries import listings_page, matching
from directory.geometry import Box, parse_box
from directory.tests.factories import publish
from directory.vocabulary import vocabulary

pytestmark = pytest.mark.django_db


def parse(query):
    return parse_filters(QueryDict(query), vocabulary())


def refused(query):
    with pytest.raises(FilterError) as caught:
        parse(query)
    return caught.value.param


@pytest.fixture
def two():
    """Two kinds of help of this network, as a question has them: in order."""
    return tuple(sorted(vocabulary().scheme("service"))[:2])


def test_repeated_and_comma_separated_values_are_alternatives(two):
    one, other = two
    assert parse(f"service={one}&service={other},{one}").service == two
    assert parse(f"service={one}, {other}").service == two


def test_equal_questions_give_one_canonical_query(two):
    one = parse(f"language=fr,en&service={two[0]}&utm_source=x&page=1")
    other = parse(f"service={two[0]}&language=en&language=fr")
    assert one.to_query() == other.to_query() == f"service={two[0]}&language=en,fr"


def test_a_canonical_query_reads_back_as_the_same_question(two):
    question = parse(f"service={two[0]}&city=ge7qk2&near=611717&radius=30&bbox=40,40,46,43&sort=distance&page=3")
    assert parse(question.to_query()) == question


def test_json_and_form_mean_the_same(two):
    body = {"service": [*two], "open": True, "anonymous": "yes", "bbox": [40, 40, 46, 43], "page": 2}
    form = f"service={two[0]},{two[1]}&open=now&anonymous=on&bbox=40,40,46,43&page=2"
    assert parse_filters(body, vocabulary()) == parse(form)


@pytest.mark.parametrize(
    ("query", "param"),
    [
        ("service=nonsense", "service"),
        ("service=legal,%00", "service"),
        ("country=ZZ", "country"),
        ("city=a%00b", "city"),
        ("open=later", "open"),
        ("checked=me", "checked"),
        ("bbox=1,2,3", "bbox"),
        ("bbox=a,b,c,d", "bbox"),
        ("bbox=NaN,1,2,3", "bbox"),
        ("bbox=1e400,1,2,3", "bbox"),
        ("bbox=10,50,20,40", "bbox"),
        ("bbox=80,30,40,50", "bbox"),
        ("bbox=0,0,1,1&bbox=2,2,3,3", "bbox"),
        ("page=0", "page"),
        ("page=1000000000", "page"),
        ("page=" + "9" * 5000, "page"),
        ("page=1.5", "page"),
        ("page=%D9%A1", "page"),
        ("page_size=100000", "page_size"),
        ("lat=91&lon=0", "lat"),
        ("lat=41", "lon"),
        ("lon=41", "lat"),
        ("lat=inf&lon=1", "lat"),
        ("radius=10", "radius"),
        ("near=nowhere", "near"),
        ("sort=random", "sort"),
        ("sort=distance", "sort"),
        ("organization=a/b", "organization"),
        ("language=" + ",".join(["ru"] * 61), "language"),
    ],
)
def test_nonsense_is_refused_by_name(query, param):
    assert refused(query) == param


def test_lenient_reading_keeps_what_makes_sense(two):
    filters, errors = parse_leniently(QueryDict(f"service={two[0]}&country=ZZ&page=x"), vocabulary())
    assert filters.service == two[:1]
    assert sorted(error.param for error in errors) == ["country", "page"]
    assert not filters.is_lost


@pytest.mark.parametrize("query", ["service=nonsense,{}", "service={}&service=nonsense"])
def test_lenient_reading_keeps_the_values_that_are_known(query, two):
    filters, errors = parse_leniently(QueryDict(query.format(two[0])), vocabulary())
    assert filters.service == two[:1]
    assert [(error.param, error.value) for error in errors] == [("service", "nonsense")]
    assert not filters.is_lost


LOST = [
    *(
        "service=nonsense",
        "open=later",
        "near=nowhere",
        "lat=41",
        "lat=99&lon=1",
        "radius=10",
        "country=QQ&sort=checked",
    ),
    *("sevice=prep", "Service=prep", "services=prep", "contry=GE", "organisation=x", "city=a%00b"),
]


@pytest.mark.parametrize("query", LOST)
def test_a_question_of_which_nothing_is_left_finds_nothing(query):
    """An old or mistyped link must not show every listing as its result."""
    publish()
    filters, errors = parse_leniently(QueryDict(query), vocabulary())
    assert errors
    assert filters.is_lost
    assert not matching("public", filters).exists()
    assert listings_page("public", filters).count == 0


@pytest.mark.parametrize(
    "query", ["", "utm_source=x&fbclid=y&gclid=z&ref=q", "page=x", "bbox=1", "sort=size", "lang=xx"]
)
def test_marks_of_others_and_slips_of_looks_lose_nothing(query):
    publish()
    filters, _errors = parse_leniently(QueryDict(query), vocabulary())
    assert not filters.is_lost
    assert matching("public", filters).count() == 1


@pytest.mark.parametrize(
    "body",
    [
        {"service": {"a": 1}},
        {"page": [1, 2]},
        {"lat": True, "lon": 1},
        {"sort": ["a"]},
        {"lat": 41, "lon": 44, "near": 0},
    ],
)
def test_json_of_the_wrong_kind_is_refused(body):
    with pytest.raises(FilterError):
        parse_filters(body, vocabulary())


def test_a_box_across_the_180th_meridian_has_two_parts():
    for text in ("170,60,-170,72", "170,60,190,72", "-190,60,-170,72"):
        box = parse_box(text)
        assert (box.west, box.east) == (170, -170)
        assert box.parts() == [(170, 60, 180, 72), (-180, 60, -170, 72)]
    assert parse_box("-400,-90,400,90") == Box(-180, -90, 180, 90)
    assert len(parse_box("90,0,180,10").parts()) == 1


def test_dropping_a_value_goes_back_to_the_first_page():
    filters = Filters(service=("legal", "shelter"), page=4)
    assert filters.without("service", "legal") == Filters(service=("shelter",))
    assert filters.without("service") == Filters()


ANY_TEXT = st.text(max_size=40)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([*FILTERS, "bbox", "lat", "lon", "page", "sort", "near", "radius"]), ANY_TEXT))
def test_any_text_gives_a_question_or_a_named_error(source):
    query = QueryDict(mutable=True)
    query.update(source)
    filters, errors = parse_leniently(query, vocabulary())
    assert {error.param for error in errors} <= {*source, "lat", "lon", "near", "radius"}
    assert parse_filters(QueryDict(filters.to_query()), vocabulary()) == filters
