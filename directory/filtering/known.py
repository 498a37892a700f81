"""Which values a filter understands, and how they are spelled.

Each kind says where the words for its values are: the vocabulary, a table of labels, the countries, the cities.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from core.geo.countries import country_codes
from directory.shown.labels import Labels
from directory.vocabulary import Vocabulary


class Known:
    """The values of one filter."""

    #: All values, where the code fixes them; empty where the vocabulary, the world or the rows do.
    fixed: tuple[str, ...] = ()

    def understands(self, value: str, vocabulary: Vocabulary) -> bool:
        return value in self.values(vocabulary)

    def values(self, vocabulary: Vocabulary) -> Collection[str]:
        """Every value that there is; none where they cannot be listed."""
        return self.fixed

    def spelled(self, text: str) -> str:
        """The value that this text spells."""
        return text


@dataclass(frozen=True)
class Terms(Known):
    """Codes of a scheme of the vocabulary; `is_short` where a chip says the short name."""

    scheme: str
    is_short: bool = False

    def values(self, vocabulary: Vocabulary) -> Collection[str]:
        return vocabulary.scheme(self.scheme).keys()


class Tree(Terms):
    """Groups and leaves of a scheme."""


class OfAttributes(Terms):
    """Answers of the attributes by which people may filter; “no” is understood and not offered."""

    def values(self, vocabulary: Vocabulary) -> Collection[str]:
        terms = vocabulary.scheme(self.scheme)
        return [code for one, codes in vocabulary.answers.items() if terms[one].data.get("is_filter") for code in codes]


class Fixed(Known):
    """Codes of a table of labels."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.fixed = tuple(labels)


class Countries(Known):
    """ISO 3166-1 alpha-2, in capitals, and a word for services that are given to any country."""

    def __init__(self, anywhere: str) -> None:
        self.anywhere = anywhere

    def values(self, vocabulary: Vocabulary) -> Collection[str]:
        return country_codes() | {self.anywhere}

    def spelled(self, text: str) -> str:
        return text if text.lower() == self.anywhere else text.upper()


#: How any value of any filter is written; the map's script reads the same (`write_filter_names`).
CODE = r"[-0-9A-Za-z_]{1,80}"


class Shaped(Known):
    """Any value of the right form: what does not exist finds nothing."""

    form = re.compile(CODE)

    def understands(self, value: str, vocabulary: Vocabulary) -> bool:
        return bool(self.form.fullmatch(value))


class Cities(Shaped):
    """Codes of cities: `facets.cities` knows those that have listings, and their names."""


class Slugs(Shaped):
    """Names of organisations in addresses."""
