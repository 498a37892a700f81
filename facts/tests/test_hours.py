"""Opening hours in lines, day by day, and as a strip."""

from __future__ import annotations

import pytest

from facts.hours import DAY, day_texts, hours_lines, strip


def slot(days, opens="09:00", closes="18:00"):
    return {"days": days, "opens": opens, "closes": closes}


@pytest.mark.parametrize(
    ("slots", "lines"),
    [
        ([slot([0, 1, 2, 3, 4])], ["Mon–Fri 09:00–18:00", "Sat–Sun closed"]),
        ([slot([0, 2])], ["Mon 09:00–18:00", "Tue closed", "Wed 09:00–18:00", "Thu–Sun closed"]),
        ([slot(list(range(7)))], ["Mon–Sun 09:00–18:00"]),
        (
            [slot(list(range(7)), "14:00", "18:00"), slot(list(range(7)), "09:00", "13:00")],
            ["Mon–Sun 09:00–13:00, 14:00–18:00"],  # the break is said in the order of the day
        ),
    ],
)
def test_neighbouring_days_with_equal_hours_share_a_line(slots, lines):
    assert hours_lines({"slots": slots}) == lines


@pytest.mark.parametrize("hours", [None, {}, {"slots": []}])
def test_unknown_hours_say_so(hours):
    assert hours_lines(hours) == ["not known"]


def test_a_note_alone_is_something_known():
    assert hours_lines({"note": {"en": "Ring twice"}}) == ["Ring twice"]


def test_round_the_clock_has_no_days():
    assert hours_lines({"always": True}) == ["Round the clock"]
    assert day_texts({"always": True}) == ["round the clock"] * 7


def test_by_appointment_alone_has_no_week():
    assert hours_lines({"by_appointment": True}) == ["By appointment"]


@pytest.mark.parametrize(
    ("item", "line"),
    [
        ({"from": "2026-12-31", "to": "2026-12-31", "slots": []}, "31.12.2026: closed"),
        ({"from": "2026-12-31", "slots": [["10:00", "12:00"]]}, "31.12.2026: 10:00–12:00"),
        (
            {"from": "2026-12-31", "to": "2027-01-08", "slots": [], "note": "holidays"},
            "31.12.2026 – 08.01.2027: closed · holidays",
        ),
    ],
)
def test_special_days_follow_the_week(item, line):
    assert hours_lines({"slots": [slot([0])], "exceptions": [item]})[-1] == line


def test_seven_days_for_comparing():
    days = day_texts({"slots": [slot([6])]})
    assert days == ["closed"] * 6 + ["09:00–18:00"]
    assert day_texts(None) == ["not known"] * 7
    assert day_texts({"by_appointment": True}) == ["by appointment"] * 7


def test_special_days_alone_say_that_the_week_is_not_known():
    closed = {"exceptions": [{"from": "2026-12-31", "slots": []}]}
    assert hours_lines(closed) == ["The week is not known", "31.12.2026: closed"]
    assert hours_lines({"holidays": "closed"}) == ["The week is not known", "Closed on public holidays"]
    assert hours_lines(closed | {"by_appointment": True}) == ["31.12.2026: closed", "By appointment"]


@pytest.mark.parametrize(
    ("span", "piece"),
    [
        (("00:00", "24:00"), {"x": 0, "width": DAY}),
        (("09:30", "18:00"), {"x": 570, "width": 510}),
        (("22:00", "04:00"), {"x": 1320, "width": 120}),  # what runs past midnight ends at the edge
        (("10:00", "10:00"), {"x": 600, "width": 840}),
    ],
)
def test_a_strip_of_the_day(span, piece):
    assert strip([span]) == [piece]


def test_what_is_still_being_typed_has_no_piece():
    assert strip([("9", "18:00"), ("09:00", ""), ("", ""), ("aa:bb", "10:00")]) == []
