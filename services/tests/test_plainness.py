"""Advice on plain words: what it finds, what it leaves alone, and that its lists are whole."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.utils.translation import override

from core.languages import codes
from services.plainness import MOST, advice


@pytest.fixture(autouse=True)
def in_russian():
    with override("ru"):
        yield


@pytest.mark.parametrize(
    "text",
    [
        "", "Сделаем тест на ВИЧ за двадцать минут.", "Поможем с документами. Придёте без записи.",
        "ДКП (доконтактная профилактика): подберём и выдадим.",
    ],
)  # fmt: skip
def test_what_is_plain_is_left_alone(text):
    assert advice(text, "ru") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Мы " + "очень " * 12 + "рады.", "14 слов"),
        ("Осуществляется приём граждан.", "«Осуществляется»"),
        ("Помощь в рамках проекта.", "«в рамках»"),
        ("Выдаём АРТ.", "«АРТ»"),
    ],
)
def test_what_is_hard_is_told_with_what_to_say(text, told):
    (one,) = advice(text, "ru")
    assert told in one


def test_a_word_that_only_contains_another_is_none():
    assert advice("Данила придёт к вам.", "ru") == [] or "Данила" not in advice("Данила придёт к вам.", "ru")[0]


def test_english_has_its_own_words_and_advice_is_short():
    assert (
        "“Provision of”" in advice("Provision of tests.", "en")[0]
        or "«Provision of»" in advice("Provision of tests.", "en")[0]
    )
    assert len(advice("АРТ ПТАО ЗПТ ППМР осуществляется в рамках данного мероприятия.", "ru")) == MOST


def test_a_language_without_a_list_is_advised_on_length_alone():
    assert advice("осуществляется", "uz") == []


@pytest.mark.parametrize("code", codes())
def test_lists_are_whole(code):
    rows = json.loads((settings.BASE_DIR / "fixtures" / "plain_words" / f"{code}.json").read_text())
    assert all(row["begins"] == row["begins"].lower() and row["say"] for row in rows)
    assert len({row["begins"] for row in rows}) == len(rows) > 15
