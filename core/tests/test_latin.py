"""Names in Latin letters: capitals, signs, other alphabets; what is Latin already stays."""

import re

import pytest
from django.conf import settings
from django.utils import translation

from core.spelling.latin import in_latin, spelt


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("ул. Щорса, 3", "ul. Shchorsa, 3"),
        ("Дом «Мост» HIV+", "Dom «Most» HIV+"),
        ("ГЦ СПИД", "GTS SPID"),
        ("Я и Ты", "Ya i Ty"),
        ("Объезд, подъезд 2", "Obezd, podezd 2"),
        ("Юлія Ґанжа", "Yuliya Ganzha"),
        ("Өскемен, Қазақ қызы", "Oskemen, Qazaq qyzy"),
        ("Tbilisi", "Tbilisi"),
        ("თბილისი", "თბილისი"),
    ],
)
def test_a_name_is_spelt_letter_by_letter(name, latin):
    assert in_latin(name) == latin


def test_templates_spell_every_name_of_a_row():
    """A name that exists in Cyrillic only is read by a colleague who does not read Cyrillic."""
    unspelt = re.compile(r"\.(?:name|city|address|district)_i18n(?!\|spelt)")
    templates = [*(settings.BASE_DIR / "templates").rglob("*.html")]
    assert len(templates) > 200
    assert [str(one) for one in templates if unspelt.search(one.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(("language", "shown"), [("en", "Dom u reki"), ("ru", "Дом у реки")])
def test_a_name_is_shown_in_the_letters_of_the_page(language, shown):
    with translation.override(language):
        assert spelt("Дом у реки") == shown
        assert (spelt("River House"), spelt(None)) == ("River House", "")
