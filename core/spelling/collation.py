"""The order in which a reader looks for words: by their alphabet, ё beside е, capitals and accents aside."""

from __future__ import annotations

import unicodedata

from django.db.models import F
from django.db.models.functions import Collate

from core.languages import active, babel_locale, by_code
from core.spelling.folding import folded

#: (whether it is of another script than the reader's, the folded text, the text itself)
Key = tuple[bool, str, str]


def reading_key(text: str, language: str | None = None) -> Key:
    """For `sorted`: words in the reader's own script stand first, the others in the order of their alphabets."""
    plain = folded(text)
    letter = next((char for char in plain if char.isalpha()), "")
    return bool(letter) and _script(letter) != _script_of(language or active()), plain, text


def in_reading_order(name: str, language: str | None = None) -> Collate:
    """For `order_by`: a column of texts, by the rules of the language (ICU knows them)."""
    return Collate(F(name), f"{babel_locale(language or active()).language}-x-icu")


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _script_of(language: str) -> str:
    """The script of the language's name in itself."""
    return _script(by_code(language).name[0])
