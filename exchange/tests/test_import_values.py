"""How foreign values become what the services take: numbers, dates, yes and no, times, points, contacts of a cell."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from exchange.importing.errors import MappingFault
from exchange.importing.notes import Remarks
from exchange.importing.reading.rows import MAIN, Row
from exchange.importing.translating import fields
from exchange.importing.translating.contacts import ContactMapping, take_apart
from exchange.importing.translating.expressions import parse, parse_path, twin
from exchange.importing.translating.hours import LONGEST_NOTE, parse_hours, read_periods, read_time
from exchange.importing.translating.points import parse_point
from services.hours import OpeningHours


def converted(part, name, value):
    return fields.convert(part, name, parse({"value": value}, f"{part}.{name}", ()), Row(1, {MAIN: {}}), Remarks())


class TestFields:
    @pytest.mark.parametrize(
        ("part", "name", "given", "ours"),
        [
            ("service", "anonymous", "да", True),
            ("service", "anonymous", "NO", False),
            ("service", "anonymous", 1, True),
            ("service", "anonymous", [], None),
            ("service", "age_from", "18", 18),
            ("service", "age_from", 18.0, 18),
            ("service", "age_from", "-1", -1),
            ("service", "ends_on", "2026-12-31", dt.date(2026, 12, 31)),
            ("service", "ends_on", "31.12.2026", dt.date(2026, 12, 31)),
            ("service", "ends_on", "31/12/2026", dt.date(2026, 12, 31)),
            ("service", "ends_on", "2026-12-31T00:00:00.000Z", dt.date(2026, 12, 31)),
            ("service", "types", ["a", "b", "a"], ["a", "b"]),
            ("service", "groups", [{"plhiv": "only"}, "msm"], {"plhiv": "only", "msm": "all"}),
            ("location", "country", "ge", "GE"),
            ("location", "city", "  Тбилиси \n", "Тбилиси"),
        ],
    )
    def test_what_is_clear_is_taken(self, part, name, given, ours):
        assert converted(part, name, given) == ours

    @pytest.mark.parametrize(
        ("name", "given"),
        [
            ("anonymous", "perhaps"),
            ("anonymous", ["yes", "no"]),
            ("age_from", "18+"),
            ("age_from", "18.5"),
            ("age_from", "1" * 10),
            ("ends_on", "12/31/2026"),
            ("ends_on", "2026-12-31T10:00"),
            ("ends_on", "2026-02-30"),
        ],
    )
    def test_what_is_not_is_refused_with_the_value(self, name, given):
        with pytest.raises(ValidationError) as fault:
            converted("service", name, given)
        assert str(given if isinstance(given, str) else given[0]) in str(fault.value)

    def test_only_fields_of_the_list_may_be_filled_in_every_language_that_they_have(self):
        assert fields.model_field("service", "title").name == "title"
        assert fields.model_field("service", "title_en").name == "title"
        assert fields.model_field("service", "cost_en") is None  # no text of its own in another language
        assert fields.model_field("location", "public_precision") is None
        assert fields.model_field("organization", "member_status") is None
        assert fields.twins("service", "title")["title_en"] == "en"
        assert "title_en" not in fields.twins("service", "title_en")
        assert fields.twins("service", "types") == {}

    def test_codes_are_known_where_a_field_takes_codes(self):
        assert "free" in fields.known_codes("service", "cost")
        assert fields.known_codes("service", "title") is None
        assert {"GE", "KZ"} <= set(fields.known_codes("location", "country"))
        assert fields.is_code("service", "groups", {"plhiv": "only"}, ["plhiv"])
        assert not fields.is_code("service", "groups", {"plhiv": "sometimes"}, ["plhiv"])
        assert not fields.is_code("service", "groups", {"other": "only"}, ["plhiv"])


class TestLanguages:
    def values(self, given, language="", only=False):
        made = parse("text", "service.title", (), language)
        made = twin(made, "service.title_en", language) if only else made
        remarks = Remarks()
        return made.values(Row(3, {MAIN: {"text": given}}), remarks), remarks.notes

    def test_an_object_of_languages_gives_the_text_of_the_field_and_tells_what_is_left(self):
        given = {"ru": "Дом", "en": "House", "ka": "სახლი", "de": None, "fr": " "}
        found, notes = self.values(given, "ru")
        assert found == ["Дом"]
        assert [(row, note.column, note.value) for row, note in notes] == [
            (3, "text / en", "House"),
            (3, "text / ka", "სახლი"),
        ]
        assert self.values(given, "en", only=True) == (["House"], [])

    def test_plain_text_fills_no_other_language(self):
        assert self.values("Дом", "en", only=True) == ([], [])

    def test_an_object_of_anything_else_is_no_text(self):
        with pytest.raises(ValidationError) as fault:
            self.values({"street": "Речная", "house": "5"})
        assert "text.street" in str(fault.value)


class TestTimes:
    @pytest.mark.parametrize(
        ("text", "ours"),
        [
            ("9:00", "09:00"), ("09.30", "09:30"), ("9-15", "09:15"), ("9h30", "09:30"), (" 9 ", "09:00"),
            ("24:00", "24:00"), ("09:00:00", "09:00"), ("9 am", "09:00"), ("12 am", "00:00"), ("12 pm", "12:00"),
            ("9:30 p.m.", "21:30"),
            ("24:01", ""), ("25:00", ""), ("9:60", ""), ("13 pm", ""), ("0 am", ""), ("утром", ""), ("", ""),
        ],
    )  # fmt: skip
    def test_a_time_is_read_as_people_write_it_or_not_at_all(self, text, ours):
        assert read_time(text) == ours

    @pytest.mark.parametrize(
        ("text", "ours"),
        [
            ("9:00–13:00, 14:00-18:00", [("09:00", "13:00"), ("14:00", "18:00")]),
            ("9 — 17", [("09:00", "17:00")]),
            ("9-17 / 18-20", [("09:00", "17:00"), ("18:00", "20:00")]),
            ("с 9.00 до 13.00, с 14 до 18", [("09:00", "13:00"), ("14:00", "18:00")]),
            ("from 9 am to 6 pm", [("09:00", "18:00")]),
            ("с понедельника до 18", []),
            ("9:00–13:00, кроме среды", []),
            ("9:00–25:00", []),
            ("круглосуточно", []),
        ],
    )
    def test_periods_are_all_clear_or_none(self, text, ours):
        assert read_periods(text) == ours

    def read(self, row):
        data = {"days": "days", "periods": "hours", "note": {"lines": ["days", "hours"]}}
        remarks = Remarks()
        return parse_hours(data, "listing.hours", ()).read(Row(2, {MAIN: row}), remarks), remarks.notes

    def test_a_week_is_made_of_numbers_of_days_alone_and_is_one_that_the_services_take(self):
        hours, notes = self.read({"days": [4, "0", 0], "hours": "9–13, 14–18"})
        assert (hours["slots"][0]["days"], len(hours["slots"]), notes) == ([0, 4], 2, [])
        assert OpeningHours.from_json(hours).to_json() == OpeningHours.from_json(hours).to_json()
        for days in (["Monday"], [7], [0, "?"]):
            assert "slots" not in self.read({"days": days, "hours": "9–13"})[0]

    def test_periods_that_cross_each_other_stay_words(self):
        hours, _notes = self.read({"days": [0], "hours": "9–13, 12–18"})
        assert set(hours) == {"note"}

    def test_a_long_note_is_cut_and_told_whole(self):
        long = "слово " * 100
        hours, notes = self.read({"days": [], "hours": long})
        assert len(hours["note"]["en"]) == LONGEST_NOTE
        assert long.strip() in notes[0][1].value

    def test_a_mapping_without_days_or_with_an_unknown_word_is_refused(self):
        for data in ({"opens": "a", "closes": "b"}, {"days": "a"}, {"days": "a", "periods": "b", "holidays": "c"}, []):
            with pytest.raises(MappingFault):
                parse_hours(data, "listing.hours", ())


class TestPoints:
    COLUMNS = {"lon": "lon", "lat": "lat", "means": "district"}

    def read(self, data, row):
        mapping = parse_point(data, "location.point", parse_path)
        return mapping, mapping.read(Row(1, {MAIN: row}))

    def test_two_columns_or_a_geometry(self):
        mapping, point = self.read(self.COLUMNS, {"lon": "44,80123456", "lat": " 41.7 "})
        assert point.coords == (44.801235, 41.7)
        assert mapping.fields(point) == {
            "point": point,
            "public_precision": "district",
            "member_precision": "district",
        }
        geometry = {"type": "Point", "coordinates": [44.8, 41.7, 300]}
        mapping, point = self.read({"geometry": "geometry"}, {"geometry": geometry})
        assert (point.coords, mapping.means) == ((44.8, 41.7), "exact")

    @pytest.mark.parametrize("row", [{}, {"lon": "", "lat": None}])
    def test_a_row_without_a_point_has_none_and_no_precision(self, row):
        mapping, point = self.read(self.COLUMNS, row)
        assert (point, mapping.fields(point)) == (None, {})

    @pytest.mark.parametrize(
        "row", [{"lon": "44.8"}, {"lon": "east", "lat": "1"}, {"lon": "181", "lat": "0"}, {"lon": "0", "lat": "-91"}]
    )
    def test_what_is_not_on_the_earth_is_refused(self, row):
        with pytest.raises(ValidationError):
            self.read(self.COLUMNS, row)

    @pytest.mark.parametrize("geometry", [{"type": "Polygon", "coordinates": []}, {"type": "Point"}, "POINT(1 2)"])
    def test_other_shapes_are_no_point(self, geometry):
        with pytest.raises(ValidationError):
            self.read({"geometry": "geometry"}, {"geometry": geometry})

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"lon": "a"},
            {"geometry": "a", "lon": "b", "lat": "c"},
            {"geometry": "a", "means": "country"},
            {"x": "y"},
        ],
    )
    def test_a_faulty_mapping_is_refused(self, data):
        with pytest.raises(MappingFault):
            parse_point(data, "location.point", parse_path)


class TestCells:
    """One cell with several contacts, and one that holds none."""

    def taken(self, channel, cell, may_be_none=False):
        contact = ContactMapping({"value": parse("cell", "contacts.1.value", ())}, may_be_none)
        remarks = Remarks()
        found = take_apart(
            contact, {"channel": channel, "value": cell}, Row(1, {MAIN: {"cell": cell}}), remarks, country="GE"
        )
        return [each["value"] for each in found], [note.value for _row, note in remarks.notes]

    def test_a_cell_is_taken_apart_where_every_piece_is_a_contact(self):
        both = "+995 32 212 34 56; +995 32 212 34 57"
        assert self.taken("phone", both) == (["+995 32 212 34 56", "+995 32 212 34 57"], [both])
        assert self.taken("email", "a@example.org") == (["a@example.org"], [])
        assert self.taken("email", "a@example.org, b@example.org")[0] == ["a@example.org", "b@example.org"]

    def test_a_short_number_that_nobody_knows_is_kept_and_told(self):
        assert self.taken("phone", "*1414") == (["*1414"], ["*1414"])
        assert self.taken("phone", "1505; +995 322 12 34 56")[0] == ["1505", "+995 322 12 34 56"]
        with pytest.raises(ValidationError):
            self.taken("phone", "12-34-56")  # of a city that nobody named

    def test_a_help_line_of_europe_is_no_number_of_a_city(self):
        assert self.taken("phone", "116 006")[0] == ["116 006"]
        assert self.taken("phone", "116123, +995 322 12 34 56")[0] == ["116123", "+995 322 12 34 56"]
        with pytest.raises(ValidationError):
            self.taken("phone", "216 006")

    def test_a_cell_without_a_contact_is_refused_unless_it_may_be_none(self):
        with pytest.raises(ValidationError):
            self.taken("email", "нет")
        assert self.taken("email", "нет", may_be_none=True) == ([], ["нет"])
        assert self.taken("email", "a@example.org нет", may_be_none=True) == (["a@example.org"], ["нет"])
        with pytest.raises(ValidationError):
            self.taken("email", "a@example.org нет")
