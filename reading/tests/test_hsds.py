"""HSDS 3.1: every object of random networks is what the standard's schemas and our profile say; questions of item by
item; tables that an independent reader accepts; nothing of a place that hides its door."""

import datetime as dt
import io
import json
import random
import zipfile

import frictionless
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from core import clock
from core.ids import new_public_id
from core.pages.http import PUBLIC_CACHING
from directory.tests.factories import TBILISI, WARSAW, publish
from directory.vocabulary import vocabulary
from reading.hsds import ids, profile, words

pytestmark = pytest.mark.django_db
BASE = "/api/hsds/"
LISTS = {
    "services": "service",
    "service_at_locations": "service_at_location",
    "locations": "location",
    "organizations": "organization",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
_HERE = "https://json-schema.org/draft/2020-12/schema"


def validator(kind, schemas):
    known = [(f"{name}.json", Resource.from_contents({**one, "$schema": _HERE})) for name, one in schemas.items()]
    registry = Registry().with_resources(known)
    return Draft202012Validator({"$ref": f"{kind}.json"}, registry=registry, format_checker=FormatChecker())


def faults(kind, found):
    """By our profile, which holds everything that the standard asks for."""
    checks = validator(kind, profile.schemas())
    return [f"{kind} {list(e.absolute_path)}: {e.message[:120]}" for one in found for e in checks.iter_errors(one)]


def get(client, path, **asked):
    answer = client.get(BASE + path, asked)
    assert answer.status_code == 200, answer.content[:300]
    return answer.json()


def lines(client, path, **asked):
    answer = client.get(BASE + path, {**asked, "format": "ndjson"})
    assert answer.status_code == 200, answer.content[:300]
    return [json.loads(line) for line in answer.content.splitlines()]


# long: one odd value of every kind
def invented(dice):
    """A listing with what people write: letters of all scripts, odd hours, no country, broken addresses."""
    terms = vocabulary()
    precision = dice.choice(["exact", "exact", "district", "settlement", "country", "none"])
    pinned = precision in ("exact", "district", "settlement")
    some = lambda scheme: dice.sample(sorted(terms.scheme(scheme)) or ["x"], k=dice.randint(0, 2))  # noqa: E731
    today = clock.today()
    hours = dice.choice([
        {}, {"always": True}, {"by_appointment": True, "note": {"ru": "Позвоните"}},
        {"slots": [{"days": [0, 4], "opens": "09:00", "closes": "24:00"},
                   {"days": [5], "opens": "20:00", "closes": "04:00"}],
         "exceptions": [{"from": today.isoformat(), "to": (today + dt.timedelta(days=3)).isoformat(), "slots": [],
                         "note": {}},
                        {"from": "2001-01-01", "to": "2001-01-02", "slots": [["10:00", "11:00"]], "note": {}},
                        {"from": today.isoformat(), "to": today.isoformat(), "slots": [["10:00", "11:30"]],
                         "note": {"en": "short"}}]},
    ])  # fmt: skip
    address = dice.choice(["почта@пример.рф", "info@example.org", "not an address", "a@b"])
    contacts = [
        {"channel": channel, "value": value, "label": {"ru": "Приём"}, "languages": ["ru"], "hours_note": {},
         "is_crisis": False, "audience": "clients", "person": ""}
        for channel, value in (("phone", dice.choice(["+995322000000", "112", "*100#", "0322 00"])), ("email", address))
    ]  # fmt: skip
    return {
        "service_id": dice.choice([new_public_id(), "sharedsrv2"]),
        "types": dice.sample(sorted(code for code, one in terms.scheme("service").items() if one.parent), k=2),
        "groups": dict.fromkeys(some("group"), "all"),
        "statuses": some("status"),
        "documents": some("document"),
        "languages": dice.choice([[], ["ru", "ka"], ["sgh"]]),
        "point": dice.choice([TBILISI, WARSAW]) if pinned else None,
        "precision": precision,
        "location_type": "" if precision == "none" else "office",
        "country": "" if precision == "none" else dice.choice(["GE", "PL"]),
        "timezone": dice.choice(["Asia/Tbilisi", "Asia/Kolkata", "America/St_Johns", "UTC"]),
        "hours": hours,
        "contacts": contacts,
        "age_from": dice.choice([None, 0, 18]),
        "operation": dice.choice(["working", "limited", "paused"]),
        "accessibility": dice.choice([{}, {"step_free": True, "lift": False, "accessible_toilet": None}]),
        "areas": dice.choice([[], [{"kind": "country", "code": "GE", "country": "GE", "name": "", "lon": None,
                                    "lat": None, "km": None, "ring": []}]]),
        "notices": dice.choice([[], [{"kind": "closure", "text": {}, "starts_on": "2020-01-01", "ends_on": None}]]),
        "texts": {"title": dice.choice(["Тест", "=1+1", "ტესტი", "a" * 300]), "address": "ул. Руставели, 1",
                  "text": dice.choice(["", "«Кавычки», запятые\nи строки"])},
        "profile": {"website": dice.choice(["", "https://пример.рф/путь?я=1", "www.example.org", "http://[x"]),
                    "links": [{"url": "https://example.org/ё", "name": "Сайт"}, {"url": "javascript:1"}]},
    }  # fmt: skip


@pytest.mark.parametrize("count", [25, pytest.param(1000, marks=pytest.mark.long)])
def test_every_object_of_random_networks_is_valid(client, count):
    dice = random.Random(count)
    for _number in range(count):
        publish(**invented(dice))
    found = {kind: lines(client, path, full="true") for path, kind in list(LISTS.items())[:2]}
    found["organization"] = lines(client, "organizations", full_service="true") + lines(client, "organizations")
    found["service"] += lines(client, "services")
    for path in ("locations", "taxonomies", "taxonomy_terms"):
        found[LISTS[path]] = lines(client, path)
    assert all(found.values()) and len(found["service_at_location"]) == count
    assert [fault for kind, some in found.items() for fault in faults(kind, some)] == []


def test_the_profile_only_adds_and_its_schemas_are_served(client):
    told = get(client, "profile/")
    assert set(told["schemas"]) == set(profile.schemas()) and "service.json" in told["patches"]
    service = get(client, "profile/service.json")
    assert "x_verification" in service["properties"] and {"id", "name", "status"} <= set(service["required"])
    Draft202012Validator.check_schema(service)
    assert client.get(f"{BASE}profile/nothing.json").status_code == 404
    assert faults("service", [{"id": "x", "name": "n"}]), "the check can fail"


@pytest.fixture
def listing():
    return publish(place_id="place22222", service_id="service222", types=["hiv_rapid_test"],
                   texts={"title": "Тест на ВИЧ", "address": "ул. Руставели, 1"})  # fmt: skip


class TestWhatTheStandardRequires:
    def test_the_beginning(self, client, listing):
        told = get(client, "")
        assert told["version"] == "3.1"
        assert client.get(told["profile"]).status_code == client.get(told["openapi_url"]).status_code == 200

    @pytest.mark.parametrize("path", LISTS)
    def test_a_list_has_pages_and_its_objects_their_own_addresses(self, client, listing, path):
        page = get(client, path, per_page="1")
        numbers = {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty"}
        assert set(page) == numbers | {"contents"}
        assert (page["size"], page["page_number"], page["first_page"], page["empty"]) == (1, 1, True, False)
        one = get(client, f"{path}/{page['contents'][0]['id']}")
        assert one["id"] == page["contents"][0]["id"] and faults(LISTS[path], [one]) == []
        beyond = get(client, path, page="999")
        assert (beyond["contents"], beyond["empty"], beyond["last_page"]) == ([], True, True)

    @pytest.mark.parametrize("path", LISTS)
    def test_what_is_not_there_is_said_in_json(self, client, listing, path):
        for wanted in ("00000000-0000-0000-0000-000000000000", "nothing", ids.uuid_of("service", "zzzzzzzzzz")):
            answer = client.get(f"{BASE}{path}/{wanted}")
            assert answer.status_code == 404 and answer.json()["error"]["message"]

    @pytest.mark.parametrize("path", ["", *LISTS])
    def test_anybody_may_read_it_and_ask_whether_it_changed(self, client, listing, path):
        answer = client.get(BASE + path)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cache-Control"] == PUBLIC_CACHING and not answer.cookies
        again = client.get(BASE + path, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304

    def test_flat_full_and_minimal(self, client, listing):
        (flat,) = get(client, "services")["contents"]
        (full,) = get(client, "services", full="true")["contents"]
        (least,) = get(client, "services", minimal="true")["contents"]
        assert "service_at_locations" not in flat and full["service_at_locations"][0]["location"]["latitude"]
        assert full["organization"]["name"] == "Мост"
        assert set(least) == {"id", "last_modified"} and least["last_modified"] == flat["last_modified"]

    @pytest.mark.parametrize(("asked", "param"), [({"page": "0"}, "page"), ({"per_page": "501"}, "per_page"),
        ({"format": "xml"}, "format"), ({"full": "maybe"}, "full"), ({"modified_after": "yesterday"}, "modified_after"),
        # The two ends of the calendar.
        ({"modified_after": "0001-01-01T00:00:00+14:00"}, "modified_after"),
        ({"modified_after": "9999-12-31T23:00:00Z"}, "modified_after"),
        ({"proximity": "x", "lat": "1", "lon": "1"}, "proximity"), ({"postcode": "1"}, "postcode"),
        ({"country": "XX"}, "country"), ({"proximity": "500"}, "radius"),
        ({"organization_id": "AAA"}, "organization_id"), ({"taxonomy_id": "AAA"}, "taxonomy_id")])  # fmt: skip
    def test_what_cannot_be_understood_is_named(self, client, listing, asked, param):
        answer = client.get(f"{BASE}services", asked)
        assert (answer.status_code, answer.json()["error"]["param"]) == (400, param)


class TestQuestions:
    @pytest.fixture
    def two(self, listing):
        publish(service_id="other22222", types=["stay_permits"], point=WARSAW, country="PL", texts={"title": "Патент"})

    def titles(self, client, **asked):
        return {one["name"] for one in get(client, "services", **asked)["contents"]}

    def test_conditions_add_up(self, client, two):
        terms = {one["code"]: one["id"] for one in lines(client, "taxonomy_terms")}
        of_service = next(one["id"] for one in lines(client, "taxonomies") if one["x_code"] == "service")
        own = ids.uuid_of("organization", "mostmostm2")
        assert self.titles(client, taxonomy_term_id=terms["stay_permits"]) == {"Патент"}
        assert self.titles(client, taxonomy_term_id=terms["stay_permits"], country="GE") == set()
        assert self.titles(client, taxonomy_term_id=ids.derived("nothing")) == set()
        assert len(self.titles(client, taxonomy_id=of_service)) == len(self.titles(client, organization_id=own)) == 2
        assert self.titles(client, organization_id=ids.uuid_of("organization", "nobody2222")) == set()
        assert self.titles(client, search="патент") == {"Патент"}
        assert self.titles(client, lat="41.69", lon="44.80", proximity="5000") == {"Тест на ВИЧ"}

    def test_what_changed_since(self, client, two):
        tomorrow = (clock.now() + dt.timedelta(days=2)).isoformat()
        assert self.titles(client, modified_after=tomorrow) == set()
        # In a zone that no clock has, and the database does not know.
        assert len(self.titles(client, modified_after="0303-04-15T22:44:46+21:57")) == 2
        assert len(self.titles(client, modified_after=clock.today().isoformat())) == 2

    def test_terms_of_one_taxonomy(self, client, two):
        of_group = next(one["id"] for one in lines(client, "taxonomies") if one["x_code"] == "group")
        found = lines(client, "taxonomy_terms", taxonomy_id=of_group)
        assert found and {one["taxonomy_id"] for one in found} == {of_group}
        tops = lines(client, "taxonomy_terms", top_only="true")
        under = lines(client, "taxonomy_terms", parent_id=next(o["id"] for o in tops if o["code"] == "legal"))
        assert "stay_permits" in {one["code"] for one in under} and not any("parent_id" in one for one in tops)


def test_a_place_that_hides_its_door_has_neither_a_point_nor_a_street(client):
    made = publish(precision="settlement", texts={"title": "Приют", "city": "Тбилиси"})
    (place,) = get(client, "locations")["contents"]
    assert place["x_precision"] == "settlement" and "latitude" not in place and "longitude" not in place
    assert place["addresses"][0]["address_1"] == "" and place["addresses"][0]["city"] == "Тбилиси"
    publish(audiences=("members",), texts={"title": "Канарейка"})
    for path in LISTS:
        text = client.get(BASE + path, {"full": "true"} if path in ("services", "organizations") else {}).content
        assert "Канарейка" not in text.decode()
    assert str(made.point.x) not in client.get(f"{BASE}services", {"full": "true"}).content.decode()


def test_members_are_asked_to_log_in(client, listing):
    assert client.get(f"{BASE}members/services").status_code == 403


def test_the_tables_are_what_they_say(client, tmp_path):
    dice = random.Random(5)
    for _number in range(12):
        publish(**invented(dice))
    answer = client.get(f"{BASE}datapackage.zip")
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/zip"
    path = tmp_path / "hsds.zip"
    path.write_bytes(answer.content)
    report = frictionless.Package(str(path)).validate()
    assert report.valid, [error.message for task in report.tasks for error in task.errors][:5]
    assert {task.name: task.stats["rows"] for task in report.tasks}["service_at_locations"] == 12
    tables = zipfile.ZipFile(io.BytesIO(answer.content))
    assert "\n=" not in tables.read("services.csv").decode().replace(",=", "\n=")
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(broken, "w") as file:
        for name in tables.namelist():
            text = tables.read(name).decode()
            file.writestr(name, text if name != "locations.csv" else text.split("\r\n")[0])
    assert not frictionless.Package(str(broken)).validate().valid, "the check can fail"


class TestWords:
    @pytest.mark.parametrize(("text", "said"), [
        ("https://пример.рф/путь?я=1", "https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C?%D1%8F=1"),
        ("https://example.org/a%20b", "https://example.org/a%20b"), ("www.example.org", ""), ("http://[x", ""),
        ("javascript:1", ""), ("", ""), ("http://example.org:99999/", "")])  # fmt: skip
    def test_addresses_are_of_ascii(self, text, said):
        assert words.web(text) == said

    def test_an_id_leads_back(self):
        for kind in ids.KINDS:
            for one in ("place22222", "abc", new_public_id()):
                assert ids.public_id_of(kind, ids.uuid_of(kind, one)) == one
        assert ids.public_id_of("service", ids.uuid_of("location", "place22222")) == ""
        assert ids.public_id_of("service", "6f1c1f5e-6a0b-5c8e-9d3c-0e8d7d3f4b11") == ""
