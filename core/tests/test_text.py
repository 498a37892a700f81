import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import normalise, swap_layout, to_cyrillic, variants


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
