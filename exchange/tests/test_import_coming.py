"""Where help comes to and where a mobile point stops, out of a table and out of a map."""

from __future__ import annotations

import csv
import json

import pytest
import yaml

from exchange.importing.errors import MappingFault
from exchange.importing.report import RowOutcome
from exchange.importing.run import import_listings
from exchange.importing.translating.mapping import read_mapping
from services.models import ServiceAtLocation

pytestmark = pytest.mark.django_db
RUSTAVI = "612287"
OWNER = {"id": "owner", "name": {"value": "Автобус"}, "registration_country": {"value": "GE"}}
SERVICE = {"title": "title", "types": {"value": "mobile_clinic"}}
BASE = {"source": "buses", "id": "id", "organization": OWNER, "service": SERVICE}
WEEK = {"map": {"mon": 0, "fri": 4}, "split": ","}


def brought_in(tmp_path, name, text, listing, **more):
    (tmp_path / name).write_text(text, encoding="utf-8")
    mapping = tmp_path / "mapping.yml"
    mapping.write_text(yaml.safe_dump({**BASE, **more, "listing": listing}, allow_unicode=True), encoding="utf-8")
    return import_listings(tmp_path / name, mapping)


def table(rows):
    head = list(dict.fromkeys(name for row in rows for name in row))
    lines = [",".join(head), *(",".join(f'"{row.get(name, "")}"' for name in head) for row in rows)]
    return "\n".join(lines)


AREA = {
    "countries": {"from": "countries", "split": ","},
    "regions": "region",
    "cities": {"from": "cities", "split": ","},
    "km": "km",
    "polygon": "ground",
}
STOPS = [
    {
        "name": f"stop{n}",
        "name_en": f"stop{n}_en",
        "point": {"lon": f"lon{n}", "lat": f"lat{n}"},
        "hours": {"days": {"from": f"days{n}", **WEEK}, "periods": f"times{n}"},
    }
    for n in (1, 2)
]
GROUND = "POLYGON ((44.7 41.6, 44.9 41.6, 44.9 41.8, 44.7 41.8, 44.7 41.6))"
ROW = {
    "id": "1", "owner": "o", "title": "Автобус", "countries": "GE,am", "region": "GE.51",
    "cities": f"Рустави,{RUSTAVI}", "ground": GROUND, "stop1": "у вокзала", "stop1_en": "at the station",
    "lon1": "44.8", "lat1": "41.7", "days1": "mon,fri", "times1": "18:00–21:00",
    "stop2": "", "lon2": "", "lat2": "", "days2": "", "times2": "",
}  # fmt: skip


def test_a_table_says_where_help_comes_and_where_it_stops(tmp_path):
    report = brought_in(tmp_path, "t.csv", table([ROW]), {"area": AREA, "stops": STOPS})
    assert report.counts() == {RowOutcome.CREATED: 1} and not report.remarks.notes and not report.unread
    row = ServiceAtLocation.objects.get()
    assert row.area[:4] == [
        {"kind": "country", "code": "GE"},
        {"kind": "country", "code": "AM"},
        {"kind": "region", "code": "GE.51"},
        {"kind": "city", "code": RUSTAVI},
    ]
    assert [part["kind"] for part in row.area[4:]] == ["polygon"]
    (stop,) = row.stops
    assert stop["name"] == {"ru": "у вокзала", "en": "at the station"} and (stop["lon"], stop["lat"]) == (44.8, 41.7)
    assert stop["hours"] == {"slots": [{"days": [0, 4], "opens": "18:00", "closes": "21:00"}]}
    again = brought_in(tmp_path, "t.csv", table([ROW]), {"area": AREA, "stops": STOPS})
    assert again.counts() == {RowOutcome.UNCHANGED: 1}


