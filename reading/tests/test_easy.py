"""A place in plain words, and as sentences for whoever listens."""

from __future__ import annotations

import json
import re

import pytest

from directory.tests.factories import publish
from reading.easy import digit_by_digit
from reading.needs import NEEDS

pytestmark = pytest.mark.django_db
PHONE = {"channel": "phone", "value": "+995322000000", "label": {}, "audience": "clients", "is_crisis": False}
WEEK = {"slots": [{"days": [0, 1, 2, 3, 4], "opens": "09:00", "closes": "18:00"}]}


@pytest.fixture
def house():
    texts = {"place": "Дом у реки", "title": "Тест на ВИЧ", "address": "ул. Речная, 8", "text": "Подробности о тесте"}
    colleagues = PHONE | {"value": "+995322999999", "audience": "colleagues"}
    return publish(contacts=[PHONE, colleagues], hours=WEEK, texts=texts, types=["hiv_counselling_testing"])


def page(client, house, **given):
    answer = client.get(f"/ru/places/{house.place_id}/", given)
    assert answer.status_code == 200
    return answer, " ".join(answer.content.decode().split())


def test_plain_words_say_what_phone_when_and_what_to_bring_and_no_more(client, house):
    answer, text = page(client, house, easy="1")
    for told in (
        "Тест с консультантом",
        "+995 32 200 00 00",
        "Понедельник – Пятница: 09:00–18:00",
        "документы не нужны",
    ):
        assert told in text, told
    assert "Подробности о тесте" not in text and "99 99 99" not in text
    assert answer["X-Robots-Tag"] == "noindex"


def test_a_link_leads_there_and_back_without_a_script(client, house):
    _answer, full = page(client, house)
    assert re.search(r'href="\?easy=1" data-easy="1"', full)
    _answer, easy = page(client, house, easy="1")
    assert f'href="/ru/places/{house.place_id}/" data-easy="0"' in easy
    _answer, other = page(client, house, easy="<x>")
    assert "Подробности о тесте" in other


def test_a_sign_stands_beside_its_word(client, house):
    _answer, text = page(client, house, easy="1")
    signs = re.findall(r'<span class="easy-sign">.*?</span> <span><span class="strong">(.*?)</span>', text)
    assert signs == ["Тест с консультантом"]


def test_who_hides_says_it_on_the_phone(client):
    hidden = publish(precision="settlement", contacts=[PHONE], texts={"place": "Дом", "address": ""})
    assert "скажут по телефону" in page(client, hidden, easy="1")[1]


def test_what_is_read_aloud_is_what_the_page_says_and_a_phone_digit_by_digit(client, house):
    _answer, text = page(client, house)
    told = json.loads(re.search(r'id="aloud" type="application/json">(.*?)</script>', text)[1])
    said = " | ".join(one["text"] for one in told)
    assert said.startswith("Дом у реки | Тест на ВИЧ | Тест с консультантом | Телефон: + 9 9 5, 3 2, 2 0 0, 0 0, 0 0")
    assert "Что взять: документы не нужны" in said and {one["lang"] for one in told} == {"ru"}
    assert "9 9, 9 9" not in said


def aloud(text):
    return [one["text"] for one in json.loads(re.search(r'id="aloud" type="application/json">(.*?)</script>', text)[1])]


@pytest.mark.parametrize(
    ("operation", "label"),
    [("paused", "Приостановлено"), ("limited", "Работает с ограничениями"), ("waiting_list", "Лист ожидания")],
)
def test_help_that_does_not_work_as_usual_says_so_beside_its_title_and_aloud(client, operation, label):
    texts = {"title": "Тест на ВИЧ", "operation_note": "До весны ремонт"}
    house = publish(contacts=[PHONE], hours=WEEK, texts=texts, operation=operation)
    _answer, text = page(client, house, easy="1")
    assert f'<span class="tag warn">{label}</span>' in text and "До весны ремонт" in text
    said = aloud(text)
    at = said.index("Тест на ВИЧ")
    assert said[at + 1 : at + 3] == [label, "До весны ремонт"]
    assert ("09:00–18:00" in text) is (operation != "paused") is any("09:00–18:00" in one for one in said)


def test_what_is_paused_stands_with_no_hours_of_another_service(client):
    texts = {"place": "Дом у реки"}
    works = publish(contacts=[PHONE], hours=WEEK, texts=texts | {"title": "Тест на ВИЧ"})
    where = {"place_id": works.place_id, "contacts": [PHONE], "hours": WEEK}
    publish(**where, texts=texts | {"title": "Лечение"}, operation="paused")
    _answer, text = page(client, works, easy="1")
    parts = dict(re.findall(r'<div class="easy-service">\s*<h3[^>]*>(.*?)</h3>(.*?)</div>', text))
    own = {re.sub(r"[^а-яА-Я ]", "", title).strip(): part for title, part in parts.items()}
    assert "09:00–18:00" in own["Тест на ВИЧ"] and "09:00–18:00" not in own["Лечение"]
    said = aloud(text)
    assert sum("09:00–18:00" in one for one in said) == 1 and said.index("Лечение") < said.index("Приостановлено")


def test_digits_stand_alone():
    assert digit_by_digit("+7 7172 00 00 17") == "+ 7, 7 1 7 2, 0 0, 0 0, 1 7"


def test_each_sign_is_in_the_sprite(settings):
    sprite = (settings.BASE_DIR / "static" / "icons" / "sprite.svg").read_text()
    assert all(f'id="{need.icon}"' in sprite for need in NEEDS)
