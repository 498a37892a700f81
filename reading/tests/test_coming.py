"""Help that comes to people, in words: where to, by which way, where the bus is today."""

import datetime as dt
from typing import Any

import pytest
from django.utils.translation import override

from core import clock
from directory.asking import queries
from directory.coming import areas
from directory.coming.stops import shown as stops_shown
from directory.crossing.content import AreaJson
from directory.geometry import Near
from directory.tests.factories import publish
from directory.tests.test_coming import BOTH, MARKET, MONDAY, RESTING
from directory.vocabulary import vocabulary
from reading import presenters

pytestmark = pytest.mark.django_db
STATES: AreaJson = {"kind": "country", "code": "US"}
RUSTAVI: AreaJson = {"kind": "city", "code": "612287"}
MOSCOW: AreaJson = {"kind": "city", "code": "524901"}
GEORGIA: AreaJson = {"kind": "country", "code": "GE"}
REGION: AreaJson = {"kind": "region", "code": "GE.68"}
KAKHETI: AreaJson = {"kind": "region", "code": "GE.67"}
UNNAMED: AreaJson = {"kind": "region", "code": "TR.34"}
VERA = {"kind": "district", "code": "611717", "name": "Вера"}
AROUND, HERE = {"kind": "circle", "km": 30.0, "code": "612287"}, {"kind": "circle", "km": 7.5}
DRAWN = {"kind": "polygon", "ring": [[44.7, 41.6], [44.9, 41.6], [44.9, 41.8], [44.7, 41.6]]}
ONE_RESTS: Any = [RESTING, MARKET]
HOURS_OF_STATION, HOURS_OF_MARKET = "Mo,We 18:00-21:00", "Tu 22:00-02:00; 2026 Dec 04 off, 2026 Dec 04 10:00-12:00"


def row_of(parts, **fields):
    made = publish(areas=areas.shown(parts, None, "none", [44.8, 41.7]), **fields)
    return queries.place("public", made.place_id)[0]


def comes(*parts, delivery=("outreach",), language="ru", **fields):
    with override(language):
        return presenters.card(row_of(parts, delivery=list(delivery), **fields), vocabulary(), "public", MONDAY)[
            "comes"
        ]


@pytest.mark.parametrize(
    ("parts", "ru", "en"),
    [
        ([RUSTAVI], "выезжают в Рустави", "comes to Rustavi"),
        ([RUSTAVI, MOSCOW], "выезжают в Рустави, Москву", "comes to Rustavi, Moscow"),
        ([GEORGIA], "выезжают по всей Грузии", "comes throughout Georgia"),
        ([STATES], "выезжают по всей стране: Соединенные Штаты", "comes throughout United States"),
        ([REGION], "выезжают в Квемо-Картли", "comes to Kvemo Kartli"),
        ([KAKHETI, RUSTAVI], "выезжают в Рустави, в Кахетию", "comes to Rustavi, to Kakheti"),
        ([UNNAMED], "выезжают в регион города Стамбул", "comes to the region of Istanbul"),
        ([VERA], "выезжают в район Вера (Тбилиси)", "comes to Vera (Tbilisi)"),
        ([AROUND], "выезжают в пределах 30 км от города Рустави", "comes up to 30 km from Rustavi"),
        ([HERE, DRAWN], "выезжают в пределах 7,5 км, в район, отмеченный на карте",
         "comes up to 7.5 km, to the area on the map"),
        ([RUSTAVI, MOSCOW, GEORGIA, REGION], "выезжают в Рустави, Москву, по всей Грузии и ещё 1",
         "comes to Rustavi, Moscow, throughout Georgia and 1 more"),
        ([], "", ""),
    ],
)  # fmt: skip
def test_where_somebody_comes_to(parts, ru, en):
    assert (comes(*parts), comes(*parts, language="en")) == (ru, en)


def test_from_afar_the_way_is_named_first():
    assert comes(GEORGIA, delivery=["phone", "online"]) == "по телефону во всей Грузии"
    assert comes({"kind": "country", "code": "KZ"}, delivery=["online"]) == "онлайн во всём Казахстане"
    assert (
        comes({"kind": "country", "code": "US"}, RUSTAVI, delivery=["post"])
        == "по почте (Соединенные Штаты), (Рустави)"
    )
    assert comes(RUSTAVI, delivery=["on_site"]) == ""


def test_near_a_place_the_part_that_holds_it_is_told():
    found = areas.shown([MOSCOW, RUSTAVI, GEORGIA], None, "none", None)
    made = publish(areas=found, area_codes=areas.codes_of(found), area=areas.ground_of(found), delivery=["mobile"])
    (row,) = queries.nearest("public", queries.Filters(), Near(41.56, 44.98, place="612287"), 1)
    with override("ru"):
        assert (row.id, presenters.card(row, vocabulary(), "public", MONDAY)["comes"]) == (
            made.id,
            "выезжают в Рустави",
        )


def test_the_stay_of_today_is_told_and_the_next_one_when_it_is_called_off():
    def card(off=(), **fields):
        row = row_of([], stops=stops_shown(BOTH, off, ""), delivery=["mobile"], **fields)
        with override("ru"):
            return presenters.card(row, vocabulary(), "public", MONDAY)

    told = card()
    assert told["stay"]["text"] == "сегодня 18:00–21:00 у вокзала" and not told["stay"]["is_now"]
    assert told["stay"]["starts_at"] == "2026-11-30T18:00:00+04:00"
    assert [stop["hours_osm"] for stop in told["stops"]] == [HOURS_OF_STATION, HOURS_OF_MARKET]
    assert card(off=[("station234", "2026-11-30")])["stay"]["text"] == "завтра 22:00–02:00 у рынка"


def test_the_page_of_a_bus_tells_its_next_stays_with_what_is_called_off():
    made = publish(stops=stops_shown(BOTH, [("station234", "2026-12-02")], ""), delivery=["mobile"])
    with clock.travel(MONDAY + dt.timedelta(hours=7)), override("en"):
        rows = queries.place("public", made.place_id)
        told = presenters.place(rows, None, vocabulary(), "public", clock.now())["listings"][0]["timetable"]
    assert [(stay["text"].split()[0], stay["is_now"], stay["is_off"]) for stay in told[:3]] == [
        ("today", True, False), ("tomorrow", False, False), ("Wed,", False, True),
    ]  # fmt: skip


def test_a_holiday_of_a_stop_is_told_by_its_name_and_the_next_stay_is_elsewhere():
    made = publish(stops=stops_shown(ONE_RESTS, [], "closed"), delivery=["mobile"])
    with clock.travel(MONDAY), override("ru"):
        rows = queries.place("public", made.place_id)
        told = presenters.place(rows, None, vocabulary(), "public", clock.now())["listings"][0]
    assert told["rests"] == ["у вокзала: не стоит 30 ноября – 8 декабря 2026"]
    assert told["stay"]["text"].startswith("завтра 22:00–02:00 у рынка")
    assert told["stops"][0]["hours_osm"] == "Mo,We 18:00-21:00; PH off; 2026 Nov 30-2026 Dec 07 off"
    with clock.travel(MONDAY + dt.timedelta(days=9)), override("ru"):
        rows = queries.place("public", made.place_id)
        assert presenters.place(rows, None, vocabulary(), "public", clock.now())["listings"][0]["rests"] == []
