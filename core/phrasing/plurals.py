"""Plural categories of CLDR: for scripts that choose among ready texts, and for the catalogues."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from babel import Locale
from babel.plural import PluralRule, to_gettext

from core.languages import active, babel_locale, is_preview, preferred

#: Whole numbers that meet every category that a whole number can have: the last one is the French “many”.
_NUMBERS = (*range(200), 1_000_000)


@cache
def plural_samples(locale: Locale) -> dict[str, int]:
    """The smallest number of each category that the language has: {"one": 1, "few": 2, "many": 0, …}.

    "other" is always there. Where no whole number belongs to it (Russian keeps it for fractions) it takes the sample
    of the category before it.
    """
    rule = locale.plural_form
    samples: dict[str, int] = {}
    for number in _NUMBERS:
        samples.setdefault(rule(number), number)
    return samples if "other" in samples else samples | {"other": samples["many"]}


def numbered(text_for: Callable[[int], str]) -> dict[str, str]:
    """A text for each category of the active language; `text_for` words it for a number."""
    return {category: text_for(number) for category, number in _samples(active()).items()}


def browser_rule() -> dict[str, str]:
    """How a script finds the category of a number in what `numbered` gave, without trusting the browser's own rules.

    `of` has a digit (base 36) for each of 0, 1, 2 … 199, which is a place in `names`. From 200 on a number is said as
    its last two digits behind a hundred: so it is in every language that has a row.
    """
    return _browser_rule(active())


@cache
def _browser_rule(code: str) -> dict[str, str]:
    said = [_category(code, number) for number in range(200)]
    names = list(dict.fromkeys(said))
    return {"names": " ".join(names), "of": "".join(_DIGITS[names.index(name)] for name in said)}


@cache
def _samples(code: str) -> dict[str, int]:
    if not is_preview(code):
        return plural_samples(babel_locale(code))
    found: dict[str, int] = {}
    for number in range(200):
        found.setdefault(_category(code, number), number)
    return found


def _category(code: str, number: int) -> str:
    """A text that a preview lacks comes with the numbers of its fallback: each of both languages' categories counts."""
    spoken = preferred(code) if is_preview(code) else (code,)
    return ".".join(babel_locale(one).plural_form(number) for one in spoken)


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
#: In CLDR's order.
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")


def catalogue_rule(locale: Locale) -> tuple[int, str]:
    """How many forms a message with a number has in a catalogue of this language, and gettext's expression for them.

    Categories that no number up to 200 belongs to (Russian fractions, the French million) have none.
    """
    said = {locale.plural_form(number) for number in range(201)}
    met = [name for name in _CATEGORIES if name in said]
    rules = {name: rule for name, rule in locale.plural_form.rules.items() if name in met[:-1]}
    expression = to_gettext(PluralRule(rules)).partition("plural=")[2].rstrip(";")
    return len(met), expression


def samples_of_forms(locale: Locale) -> list[list[int]]:
    """Small numbers that take each of the catalogue's forms, for whoever writes them."""
    said = {number: locale.plural_form(number) for number in range(201)}
    met = [name for name in _CATEGORIES if name in said.values()]
    return [[number for number in said if said[number] == name][:4] for name in met]
