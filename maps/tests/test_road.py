"""What may be taken along: public rows that stay true without a network, told as changes, and taken back when asked."""

import datetime as dt
import gzip
import json
import os
import re
import time

import pytest
from django.urls import reverse
from django.utils.translation import override

from core import clock
from core.geo import outlines, tilecut
from directory.stores import store
from directory.tests.factories import publish, publish_many
from maps.road.texts import road_texts
from reading.road import states

pytestmark = pytest.mark.django_db
#: languages.md, order B: a country without its map, as sent (there by brotli; gzip gives more).
SENT_AT_MOST = 20_000
HOURS = {"slots": [{"days": [0, 1, 2, 3, 4], "opens": "10:00", "closes": "18:00"}], "holidays": "closed"}
PHONE = {"channel": "phone", "value": "+995322000000", "label": "", "audience": "clients"}


@pytest.fixture
def listing():
    return publish(
        place_id="place22222",
        types=["hiv_rapid_test"],
        contacts=[PHONE],
        hours=HOURS,
        texts={"title": "Тест на ВИЧ", "summary": "Быстро и бережно", "address": "ул. Руставели, 1"},
    )


@pytest.fixture
def remembered(settings, tmp_path):
    settings.ROAD_DIR = str(tmp_path)
    return tmp_path


def pack(client, country="ge", status=200, **query):
    response = client.get(f"/api/v1/pack/{country}/", {"lang": "ru"} | query)
    assert response.status_code == status, response.content
    return response.json()


def test_a_row_says_all_that_a_phone_needs_and_nothing_of_a_moment(client, listing):
    told = pack(client)
    (place,), (service,) = told["changed"], told["changed"][0]["services"]
    assert (told["country"], told["days"], told["is_whole"], told["gone"]) == ("GE", 14, True, [])
    assert (place["address"], place["contacts"][0]["href"]) == ("ул. Руставели, 1", "tel:+995322000000")
    assert (place["hours"]["week"][0], place["hours"]["week"][6], place["hours"]["rests"]) == ([[600, 1080]], [], True)
    assert (service["title"], service["needs"]) == ("Тест на ВИЧ", ["test"])
    assert service["due_on"] < service["hides_on"] == (clock.today() + dt.timedelta(days=210)).isoformat()
    assert "open" not in place and "capacity" not in service, "a phone without a network cannot know"


def test_the_same_rows_have_the_same_name_tomorrow(client, listing, monkeypatch):
    first = pack(client)
    later = clock.now() + dt.timedelta(days=3)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert pack(client)["changed"] == first["changed"]


def test_a_country_is_small(client):
    publish_many([{"contacts": [PHONE], "hours": HOURS}] * 60)
    assert len(gzip.compress(client.get("/api/v1/pack/ge/?lang=ru").content)) < SENT_AT_MOST


def test_whoever_asks_again_is_told_what_changed_and_what_is_gone(client, listing, remembered):
    other = publish(place_id="place33333", contacts=[PHONE])
    first = pack(client)["revision"]
    same = pack(client, since=first)
    assert (same["is_whole"], same["changed"], same["gone"]) == (False, [], [])

    store.withdraw(other.id)
    publish(id=listing.id, place_id="place22222", texts={"title": "Другое"}, contacts=[PHONE])
    told = pack(client, since=first)
    assert [place["services"][0]["title"] for place in told["changed"]] == ["Другое"]
    assert (told["gone"], told["is_whole"]) == (["place33333"], False)
    assert pack(client, since=told["revision"])["changed"] == []


def test_who_asks_with_a_state_that_nobody_remembers_is_given_everything(client, listing, remembered):
    told = pack(client, since="7-0123456789abcdef")
    assert told["is_whole"] and len(told["changed"]) == 1
    for path in remembered.rglob("*.json"):
        path.write_text("{")
    assert pack(client, since=told["revision"])["is_whole"]


def test_a_server_that_may_write_nowhere_tells_everything(client, listing, settings):
    settings.ROAD_DIR = "/proc/nowhere"
    told = pack(client)
    assert pack(client, since=told["revision"])["is_whole"]


def test_what_is_remembered_names_no_row_and_ends_with_a_month(client, listing, remembered):
    pack(client)
    (path,) = remembered.rglob("*.json")
    assert re.fullmatch(r'\{"place22222":"[0-9a-f]{16}"\}', path.read_text())
    old = time.time() - states.REMEMBERED - 60
    os.utime(path, (old, old))
    assert states.forget(path.parent) == 1 and not path.exists()


@pytest.mark.parametrize("since", ["x", "1-0", "1-0123456789abcdeg", "../../etc", "1-0123456789abcdef0"])
def test_no_revision_is_refused_by_its_name(client, listing, remembered, since):
    assert pack(client, status=400, since=since)["error"]["param"] == "since"


