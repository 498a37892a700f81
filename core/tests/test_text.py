import pytest

from core.text import normalise, swap_layout, to_cyrillic, variants


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  Тест НА ВИЧ  ", "тест на вич"),
        ("Ещё Ёлка", "еще елка"),
        ("Zürich, Łódź; İstanbul", "zurich lodz istanbul"),
        ("экспресс-тест", "экспресс тест"),
        ("Мар’їна", "марїна"),
        ("№ 5 — «дом»", "no 5 дом"),
        ("...", ""),
    ],
)
def test_words_come_to_one_form(typed, expected):
    assert normalise(typed) == expected


def test_letters_of_other_alphabets_stay_as_they_are():
    assert normalise("Хуҷанд Қарағанды Їжак й") == "хуҷанд қарағанды їжак й"


def test_normalising_twice_changes_nothing():
    once = normalise("Санкт-Петербург, ул. Ёлочная; Straße")
    assert normalise(once) == once


@pytest.mark.parametrize(
    ("typed", "meant"), [("ntcn yf dbx", "тест на вич"), ("ифтл", "bank"), ("gcb[jkju", "психолог")]
)
def test_the_wrong_keyboard_is_understood(typed, meant):
    assert swap_layout(typed) == meant


def test_russian_in_latin_letters_is_read_by_its_sound():
    assert to_cyrillic("gepatit") == "гепатит"
    assert to_cyrillic("yurist") == "юрист"


def test_variants_begin_with_what_was_typed_and_repeat_nothing():
    found = variants("ntcn")
    assert found[0] == "ntcn"
    assert "тест" in found
    assert len(found) == len(set(found))


def test_latin_letters_inside_a_russian_word_are_read_as_russian():
    assert "тест" in variants("тecт")  # the second and the third letter are Latin
