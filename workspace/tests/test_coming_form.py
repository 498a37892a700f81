"""From the form to the public page: where a service comes to, where it stops, and a stop that is called off."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from core import clock
from directory.asking import queries
from directory.tables.listings import MemberListing, PublicListing
from directory.vocabulary import vocabulary
from reading.road.rows import place_told
from services.models import ServiceAtLocation
from verification.services import call_off
from verification.upkeep.rebuild import compare
from workspace.listings.forms.area import lines_of, read_lines
from workspace.tests.world import World, form_data

pytestmark = pytest.mark.django_db
LINES = "Грузия\nрегион: Рустави\nрустави\nТбилиси: Вера, Ваке\n12,5 км: Батуми\n30 км\nЕреван, Армения"
EVERY_DAY = [str(day) for day in range(7)]


@pytest.fixture
def bus(world: World) -> ServiceAtLocation:
    return world.add_listing(title="Автобус с тестами", delivery=["mobile", "outreach"])


def sent(world: World, bus: ServiceAtLocation, **more: Any) -> dict[str, Any]:
    """What a browser sends of the page, with a stop that stands there day and night."""
    page = world.get(f"listings/{bus.public_id}/hours/")
    stop = {"name": "у вокзала", "name_en": "at the station", "point": "41.7215, 44.7995", "days": EVERY_DAY}
    row = {f"stops-r0-{name}": value for name, value in (stop | {"opens": "00:00", "closes": "23:59"}).items()}
    return form_data(page) | row | more


def save(world: World, bus: ServiceAtLocation, **more: Any) -> Any:
    answer = world.post(f"listings/{bus.public_id}/hours/", sent(world, bus, **more))
    bus.refresh_from_db()
    return answer


def test_lines_are_read_and_written_as_they_were() -> None:
    parts = read_lines(LINES, "GE")
    assert [(part["kind"], part.get("code") or part.get("km")) for part in parts] == [
        ("country", "GE"), ("region", "GE.68"), ("city", "612287"), ("district", "611717"), ("district", "611717"),
        ("circle", "615532"), ("circle", 30.0), ("city", "616052"),
    ]  # fmt: skip
    with clock.travel(clock.now()):
        again = lines_of(parts, "GE")
    assert read_lines(again, "GE") == parts


@pytest.mark.parametrize(
    ("line", "country", "code", "again"),
    [
        ("Кахетия", "GE", "GE.67", "регион: Кахетия"),
        ("kakheti", "GE", "GE.67", "регион: Кахетия"),
        ("регион: Арарат", "AM", "AM.02", "регион: Арарат"),
        ("Бавария", "GE", "DE.02", "регион: Бавария, Германия"),
        ("регион: Стамбул", "TR", "TR.34", "регион: Стамбул"),
        ("область: Рустави", "GE", "GE.68", "регион: Квемо-Картли"),
    ],
)
def test_a_region_is_said_by_its_name_or_by_its_city(line: str, country: str, code: str, again: str) -> None:
    with override("ru"):
        parts = read_lines(line, country)
        assert parts == [{"kind": "region", "code": code}]
        assert lines_of(parts, country) == again
        assert read_lines(again, country) == parts
        assert read_lines("Ереван", "GE")[0]["kind"] == "city"  # where a town has the name, too, it is the town


def test_what_is_not_understood_is_asked_line_by_line_and_nothing_is_lost(world: World, bus: ServiceAtLocation) -> None:
    answer = save(world, bus, area="Рустави\nТридевятое царство\nНигде: Вера", **{"stops-r1-name": "у рынка"})
    html = answer.content.decode()
    assert answer.status_code == 422 and bus.area == bus.stops == []
    for told in ("Тридевятое царство", "Нигде", "у рынка", "у вокзала"):
        assert told in html


def test_who_does_not_come_to_people_is_asked_nothing_of_it(world: World) -> None:
    world.service.delivery = ["on_site"]
    world.service.save()
    html = world.get(f"listings/{world.listing.public_id}/hours/").content.decode()
    assert "data-stops" not in html and 'id="area"' not in html and "pin-config" not in html


def test_a_stop_comes_to_the_map_and_is_called_off_with_one_press(world: World, bus: ServiceAtLocation) -> None:
    assert save(world, bus, area="Рустави\n30 км").status_code == 302
    world.publish(bus)
    (row,) = PublicListing.objects.filter(pk=bus.public_id)
    assert [part["kind"] for part in row.areas] == ["city", "circle"]
    assert (row.place_id, [stop["off"] for stop in row.stops]) == (bus.public_id, [[]])
    page = Client().get(reverse("maps:place", args=[bus.public_id])).content.decode()
    assert "сегодня 00:00–23:59 у вокзала" in page and "выезжают в Рустави, в пределах 30 км" in page
    card = Client().get("/api/v1/listings/?near=612287").json()["results"][0]
    assert (card["reach"], card["comes"]) == ("near", "выезжают в Рустави")
    assert [area["extent"]["type"] for area in card["service_areas"]] == ["Polygon", "Polygon"]
    assert card["stops"][0]["hours_osm"] == "Mo-Su 00:00-23:59"

    today = clock.today(bus.timezone).isoformat()
    form = {"stop": row.stops[0]["id"], "on": today}
    assert world.post(f"listings/{bus.public_id}/stops/", form).status_code == 302
    row.refresh_from_db()
    assert row.stops[0]["off"] == [today] and [one["from"] for one in row.hours["exceptions"]] == [today]
    assert not compare()
    page = Client().get(reverse("maps:place", args=[bus.public_id])).content.decode()
    assert re.search(r'class="off">сегодня 00:00–23:59 у вокзала</span>\s*<span class="tag warn">', page)
    assert "Отменить" in world.get(f"listings/{bus.public_id}/").content.decode()
    world.post(f"listings/{bus.public_id}/stops/", form | {"back": "on"})
    row.refresh_from_db()
    assert (row.stops[0]["off"], row.hours.get("exceptions")) == ([], None)


def test_a_stop_has_a_holiday_of_its_own_from_the_form_to_every_reader(world: World, bus: ServiceAtLocation) -> None:
    """The station rests, the market is stood at: page, card, file for the road, and the form as it was filled in."""
    today = clock.today(bus.timezone)
    until = today + dt.timedelta(days=9)
    market = {"name": "у рынка", "point": "41.7300, 44.8100", "days": EVERY_DAY, "opens": "10:00", "closes": "23:59"}
    rest = {"name": "у вокзала", "rests": "on", "on": today.isoformat(), "until": until.isoformat()}
    rows = {f"stops-r{n}-{name}": v for n, row in ((1, market), (2, rest)) for name, v in row.items()}
    assert save(world, bus, **rows).status_code == 302
    station, _market = bus.stops
    assert [(day["from"], day["to"]) for day in station["hours"]["exceptions"]] == [(str(today), str(until))]
    assert station["name"] == {"ru": "у вокзала", "en": "at the station"}
    form = world.get(f"listings/{bus.public_id}/hours/").content.decode()
    assert re.search(r"checked\s+data-stop-rests", form) and f'value="{until}"' in form
    assert save(world, bus, **rows).status_code == 302 and len(bus.stops) == 2
    world.publish(bus)
    page = Client().get(reverse("maps:place", args=[bus.public_id])).content.decode()
    assert "у вокзала: не стоит " in page and "00:00–23:59 у вокзала" not in page
    card = Client().get("/api/v1/listings/?near=611717").json()["results"][0]
    assert card["stay"]["name"] == "у рынка" and " off" in card["stops"][0]["hours_osm"]
    told = place_told(queries.place("public", bus.public_id), None, vocabulary(), clock.now())
    stays = [stay["text"] for one in told["services"] for stay in one["stays"]]
    assert stays and not [text for text in stays if "у вокзала" in text]
    assert not compare()


@pytest.mark.parametrize(
    "rest", [{}, {"on": "2026-12-24", "until": "2026-12-01"}, {"on": "2026-12-24", "until": "2029-01-01"}]
)
def test_a_holiday_that_cannot_be_is_asked_again_and_nothing_is_lost(
    world: World, bus: ServiceAtLocation, rest: dict[str, str]
) -> None:
    more = {f"stops-r1-{name}": value for name, value in ({"name": "у вокзала", "rests": "on"} | rest).items()}
    answer = save(world, bus, **more)
    assert answer.status_code == 422 and not bus.stops
    assert "Посмотрите на остановки:" in answer.content.decode()


def test_what_was_called_off_is_so_for_every_service_of_the_point(world: World, bus: ServiceAtLocation) -> None:
    other = world.add_listing(title="Презервативы", delivery=["mobile"])
    other.hours = bus.hours
    other.save()
    same = {"also": f"{other.public_id}.{other.version}"}
    assert save(world, bus, **same).status_code == 302
    other.refresh_from_db()
    assert other.stops == bus.stops != []
    stop, today = bus.stops[0]["id"], clock.today(bus.timezone)
    for _press in range(2):
        call_off(listing=bus, actor=world.editor, stop=stop, on=today)
    other.refresh_from_db()
    assert other.stops_off == [{"stop": stop, "on": today.isoformat()}]


def test_nobody_calls_off_what_is_over_or_unknown(world: World, bus: ServiceAtLocation) -> None:
    save(world, bus)
    for form in ({"stop": bus.stops[0]["id"], "on": "2020-01-01"}, {"stop": "", "on": "x"}, {"on": "2026-99-99"}):
        assert world.post(f"listings/{bus.public_id}/stops/", form).status_code == 302
    bus.refresh_from_db()
    assert bus.stops_off == []


def test_a_hidden_place_shows_the_public_neither_stops_nor_shapes(world: World, bus: ServiceAtLocation) -> None:
    place = world.place
    place.public_precision = "settlement"
    place.save()
    ring = "[[[44.70,41.60],[44.90,41.60],[44.90,41.80],[44.70,41.80]]]"
    save(world, bus, area="10 км", drawn=ring)
    world.publish(bus)
    public, members = PublicListing.objects.get(pk=bus.public_id), MemberListing.objects.get(pk=bus.public_id)
    assert (public.stops, public.place_id) == ([], place.public_id)
    assert {part["kind"] for part in public.areas} == {"circle", "city"}
    assert {part["kind"] for part in members.areas} == {"circle", "polygon"} and members.stops
