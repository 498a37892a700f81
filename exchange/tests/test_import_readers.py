"""What each reader makes of a file: pure, by the signs in it; every loss has a number and a word."""

from __future__ import annotations

import json

import pytest

from exchange.importing.errors import FileFault
from exchange.importing.reading.files import read_file, read_source
from exchange.importing.reading.objects import read_objects
from exchange.importing.reading.rows import MAIN, Join, Row, join_rows, key_of, leaves, lookup, origin
from exchange.importing.reading.tables import LONGEST_CELL, line_row, read_table
from exchange.importing.unread import unread_fields

NESTED = {"a": {"b": [{"c": 1}, {"c": None}, {"d": 3}]}, "list": ["x", "y"], "zero": 0}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "file.csv"


class TestPaths:
    @pytest.mark.parametrize(
        ("way", "found"),
        [
            (("a", "b", "0", "c"), 1),
            (("a", "b", "1", "c"), None),
            (("a", "b", "9", "c"), None),
            (("a", "b", "c"), [1]),
            (("a", "b", "d"), [3]),
            (("a", "b", "absent"), None),
            (("list", "1"), "y"),
            (("list", "2"), None),
            (("zero",), 0),
            (("zero", "deeper"), None),
            ((), NESTED),
        ],
    )
    def test_a_number_is_a_position_and_another_step_goes_into_every_entry(self, way, found):
        assert lookup(NESTED, way) == found

    def test_a_key_needs_every_part_and_sees_no_difference_of_spaces(self):
        assert key_of({"id": " 7 ", "lang": "ru"}, (("id",), ("lang",))) == "7|ru"
        assert key_of({"id": 7, "lang": ""}, (("id",), ("lang",))) == ""
        assert key_of({"id": "\u200b"}, (("id",),)) == ""
        assert key_of({"id": 0}, (("id",),)) == "0"

    def test_leaves_are_what_has_content_with_the_way_to_it(self):
        data = {"a": [{"b": "x"}, {"b": " "}], "none": None, "no": False, "empty": []}
        assert list(leaves(data)) == [(("a", "0", "b"), "x"), (("no",), False)]

    def test_the_origin_names_each_column_once_and_only_values_that_are_there(self):
        row = Row(1, {MAIN: {"a": "x", "b": None}, "ka": {"a": "ა"}})
        paths = [(MAIN, ("a",)), (MAIN, ("a",)), (MAIN, ("b",)), ("ka", ("a",)), (MAIN, ())]
        assert origin(row, paths) == ("a, b, ka / a", "x; ა")


class TestTables:
    @pytest.mark.parametrize(
        ("text", "separator"),
        [
            ("a;b\n1;2\n", ";"),
            ("a,b\n1,2\n", ","),
            ("a\tb\n1\t2\n", "\t"),
            ('"a,x,y";b\n1;2\n', ";"),  # what stands in quotation marks separates nothing
            ("\n\na;b\n1;2\n", ";"),
            ("sep=;\na;b\n1;2\n", ";"),
        ],
    )
    def test_the_head_says_what_separates(self, path, text, separator):
        source = read_table(path, text)
        assert len(source.columns) == 2
        assert [list(row.parts[MAIN].values()) for row in source.rows] == [["1", "2"]]
        assert source.rows[0].number == text[: text.index("1")].count("\n") + 1

    def test_empty_lines_are_no_rows_but_count_for_the_numbers(self, path):
        source = read_table(path, "a,b\n\n1,2\n , \n3,\n")
        assert [(row.number, row.parts[MAIN]) for row in source.rows] == [
            (3, {"a": "1", "b": "2"}),
            (5, {"a": "3", "b": ""}),
        ]

    def test_a_cell_may_have_lines_and_an_unclosed_mark_costs_its_own_line_only(self, path):
        whole = read_table(path, 'a,b\n"one\ntwo",2\n3,4\n')
        assert [row.number for row in whole.rows] == [2, 4]
        assert whole.rows[0].parts[MAIN]["a"] == "one\ntwo"
        head = "a,b,c,d,e\n"
        broken = read_table(path, head + '"x,1,2,3,4\n5,6,7,8,9\n')
        assert [bool(row.faults) for row in broken.rows] == [True, False]
        assert broken.rows[0].raw[0] == '"x'
        endless = read_table(path, 'a,b\n"x,1\n' + "5,6\n" * (LONGEST_CELL + 5))
        assert [bool(row.faults) for row in endless.rows[:2]] == [True, False]
        assert len(endless.rows) == LONGEST_CELL + 6

    def test_values_beyond_the_head_are_refused_unless_they_are_empty(self):
        assert line_row(2, ["a", "b"], ["1", "2", " ", ""]).faults == ()
        refused = line_row(2, ["a", "b"], ["1", "2", "x", "y"])
        assert (refused.faults[0].value, refused.raw) == ("x; y", ("1", "2", "x", "y"))
        assert refused.parts == {MAIN: {}}

    def test_a_column_without_a_name_keeps_its_place_where_it_has_values(self):
        assert list(line_row(2, ["a", "", "c"], ["1", "x", "3"]).parts[MAIN].values()) == ["1", "x", "3"]
        assert line_row(2, ["a", "", "c"], ["1", "", "3"]).parts == {MAIN: {"a": "1", "c": "3"}}

    @pytest.mark.parametrize("text", ["", "\n \n", "sep=;\n", "a,b,a\n1,2,3\n", '"a,b\n1,2\n'])
    def test_a_table_without_a_clear_head_is_refused_by_name(self, path, text):
        with pytest.raises(FileFault) as fault:
            read_table(path, text)
        assert "file.csv" in str(fault.value)


