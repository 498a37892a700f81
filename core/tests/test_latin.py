"""Names in Latin letters: capitals, signs, other alphabets; what is Latin already stays."""

import pytest

from core.latin import in_latin


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
