"""What the pages of the map are told: addresses of chips, pages and orders, the frame of an embed. One small world."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict

from directory.asking.filters import parse_leniently
from directory.asking.queries import ListingsPage
from directory.tests.factories import ALMATY, WARSAW, publish
from maps.context import _pages, _sorts, address, app_context
from maps.first import zooms
from reading.asked import Asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Tbilisi, Warsaw and Almaty; one listing for members only."""
    publish()
    publish(country="PL", point=WARSAW, groups={"msm": "only"}, texts={"city": "Варшава"})
    publish(country="KZ", point=ALMATY, types=["stay_permits"], texts={"city": "Алматы"})


def asked_of(query, audience="public"):
    """(the question, filters, what could not be read) of an address."""
    asked = Asked.now(audience)
    return asked, *parse_leniently(QueryDict(query), asked.vocabulary)


def told(query, audience="public", path="/ru/"):
    asked, filters, errors = asked_of(query, audience)
    return app_context(asked, filters, path=path, errors=errors)


def question(url):
    return {name: values[0].split(",") for name, values in parse_qs(urlsplit(url).query).items()}


class TestAddresses:
    def filters(self, query):
        return asked_of(query)[1]

    def test_a_question_that_asks_nothing_is_the_bare_page(self):
        assert address("/ru/", self.filters("")) == "/ru/"
        assert address("/ru/", self.filters("sort=best&page=1")) == "/ru/"
        assert question(address("/ru/", self.filters("language=ru,ka&country=GE"))) == {
            "language": ["ka", "ru"],
            "country": ["GE"],
        }

    @pytest.mark.parametrize(
        ("number", "of", "previous", "following"),
        [(1, 1, None, None), (1, 3, None, 2), (2, 3, 1, 3), (3, 3, 2, None), (9, 3, 3, None)],
    )
    def test_pages_lead_to_pages_that_there_are(self, number, of, previous, following):
        """From beyond the end the way back leads to the last page."""
        asked = self.filters("country=GE")
        ahead = asked.replace(page=following) if following else None
        behind = asked.replace(page=previous) if previous and number <= of else None
        page = ListingsPage(rows=[], count=50, places=9, number=number, pages=of, next=ahead, previous=behind)
        found = _pages(page, asked, "/ru/")
        assert (found["number"], found["total"]) == (number, of)
        for url, wanted in ((found["previous_url"], previous), (found["next_url"], following)):
            if wanted is None:
                assert url == ""
            else:
                assert question(url) == {"country": ["GE"]} | ({"page": [str(wanted)]} if wanted > 1 else {})

    def test_orders_that_there_are_and_the_one_that_is_chosen(self):
        def chosen(query, *, is_search=False):
            offered = _sorts(self.filters(query), "/ru/", is_search=is_search)
            assert sum(one["selected"] for one in offered) == 1
            return [one["code"] for one in offered if not one["hidden"]], next(
                one["code"] for one in offered if one["selected"]
            )

        near = "lat=41.7&lon=44.8&radius=10"
        assert chosen("") == (["best", "checked"], "best")
        assert chosen("sort=checked") == (["best", "checked"], "checked")
        assert chosen(near) == (["best", "checked"], "best")  # which then is the nearest first
        assert chosen(near, is_search=True) == (["best", "distance", "checked"], "best")
        assert chosen(f"{near}&sort=checked")[1] == "checked"

    def test_another_order_begins_at_the_first_page(self):
        offered = _sorts(self.filters("country=GE&page=4"), "/ru/", is_search=False)
        assert [question(one["url"]) for one in offered if not one["hidden"]] == [
            {"country": ["GE"]},
            {"country": ["GE"], "sort": ["checked"]},
        ]


class TestChips:
    def test_a_chip_takes_its_own_value_away_and_leaves_the_others(self, world):
        context = told("group=msm,plhiv&country=PL&page=2")
        left = {(chip["param"], chip["code"]): question(chip["url"]) for chip in context["active"]}
        assert left == {
            ("group", "msm"): {"group": ["plhiv"], "country": ["PL"]},
            ("group", "plhiv"): {"group": ["msm"], "country": ["PL"]},
            ("country", "PL"): {"group": ["msm", "plhiv"]},
        }
        assert all(chip["name"] and chip["name"] != chip["code"] for chip in context["active"])
        assert context["reset_url"] == "/ru/"

    def test_nearness_comes_first_and_leaves_by_itself(self, world):
        chips = told("lat=41.7&lon=44.8&radius=10&country=GE")["active"]
        assert [chip["param"] for chip in chips] == ["near", "country"]
        assert question(chips[0]["url"]) == {"country": ["GE"]}

    def test_where_nothing_is_found_each_way_out_drops_one_filter(self, world):
        context = told("country=GE&service=legal")
        assert context["cards"] == []
        ways = {item["param"]: question(item["url"]) for item in context["alternatives"]["drop"]}
        assert ways == {"country": {"service": ["legal"]}, "service": {"country": ["GE"]}}
        assert told("country=GE")["alternatives"] is None


