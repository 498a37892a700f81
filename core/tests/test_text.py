import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.spelling.text import is_mixed, normalise, swap_layout, to_cyrillic, variants


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Тест на ВИЧ, бесплатно!", "тест на вич бесплатно"),
        ("Ёлка и йод", "елка и йод"),
        ("Łódź, Tbilísi", "lodz tbilisi"),
        ("Кам'янець-Подільський", "камянець подільський"),
        ("қазақ тілі", "қазақ тілі"),
        ("  \u00a0много   пробелов ", "много пробелов"),
        ("", ""),
    ],
)
def test_normalise(typed, kept):
    assert normalise(typed) == kept


@settings(deadline=None)  # a busy machine is no fault of the words
@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


def test_the_wrong_keyboard_is_read():
    assert swap_layout("ntcn yf dbx") == "тест на вич"
    assert swap_layout("рум") == "hev"


def test_latin_spelling_is_read_by_its_sound():
    assert to_cyrillic("gepatit") == "гепатит"
    assert to_cyrillic("shelter") == "шелтер"


def test_variants_of_a_word():
    assert "вич" in variants("vich")
    assert "тест" in variants("ntcn")
    assert "алматы" in variants("aлmaты".replace("m", "м"))
    assert variants("вич")[0] == "вич"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("Ўзбекистон", "ўзбекистон"),
        ("Їжак", "їжак"),
        ("COVID-19", "covid 19"),
        ("snake_case", "snake case"),
        ("don’t", "dont"),
        ("ﬁ", "fi"),
    ],
)
def test_letters_of_each_alphabet_keep_what_makes_them_letters(typed, kept):
    assert normalise(typed) == kept


@pytest.mark.parametrize(
    ("latin", "russian"),
    [("shchi", "щи"), ("kharkov", "харков"), ("yuriy", "юрий"), ("zhuk", "жук"), ("taxi", "такси")],
)
def test_the_longest_spelling_of_a_sound_is_taken_first(latin, russian):
    assert to_cyrillic(latin) == russian


@pytest.mark.parametrize(("word", "mixed"), [("aлматы", True), ("алматы", False), ("almaty", False), ("", False)])
def test_two_alphabets_in_one_word_are_seen(word, mixed):
    assert is_mixed(word) is mixed


def test_a_mixed_word_is_not_read_by_its_keys():
    assert variants("aлмaты") == ["aлмaты", "алматы"]


@settings(deadline=None)  # a busy machine is no fault of the words
@given(st.text(max_size=20))
def test_the_word_itself_is_always_the_first_of_its_variants(text):
    word = normalise(text).replace(" ", "")
    assert not word or variants(word)[0] == word


def test_a_word_with_letters_of_another_alphabet_is_not_read_by_its_keys():
    assert variants("қон") == ["қон"]
    assert variants("ქალი") == ["ქალი"]
