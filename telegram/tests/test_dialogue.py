"""What the bot answers, as a person presses and writes."""

import logging

import pytest
from django.db import connection

from directory.tests.factories import publish
from telegram.public import dialogue
from telegram.screens import Button, Said, Screen, shorten


def press(data, language="ru"):
    return dialogue.answer(Said(language, press=data))


def words(text, language="ru"):
    return dialogue.answer(Said(language, words=text))


def button(screen, label):
    """What the button sends whose label begins so."""
    return next(one.data for row in screen.rows for one in row if one.label.startswith(label))


def test_a_service_is_found_by_buttons_alone(listings):
    screen = press(button(words("/start"), "Найти"))
    assert "Какая помощь" in screen.text
    kinds = press(button(screen, "ВИЧ: тест"))  # one kind has something: it is not asked for
    screen = press(button(kinds, "Грузия"))  # and one city
    for told in ("Тест на ВИЧ", "ул. Руставели, 1", "Круглосуточно", "+995 32 200 00 00", "Подтверждено"):
        assert told in screen.text
    assert f"/ru/places/{listings[0].place_id}/" in screen.text
    assert "Варшаве" not in screen.text
    assert press(button(screen, "← Назад")) == kinds


def test_a_service_is_found_by_words_with_a_slip(listings):
    assert "Кейс-менеджмент" in words("кейс менеджмет").text
    assert "Ничего не нашлось" in words("абракадабра").text


@pytest.mark.parametrize("text", ["", "я", "а" * 101, "\0", "%", "||"])
def test_words_that_say_nothing_get_an_answer(listings, text):
    assert words(text).text


def test_a_position_is_used_and_said_nowhere(listings):
    screen = dialogue.answer(Said("ru", place=(41.7123456, 44.7654321)))
    assert screen.text.index("Тест на ВИЧ") < screen.text.index("Тест в Варшаве")
    assert "км" in screen.text
    assert "41.71" not in screen.text and "44.76" not in screen.text
    assert "44.76" not in repr(screen.rows)


def test_the_position_is_rounded_before_anybody_is_asked(listings, monkeypatch):
    asked = []

    def nearest(_asked, _filters, near, _limit):
        asked.append(near)
        return {"results": []}

    monkeypatch.setattr("telegram.public.finding.nearest_answer", nearest)
    dialogue.answer(Said("ru", place=(41.7123456, 44.7654321)))
    assert (asked[0].lat, asked[0].lon) == (41.712, 44.765)


def test_services_of_one_place_are_one_entry(listings):
    for number in range(6):
        publish(place_id="place22222", point=(44.8271, 41.7151), texts={"title": f"Помощь {number}"})
    text = dialogue.answer(Said("ru", place=(41.7151, 44.8271))).text
    assert text.count("/ru/places/place22222/") == 1 and "и ещё 2" in text
    assert "Тест в Варшаве" in text


def test_moving_positions_are_refused(listings):
    screen = dialogue.answer(Said("ru", place=(41.7, 44.8), is_live=True))
    assert screen.asks_place and "Тест" not in screen.text


@pytest.mark.parametrize(
    "data",
    ["-", "s0|g", "s1|", "s1|x", "s1|f", "s1|f|a|b|c|d", "s1|f|hiv_rapid_test|GE||0", "s1|f|hiv_rapid_test|GE||٣",
     "s1|c|nothing", "s1|t|hiv_rapid_test|ZZ", "s1|k|nothing", "s1|f|hiv_rapid_test|GE||99", "s1|g|more"],
)  # fmt: skip
def test_a_button_that_nobody_made_is_no_fault(listings, data):
    assert press(data).text


def test_only_what_the_public_reads_is_told(listings):
    before = [words("тайник").text, words("тест на вич").text, press("s1|g"), press("s1|f|hiv_rapid_test|GE||1")]
    publish(audiences=("members",), texts={"title": "Тайник тест на ВИЧ"})
    after = [words("тайник").text, words("тест на вич").text, press("s1|g"), press("s1|f|hiv_rapid_test|GE||1")]
    assert before == after


def test_nobody_who_talks_leaves_a_row_or_a_line(listings, caplog):
    caplog.set_level(logging.DEBUG)
    before = _rows()
    words("канарейка тест в Тбилиси")
    dialogue.answer(Said("ru", place=(41.7654, 44.7123)))
    press("s1|f|hiv_rapid_test|GE||1")
    assert _rows() == before
    lines = [r.getMessage() for r in caplog.records if not r.name.startswith("django.db")]
    assert not any("канарейка" in line or "41.76" in line for line in lines)


def test_english_is_spoken_to_whoever_speaks_it_and_russian_to_others(listings):
    assert "Find a service" in repr(words("/start", "en-GB").rows)
    assert "Найти услугу" in repr(words("/start", "zz").rows)


def test_five_at_once_and_the_next_by_a_button(listings):
    for number in range(7):
        publish(texts={"title": f"Ещё один тест {number}", "address": "улица " * 60, "place": "Центр " * 40})
    screen = press("s1|f|hiv_rapid_test|GE||1")
    assert screen.text.count("▪") == 5
    assert press(button(screen, "Показать")).text.count("▪") == 3


def test_what_telegram_would_refuse_is_never_made():
    with pytest.raises(ValueError):
        Button("x", "д" * 33)
    with pytest.raises(ValueError):
        Screen("🙂" * 2049)
    assert len(shorten("🙂" * 50, 11).encode("utf-16-le")) <= 22


def _rows():
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        counts = {}
        for name in names:
            cursor.execute(f'SELECT count(*) FROM "{name}"')
            counts[name] = cursor.fetchone()[0]
    return counts
