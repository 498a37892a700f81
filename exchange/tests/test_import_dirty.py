"""Files that are as dirty as those that people send: what arrives, what is refused, what is told; twice."""

import csv
from pathlib import Path

import pytest
from django.conf import settings

from directory.stores.store import revision
from exchange.importing.report import RowOutcome
from exchange.importing.run import import_listings
from organizations.models import Contact, Location, Organization
from services.models import Service, ServiceAtLocation

pytestmark = pytest.mark.django_db
FILES = Path(__file__).parent / "files"
DIRTY = ("clinics.csv", "partners.json", "points.geojson", "visits.xlsx")
_REAL = Path("shared", "data", "services-advisor", "compiled_en.json")
REAL = next((place / _REAL for place in settings.BASE_DIR.parents if (place / _REAL).exists()), None)


def load(name, tmp_path, **options):
    path = FILES / name
    return import_listings(path, path.with_suffix(".yml"), refused_path=tmp_path / f"refused{path.suffix}", **options)


def state():
    models = (Organization, Location, Service, ServiceAtLocation, Contact)
    return revision(), [list(m.objects.values_list("pk", "version", "updated_at").order_by("pk")) for m in models]


def listing(key):
    return ServiceAtLocation.objects.select_related("service", "location").get(service__external_id=key)


def told(report):
    return {(number, note.field, note.column, note.value) for number, note in report.remarks.notes}


@pytest.mark.parametrize("name", DIRTY)
def test_the_same_file_again_changes_nothing(name, tmp_path):
    first = load(name, tmp_path)
    assert first.counts()[RowOutcome.CREATED] >= 2
    before = state()
    again = load(name, tmp_path)
    assert (
        again.counts()
        == {
            RowOutcome.UNCHANGED: first.counts()[RowOutcome.CREATED],
            RowOutcome.REFUSED: first.counts()[RowOutcome.REFUSED],
        }
        or not first.is_refused
    )
    assert not again.counts()[RowOutcome.CREATED] + again.counts()[RowOutcome.UPDATED]
    assert state() == before
    assert again.missing == []


@pytest.mark.long
@pytest.mark.skipif(REAL is None, reason="the whole file is not beside this tree")
def test_a_whole_real_file_twice(tmp_path):
    mapping = settings.BASE_DIR / "fixtures" / "mappings" / "services-advisor.yml"
    assert import_listings(REAL, mapping).counts() == {RowOutcome.CREATED: 562}
    before = state()
    assert import_listings(REAL, mapping).counts() == {RowOutcome.UNCHANGED: 562}
    assert state() == before


def test_a_table_of_excel(tmp_path):
    report = load("clinics.csv", tmp_path)
    assert report.counts() == {RowOutcome.CREATED: 6}
    assert set(Service.objects.values_list("external_id", flat=True)) >= {"К 01", "К 02", "К-03", "Й-04"}
    assert listing("К 01").hours["slots"] == [{"days": [0, 1, 2, 3, 4], "opens": "09:00", "closes": "17:00"}]
    assert listing("К 02").hours["slots"] == [{"days": [4], "opens": "20:00", "closes": "04:00"}]
    assert listing("К 01").service.text == "Анонимно.\nПриходите с друзьями."
    assert listing("К 01").contacts.count() == 2
    assert listing("К-03").contacts.count() == 0
    assert Organization.objects.get(name="Фонд «Берег»").website == "https://bereg.example.org"
    columns = "Дни, Открыто с, Закрыто в"
    assert (4, "contacts", "Телефон", "нет") in told(report)
    assert (5, "listing.hours", columns, "будни; 9:00-13:00; 18:00") in told(report)
    assert (6, "listing.hours", columns, "пн") in told(report)
    assert any(number == 6 and field == "organization.website" for number, field, _c, _v in told(report))


