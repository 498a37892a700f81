import datetime as dt

import jsonschema
import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.pages.http import PUBLIC_CACHING
from directory.tests.factories import TBILISI, WARSAW, publish, publish_many
from reading.api import schemas

pytestmark = pytest.mark.django_db
GET = ["map/", "listings/", "listings.geojson", "nearest/?lat=41&lon=44", "places/place22222/"]


@pytest.fixture
def listing():
    texts = {"title": "Тест & <b>проверка</b>"}
    return publish(place_id="place22222", hours={"always": True}, hours_osm="24/7", texts=texts)


def post(client, path, body, **options):
    return client.post(f"/api/v1/{path}", body, content_type="application/json", **options)


def answer(client, path, **options):
    response = client.get(f"/api/v1/{path}", **options)
    assert response.status_code == 200, response.content
    return response.json()


# --- shapes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("map/?zoom=3", schemas.MAP_ANSWER),
        ("map/?bbox=40,40,46,43&zoom=16", schemas.MAP_ANSWER),
        ("listings/", schemas.LISTINGS["responses"][(200, "application/json")]),
        ("listings.geojson", schemas.GEOJSON["responses"][(200, "application/geo+json")]),
        ("nearest/?lat=41&lon=44", schemas.NEAREST["responses"][(200, "application/json")]),
        ("places/place22222/", schemas.PLACE["responses"][(200, "application/json")]),
    ],
)
def test_answers_have_the_shape_that_the_schema_promises(client, listing, path, schema):
    publish(point=None, country="", city_code="", location_type="", level=2, check_method="call")
    jsonschema.validate(answer(client, path), schema)


def test_a_move_of_the_map_is_one_question(client, listing):
    """What two questions would have answered, and nothing else."""
    publish(point=WARSAW, country="PL")
    publish(point=None)
    box = "40,40,46,43"
    for asked, listed in (("all", "listings/?sort=checked"), (box, f"listings/?sort=checked&bbox={box}")):
        found = answer(client, f"map/?zoom=6&bbox={box}&list={asked}&sort=checked")
        jsonschema.validate(found, schemas.MAP_ANSWER)
        assert found.pop("listings") == answer(client, listed)
        assert found == answer(client, f"map/?zoom=6&bbox={box}")
    assert "listings" not in answer(client, "map/?zoom=6")
    pages = answer(client, "map/?zoom=6&list=all&country=GE,PL")["listings"]
    assert (pages["count"], pages["next"]) == (3, None)


@pytest.mark.parametrize("value", ["everything", "1,2,3", "1,2,3,x"])
def test_a_list_of_nowhere_is_refused_in_words(client, value):
    response = client.get(f"/api/v1/map/?list={value}")
    error = response.json()["error"]
    assert (response.status_code, error["param"]) == (400, "list") and error["message"]


def test_two_lists_of_one_map_are_two_answers(client, listing):
    tags = [client.get(f"/api/v1/map/?zoom=6{more}").headers["ETag"] for more in ("", "&list=all", "&list=1,2,3,4")]
    assert len(set(tags)) == 3


