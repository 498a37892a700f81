"""What readers get of an area and of stops: never more than they may know of the place."""

import datetime as dt
from typing import Any

import pytest

from core.geo import gazetteer
from directory.coming.areas import covering, shown
from directory.coming.stops import hours_of, stays, whereabouts
from directory.coming.stops import shown as stops_shown
from directory.crossing.live import LiveState
from directory.crossing.records import record_for
from directory.tests.contents import content

DOOR, PIN = [44.8, 41.7], [44.79, 41.69]
RUSTAVI, TBILISI = gazetteer.place("612287"), gazetteer.place("611717")
RING = [[44.7, 41.6], [44.9, 41.6], [44.9, 41.8], [44.7, 41.8], [44.7, 41.6]]
EVERYTHING = [
    {"kind": "country", "code": "AM"},
    {"kind": "region", "code": "GE.68"},
    {"kind": "city", "code": "612287"},
    {"kind": "district", "code": "611717", "name": "Vera"},
    {"kind": "circle", "km": 3.0},
    {"kind": "circle", "km": 5.0, "code": "612287"},
    {"kind": "polygon", "ring": RING},
]
PLACE = content()["location"] | {"place_code": "611717"}


def kinds(areas):
    return [(one["kind"], one["code"]) for one in areas]


def test_a_door_that_is_shown_and_a_service_without_one_show_all():
    for place in (PLACE, None):
        found = shown(EVERYTHING, place, "exact" if place else "none", DOOR if place else None)
        assert [one["kind"] for one in found] == [part["kind"] for part in EVERYTHING]
    around = shown(EVERYTHING, PLACE, "exact", DOOR)[4]
    assert ([around["lon"], around["lat"]], around["km"]) == (DOOR, 3.0)


@pytest.mark.parametrize(("precision", "least"), [("district", 3.0), ("settlement", 9.0)])
def test_a_hidden_door_is_neither_in_a_middle_nor_in_a_shape(precision, least):
    found = shown(EVERYTHING, PLACE, precision, PIN)
    assert {"polygon", "district"}.isdisjoint(one["kind"] for one in found)
    around = next(one for one in found if one["kind"] == "circle" and not one["code"])
    assert ([around["lon"], around["lat"]], around["km"]) == (PIN, least)
    assert str(DOOR[0]) + "," not in str(found) and str(RING[0]) not in str(found)
    assert ("city", "611717") in kinds(found)  # the district, and what was drawn, are the settlement
    assert len(kinds(found)) == len(set(map(str, found)))


def test_a_shape_without_a_settlement_in_it_is_the_area_of_the_pin():
    nowhere = PLACE | {"place_code": ""}
    sea = [{"kind": "polygon", "ring": [[31.0, 43.0], [31.2, 43.0], [31.2, 43.2], [31.0, 43.0]]}]
    assert kinds(shown(sea, nowhere, "settlement", PIN)) == [("circle", "")]


def test_of_a_country_its_countries_are_left_and_of_nothing_nothing():
    assert kinds(shown(EVERYTHING, PLACE, "country", None)) == [("country", "AM"), ("country", "GE")]
    assert shown(EVERYTHING, PLACE, "none", None) == []


def test_the_narrowest_part_that_holds_a_place_is_told():
    found = shown(EVERYTHING, PLACE, "exact", DOOR)
    by = {
        "Rustavi": covering(found, RUSTAVI.lat, RUSTAVI.lon, ["GE", "GE.68"]),
        "Marneuli": covering(found, 41.48758, 44.79845, ["GE", "GE.68"]),
        "Yerevan": covering(found, 40.18, 44.51, ["AM", "AM.11"]),
        "Batumi": covering(found, 41.64, 41.64, ["GE", "GE.04"]),
    }
    assert {name: one and one["kind"] for name, one in by.items()} == {
        "Rustavi": "city", "Marneuli": "region", "Yerevan": "country", "Batumi": None,
    }  # fmt: skip


# --- stops ---

ZONE = "Asia/Tbilisi"
MONDAY = dt.datetime(2026, 11, 30, 8, 0, tzinfo=dt.UTC)  # noon in Tbilisi
STATION = {
    "id": "station234", "name": {"ru": "у вокзала"}, "lon": 44.80, "lat": 41.72,
    "hours": {"slots": [{"days": [0, 2], "opens": "18:00", "closes": "21:00"}]},
}  # fmt: skip
MARKET = {
    "id": "market2345", "name": {"ru": "у рынка"}, "lon": 44.9, "lat": 41.6,
    "hours": {
        "slots": [{"days": [1], "opens": "22:00", "closes": "02:00"}],
        "exceptions": [{"from": "2026-12-04", "to": "2026-12-04", "slots": [["10:00", "12:00"]]}],
    },
}  # fmt: skip
BOTH = [STATION, MARKET]


def names(off=(), at=MONDAY):
    found = stays(stops_shown(BOTH, off, ""), "GE", ZONE, at, days=5)
    return [(stay.date.isoformat()[5:], stay.stop["id"][:3], stay.is_off) for stay in found]


def test_stays_stand_in_their_order_and_what_is_over_is_gone():
    week = [("11-30", "sta", False), ("12-01", "mar", False), ("12-02", "sta", False), ("12-04", "mar", False)]
    assert names() == week
    assert names(at=MONDAY + dt.timedelta(hours=9))[0] == week[1]  # 21:00: the bus has left
    assert names(off=[("station234", "2026-11-30")]) == [("11-30", "sta", True), *week[1:]]


