"""How scripts put words together in the page's language: numbers, lists, names inside a sentence."""

from __future__ import annotations

from core.languages import active, by_code
from core.numbers import signs
from core.plurals import browser_rule
from core.sentences import between


def of_scripts(texts: dict[str, str | dict[str, str]]) -> dict[str, str | dict[str, str]]:
    """The texts, with the language's rules beside them under one key (static/js/lib/text.js reads both)."""
    lowers = "yes" if by_code(active()).lowers else ""
    return texts | {"": {**browser_rule(), **signs(), "between": between(), "lowers": lowers}}