class TestTheMap:
    def test_it_opens_on_what_is_found_and_on_everything_when_that_is_nothing(self, world):
        def box(query):
            return told(query)["map_config"]["initial"]["bbox"]

        whole = box("")
        west, south, east, north = whole
        for lon, lat in (WARSAW, ALMATY):
            assert west <= lon <= east
            assert south <= lat <= north
        west, south, east, north = box("country=PL")
        assert west <= WARSAW[0] <= east < ALMATY[0]
        assert box("country=GE&service=legal") == whole

    def test_an_empty_network_has_no_box(self):
        assert told("")["map_config"]["initial"]["bbox"] is None

    def test_each_audience_asks_its_own_addresses(self, world):
        public, members = (told("", audience)["map_config"] for audience in ("public", "members"))
        assert (public["audience"], members["audience"]) == ("public", "members")
        assert public["api"] != members["api"]
        assert {public["urls"][name] == members["urls"][name] for name in public["urls"]} == {False}

    def test_what_cannot_be_read_is_handed_on_only_when_nothing_else_is_left(self, world):
        lost = told("country=XX")
        assert (lost["is_lost"], lost["cards"]) == (True, [])
        assert lost["map_config"]["initial"]["unread"] == [("country", "XX")]
        half = told("country=XX,PL")
        assert (half["is_lost"], len(half["cards"])) == (False, 1)
        assert half["map_config"]["initial"]["unread"] == []
        assert [error["param"] for error in half["errors"]] == ["country"]


class TestTheEmbed:
    def config(self, client, query):
        page = client.get(f"/en/embed/?{query}")
        found = re.search(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', page.content.decode(), re.DOTALL)
        return page.status_code, json.loads(found[1])

    def test_a_box_across_the_date_line_is_one_box(self, client, world):
        assert self.config(client, "bbox=170,50,-170,70")[1]["initial"]["bbox"] == [170.0, 50.0, 190.0, 70.0]
        assert self.config(client, "bbox=40,40,46,43")[1]["initial"]["bbox"] == [40.0, 40.0, 46.0, 43.0]

    def test_a_box_is_where_it_looks_and_not_what_it_asks(self, client, world):
        """The list holds what lies outside, too: whoever moves the map finds it."""
        _status, config = self.config(client, "bbox=40,40,46,43")
        assert config["initial"]["filters"] == {}
        page = client.get("/en/embed/?bbox=40,40,46,43").content.decode()
        assert "Almaty" in page

    @pytest.mark.parametrize(("view", "shown"), [("map", "map"), ("list", "list"), ("", "split"), ("MAP", "split")])
    def test_a_typo_in_a_snippet_empties_no_page(self, client, world, view, shown):
        status, config = self.config(client, f"view={view}&theme=pink")
        assert (status, config["view"], config["embed"]) == (200, shown, True)

    def test_what_it_cannot_read_is_said_by_status(self, client, world):
        status, config = self.config(client, "country=XX")
        assert status == 400
        assert config["initial"]["unread"] == [["country", "XX"]]


class TestFirst:
    """What the map shows first stands in the page, and is what the API answers."""

    def test_is_what_the_api_answers_at_the_zooms_of_a_phone_and_of_a_desk(self, client, world):
        first = told("")["map_config"]["first"]
        assert first is not None and first["zooms"]
        for zoom, drawn in first["zooms"].items():
            answer = client.get(f"/api/v1/map/?zoom={zoom}").json()
            whole = {**{name: value for name, value in first.items() if name != "zooms"}, **drawn}
            assert json.loads(json.dumps(whole)) == {name: answer[name] for name in whole}

    def test_has_the_conditions_of_the_page(self, client, world):
        first = told("country=PL")["map_config"]["first"]
        assert first is not None and first["total"] == 1 and list(first["zooms"]) == ["12"]

    @pytest.mark.parametrize("query", ["lat=41.7&lon=44.8", "service=unheard", "service=stay_permits&country=PL"])
    def test_a_position_a_lost_question_and_one_that_finds_nothing_bring_none(self, world, query):
        assert told(query)["map_config"]["first"] is None

    def test_zooms_are_those_at_which_a_box_fits(self):
        assert zooms([0, 36, 82, 60]) == [2, 3, 4]
        assert zooms([44.8, 41.7, 44.8, 41.7]) == [12]
        assert zooms([-180, -85, 180, 85])[0] in (0, 1)
