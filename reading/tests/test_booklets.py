"""What stands on paper: public doors, phones of all others, days of checks; tagged, folded right, made once."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess

import pytest
from django.conf import settings as configured
from django.utils.translation import override

from core import clock
from core.languages import by_code
from core.phrasing.dates import day_in_words
from directory.tests.factories import publish
from reading.asked import Asked
from reading.booklets import files, told
from reading.booklets.files import SHEETS
from reading.typeset import making

pytestmark = pytest.mark.django_db
PHONE = {"channel": "phone", "value": "+995322000000", "label": {}, "audience": "clients", "is_crisis": False}
WEEK = {"slots": [{"days": [0, 1, 2, 3, 4], "opens": "09:00", "closes": "18:00"}]}
LINK = "https://map.example/ru/?country=GE"
#: Texts of records in languages that are off: what a person would have written there.
IN_GEORGIAN = {
    "title": "აივ ტესტი ოცდაათ წუთში", "organization": "ხიდი", "place": "ცენტრი მდინარესთან", "city": "თბილისი",
    "address": "რუსთაველის გამზირი, 8", "directions": "შესასვლელი ეზოდან",
}  # fmt: skip
IN_DARI = {
    "title": "آزمایش اچ‌آی‌وی در سی دقیقه", "organization": "پل", "place": "مرکز کنار دریا", "city": "تفلیس",
    "address": "خیابان روستاولی، 8", "directions": "دروازه از داخل حویلی",
}  # fmt: skip


@pytest.fixture(autouse=True)
def idle():
    files.be_idle()
    yield
    files.be_idle()


def row(city="Тбилиси", **fields):
    texts = {"city": city, "address": "ул. Речная, 8"} | fields.pop("texts", {})
    return publish(**{"contacts": [PHONE], "hours": WEEK, "texts": texts} | fields)


def booklet(language="ru", city="", **more):
    with override(language):
        asked = Asked.now("public")
        return told.booklet(asked, told.gathered(asked, "GE", city), "Грузия", "GE", LINK, **more)


def made(booklet_told, form="a6", language="ru", pictures=0):
    with override(language):
        return making.printed(files.FORMS[form], files._data(booklet_told, form), pictures=pictures)


def test_a_place_is_told_with_the_day_of_its_check_and_until_when_it_holds():
    row(texts={"place": "Дом у реки"}, due_on=clock.today() + dt.timedelta(days=10), notice_on=clock.today())
    (place,) = booklet()["places"]
    assert (place["title"], place["city"], place["phones"]) == ("Дом у реки", "Тбилиси", ["+995 32 200 00 00"])
    assert place["hours"] == "Пн–Пт 09:00–18:00" and "Речная" in place["address"]
    until = day_in_words(clock.today() + dt.timedelta(days=9))
    assert place["checked"].endswith(f"действительно до {until}") and "Подтверждено" in place["checked"]
    assert day_in_words(clock.today() + dt.timedelta(days=30)) in booklet()["until"]


def test_a_check_holds_no_longer_than_the_paper_and_a_late_one_has_no_such_day():
    row(texts={"place": "Вовремя"})
    days = {"checked_on": -200, "notice_on": -30, "due_on": -1}
    row(texts={"place": "Поздно"}, **{name: clock.today() + dt.timedelta(days=n) for name, n in days.items()})
    places = {place["title"]: place for place in booklet()["places"]}
    assert day_in_words(clock.today() + dt.timedelta(days=30)) in places["Вовремя"]["checked"]
    assert "действительно" not in places["Поздно"]["checked"]
    assert "Позвоните" in places["Поздно"]["services"][0]["note"]


def test_who_hides_is_a_phone_and_no_place():
    row(precision="settlement", texts={"place": "Тайный дом", "address": "", "district": "Глдани"})
    row(contacts=[], precision="settlement", texts={"place": "Без телефона"})
    colleagues = PHONE | {"audience": "colleagues", "value": "+995322999999"}
    row(contacts=[colleagues], precision="district", texts={"place": "Для коллег"})
    whole = booklet()
    (call,) = whole["calls"]
    assert not whole["places"] and (call["title"], call["phones"]) == ("Мост", ["+995 32 200 00 00"])
    words = json.dumps(whole, ensure_ascii=False)
    for hidden in ("Тайный дом", "Глдани", "Тбилиси", "Речная", "Без телефона", "Для коллег", "99 99 99"):
        assert hidden not in words, hidden


def test_what_was_checked_longest_ago_speaks_for_a_place():
    days = {"checked_on": -200, "notice_on": -30, "due_on": -1}
    late = {name: clock.today() + dt.timedelta(days=n) for name, n in days.items()}
    row(texts={"place": "Дом", "title": "А вовремя"}, place_id="place22222")
    row(texts={"place": "Дом", "title": "Я поздно"}, place_id="place22222", **late)
    (place,) = booklet()["places"]
    assert [one["title"] for one in place["services"]] == ["Я поздно", "А вовремя"]
    assert "Позвоните" in place["services"][0]["note"]


def test_a_kind_whose_addresses_are_not_shown_has_none_on_paper_either(monkeypatch):
    row(types=["shelter"], texts={"place": "Приют"})
    vocabulary = type(Asked.now("public").vocabulary)
    monkeypatch.setattr(vocabulary, "unshown", lambda _self, types: [one for one in types if one == "shelter"])
    whole = booklet()
    assert not whole["places"] and whole["calls"][0]["address"] == ""


def test_of_a_city_doors_elsewhere_do_not_count():
    row(texts={"place": "Здесь"})
    row("Батуми", city_code="ge9xx1", texts={"place": "Там"})
    assert [place["title"] for place in booklet(city="ge7qk2")["places"]] == ["Здесь"]
    assert [place["city"] for place in booklet()["places"]] == ["Батуми", "Тбилиси"]
    with override("ru"):
        assert [(one["name"], one["count"]) for one in told.cities(Asked.now("public"), "GE")] == [
            ("Батуми", 1),
            ("Тбилиси", 1),
        ]


def test_services_of_a_place_stand_together_and_say_once_what_they_share():
    both = {"place_id": "place22222", "precision": "exact"}
    row(texts={"place": "Дом", "title": "Первая"}, languages=["ru"], cost="free", **both)
    row(texts={"place": "Дом", "title": "Вторая"}, languages=["en"], cost="free", **both)
    row(texts={"place": "Дом", "title": "Стоит"}, operation="paused", **both)
    (place,) = booklet()["places"]
    assert {one["title"] for one in place["services"]} == {"Первая", "Вторая"}
    assert ("Сколько стоит", "Бесплатно") in place["facts"]
    assert all([name for name, _text in one["facts"]] == ["Языки"] for one in place["services"])


def test_crisis_lines_of_the_country_come_before_those_abroad():
    line = {"types": ["crisis_line"], "precision": "none", "point": None, "location_type": "", "city": ""}
    row(**line, country="AM", texts={"title": "Далеко"}, contacts=[PHONE | {"value": "+37410000013"}])
    assert [one["name"] for one in booklet()["lines"]] == ["Далеко"]
    row(**line, texts={"title": "Рядом"})
    (near,) = booklet()["lines"]
    assert near["name"] == "Рядом" and "действительно до" in near["checked"]


@pytest.mark.parametrize("form", list(files.FORMS))
def test_the_file_is_tagged_named_and_says_its_language(form):
    row(texts={"place": "Дом"})
    pdf = made(booklet(), form).pdf
    for mark in (b"/StructTreeRoot", b"/Marked true", b"/Lang(ru)", b"/DisplayDocTitle true", b"/Alt", b"pdfuaid"):
        assert mark in pdf, mark
    assert b"CreationDate" not in pdf and b"/JavaScript" not in pdf and b"/URI" not in pdf


@pytest.mark.parametrize(
    ("language", "texts"), [("ru", {"place": "Дом у реки"}), ("ka", IN_GEORGIAN), ("fa-af", IN_DARI)]
)
@pytest.mark.parametrize("form", ["a6", "fold-a7"])
def test_what_a_reader_takes_out_is_what_was_put_in(language, texts, form, settings, tmp_path):
    settings.LANGUAGES = [*configured.LANGUAGES, ("ka", "ქართული"), ("fa-af", "دری")]
    row(
        content={
            "ru": {"title": "Тест", "organization": "Мост"},
            language: {"title": "Тест", "city": "Тбилиси"} | texts,
        }
    )
    whole = booklet(language)
    (tmp_path / "it.pdf").write_bytes(made(whole, form, language).pdf)
    if folder := os.environ.get("BOOKLETS_SHOWN"):
        shutil.copy(tmp_path / "it.pdf", f"{folder}/{language}-{form}.pdf")
    read = subprocess.run(["pdftotext", "-raw", tmp_path / "it.pdf", "-"], capture_output=True, check=True).stdout
    words = re.findall(r"[^\W\d_]{2,}", _plain(read.decode()))
    (place,) = whole["places"]
    for text in (place["title"], place["city"], place["address"], whole["until"]):
        for word in re.findall(r"[^\W\d_]{2,}", _plain(text)):
            assert word in words or text == place["city"], (word, words)
    assert "+995 32 200 00 00" in _plain(read.decode())
    assert f"/Lang({by_code(language).tag})".encode() in (tmp_path / "it.pdf").read_bytes()


def _plain(text):
    """Without signs of direction, soft ends of lines and the other kinds of space and hyphen."""
    text = re.sub("[\u200c-\u200f\u202a-\u202e\u2066-\u2069\u00ad]", "", text)
    return " ".join(text.replace("\u2011", "-").split())


LEAVES = [("B1", "T1"), ("B2", "B3"), ("B4", "T4"), ("T3", "T2")]
#: What lies open beside each other, as the reader sees it: left, right.
SPREADS = [("B1", "B2"), ("B3", "B4"), ("T4", "T3"), ("T2", "T1")]


@pytest.mark.parametrize("language", ["ru", "fa-af"])
def test_one_sheet_of_eight_small_pages_is_folded_into_a_book(language, settings):
    settings.LANGUAGES = [*configured.LANGUAGES, ("fa-af", "دری")]
    row(texts={"place": "Дом"})
    places = made(booklet(language), "fold-a7", language).said["places"]
    page = {f"{'TB'[y]}{x + 1}": number for number, (_side, x, y) in enumerate(places, 1)}
    assert {tuple(sorted(page[half] for half in leaf)) for leaf in LEAVES} == {(1, 2), (3, 4), (5, 6), (7, 8)}
    step = -1 if language == "fa-af" else 1
    for left, right in SPREADS:
        assert (page[right] - page[left]) % 8 == step % 8, (left, right, page)


@pytest.mark.parametrize("language", ["ru", "fa-af"])
def test_a_sheet_printed_on_both_sides_is_folded_into_a_book(language, settings):
    settings.LANGUAGES = [*configured.LANGUAGES, ("fa-af", "دری")]
    row(texts={"place": "Дом"})
    places = made(booklet(language), "fold-a6", language).said["places"]
    page = {tuple(place): number for number, place in enumerate(places, 1)}
    # Turned along the long edge, what stands left lies behind what stands right.
    leaves = {tuple(sorted((page[0, x, y], page[1, 1 - x, y]))) for x in (0, 1) for y in (0, 1)}
    assert leaves == {(1, 2), (3, 4), (5, 6), (7, 8)}
    cover = [page[0, x, 1] for x in (0, 1)]
    inside = [page[1, x, 1] for x in (0, 1)], [page[1, x, 0] for x in (1, 0)], [page[0, x, 0] for x in (1, 0)]
    assert cover == ([1, 8] if language == "fa-af" else [8, 1])
    wanted = ([2, 7], [6, 3], [4, 5])
    assert inside == tuple(pair[::-1] for pair in wanted) if language == "fa-af" else wanted


def test_who_finds_no_room_on_a_sheet_is_counted():
    for number in range(30):
        row(texts={"place": f"Дом {number}"}, place_id=f"place222{number:02}".translate(str.maketrans("01", "xy")))
    assert made(booklet(), "fold-a7").said["left"] > 0


def worked() -> float:
    """Seconds of the processor so far, with those of programs that were run: what sets the pages is one of its own."""
    return sum(os.times()[:4])


def test_forty_pages_within_two_seconds():
    for number in range(4):
        row(texts={"place": f"Дом {number}", "directions": "Вход со двора, дверь с ракушкой, второй этаж."})
    whole = booklet()
    many = whole | {"places": whole["places"] * 40}
    begun = worked()
    found = made(many, pictures=2)
    took = worked() - begun
    assert found.said["pages"] >= 40 and len(found.pictures) == 2
    assert took < 2 * found.said["pages"] / 40 + 1, "seconds of the processor: the machine may do other things, too"


def test_a_leaflet_begins_with_doors_that_are_never_closed():
    row(texts={"place": "Днём"})
    row(texts={"place": "Ночью"}, hours={"always": True})
    with override("ru"):
        assert [one["title"] for one in booklet(is_sheet=True)["places"]] == ["Ночью", "Днём"]
        assert [(one["number"], one["city"]) for one in booklet(is_sheet=True)["places"]] == [(1, "Тбилиси"), (2, "")]


def test_a_sheet_is_told_no_more_than_it_may_choose_from_and_counts_the_rest(monkeypatch):
    monkeypatch.setattr(told, "MOST_OF_A_SHEET", 1)
    for name in ("Дом", "Сад"):
        row(texts={"place": name})
    short = booklet(is_sheet=True)
    assert len(short["places"]) == 1 and (short["cut"], booklet()["cut"]) == (1, 0)
    assert made(short, "fold-a7").said["left"] == 1 and [one["numbers"] for one in short["kinds"]] == ["1"]
    assert set(SHEETS) < set(files.FORMS)
