"""A name or a value that nobody knows is refused, with what was likely meant."""

import jsonschema
import pytest

from directory.tests.factories import publish
from reading.api import schemas

pytestmark = pytest.mark.django_db
GET = ["map/", "listings/", "listings.geojson", "nearest/?lat=41&lon=44", "places/place22222/"]


@pytest.fixture
def listing():
    return publish(place_id="place22222")


@pytest.mark.parametrize("path", GET)
@pytest.mark.parametrize(
    ("name", "meant"), [("sevice", "service"), ("Zoom", "zoom"), ("langs", "lang"), ("bboxx", "bbox")]
)
def test_a_parameter_that_nobody_knows_is_refused_with_the_nearest_that_is(client, listing, path, name, meant):
    """A slip must not ask for everything."""
    response = client.get(f"/api/v1/{path}{'&' if '?' in path else '?'}{name}=1&lang=en")
    assert response.status_code == 400
    error = response.json()["error"]
    assert error["param"] == name
    known = path.startswith("map") or meant == "lang" or (meant == "service" and "places" not in path)
    if known:
        assert error["message"].endswith(f"The nearest that is known: {meant}")


def test_where_no_name_is_near_all_are_named(client):
    message = client.get("/api/v1/places/place22222/?qqqqqq=1&lang=en").json()["error"]["message"]
    assert message == "This parameter is unknown. Known are: lang"
    assert (
        client.post("/api/v1/cities/", {"quest": "x"}, content_type="application/json").json()["error"]["param"]
        == "quest"
    )


def test_an_error_names_every_value_that_nobody_knows(client):
    error = client.get("/api/v1/map/?service=hiv_rapid_tst,prep,%00&country=GE,QQ&zoom=3&lang=en").json()["error"]
    assert error["unread"] == [
        {"param": "service", "value": "hiv_rapid_tst"},
        {"param": "service", "value": "\x00"},
        {"param": "country", "value": "QQ"},
    ]
    assert error["message"] == "Unknown value: hiv_rapid_tst. The nearest that is known: hiv_rapid_test"
    jsonschema.validate({"error": error}, schemas.ERROR)


@pytest.mark.parametrize("path", ["map/", "listings/", "listings.geojson", "nearest/"])
def test_every_documented_parameter_is_understood_and_no_other(client, listing, path):
    spec = {"map/": schemas.MAP, "listings/": schemas.LISTINGS, "listings.geojson": schemas.GEOJSON}
    names = schemas.names_of(spec.get(path, schemas.NEAREST))
    assert names >= {"service", "lat", "lang"}
    for name in names:
        error = client.get(f"/api/v1/{path}?{name}=%00").json()["error"]
        assert "unknown" not in error["message"] or error["param"] != name
