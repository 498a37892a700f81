"""Tables, broken files and broken mappings; what the command says and writes."""

import csv
import json

import pytest
import yaml
from django.core.management import CommandError, call_command

from directory.tables.listings import MemberListing
from exchange.importing.errors import FileFault, MappingFault
from exchange.importing.report import RowOutcome
from exchange.importing.run import import_listings
from organizations.models import Contact, Location, Organization
from services.models import Service

pytestmark = pytest.mark.django_db
MAPPING = {
    "source": "table",
    "id": "Номер",
    "organization": {"id": "Кто", "name": "Кто", "registration_country": {"value": "GE"}},
    "location": {
        "id": ["Город", "Адрес"],
        "name": "Адрес",
        "address": "Адрес",
        "city": "Город",
        "country": {"value": "GE"},
        "point": {"lon": "Долгота", "lat": "Широта"},
    },
    "service": {
        "title": "Что",
        "types": {"from": "Раздел", "split": ",", "map": {"тест": "hiv_rapid_test", "чай": "drop_in"}},
        "groups": {"from": "Кому", "map": {"всем": [], "ЛЖВ": {"plhiv": "only"}}},
        "anonymous": "Анонимно",
        "age_from": "С лет",
        "starts_on": "С даты",
    },
    "contacts": [{"channel": {"value": "phone"}, "value": "Телефон"}],
}
HEAD = ("Номер", "Кто", "Что", "Раздел", "Кому", "Город", "Адрес", "Долгота", "Широта", "Анонимно", "С лет", "С даты",
        "Телефон")  # fmt: skip
LINE = ("1", "Тихий двор", "Тест за чаем", "тест, чай", "ЛЖВ", "Тбилиси", "ул. Речная, 5", "44,81", "41,71", "да", "18",
        "01.02.2026", "032 212 34 56")  # fmt: skip


def table(tmp_path, *lines, separator=";", encoding="utf-8-sig"):
    path = tmp_path / "table.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator).writerows([HEAD, *lines])
    return path


def mapping(tmp_path, data=None):
    path = tmp_path / "mapping.yml"
    path.write_text(yaml.safe_dump(data or MAPPING, allow_unicode=True), encoding="utf-8")
    return path


def changed(**values):
    return tuple(values.get(name, value) for name, value in zip(HEAD, LINE, strict=True))


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_table_of_excel_arrives(tmp_path, separator):
    path = table(tmp_path, LINE, separator=separator)
    report = import_listings(path, mapping(tmp_path))
    assert report.counts() == {RowOutcome.CREATED: 1}
    service, place = Service.objects.get(), Location.objects.get()
    assert service.types == ["hiv_rapid_test", "drop_in"]
    assert service.groups == {"plhiv": "only"}
    assert (service.anonymous, service.age_from, service.starts_on.isoformat()) == (True, 18, "2026-02-01")
    assert (place.country, round(place.point.x, 2), round(place.point.y, 2)) == ("GE", 44.81, 41.71)
    assert place.place_code  # the gazetteer knows Tbilisi
    assert place.timezone == "Asia/Tbilisi"
    assert Contact.objects.get().value == "+995 32 212 34 56"
    assert MemberListing.objects.get().contacts[0]["value"] == "+995 32 212 34 56"
    assert import_listings(path, mapping(tmp_path)).counts() == {RowOutcome.UNCHANGED: 1}


