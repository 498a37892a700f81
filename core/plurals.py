"""Plural categories of CLDR, for scripts that choose among ready texts with the browser's own rules."""

from __future__ import annotations

from functools import cache

from babel import Locale

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