def test_a_country_without_rows_is_taken_back_and_no_country_is_none(client, listing):
    assert pack(client, "kz", status=410)["error"]["message"]
    for nonsense in ("GE", "xx", "georgia"):
        pack(client, nonsense, status=404)
    store.withdraw(listing.id)
    pack(client, status=410)


def test_what_is_for_members_is_in_no_pack(client, listing):
    publish(place_id="place44444", audiences=["members"])
    assert [place["id"] for place in pack(client)["changed"]] == ["place22222"]
    assert client.get("/api/v1/members/pack/ge/").status_code == 404


def test_one_switch_takes_everything_back(client, listing, settings):
    assert b"clients.claim" in client.get("/ru/road/worker.js").content
    settings.ROAD = False
    assert pack(client, status=410)
    worker = client.get("/ru/road/worker.js").content
    assert b"unregister" in worker and b'"fetch"' not in worker
    assert client.get("/ru/road/map/ge.pmtiles").status_code == 404
    assert b'"countries": []' in client.get("/ru/road/").content


def test_the_worker_can_serve_its_own_folder_alone(client, listing):
    """A browser gives a worker the folder in which it lies, and no more unless a header says so."""
    response = client.get(reverse("maps:road_worker"))
    assert not response.has_header("Service-Worker-Allowed")
    folder = reverse("maps:road_worker").rpartition("/")[0] + "/"
    assert folder == reverse("maps:road")
    for name in ("maps:home", "maps:embed", "maps:members", "account_login", "workspace:home"):
        assert not reverse(name).startswith(folder)


def test_name_and_picture_say_nothing(client, listing, settings):
    settings.ROAD_NAME = "Заметки"
    told = client.get("/ru/road/app.webmanifest").json()
    assert (told["name"], told["display"], told["scope"]) == ("Заметки", "browser", "/ru/road/")
    page = client.get("/ru/road/").content.decode()
    assert "<title>Заметки</title>" in page and "img/mark" not in page
    config = re.search(r'id="road" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert config and json.loads(config[1])["page"] == "/ru/road/"


def test_an_address_that_can_be_said_aloud_wipes(client):
    said = client.get("/forget/", headers={"accept-language": "en"})
    assert (said.status_code, said.url) == (302, "/en/forget/")
    for response in (said, client.get("/ru/forget/", headers={"sec-fetch-dest": "document"})):
        assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert "no-store" in response.headers["Cache-Control"]
    stranger = client.get("/ru/forget/", headers={"sec-fetch-dest": "image"})
    assert not stranger.has_header("Clear-Site-Data"), "a picture on somebody's page wipes nobody's phone"


def test_a_part_of_the_ground_holds_its_tiles_as_they_were(settings):
    path = settings.BASE_DIR / "static" / "basemap" / "world.pmtiles"
    everything = tilecut.cut(path, tilecut.tiles_of([(-180, -85, 180, 85)], range(7)))
    part = tilecut.cut(path, tilecut.tiles_of(outlines.boxes("GE"), range(3, 7)))
    assert len(part) < 270_000 < len(everything)
    again = tilecut._entries(gzip.decompress(tilecut._part(part, 8)))
    whole = {one.id: one for one in tilecut._entries(gzip.decompress(tilecut._part(everything, 8)))}
    bodies = tilecut._part(part, 56), tilecut._part(everything, 56)
    for one in again:
        other = whole[one.id]
        assert bodies[0][one.offset :][: one.length] == bodies[1][other.offset :][: other.length]


def test_a_ground_of_another_kind_is_refused(tmp_path):
    (tmp_path / "x.pmtiles").write_bytes(b"nothing" * 40)
    with pytest.raises(tilecut.NotTiles):
        tilecut.cut(tmp_path / "x.pmtiles", [(0, 0, 0)])


def test_tiles_are_numbered_along_the_curve():
    assert [tilecut.tile_id(*tile) for tile in ((0, 0, 0), (1, 0, 0), (1, 0, 1), (1, 1, 1), (1, 1, 0), (2, 0, 0))] == [
        0, 1, 2, 3, 4, 5,
    ]  # fmt: skip
    assert tilecut.tile_id(12, 3423, 1763) == 19078479


@pytest.mark.parametrize(
    ("language", "n", "said"), [("ru", 34, "34 услуги"), ("ru", 21, "21 услуга"), ("en", 1, "1 service")]
)
def test_what_was_found_on_the_road_is_counted_as_the_language_counts(language, n, said):
    with override(language):
        texts = road_texts()
    form = texts[""]["names"].split()[int(texts[""]["of"][n], 36)]
    assert texts["found"][form] % {"n": n} == said
