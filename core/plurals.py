"""Plural categories of CLDR, for scripts that choose among ready texts with the browser's own rules."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from babel import Locale

from core.languages import active, babel_locale

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
    return {category: text_for(number) for category, number in plural_samples(babel_locale(active())).items()}