def test_a_list_under_a_key(tmp_path):
    report = load("partners.json", tmp_path)
    assert {result.number: result.note.value for result in report.refused()} == {
        2: "101 ",
        5: '{"title": "A name inside a name"}',
        6: "105; not an object",
    }
    first = listing("101")
    assert (first.service.title, first.service.title_en) == ("Экспресс-тест на ВИЧ", "Rapid HIV test")
    assert [(s["opens"], s["closes"]) for s in first.hours["slots"]] == [("09:00", "13:00"), ("14:00", "18:00")]
    assert first.contacts.count() == 2
    assert (1, "service.title", "name / kk", "Жедел тест") in told(report)
    assert (4, "service.types", "kinds", "sauna") in told(report)
    assert listing("103").service.title == "Night outreach"
    assert listing("103").service.languages == ["ru", "kk"]
    assert any("generated" in note for note in report.notes)


def test_features(tmp_path):
    report = load("points.geojson", tmp_path)
    assert {result.number for result in report.refused()} == {4, 5, 6}
    assert [(s["opens"], s["closes"]) for s in listing("node/1").hours["slots"]] == [
        ("09:00", "13:00"),
        ("14:00", "18:00"),
    ]
    assert Organization.objects.count() == 1  # one apostrophe or another
    assert "properties / opening" in report.unread
    assert (3, "listing.hours", "properties / times", "24/7") in told(report)


def test_a_workbook(tmp_path):
    report = load("visits.xlsx", tmp_path)
    assert {(r.number, r.note.column, r.note.value) for r in report.refused()} == {
        (5, "Услуга", '="Чай"&A2'),
        (7, "С лет", "#N/A"),
    }
    first = listing("1|Дилижан")
    assert (first.service.starts_on.isoformat(), first.service.age_from, first.service.anonymous) == (
        "2026-02-01",
        18,
        True,
    )
    assert first.hours["slots"] == [{"days": [1], "opens": "09:00", "closes": "17:30"}]
    assert listing("2|Дилижан").hours["slots"] == [{"days": [3], "opens": "20:00", "closes": "04:00"}]
    assert any("Старые" in note for note in report.notes)
    assert any("13" in name for name in report.unread)


@pytest.mark.parametrize("name", DIRTY)
def test_refused_rows_can_be_imported_alone_when_they_are_mended(name, tmp_path):
    """They come as they were, in a file of their own; until they are mended they are refused there too."""
    report = load(name, tmp_path)
    left = next(tmp_path.glob("refused*"), None)
    assert (left is not None) == report.is_refused
    if left:
        if left.suffix == ".xlsx":
            left = left.rename(left.with_suffix(".csv"))
        again = import_listings(left, (FILES / name).with_suffix(".yml"), dry_run=True)
        assert len(again.counts()) >= 1
        assert sum(again.counts().values()) == report.counts()[RowOutcome.REFUSED]


def test_an_unclosed_quotation_mark_costs_its_own_line(tmp_path):
    lines = (FILES / "clinics.csv").read_bytes().decode("utf-8-sig").split("\r\n")
    lines[2] = lines[2].replace(";Ночная", ';"Ночная')
    path = tmp_path / "clinics.csv"
    path.write_bytes("\r\n".join(lines).encode())
    report = import_listings(path, FILES / "clinics.yml", refused_path=tmp_path / "left.csv")
    assert [(r.number, r.note.value) for r in report.refused()] == [(3, lines[2])]
    assert report.counts() == {RowOutcome.CREATED: 5, RowOutcome.REFUSED: 1}
    with (tmp_path / "left.csv").open(encoding="utf-8-sig") as file:
        assert [row["Услуга"] for row in csv.DictReader(file)] == ['"Ночная консультация']


def test_an_empty_cell_says_nothing_else_than_the_row_above(tmp_path):
    (tmp_path / "m.yml").write_text(
        "source: sites\nid: id\norganization: {id: org, name: org, website: site, registration_country: {value: GE}}\n"
        "service: {title: id, types: {value: hiv_rapid_test}}\n",
        encoding="utf-8",
    )
    (tmp_path / "t.csv").write_text("id,org,site\n1,О,example.org\n2,О,\n3,О,example.com\n", encoding="utf-8")
    report = import_listings(tmp_path / "t.csv", tmp_path / "m.yml")
    assert [(row, note.field) for row, note in report.remarks.notes] == [(4, "organization.website")]
