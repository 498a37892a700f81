"""How the code of an answer to an attribute is written: the attribute's own, a sign, the answer: “dogs-yes”.

Both sides of the wall read it: the forms, and the filters of the directory.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

#: Stands in no code of an attribute (a constraint of the database).
SEPARATOR: Final = "-"
YES: Final = "yes"
NO: Final = "no"


def attribute_of(code: str) -> str:
    """The attribute that an answer is of."""
    return code.partition(SEPARATOR)[0]


def says(code: str, answer: str) -> bool:
    """Whether the code is that of yes, or of no."""
    return code.endswith(SEPARATOR + answer)


def by_attribute(codes: Iterable[str]) -> dict[str, list[str]]:
    """The answers of each attribute, in their order."""
    found: dict[str, list[str]] = {}
    for code in codes:
        found.setdefault(attribute_of(code), []).append(code)
    return found