def test_the_schema_says_which_codes_there_are_today_and_of_members_nothing(client, listing):
    schema = client.get("/api/v1/schema/", headers={"Accept": "application/json"}).json()

    def values(path):
        (found,) = [one for one in schema["paths"][path]["get"]["parameters"] if one["name"] == "service"]
        return found["schema"]["items"].get("enum")

    assert {"", "hiv_rapid_test"} <= set(values("/api/v1/listings/"))
    assert values("/api/v1/members/listings/") is None
    body = schema["paths"]["/api/v1/search/"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert {"yes", "no", "1"} <= set(body["properties"]["filters"]["properties"]["anonymous"]["oneOf"][0]["enum"])


def test_one_kind_of_number_in_json(client, listing):
    answer = client.post("/api/v1/search/", {"zoom": 5.0, "page": 1.0}, content_type="application/json")
    assert answer.status_code == 200
    assert client.post("/api/v1/search/", {"zoom": 5.5}, content_type="application/json").status_code == 400


def test_the_schema_names_every_endpoint_and_says_openapi_31(client):
    response = client.get("/api/v1/schema/?format=json")
    schema = response.json()
    assert schema["openapi"].startswith("3.1")
    paths = {path.removeprefix("/api/v1/") for path in schema["paths"]}
    assert {"map/", "listings/", "listings.geojson", "places/{place_id}/", "nearest/", "search/", "cities/"} <= paths
    assert "members/map/" in paths


def test_geojson_leaves_the_geometry_of_an_unplaced_listing_empty(client, listing):
    unplaced = publish(point=None)
    features = answer(client, "listings.geojson")["features"]
    geometries = {feature["id"]: feature["geometry"] for feature in features}
    assert geometries == {listing.id: {"type": "Point", "coordinates": list(TBILISI)}, unplaced.id: None}
    assert client.get("/api/v1/listings.geojson").headers["Content-Type"] == "application/geo+json"


def test_pages_follow_each_other(client):
    publish_many([{} for _ in range(25)])
    first = answer(client, "listings/?country=GE")
    assert (first["count"], first["pages"], first["previous"]) == (25, 2, None)
    second = client.get(first["next"]).json()
    assert (len(second["results"]), second["next"]) == (5, None)
    ids = {card["id"] for card in first["results"] + second["results"]}
    assert len(ids) == 25
    assert client.get("/api/v1/listings/?page=3").json()["error"]["param"] == "page"


def test_texts_are_in_the_language_that_is_asked_for(client, listing):
    assert answer(client, "listings/?lang=en")["results"][0]["country_name"] == "Georgia"
    russian = answer(client, "listings/", headers={"Accept-Language": "en"})["results"][0]
    assert russian["country_name"] == "Грузия"
    assert russian["url"] == f"/ru/places/place22222/?service={russian['id']}"


def test_a_place_that_is_not_public_does_not_exist(client, listing):
    hidden = publish(audiences=("members",))
    missing = client.get("/api/v1/places/zzzzzzzzzz/")
    secret = client.get(f"/api/v1/places/{hidden.place_id}/")
    assert (missing.status_code, missing.content) == (404, secret.content)


def test_an_empty_answer_offers_a_way_on(client, listing):
    publish(country="PL", types=["crisis_line"], contacts=[{"channel": "phone", "value": "+48220000000"}])
    found = answer(client, "listings/?service=hiv_prevention&country=PL&lang=en")["alternatives"]
    assert {(item["param"], item["code"], item["count"]) for item in found["drop"]} == {
        ("country", "PL", 1),
        ("service", "hiv_prevention", 1),
    }
    assert [card["id"] for card in found["nearest"]] == [listing.id]
    assert found["hotlines"][0]["phone"] == "+48 22 000 00 00"
    assert "alternatives" not in answer(client, "listings/?bbox=0,0,1,1")


# --- search ------------------------------------------------------------------------------------------------------


def test_search_brings_list_and_map_together(client, listing):
    publish(types=["stay_permits"], texts={"title": "Патент"}, point=WARSAW, country="PL")
    found = post(
        client, "search/", {"q": "тест на вич рядом с Тбилиси", "filters": {"language": ["ru"]}, "zoom": 3}
    ).json()
    assert [card["id"] for card in found["results"]] == [listing.id]
    assert found["map"]["total"] == 1
    assert found["map"]["counts"]["country"] == {"GE": 1}
    assert found["understood"]["place"]["name"] == "Тбилиси"
    jsonschema.validate(found, schemas.SEARCH["responses"][(200, "application/json")])


def test_search_without_words_measures_distances(client, listing):
    found = post(client, "search/", {"q": "", "lat": 41.7, "lon": 44.8}).json()
    assert found["results"][0]["distance_km"] == pytest.approx(0.7, abs=0.2)


def test_cities_are_suggested(client):
    found = post(client, "cities/", {"q": "тбил", "lang": "en"}).json()["results"][0]
    assert (found["name"], found["country"], found["country_name"]) == ("Tbilisi", "GE", "Georgia")


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({"q": 5}, "q"),
        ({"q": "x" * 201}, "q"),
        ({"words": "x"}, "words"),
        ({"filters": []}, "filters"),
        ({"filters": {"colour": "red"}}, "colour"),
        ({"filters": {"service": "red"}}, "service"),
        ({"zoom": 2.5}, "zoom"),
        ({"zoom": True}, "zoom"),
        ({"page": 10**30}, "page"),
        ({"lang": "xx"}, "lang"),
    ],
)
def test_a_wrong_body_is_refused_by_name(client, body, param):
    response = post(client, "search/", body)
    assert response.status_code == 400
    assert response.json()["error"]["param"] == param


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"\xff\xfe", b'{"lat": NaN}', b'{"q": "\\ud800"}', b"[" * 5000])
def test_what_is_not_a_json_object_is_refused(client, body):
    response = client.post("/api/v1/search/", body, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["error"]["message"]


def test_a_huge_body_is_refused(client):
    response = post(client, "search/", {"q": "x" * 100_000})
    assert response.status_code == 413


# --- caching, other origins, errors ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", GET)
def test_an_unchanged_answer_is_not_sent_again(client, listing, path):
    with clock.travel(dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)):
        first = client.get(f"/api/v1/{path}")
        again = client.get(f"/api/v1/{path}", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["Access-Control-Allow-Origin"] == "*"
        publish()
        changed = client.get(f"/api/v1/{path}", headers={"If-None-Match": first.headers["ETag"]})
        assert changed.status_code == 200
    with clock.travel(dt.datetime(2026, 11, 23, 9, 36, tzinfo=dt.UTC)):
        later = client.get(f"/api/v1/{path}", headers={"If-None-Match": changed.headers["ETag"]})
        assert later.status_code == 200


def test_what_only_members_see_moves_nothing_that_is_public(client, listing):
    def everything():
        responses = [client.get(f"/api/v1/{path}") for path in GET] + [client.get("/readyz")]
        return [(response.content, response.headers.get("ETag")) for response in responses]

    with clock.travel(dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)):
        before = everything()
        publish(audiences=("members",), organization_id="secretsecr", organization_slug="secret")
        assert everything() == before
        publish()
        assert everything() != before


