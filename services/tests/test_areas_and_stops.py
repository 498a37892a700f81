"""An area and a timetable are checked where they are written; what is stored is of one shape."""

import datetime as dt
from typing import Any

import pytest
from django.utils.translation import override

from services.areas import AreaError, clean_area
from services.stops import DayOff, StopError, clean_stops, without_past

RING = [[44.7, 41.6], [44.9, 41.6], [44.9, 41.8], [44.7, 41.8]]
WEEK = {"slots": [{"days": [0], "opens": "18:00", "closes": "21:00"}]}


def test_the_parts_of_an_area_are_kept_once_and_in_one_shape():
    given = [
        {"kind": "country", "code": "GE"}, {"kind": "country", "code": "GE", "name": "x"},
        {"kind": "region", "code": "GE.68"}, {"kind": "city", "code": "612287"},
        {"kind": "district", "code": "611717", "name": "  Vera  hill "},
        {"kind": "circle", "km": 30}, {"kind": "circle", "km": 12.34, "code": "612287"},
        {"kind": "polygon", "ring": RING[::-1]},
    ]  # fmt: skip
    cleaned = clean_area(given, has_place=True)
    assert cleaned[:4] == [given[0], *given[2:4], {"kind": "district", "code": "611717", "name": "Vera hill"}]
    assert cleaned[4:6] == [{"kind": "circle", "km": 30.0}, {"kind": "circle", "km": 12.3, "code": "612287"}]
    ring: Any = cleaned[6]["ring"]
    assert ring[0] == ring[-1] and sorted(map(tuple, ring[:-1])) == sorted(map(tuple, RING))
    assert clean_area(cleaned, has_place=True) == cleaned


@pytest.mark.parametrize(
    "part",
    [
        "GE", {}, {"kind": "country", "code": "QQ"}, {"kind": "region", "code": "GE.x"}, {"kind": "city", "code": "1"},
        {"kind": "district", "code": "611717", "name": " "}, {"kind": "circle", "km": 0.5},
        {"kind": "circle", "km": True}, {"kind": "circle", "km": float("nan")},
        {"kind": "circle", "km": 30, "code": "1"},
        {"kind": "polygon", "ring": RING[:2]}, {"kind": "polygon", "ring": [*RING[:3], [float("inf"), 1]]},
        {"kind": "polygon", "ring": [RING[0], RING[2], RING[1], RING[3]]}, {"kind": "polygon", "ring": "abc"},
        {"kind": "polygon", "ring": [[44.7, 41.6], [44.701, 41.6], [44.7, 41.601]]},
        {"kind": "polygon", "ring": [[-170, -80], [170, -80], [170, 80]]},
        {"kind": "polygon", "ring": [*RING, [200, 1]]},
        {"kind": "star"},
    ],
)  # fmt: skip
def test_what_is_no_area_is_refused(part):
    with pytest.raises(AreaError):
        clean_area([part], has_place=True)


def test_a_circle_needs_a_middle_and_a_list_has_an_end():
    with pytest.raises(AreaError):
        clean_area([{"kind": "circle", "km": 30}], has_place=False)
    for many in ({"a": 1}, [{"kind": "country", "code": "GE"}] * 41):
        with pytest.raises(AreaError):
            clean_area(many, has_place=True)


def stop(**more):
    return {"name": {"ru": "у вокзала"}, "lon": 44.8, "lat": 41.7, "hours": WEEK} | more


def test_rows_of_one_name_and_point_are_one_stop_with_the_id_of_the_first():
    thursday = {"slots": [{"days": [3], "opens": "10:00", "closes": "12:00"}]}
    once = {"exceptions": [{"from": "2026-12-01", "to": "2026-12-01", "slots": [["10:00", "12:00"]]}]}
    (known,) = clean_stops([stop()])
    (found,) = clean_stops([stop(id=known["id"]), stop(hours=thursday), stop(hours=once)])
    assert found["id"] == known["id"]
    hours: Any = found["hours"]
    assert [slot["days"] for slot in hours["slots"]] == [[0], [3]]
    assert hours["exceptions"][0]["from"] == "2026-12-01"
    assert clean_stops([found]) == [found]
    assert len(clean_stops([stop(), stop(name={"ru": "у рынка"})])) == 2