@pytest.mark.parametrize(
    ("wrong", "field", "column"),
    [
        ({"countries": "Грузия"}, "listing.area", "countries"),
        ({"region": "Мордор"}, "listing.area", "region"),
        ({"cities": "Нигдеград"}, "listing.area", "cities"),
        ({"km": "далеко"}, "listing.area", "km"),
        ({"km": "30"}, "listing.area", "km"),  # around what? the row has no place
        ({"ground": "LINESTRING (44 41, 45 42)"}, "listing.area", "ground"),
        ({"ground": "POLYGON ((44 41, 45 42, 45 41, 44 42, 44 41))"}, "listing.area", "ground"),
        ({"ground": "круг"}, "listing.area", "ground"),
        ({"lon1": "сорок четыре"}, "listing.stops", "lon1"),
        ({"lon1": "", "lat1": ""}, "listing.stops", "stop1"),
        ({"stop1": "", "stop1_en": ""}, "listing.stops", "times1"),
        ({"times1": "вечером"}, "listing.stops", "times1"),
        ({"days1": ""}, "listing.stops", "times1"),
    ],
)
def test_what_cannot_be_read_is_told_with_row_column_and_value(tmp_path, wrong, field, column):
    report = brought_in(tmp_path, "t.csv", table([ROW | wrong]), {"area": AREA, "stops": STOPS})
    assert report.counts() == {RowOutcome.CREATED: 1}
    ((number, note),) = [(n, note) for n, note in report.remarks.notes if note.field == field]
    assert number == 2 and column in note.column and note.message
    assert all(value in note.value for value in wrong.values() if value)
    row = ServiceAtLocation.objects.get()
    assert len(row.stops) == (0 if field == "listing.stops" else 1)
    report.write(tmp_path / "report.csv")
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        assert any(line["field"] == field and column in line["column"] for line in csv.DictReader(file))


# long: the feature and its mapping stand beside each other
def test_a_map_says_it_in_lists_and_shapes(tmp_path):
    ring = [[44.7, 41.6], [44.9, 41.6], [44.9, 41.8], [44.7, 41.8], [44.7, 41.6]]
    stops = [
        {"what": {"ru": "у рынка", "en": "at the market"}, "at": {"type": "Point", "coordinates": [44.81, 41.71]},
         "days": [0, 2], "times": "9:00-12:00"},
        {"what": {"ru": "нигде"}, "at": None, "days": [1], "times": "9:00-12:00"},
    ]  # fmt: skip
    feature = {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"id": "7", "owner": "o", "title": "Автобус", "stops": stops},
    }
    listing = {
        "area": {"polygon": "geometry"},
        "stops": [
            {"each": "properties.stops", "name": "what", "name_en": "what", "point": {"geometry": "at"},
             "hours": {"days": "days", "periods": "times"}}
        ],
    }  # fmt: skip
    more = {
        "id": "properties.id",
        "organization": {**OWNER, "id": "properties.owner"},
        "service": {**SERVICE, "title": "properties.title"},
    }
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    report = brought_in(tmp_path, "m.geojson", text, listing, **more)
    assert report.counts() == {RowOutcome.CREATED: 1}, report.refused()
    assert not report.unread
    row = ServiceAtLocation.objects.get()
    assert row.area == [{"kind": "polygon", "ring": ring}]
    assert [stop["name"] for stop in row.stops] == [{"ru": "у рынка", "en": "at the market"}]
    ((_number, note),) = [one for one in report.remarks.notes if one[1].field == "listing.stops"]
    assert "нигде" in note.value and "stops" in note.column


@pytest.mark.parametrize(
    "listing",
    [{"area": {}}, {"area": "region"}, {"area": {"town": "x"}}, {"stops": {}}, {"stops": [{"name": "x"}]},
     {"stops": [{**STOPS[0], "day": "x"}]}, {"stops": ["x"]}],
)  # fmt: skip
def test_a_mapping_that_is_none_is_refused(tmp_path, listing):
    mapping = tmp_path / "mapping.yml"
    mapping.write_text(yaml.safe_dump({**BASE, "listing": listing}), encoding="utf-8")
    with pytest.raises(MappingFault, match="listing"):
        read_mapping(mapping)
