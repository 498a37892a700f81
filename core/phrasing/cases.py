"""Russian names in the cases that sentences need. Rule: what no rule knows is left to a sentence that needs no case."""

from __future__ import annotations

from core.languages import active

_SOFT_MASCULINE = frozenset({"Израиль"})
_CONSONANTS = "бвгджзклмнпрстфхцчшщ"
_ENDINGS = (("ая", "ую"), ("яя", "юю"), ("а", "у"), ("я", "ю"))


def accusative(name: str) -> str:
    """«Москва» → «Москву», for a town that somebody goes to; as it is in other languages."""
    return " ".join(_accusative(word) for word in name.split(" ")) if active() == "ru" else name


def _accusative(word: str) -> str:
    return next((word.removesuffix(end) + other for end, other in _ENDINGS if word.endswith(end)), word)


def throughout(country: str) -> str:
    """«всей Грузии», «всему Казахстану», after «по»; "" where no rule knows; the name in other languages."""
    return _whole(country, "всему", "у", "ю")


def within(country: str) -> str:
    """«всей Грузии», «всём Казахстане», after «во»; "" where no rule knows; the name in other languages."""
    return _whole(country, "всём", "е", "е")


def _whole(country: str, whole: str, hard: str, soft: str) -> str:
    if active() != "ru":
        return country
    if not country.isalpha() or country.isupper():
        return ""
    stem, last = country[:-1], country[-1]
    if country.endswith("ия"):
        return f"всей {stem}и"
    if last in "ая":
        return f"всей {stem}е"
    if last == "ь" and country not in _SOFT_MASCULINE:
        return f"всей {stem}и"
    if last in "ьй":
        return f"{whole} {stem}{soft}"
    return f"{whole} {country}{hard}" if last in _CONSONANTS else ""