def test_equal_questions_share_an_etag_and_others_do_not(client, listing):
    def etag(query):
        return client.get(f"/api/v1/listings/?{query}").headers["ETag"]

    with clock.travel(dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)):
        assert etag("language=ru,uz&page=1") == etag("language=uz&language=ru")
        assert len({etag("language=ru"), etag("language=uz"), etag("language=ru&lang=en")}) == 3


@pytest.mark.parametrize("path", GET)
def test_a_public_answer_is_for_everybody(client, listing, path):
    client.cookies["sessionid"] = "x" * 32
    response = client.get(f"/api/v1/{path}", headers={"Origin": "null"})
    assert response.headers["Cache-Control"] == PUBLIC_CACHING
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert "Cookie" not in response.headers["Vary"]
    assert not response.cookies


def test_a_sandboxed_embed_may_post_a_search(client):
    headers = {
        "Origin": "null",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    response = client.options("/api/v1/search/", headers=headers)
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert "content-type" in response.headers["Access-Control-Allow-Headers"].lower()
    found = post(client, "search/", {"q": "вич"}, headers={"Origin": "null"})
    assert found.headers["Access-Control-Allow-Origin"] == "*"
    assert found.headers["Cache-Control"] == "no-store"


def test_an_error_speaks_the_language_of_the_reader(client):
    russian = client.get("/api/v1/map/?zoom=99").json()["error"]
    english = client.get("/api/v1/map/?zoom=99&lang=en").json()["error"]
    assert russian["param"] == english["param"] == "zoom"
    assert english["message"] == "A whole number from 0 to 22 was expected."


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_but_reading(client, method):
    response = getattr(client, method)("/api/v1/map/")
    assert response.status_code == 405
    assert response.json()["error"]["message"]


# --- members -----------------------------------------------------------------------------------------------------


@pytest.fixture
def person(db):
    return get_user_model().objects.create_user(email="person@example.org", password="a long pass phrase")


@pytest.mark.parametrize("path", GET)
def test_members_twins_are_for_the_network_alone(client, listing, person, path, settings):
    settings.MEMBERS_PERMISSION = "directory.tests.test_access.nobody"
    assert client.get(f"/api/v1/members/{path}").status_code == 403
    client.force_login(person)
    assert client.get(f"/api/v1/members/{path}").status_code == 404
    settings.MEMBERS_PERMISSION = "directory.tests.test_access.everybody"
    response = client.get(f"/api/v1/members/{path}")
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert "ETag" not in response.headers
    assert "Access-Control-Allow-Origin" not in response.headers


def test_members_read_their_own_table(client, person, settings):
    settings.MEMBERS_PERMISSION = "directory.tests.test_access.everybody"
    secret = publish(audiences=("members",))
    client.force_login(person)
    assert [card["id"] for card in answer(client, "members/listings/")["results"]] == [secret.id]
    assert answer(client, "listings/")["count"] == 0


# --- cost --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["map/?zoom=4", "listings/?page_size=200", "listings.geojson", "nearest/?lat=1&lon=1&limit=100"]
)
def test_more_rows_need_no_more_queries(client, path):
    def count():
        with CaptureQueriesContext(connection) as seen:
            answer(client, path)
        return len(seen)

    publish_many([{} for _ in range(3)])
    answer(client, path)
    few = count()
    publish_many([{} for _ in range(9)])
    answer(client, path)
    assert count() == few
    assert few <= 12
