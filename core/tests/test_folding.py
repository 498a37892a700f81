"""What looks alike on paper is one text: kept, asked, compared."""

import json
import re
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from core.spelling.alphabets import in_other_alphabets
from core.spelling.folding import bare, folded, visible
from core.spelling.text import kept_for_search, normalise, searched, ways_to_write

#: Whatever stands between two letters without being seen.
UNSEEN = [
    "\u00ad",
    "\u200b",
    "\u200c",
    "\u200d",
    "\u200e",
    "\u200f",
    "\u2060",
    "\ufeff",
    "\u034f",
    "\u202a",
    "\u2069",
    "\u180e",
]
APOSTROPHES = "'‘’ʻʼʽʹʿ`´′‛＇ˈ՚׳ꞌ"


@pytest.mark.parametrize("sign", UNSEEN)
def test_a_sign_that_nobody_sees_does_not_part_a_word(sign):
    assert normalise(f"гепа{sign}тит") == "гепатит"
    assert bare(f"org-{sign}17") == "org-17"


@pytest.mark.parametrize("apostrophe", APOSTROPHES)
def test_every_apostrophe_is_one(apostrophe):
    assert normalise(f"O{apostrophe}zbek tilida") == "ozbek tilida"
    assert bare(f"o{apostrophe}zbek 1") == "o'zbek 1"


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\u2007", "\u3000", "  ", "\t", "\u2028", "\u0085"])
def test_every_space_is_one(space):
    assert normalise(f"тест{space}вич") == "тест вич"
    assert bare(f" a{space}b ") == "a b"


@pytest.mark.parametrize("word", ["Йошкар-Ола", "Ўзбекистон", "Ёлочка", "Їжак", "Łódź", "İstanbul", "Әлеуметтік"])
def test_letters_in_pieces_are_the_letters(word):
    assert normalise(unicodedata.normalize("NFD", word)) == normalise(word)
    assert bare(unicodedata.normalize("NFD", word)) == word


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("за́мок", "замок"),
        ("мёд и ме́д", "мед и мед"),
        ("ТЕСТ №５", "тест no5"),
        ("كتاب", "کتاب"),
        ("می‌خواهم", "میخواهم"),
        ("شُكراً", "شکرا"),
        ("٠١٢", "012"),
        ("२४", "24"),
        ("й и ї", "й и ї"),
    ],
)
def test_marks_and_digits_that_only_help_reading(typed, kept):
    assert normalise(typed) == kept


def test_an_identifier_keeps_its_case_and_its_punctuation():
    assert bare("  RU-001 /\u00a0б ") == "RU-001 / б"


def test_lines_of_other_systems_end_as_ours():
    assert visible("a\u2028b\r\nc\rd\u0085e\x0bf") == "a\nb\nc\nd\ne\nf"


def test_joiners_stay_where_a_text_needs_them():
    assert visible("می\u200cخواهم 👩\u200d⚕\ufe0f") == "می\u200cخواهم 👩\u200d⚕\ufe0f"


@pytest.mark.parametrize(("typed", "kept"), json.loads((Path(__file__).parent / "folding.json").read_text("utf-8")))
def test_words_that_the_browser_folds_too(typed, kept):
    assert searched(typed) == kept


@given_settings(deadline=None)  # a busy machine is no fault of the words
@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    for fold in (visible, bare, folded, normalise, searched):
        once = fold(text)
        assert fold(once) == once


#: What people mean as one word, by the rules of languages here: apostrophes, keyboards without a letter, two alphabets,
#: marks that help reading, an unseen joiner, a space or nothing, digits, capitals.
MEANT_AS_ONE = [
    ("oʻtkir", "o‘tkir"),
    ("Тошкент", "Toshkent"),
    ("ўзбекча", "oʻzbekcha"),
    ("ҳуҷҷат", "хуччат"),
    ("кӯмаки ҳуқуқӣ", "кумаки хукуки"),
    ("дәрігер көмегі", "даригер комеги"),
    ("dərman qızı", "derman qizi"),
    ("مُجّاني", "مجانی"),
    ("اچ‌آی‌وی", "اچ آی وی"),
    ("اچ‌آی‌وی", "اچآیوی"),
    ("عيادة إيدز", "عیاده ایدز"),
    ("۱۲۳", "١٢٣"),
    ("ԵՐԵՎԱՆ", "Երևան"),
]


@pytest.mark.parametrize(("one", "other"), MEANT_AS_ONE)
def test_what_people_mean_as_one_is_one(one, other):
    def written(text):
        return {way for spelt in (text, *in_other_alphabets(text, "uz")) for way in ways_to_write(spelt)}

    assert written(one) & written(other)
    assert set(kept_for_search(one).split()) >= set(searched(one).split())


def test_no_two_words_of_the_russian_texts_become_one():
    files = [*(settings.BASE_DIR / "fixtures" / "vocabulary").glob("*.json"), *_demonstration()]
    words = {word for path in files for word in normalise(path.read_text("utf-8")).split()}
    russian = {word for word in words if re.fullmatch("[а-я]+", word)}
    assert len(russian) > 4000
    assert {word for word in russian if searched(word) != word} == set()
    english = {word for word in words if re.fullmatch("[a-z]+", word)}
    assert {word for word in english if searched(word) != word} == set()


def _demonstration():
    return (settings.BASE_DIR / "fixtures" / "demo").rglob("*.yml")


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [("Toshkent", "тошкент"), ("oʻzbekcha", "ўзбекча"), ("sogʻliq", "соғлиқ"), ("Isʼhoq", "исҳоқ"), ("eshik", "эшик")],
)
def test_uzbek_in_its_other_alphabet(latin, cyrillic):
    assert in_other_alphabets(latin, "uz") == [cyrillic]
    assert in_other_alphabets(latin, "ru") == []