DATE = {"from": "2026-12-01", "to": "2026-12-01"}
TIMES, ONE_DAY = "say on which days and from when until when", "a date of its own is one day, with its times"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("x", "could not be read"), (stop(name={}), "how people find it"),
        (stop(name="у вокзала"), "how people find it"),
        (stop(name={"ru": "  "}), "how people find it"), (stop(lat=None), "у вокзала: put it on the map"),
        (stop(lat=91), "у вокзала: put it on the map"), (stop(lon=-180.1), "у вокзала: put it on the map"),
        (stop(lon=True), "у вокзала: put it on the map"), (stop(lon="44"), "у вокзала: put it on the map"),
        (stop(lat=float("nan")), "у вокзала: put it on the map"), (stop(hours={}), f"у вокзала: {TIMES}"),
        (stop(hours={"always": True}), f"у вокзала: {TIMES}"),
        (stop(hours={"slots": [{"days": [0], "opens": "18:00", "closes": "18:00"}]}), "у вокзала: "),
        (stop(hours={"exceptions": [DATE | {"to": "2026-12-03", "slots": [["10:00", "12:00"]]}]}), ONE_DAY),
        (stop(hours={"exceptions": [DATE | {"slots": []}]}), f"у вокзала: {TIMES}"),
    ],
)  # fmt: skip
def test_what_is_no_stop_is_refused_by_its_name(given, why):
    with override("en"), pytest.raises(StopError) as refused:
        clean_stops([stop(name={"ru": "у рынка"}), given])
    with override("en"):
        assert why in str(refused.value)


def test_a_timetable_has_an_end():
    points = [stop(lon=40 + number / 100) for number in range(61)]
    assert len(clean_stops(points[:60])) == 60
    for given in (points, {"a": 1}, None, "abc"):
        with pytest.raises(StopError):
            clean_stops(given)


def test_the_edge_of_the_world_is_on_it_and_a_name_is_one_short_line():
    (found,) = clean_stops([stop(lon=-180, lat=90, name={"ru": " у \n вокзала ", "xx": "x", "en": "n" * 200})])
    assert (found["lon"], found["lat"]) == (-180.0, 90.0)
    assert found["name"] == {"ru": "у вокзала", "en": "n" * 120}


def test_an_id_that_is_none_of_ours_is_given_anew():
    for own in ("", "short", "k3dp7wq2t0", "K3DP7WQ2TA", 7, None):
        (found,) = clean_stops([stop(id=own)])
        assert found["id"] != own and len(found["id"]) == 10
    assert clean_stops([stop(id="k3dp7wq2ta")])[0]["id"] == "k3dp7wq2ta"


def test_periods_of_one_date_are_one_special_day():
    def on(*spans):
        return {"exceptions": [{"from": "2026-12-01", "to": "2026-12-01", "slots": list(map(list, spans))}]}

    (found,) = clean_stops([stop(hours=on(("15:00", "17:00"))), stop(hours=on(("10:00", "12:00"), ("15:00", "17:00")))])
    hours: Any = found["hours"]
    assert [special["slots"] for special in hours["exceptions"]] == [[["10:00", "12:00"], ["15:00", "17:00"]]]


def rest(first, last=None):
    return stop(hours={"exceptions": [{"from": first, "to": last or first, "slots": []}]})


def test_a_holiday_of_a_stop_is_kept_beside_its_week_and_a_day_with_times_in_it_counts():
    once = {"exceptions": [{"from": "2026-12-31", "to": "2026-12-31", "slots": [["10:00", "12:00"]]}]}
    (found,) = clean_stops([stop(), rest("2026-12-24", "2027-01-04"), rest("2027-01-05"), stop(hours=once)])
    hours: Any = found["hours"]
    assert [(day["from"], day["to"], day.get("slots", [])) for day in hours["exceptions"]] == [
        ("2026-12-24", "2026-12-30", []), ("2026-12-31", "2026-12-31", [["10:00", "12:00"]]),
        ("2027-01-01", "2027-01-05", []),
    ]  # fmt: skip
    assert clean_stops([found]) == [found]


@pytest.mark.parametrize(
    "given",
    [
        [rest("2026-12-24", "2027-01-05")], [stop(), rest("2026-12-24", "2028-01-05")],
        [stop(), rest("2027-01-05", "2026-12-24")],
        [stop(), stop(name={"ru": "у рынка"}, hours=rest("2026-12-24")["hours"])],
    ],
)  # fmt: skip
def test_a_stop_that_only_rests_or_rests_for_years_is_none(given):
    with pytest.raises(StopError):
        clean_stops(given)


def test_days_off_of_other_stops_and_of_the_past_are_forgotten():
    days: list[DayOff] = [{"stop": "a", "on": day} for day in ("2026-12-05", "2026-12-01", "2026-11-20")]
    left = without_past([*days, {"stop": "b", "on": "2026-12-05"}], {"a"}, dt.date(2026, 12, 2))
    assert [day["on"] for day in left] == ["2026-12-01", "2026-12-05"]
