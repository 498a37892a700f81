import datetime as dt
import json

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from directory.tests.factories import publish
from usage import files, tally
from usage.words import ANSWER, CHOSEN, DOWNLOAD, EMBED, HOST, NOTHING, WORDS, Used

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 3)


@pytest.fixture(autouse=True)
def counting(tmp_path, settings):
    settings.USAGE_DIR = str(tmp_path / "usage")
    tally.forget()
    with clock.travel(DAY):
        yield
    tally.forget()


def sums():
    tally.write_now()
    return {cell: count for cell, count in files.read(DAY, DAY) if cell.what != ANSWER}


def tell(word):
    body = word if isinstance(word, str) else json.dumps(word)
    return Client().post(reverse("maps:seen"), body, content_type="text/plain;charset=UTF-8")


def test_a_page_tells_what_it_is():
    assert tell({"what": "place", "country": "GE", "host": ""}).status_code == 204
    assert tell({"what": "place", "country": "GE"}).status_code == 204
    assert tell({"what": "embed", "country": "", "host": "Partner.example.org"}).status_code == 204
    chosen = ["cost:free", "service:hiv_rapid_test"]
    assert tell({"what": "chosen", "country": "KZ", "codes": chosen}).status_code == 204
    assert tell({"what": "nothing", "country": "", "codes": ["open:now"]}).status_code == 204
    assert tell({"what": "nothing", "country": "", "codes": []}).status_code == 204
    assert sums() == {
        Used("place", "GE"): 2,
        Used(EMBED): 1,
        Used(HOST, "", "partner.example.org"): 1,
        Used(CHOSEN, "KZ", "cost:free"): 1,
        Used(CHOSEN, "KZ", "service:hiv_rapid_test"): 1,
        Used(NOTHING, "", "open:now"): 1,
        Used(NOTHING, "", WORDS): 1,
    }


@pytest.mark.parametrize(
    "word",
    [
        "",
        "no json",
        "[]",
        "null",
        {"what": "letter"},
        {"what": "place", "country": "Грузия"},
        {"what": "place", "country": ["GE"]},
        {"what": "chosen", "country": "GE"},
        {"what": "chosen", "codes": ["organization:dom"]},
        {"what": "chosen", "codes": ["q:слово человека"]},
        {"what": "chosen", "codes": ["cost:слово человека"]},
        {"what": "chosen", "codes": [["cost:free"]]},
        {"what": "chosen", "codes": ["cost:free"] * 21},
        "x" * 5000,
    ],
    ids=str,
)
def test_what_no_page_of_ours_tells_is_refused_and_not_counted(word):
    answer = tell(word)
    assert (answer.status_code, bool(answer.content)) == (400, True)
    assert sums() == {}


def test_nobody_is_told_apart():
    """No cookie comes or goes, and the file holds nothing but what, where and which."""
    answer = tell({"what": "map"})
    assert not answer.cookies and "no-store" in answer["Cache-Control"]
    assert sums() == {Used("map"): 1}


def test_a_download_is_counted_by_its_form(client):
    publish()
    client.post(reverse("maps:download"), {"format": "csv", "country": "GE"})
    assert sums() == {Used(DOWNLOAD, "GE", "csv"): 1}


def test_everybody_reads_the_sums(client):
    for _time in range(7):
        tell({"what": "place", "country": "GE"})
    for _time in range(3):
        tell({"what": "nothing", "codes": ["cost:free"]})
    tally.write_now()
    with clock.travel(DAY + dt.timedelta(days=1)):
        page = client.get(reverse("maps:use")).content.decode()
    row = page.split("Грузия")[1].split("</tr>")[0]
    assert [cell.split("</td>")[0].strip() for cell in row.split('<td class="num">')[1:]] == ["—", "7", "—", "—", "—"]
    assert "Бесплатно" in page and "меньше 5" in page
    with clock.travel(DAY):
        assert "Пока ничего не посчитано" in client.get(reverse("maps:use")).content.decode()


@pytest.mark.parametrize(
    ("name", "args", "said"),
    [("maps:home", [], 'content="map"'), ("maps:place", ["place22222"], 'content="place" data-country="GE"'),
     ("maps:embed", [], 'content="embed"')],
)  # fmt: skip
def test_public_pages_say_what_they_are(client, name, args, said):
    publish(place_id="place22222")
    assert said in client.get(reverse(name, args=args)).content.decode()