def test_a_city_without_coordinates_gets_the_centre_of_the_gazetteer(tmp_path):
    path = table(tmp_path, changed(Долгота="", Широта=""))
    assert import_listings(path, mapping(tmp_path)).counts() == {RowOutcome.CREATED: 1}
    assert MemberListing.objects.get().precision == "settlement"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"Номер": ""}, "id"),
        ({"Кто": ""}, "organization.id"),
        ({"Что": ""}, "service.title"),
        ({"Раздел": "сауна"}, "service.types"),
        ({"Долгота": "восток"}, "location.point"),
        ({"Анонимно": "смотря кто"}, "service.anonymous"),
        ({"С лет": "восемнадцать"}, "service.age_from"),
        ({"С даты": "завтра"}, "service.starts_on"),
        ({"Телефон": "12"}, "contacts"),
        ({"Долгота": "4,4", "Адрес": "ул. Дальняя, 1"}, "point"),
        ({"Что": "а" * 161}, "title"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_field(tmp_path, values, field):
    path = table(tmp_path, LINE, changed(**{"Номер": "2"} | values))
    report = import_listings(path, mapping(tmp_path))
    refused = {(r.number, r.field) for r in report.results if r.outcome == RowOutcome.REFUSED}
    assert (3, field) in refused
    assert all(result.message for result in report.results if result.outcome == RowOutcome.REFUSED)
    assert not Organization.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("broken.json", b'{"features": [', "1"),
        ("object.json", b'{"type": "Feature"}', "object.json"),
        ("binary.json", b"\xff\xfe{}", "UTF-8"),
        ("empty.csv", b"", "empty.csv"),
        ("twins.csv", "Номер,Номер\n1,2\n".encode(), "Номер"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, name, content, part):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FileFault) as error:
        import_listings(tmp_path / name, mapping(tmp_path))
    assert name in str(error.value)
    assert part in str(error.value)


@pytest.mark.parametrize(
    ("name", "content", "number", "value"),
    [
        ("feature.json", b'[{"type": "Feature"}]', 1, "Feature"),
        ("number.json", b"[{}, 5]", 2, "5"),
        ("wide.csv", "Номер\n1,2\n".encode(), 2, "2"),
        ("twice.json", '[{"Номер": "1", "Что": "чай", "Что": "тест"}]'.encode(), 1, "чай; тест"),
    ],
)
def test_a_row_that_cannot_be_taken_apart_is_refused_by_its_number(tmp_path, name, content, number, value):
    (tmp_path / name).write_bytes(content)
    report = import_listings(tmp_path / name, mapping(tmp_path))
    assert any(result.number == number and value in result.note.value for result in report.refused())


@pytest.mark.parametrize(
    ("edit", "part"),
    [
        (lambda m: m.pop("id"), "id"),
        (lambda m: m.pop("source"), "source"),
        (lambda m: m.update(sources="x"), "sources"),
        (lambda m: m["service"].pop("title"), "service.title"),
        (lambda m: m["service"].update(visibility={"value": "public"}), "service.visibility"),
        (lambda m: m["service"].update(types={"value": "sauna"}), "sauna"),
        (lambda m: m["service"].update(groups={"value": {"plhiv": "often"}}), "service.groups"),
        (lambda m: m["location"].update(point={"lon": "a"}), "location.point"),
        (lambda m: m["location"].update(country={"value": "ZZ"}), "ZZ"),
        (lambda m: m.update(join={"tr": {"file": "x.json"}}), "join.tr"),
        (lambda m: m.update(listing={"hours": {"days": "a"}}), "listing.hours"),
    ],
)
def test_a_faulty_mapping_is_named_before_anything_is_read(tmp_path, edit, part):
    data = json.loads(json.dumps(MAPPING))
    edit(data)
    with pytest.raises(MappingFault) as error:
        import_listings(tmp_path / "absent.csv", mapping(tmp_path, data))
    assert part in str(error.value)


def test_the_command_writes_a_report_and_refuses(tmp_path, capsys):
    path = table(tmp_path, LINE, changed(Номер="2", Раздел=""))
    with pytest.raises(CommandError):
        call_command("import_listings", path, mapping=mapping(tmp_path), report=tmp_path / "report.csv")
    with (tmp_path / "report.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [(row["row"], row["result"], row["field"]) for row in rows] == [
        ("2", "created", ""),
        ("3", "refused", "service.types"),
    ]
    assert "service.types" in capsys.readouterr().out


def test_the_command_speaks_of_a_missing_file(tmp_path):
    with pytest.raises(CommandError, match="absent"):
        call_command("import_listings", tmp_path / "absent.csv", mapping=mapping(tmp_path))
