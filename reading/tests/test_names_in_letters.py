"""Where a name exists in Cyrillic only, a page in Latin letters spells it; other texts are left in their language."""

from dataclasses import dataclass

import pytest
from django.utils import translation

from reading.presenters.parts import text


@dataclass
class Row:
    content: dict[str, dict[str, str]]


ROW = Row({"ru": {"place": "Дом «Щит»", "city": "Тбилиси", "title": "Тест на ВИЧ"}, "en": {"city": "Tbilisi"}})


@pytest.mark.parametrize(
    ("language", "told"),
    [("ru", ["Дом «Щит»", "Тбилиси", "Тест на ВИЧ"]), ("en", ["Dom «Shchit»", "Tbilisi", "Тест на ВИЧ"])],
)
def test_names_are_spelt_and_texts_are_not(language, told):
    with translation.override(language):
        assert [text(ROW, name) for name in ("place", "city", "title")] == told