def test_a_night_belongs_to_its_evening():
    late = MONDAY + dt.timedelta(hours=37)  # one in the night to Wednesday
    (now, *_later) = stays(stops_shown(BOTH, [], ""), "GE", ZONE, late)
    assert (now.stop["id"], now.date.day, now.starts <= late < now.ends) == ("market2345", 1, True)
    assert [one[2] for one in names(off=[("market2345", "2026-12-01")], at=late)][:1] == [True]


def test_the_pin_stands_at_the_next_stop_that_takes_place():
    def pin(off=(), at=MONDAY):
        return whereabouts(stops_shown(BOTH, off, ""), "GE", ZONE, at)["id"]

    assert pin() == "station234"
    assert pin(off=[("station234", "2026-11-30")]) == "market2345"
    assert whereabouts([], "GE", ZONE, MONDAY) is None


def test_the_hours_are_those_of_all_stops_without_what_is_called_off():
    own = {"holidays": "closed", "note": {"ru": "x"}, "slots": [{"days": [6], "opens": "01:00", "closes": "02:00"}]}
    found = hours_of(stops_shown(BOTH, [("station234", "2026-12-02")], "closed"), own)
    assert [(slot["days"], slot["opens"]) for slot in found["slots"]] == [([0, 2], "18:00"), ([1], "22:00")]
    assert {item["from"]: item["slots"] for item in found["exceptions"]} == {
        "2026-12-02": [], "2026-12-04": [["10:00", "12:00"]],
    }  # fmt: skip
    assert (found["holidays"], found["note"]) == ("closed", {"ru": "x"})
    assert hours_of([], own) == own


RESTING: Any = STATION | {
    "hours": STATION["hours"] | {"exceptions": [{"from": "2026-11-30", "to": "2026-12-08", "slots": []}]}
}


def test_a_stop_on_holiday_is_not_stood_at_and_the_others_go_on():
    """The pin, the next stay and the hours of the whole: those of the market; from the ninth on the station again."""
    one_rests: Any = [RESTING, MARKET]
    shown_ = stops_shown(one_rests, [], "")
    found = [(stay.date.day, stay.stop["id"]) for stay in stays(shown_, "GE", ZONE, MONDAY, days=11)]
    assert found == [(1, "market2345"), (4, "market2345"), (8, "market2345"), (9, "station234")]
    assert whereabouts(shown_, "GE", ZONE, MONDAY)["id"] == "market2345"
    told = hours_of(shown_, {})
    assert [(item["from"], item["to"], item["slots"]) for item in told["exceptions"]] == [
        ("2026-11-30", "2026-11-30", []), ("2026-12-02", "2026-12-02", []),
        ("2026-12-04", "2026-12-04", [["10:00", "12:00"]]), ("2026-12-07", "2026-12-07", []),
    ]  # fmt: skip
    alone = hours_of(shown_[:1], {})["exceptions"]
    assert [(item["from"], item["to"]) for item in alone] == [("2026-11-30", "2026-12-07")]


def test_on_a_public_holiday_a_stop_on_holiday_does_not_open_the_others():
    """The first of January is a Friday: the market is not stood at, whatever the station does."""
    fridays = {"slots": [{"days": [4], "opens": "18:00", "closes": "21:00"}]}
    away = {"exceptions": [{"from": "2027-01-01", "to": "2027-01-01", "slots": []}]}
    both: Any = [STATION | {"hours": fridays | away}, MARKET | {"hours": fridays}]
    for country, spans in (("GE", []), ("", [["18:00", "21:00"]])):
        (day,) = hours_of(stops_shown(both, [], "closed"), {"holidays": "closed"}, country)["exceptions"]
        assert (day["from"], day["slots"]) == ("2027-01-01", spans)


def row(content_, tier="public", **live):
    day = dt.date(2026, 6, 1)
    dates = {"checked_on": day, "notice_on": day, "due_on": day, "hides_on": day}
    return record_for(content_, LiveState(level=1, **dates, **live), tier)


def test_what_has_stops_and_no_place_is_a_place_of_its_own_where_its_first_stop_is():
    made = row(content(location=None, listing={"stops": BOTH}), stops_off=(("station234", "2026-11-30"),))
    assert (made.place_id, made.location_type, made.precision) == ("listing1", "mobile_stop", "exact")
    assert (made.point.coords, made.city_code) == ((44.80, 41.72), "611717")
    assert made.content["ru"]["city"] == "Тбилиси" and made.content["en"]["city"] == "Tbilisi"
    assert [stop["off"] for stop in made.stops] == [["2026-11-30"], []]
    assert "22:00-02:00" in made.hours_osm


def test_a_hidden_place_has_no_stops_for_whom_it_hides():
    hidden = content(location={"public_precision": "settlement"}, listing={"stops": BOTH, "area": EVERYTHING})
    public, members = row(hidden), row(hidden, "members")
    assert (public.stops, public.place_id, public.hours) == ([], "place1", {"always": True})
    assert [stop["id"] for stop in members.stops] == ["station234", "market2345"]
    assert "polygon" not in str(public.areas) and "polygon" in str(members.areas)
    assert public.area_codes == ["AM", "GE.68"] and public.area.srid == 4326
