"""Russian names in sentences: what no rule knows stays as it is."""

import pytest
from django.utils import translation

from core.phrasing.cases import accusative, throughout, within


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Москва", "Москву"), ("Рустави", "Рустави"), ("Ош", "Ош"), ("Казань", "Казань"), ("Керия", "Керию"),
        ("Старая Русса", "Старую Руссу"), ("Нижняя Тура", "Нижнюю Туру"), ("Ростов-на-Дону", "Ростов-на-Дону"),
        ("Алма-Ата", "Алма-Ату"),
    ],
)  # fmt: skip
def test_somebody_goes_to_a_town(name, said):
    with translation.override("ru"):
        assert accusative(name) == said
    with translation.override("en"):
        assert accusative(name) == name


@pytest.mark.parametrize(
    ("name", "by", "inside"),
    [
        ("Грузия", "всей Грузии", "всей Грузии"),
        ("Казахстан", "всему Казахстану", "всём Казахстане"),
        ("Польша", "всей Польше", "всей Польше"),
        ("Беларусь", "всей Беларуси", "всей Беларуси"),
        ("Израиль", "всему Израилю", "всём Израиле"),
        ("Уругвай", "всему Уругваю", "всём Уругвае"),
        ("Чили", "", ""),
        ("США", "", ""),
        ("Южная Корея", "", ""),
    ],
)
def test_a_whole_country(name, by, inside):
    with translation.override("ru"):
        assert (throughout(name), within(name)) == (by, inside)
    with translation.override("en"):
        assert (throughout(name), within(name)) == (name, name)
