"""Against a stand-in for the operator's own server, on this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from core.geo import geocoding
from core.geo.geocoding import geocode

NOMINATIM = [
    {
        "display_name": "Площадь Свободы, Тбилиси",
        "lat": "41.6934",
        "lon": "44.8015",
        "place_rank": 30,
        "address": {"country_code": "ge"},
    }
]
PHOTON = {
    "features": [
        {
            "geometry": {"coordinates": [44.8015, 41.6934]},
            "properties": {"type": "house", "name": "Площадь Свободы", "city": "Тбилиси", "countrycode": "GE"},
        }
    ]
}


@pytest.fixture
def server():
    asked = []

    class Handler(BaseHTTPRequestHandler):
        status = 200

        def do_GET(self):
            asked.append(parse_qs(urlsplit(self.path).query))
            body = json.dumps(PHOTON if self.path.startswith("/api") else NOMINATIM).encode()
            self.send_response(Handler.status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as running:
        running.asked, running.handler = asked, Handler
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture(autouse=True)
def forgetful(monkeypatch):
    monkeypatch.setattr(geocoding, "PAUSE_SECONDS", 0)
    geocoding._ask.cache_clear()
    geocoding._limited.cache_clear()


def use(settings, server, provider):
    settings.GEOCODER = {"provider": provider, "domain": f"127.0.0.1:{server.server_port}", "scheme": "http"}


@pytest.mark.parametrize("provider", ["nominatim", "photon"])
def test_the_operators_server_is_asked(settings, server, provider):
    use(settings, server, provider)
    found = geocode("площадь Свободы, Тбилиси", country="GE")
    assert [(one.lat, one.lon, one.country, one.found) for one in found] == [(41.6934, 44.8015, "GE", "door")]
    assert server.asked[0]["q"] == ["площадь Свободы, Тбилиси"]


def test_the_same_question_is_asked_once(settings, server):
    use(settings, server, "nominatim")
    assert geocode("площадь Свободы") == geocode("площадь  Свободы")
    assert len(server.asked) == 1


@pytest.mark.first_network("Russian is its source")
def test_a_broken_server_leaves_the_gazetteer(settings, server):
    use(settings, server, "nominatim")
    server.handler.status = 500
    found = geocode("улица Без Номера, Тбилиси", country="GE")
    assert found[0].name == "Тбилиси"
    assert found[0].found == "city"


def test_without_a_server_the_city_answers():
    assert geocode("проспект Абая 10, Алматы", country="KZ")[0].country == "KZ"
    assert geocode("Warsaw", language="en")[0].name == "Warsaw"


@pytest.mark.parametrize("query", ["", "   ", ",,,", "\x00"])
def test_nothing_finds_nothing(query):
    assert geocode(query) == []


@pytest.mark.parametrize(
    ("provider", "said", "found"),
    [
        ("nominatim", {"place_rank": 26}, "street"),
        ("nominatim", {"place_rank": 16}, "city"),
        ("nominatim", {"place_rank": None}, "city"),
        ("photon", {"type": "street"}, "street"),
        ("photon", {"type": "city"}, "city"),
        ("photon", {"type": None}, "city"),
    ],
)
def test_a_server_that_found_less_than_the_door_is_not_taken_for_more(
    settings, server, provider, said, found, monkeypatch
):
    use(settings, server, provider)
    answer = NOMINATIM[0] if provider == "nominatim" else PHOTON["features"][0]["properties"]
    for name, value in said.items():
        monkeypatch.setitem(answer, name, value)
    assert [one.found for one in geocode("площадь Свободы, Тбилиси")] == [found]
