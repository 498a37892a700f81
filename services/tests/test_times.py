"""Times as people write them."""

import pytest

from services.times import read_time

NINE = ("9", "09", "9:00", "9.00", "9,00", "9-00", "9–00", "9 00", "900", "0900", "９：００", " 9 ", "09:00:00", "9=00",
        "9h", "9h00", "9 h 00", "9 ч", "9 ч.", "9 часов", "9 ч. 00 мин.", "9ч00м", "9 am", "9:00 a.m.")  # fmt: skip


@pytest.mark.parametrize("text", NINE)
def test_nine_in_the_morning(text):
    assert read_time(text) == "09:00"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("930", "09:30"),
        ("9,30", "09:30"),
        ("9-45", "09:45"),
        ("1830", "18:30"),
        ("23:59", "23:59"),
        ("0", "00:00"),
        ("24:00", "24:00"),
        ("24", "24:00"),
        ("24-00", "24:00"),
        ("12 pm", "12:00"),
        ("12am", "00:00"),
        ("9:30 pm", "21:30"),
    ],
)
def test_other_times(text, time):
    assert read_time(text) == time


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "25",
        "24:01",
        "9:60",
        "9:5",
        "9-18",
        "9–20",
        "99",
        "9m",
        "13 pm",
        "0 am",
        "9:00-18:00",
        "9 to 5",
        "-9",
        "9.3.0",
    ],
)
def test_what_is_no_time(text):
    assert read_time(text) is None
