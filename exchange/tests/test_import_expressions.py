"""The language of mapping files: how one foreign row becomes one value of ours."""

import pytest

from exchange.importing.errors import MappingFault
from exchange.importing.notes import Remarks
from exchange.importing.reading.rows import MAIN, Row
from exchange.importing.translating.expressions import parse
from exchange.importing.translating.hours import parse_hours

FEATURE = {
    "id": 7,
    "properties": {
        "name": " Приют ",
        "empty": "",
        "5. Area": {"North": True, "South": False, "East": 1, "West": 0},
        "tags": "a; b;;c",
        "note": "Ask Anna.\nOpen daily.",
    },
    "geometry": {"coordinates": [44.8, 41.7]},
}
ROW = Row(1, {MAIN: FEATURE, "ka": {"properties": {"name": "სახლი"}}})


def values(data, remarks=None):
    return parse(data, "service.title", ("ka",)).values(ROW, remarks or Remarks())


def text(data):
    return parse(data, "service.title", ("ka",)).text(ROW, Remarks())


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("properties.name", ["Приют"]),
        (["properties", "5. Area"], ["North", "East"]),
        (["geometry", "coordinates", 1], [41.7]),
        ("properties.absent.deeper", []),
        ("properties.empty", []),
        ({"value": "GE"}, ["GE"]),
        ({"value": ["GE", "AM"]}, ["GE", "AM"]),
        ({"from": "properties.name", "file": "ka"}, ["სახლი"]),
        ({"from": "properties.tags", "split": ";"}, ["a", "b", "c"]),
        ({"first": ["properties.empty", "properties.name", "id"]}, ["Приют"]),
        ({"all": ["properties.name", {"value": "дом"}]}, ["Приют", "дом"]),
        ({"from": "properties.empty", "otherwise": {"value": "нет"}}, ["нет"]),
        ({"all": [{"value": ["a", "b"]}], "minus": {"value": "a"}}, ["b"]),
        ({"from": "properties.note", "without": [r"Ask \w+\.\s*"]}, ["Open daily."]),
        ({"from": "id", "map": {7: ["x", "y"]}}, ["x", "y"]),
        ({"from": ["properties", "5. Area"], "map": {"North": [], "East": "e"}}, ["e"]),
    ],
)
def test_values(data, expected):
    assert values(data) == expected


def test_texts_have_labels_separators_and_lines():
    assert text({"from": ["properties", "5. Area"], "label": "Where", "separator": " + "}) == "Where: North + East"
    assert text({"from": "properties.empty", "label": "Where"}) == ""
    lines = {"lines": ["properties.name", "properties.empty", {"from": "id", "label": "No"}]}
    assert text(lines) == "Приют\nNo: 7"


def test_what_has_no_counterpart_is_counted():
    remarks = Remarks()
    table = {"from": ["properties", "5. Area"], "map": {}, "nearest": {"North": "n"}}
    assert values(table, remarks) == ["n"]
    assert remarks.nearest == {("service.title", "North"): 1}
    assert remarks.unmapped == {("service.title", "East"): 1}


@pytest.mark.parametrize(
    ("data", "part"),
    [
        ({}, "from"),
        ({"from": "a", "value": "b"}, "from"),
        ({"from": "a", "mapp": {}}, "mapp"),
        ({"from": "a", "file": "tr"}, "tr"),
        ({"from": "a", "map": ["x"]}, "service.title"),
        ({"from": "a", "without": ["("]}, "("),
        ({"lines": "a"}, "service.title"),
        (5, "service.title"),
        ([], "service.title"),
    ],
)
def test_a_faulty_expression_names_its_place(data, part):
    with pytest.raises(MappingFault) as error:
        values(data)
    assert "service.title" in str(error.value)
    assert part in str(error.value)


def hours(**row):
    data = {
        "days": {"from": "days", "map": {"Weekdays": [4, 0, 1, 2, 3], "Mondays": 0}},
        "opens": {"from": "opens", "map": {"9 am": "09:00", "1 pm": "13:00"}},
        "closes": {"from": "closes", "map": {"5 pm": "17:00"}},
        "weekly": {"from": "often", "map": {"Every week": True, "Once": []}},
        "always": {"from": "opens", "map": {"Always": True, "9 am": [], "1 pm": []}},
        "note": {"all": ["often", "days", "opens"], "separator": "; "},
    }
    return parse_hours(data, "listing.hours", ()).read(Row(1, {MAIN: row}), Remarks())


def test_a_clear_week_becomes_a_table():
    row = {"days": "Weekdays", "opens": "9 am", "closes": "5 pm", "often": "Every week"}
    assert hours(**row) == {"slots": [{"days": [0, 1, 2, 3, 4], "opens": "09:00", "closes": "17:00"}]}


@pytest.mark.parametrize(
    "row",
    [
        {"days": "Weekdays", "opens": "9 am", "often": "Every week"},
        {"days": "Weekdays", "opens": "9 am", "closes": "5 pm", "often": "Once"},
        {"days": "Weekdays", "opens": {"9 am": True, "1 pm": True}, "closes": "5 pm", "often": "Every week"},
        {"opens": "9 am", "closes": "5 pm", "often": "Every week"},
    ],
)
def test_unclear_hours_stay_words(row):
    found = hours(**row)
    assert list(found) == ["note"]
    assert "9 am" in found["note"]["en"]


def test_a_row_without_hours_has_none():
    assert hours() == {}
    assert hours(opens="Always") == {"always": True}