class TestObjects:
    def test_the_only_list_of_objects_is_found_and_the_rest_is_told(self, path):
        source = read_objects(path, '{"made": "2026", "data": {"rows": [{"id": 1}, {"id": 2}]}}')
        assert (source.at, [row.number for row in source.rows]) == (("data", "rows"), [1, 2])
        assert len(source.notes) == 1
        assert source.notes[0].endswith("made")

    def test_of_several_lists_the_mapping_says_which(self, path):
        text = '{"a": [{"id": 1}], "b": [{"id": 2}]}'
        with pytest.raises(FileFault) as fault:
            read_objects(path, text)
        assert "a, b" in str(fault.value)
        assert read_objects(path, text, ("b",)).rows[0].parts[MAIN] == {"id": 2}
        with pytest.raises(FileFault):
            read_objects(path, text, ("c",))

    def test_what_is_no_object_or_says_a_name_twice_is_refused_alone(self, path):
        source = read_objects(path, '[{"id": 1}, 5, {"id": 2, "id": 3}, {"in": {"a": 1, "a": 2}}, {"type": "Feature"}]')
        assert [len(row.faults) for row in source.rows] == [0, 1, 1, 1, 1]
        twice = source.rows[2].faults[0]
        assert (twice.column, twice.value) == ("id", "2; 3")

    @pytest.mark.parametrize(
        ("crs", "is_read"),
        [("urn:ogc:def:crs:OGC:1.3:CRS84", True), ("EPSG:4326", True), ("EPSG:3857", False)],
    )
    def test_metres_are_not_taken_for_degrees(self, path, crs, is_read):
        text = json.dumps({"type": "FeatureCollection", "crs": {"properties": {"name": crs}}, "features": []})
        if is_read:
            assert read_objects(path, text).rows == []
            return
        with pytest.raises(FileFault) as fault:
            read_objects(path, text)
        assert crs in str(fault.value)

    @pytest.mark.parametrize("text", ['{"a": ', "[" * 100_000, '{"a": 1}', '"text"', "7"])
    def test_what_is_not_made_of_rows_is_refused_by_name(self, path, text):
        with pytest.raises(FileFault) as fault:
            read_objects(path, text)
        assert "file.csv" in str(fault.value)


class TestJoining:
    MAIN_ROWS = ({"id": "1"}, {"id": "2"}, {"id": ""})

    def joined(self, path, others):
        main = read_table(path, "id\n1\n2\n")
        return join_rows(main, {"ka": read_table(path, others)}, [Join("ka", "ka.csv", (("id",),))])

    def test_rows_get_what_has_their_key_and_strangers_are_told(self, path):
        found = self.joined(path, "id,name\n2,ორი\n9,ცხრა\n")
        assert [row.parts.get("ka") for row in found.rows] == [None, {"id": "2", "name": "ორი"}]
        assert len(found.notes) == 1
        assert "ka.csv" in found.notes[0]
        assert found.notes[0].endswith("3")

    def test_a_key_that_stands_twice_is_refused(self, path):
        with pytest.raises(FileFault) as fault:
            self.joined(path, "id,name\n2,a\n2,b\n")
        assert "ka.csv" in str(fault.value)

    def test_what_nothing_reads_is_named_by_its_column_with_its_first_row_and_its_number_of_rows(self, path):
        found = self.joined(path, "id,name\n1,ერთი\n2,ორი\n")
        unread = unread_fields([(MAIN, ("id",)), ("ka", ("id",))], found.rows)
        assert {name: (one.row, one.value, one.count) for name, one in unread.items()} == {"ka / name": (2, "ერთი", 2)}
        assert unread_fields([(MAIN, ("id",)), ("ka", ())], found.rows) == {}

    def test_a_path_to_an_object_reads_everything_in_it_and_a_position_may_be_left_out(self):
        rows = [Row(1, {MAIN: {"type": "Feature", "deep": [{"a": 1, "b": 2}], "other": "x"}})]
        assert set(unread_fields([(MAIN, ("deep",))], rows)) == {"other"}
        assert set(unread_fields([(MAIN, ("deep", "a"))], rows)) == {"deep / 0 / b", "other"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("book.xlsx", b"\xd0\xcf\x11\xe0 an old workbook"),
        ("book.xlsx", b"PK\x03\x04 no workbook"),
        ("page.json", b"<html></html>"),
        ("photo.jpg", b"\xff\xd8\xff"),
        ("table.csv", "имя".encode("cp1251")),
    ],
)
def test_other_kinds_of_files_are_refused_by_name(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FileFault) as fault:
        read_file(tmp_path / name)
    assert name in str(fault.value)


def test_joined_files_lie_beside_the_file(tmp_path):
    (tmp_path / "main.csv").write_text("id\n1\n")
    (tmp_path / "ka.json").write_text('[{"id": "1", "name": "ერთი"}]')
    found = read_source(tmp_path / "main.csv", [Join("ka", "ka.json", (("id",),))])
    assert found.rows[0].parts["ka"] == {"id": "1", "name": "ერთი"}
    with pytest.raises(FileFault):
        read_source(tmp_path / "main.csv", [Join("ka", "absent.json", (("id",),))])
