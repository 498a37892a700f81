"""The page that prepares a booklet: its addresses are enough, what is wrong is said, no file is made unasked."""

from __future__ import annotations

import pytest

from directory.tests.factories import publish
from reading.booklets import files, told
from reading.booklets.files import StillMade, TooManyBooklets
from reading.typeset import making
from reading.typeset.making import NotMade

pytestmark = pytest.mark.django_db
PAGE, FILE = "/ru/booklets/", "/ru/booklets/booklet.pdf"
PHONE = {"channel": "phone", "value": "+995322000000", "label": {}, "audience": "clients", "is_crisis": False}


@pytest.fixture(autouse=True)
def idle():
    files.be_idle()
    yield
    files.be_idle()


@pytest.fixture
def house():
    return publish(contacts=[PHONE], texts={"place": "Дом у реки", "address": "ул. Речная, 8"})


def text(answer):
    return answer.content.decode()


def test_choices_come_one_after_another_and_nothing_is_made_before_the_press(client, house, monkeypatch):
    monkeypatch.setattr(making, "printed", lambda *_given, **_more: pytest.fail("nobody asked for a file"))
    first, second = client.get(PAGE), client.get(PAGE, {"country": "ge"})
    assert first.status_code == second.status_code == 200
    assert 'value="ge"' in text(first) and "ge7qk2" not in text(first)
    assert "Тбилиси (1)" in " ".join(text(second).split()) and "noindex" in second["X-Robots-Tag"]


def test_a_press_makes_it_and_shows_how_it_looks_and_how_large_it_is(client, house):
    page = client.get(PAGE, {"country": "ge", "city": "ge7qk2", "form": "a6", "in": "ru"})
    assert "Скачать" in text(page) and "PDF, " in text(page) and "<img" in text(page)
    pdf = client.get(FILE, {"country": "ge", "city": "ge7qk2", "form": "a6"})
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    assert "ge-a6-ru-" in pdf["Content-Disposition"]
    shown = client.get("/ru/booklets/page-1.png", {"country": "ge", "form": "a6"})
    assert shown["Content-Type"] == "image/png" and shown.content.startswith(b"\x89PNG")
    assert client.get("/ru/booklets/page-9.png", {"country": "ge", "form": "a6"}).status_code == 404


def test_a_booklet_is_in_the_language_that_was_chosen(client, house):
    assert b"/Lang(en" in client.get(FILE, {"country": "ge", "form": "a6", "in": "en"}).content


@pytest.mark.parametrize(
    "given",
    [
        {"country": "xx"}, {"country": "GE"}, {"country": "ge", "form": "a0"}, {"country": "ge", "city": "nowhere"},
        {"country": "ge", "in": "kk"}, {"country": "ge", "in": "fa-af"}, {"country": "\x00"},
        {"country": "ge", "city": "x" * 5000, "form": "a6"},
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_in_words(client, house, given):
    for address in (PAGE, FILE):
        answer = client.get(address, given)
        assert answer.status_code == 400 and "Выберите" in text(answer), given
    assert client.get("/ru/booklets/page-1.png", given).status_code == 404


def test_too_large_a_country_is_told_and_a_sheet_of_it_is_made(client, house, monkeypatch):
    monkeypatch.setattr(told, "MOST", 0)
    for address in (PAGE, FILE):
        assert "слишком много" in text(client.get(address, {"country": "ge", "form": "a6"}))
    assert client.get(FILE, {"country": "ge", "form": "fold-a7"}).content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (StillMade(2), 200, "ещё 2"), (StillMade(0), 200, "Несколько секунд"), (TooManyBooklets(), 503, "через минуту"),
        (NotMade("a test"), 503, "не получилась"),
    ],
)  # fmt: skip
def test_what_is_not_made_yet_is_told_and_looked_at_again(client, house, monkeypatch, error, status, words):
    def refuse(*_given, **_more):
        raise error

    monkeypatch.setattr(files, "printed", refuse)
    for address in (PAGE, FILE):
        answer = client.get(address, {"country": "ge", "form": "a6"})
        assert answer.status_code == status and words in text(answer)
        assert "no-store" in answer["Cache-Control"]
        if isinstance(error, StillMade):
            assert answer["Refresh"].startswith("2;url=/ru/booklets/?country=ge") and "<progress" in text(answer)
        else:
            assert answer["Retry-After"] == "60"


def test_a_country_of_those_who_hide_without_a_phone_has_nothing_for_paper(client):
    publish(precision="settlement", contacts=[], texts={"place": "Тайный дом"})
    assert "нечего напечатать" in text(client.get(PAGE, {"country": "ge", "form": "a6"}))


def test_ways_lead_there(client, house):
    for address in ("/ru/", f"/ru/places/{house.place_id}/", "/ru/countries/ge/"):
        assert PAGE in text(client.get(address)), address
    assert PAGE not in text(client.get("/ru/embed/"))


def test_a_preview_is_offered_where_it_is_open_and_says_on_paper_that_nobody_has_checked_it(
    client, house, settings, monkeypatch
):
    assert client.get(PAGE, {"country": "ge", "in": "uk"}).status_code == 400
    settings.PREVIEWS_FOR_ALL = ("uk",)
    assert "перевод ещё не проверен" in text(client.get(PAGE, {"country": "ge"}))
    given = []
    whole = making.printed

    def remember(layout, words, **more):
        given.append(words)
        return whole(layout, words, **more)

    monkeypatch.setattr(making, "printed", remember)
    assert b"/Lang(uk" in client.get(FILE, {"country": "ge", "form": "a6", "in": "uk"}).content
    assert len(given[0]["marks"]) == 1 + int(settings.DEMO_NETWORK) and given[0]["lang"] == "uk"
