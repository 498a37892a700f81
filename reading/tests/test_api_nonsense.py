"""Whatever stands in a question of the API, it gets an answer or a named error."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.tests.factories import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing():
    return publish(place_id="place22222", hours={"always": True})


_NAMES = """service group country city bbox zoom page page_size lat lon radius near limit sort lang open organization
utm_source format"""
NAMES = st.sampled_from(_NAMES.split())
VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["NaN", "1e999", "-0", "\x00", "9" * 400, "1,2,3,4", "10,20,5,30", "'", "%", "ru", "en", "GE", "1"]
    ),
    st.lists(st.floats().map(str), min_size=4, max_size=4).map(",".join),
    st.integers().map(str),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(["map/", "listings/", "listings.geojson", "nearest/"]), query=st.dictionaries(NAMES, VALUES)
)
def test_no_query_breaks_the_server(client, listing, path, query):
    response = client.get(f"/api/v1/{path}", query)
    assert response.status_code in (200, 400)
    if response.status_code == 400:
        assert response.json()["error"]["param"]


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(codec="utf-8"), max_size=20)
)
LISTS = st.lists(SCALARS, max_size=4)
OBJECTS = st.dictionaries(st.sampled_from(["service", "q", "x"]), SCALARS | LISTS, max_size=3)
DEEP = st.sampled_from([[[[[]]]], {"q": {"q": {"q": []}}}, [{"service": [{"x": [None]}]}]])
JSON = SCALARS | LISTS | OBJECTS | st.lists(OBJECTS | LISTS, max_size=3) | DEEP


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["q", "filters", "bbox", "zoom", "page", "lat", "lon", "near", "sort"]), JSON))
def test_no_body_breaks_the_server(client, listing, body):
    assert client.post("/api/v1/search/", json.dumps(body), content_type="application/json").status_code in (200, 400)
