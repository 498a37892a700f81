"""How scripts put words together in the page's language: numbers, lists, names inside a sentence."""

from __future__ import annotations

from core.languages import active, by_code
from core.phrasing.marks import language_of
from core.phrasing.numbers import signs
from core.phrasing.plurals import browser_rule
from core.phrasing.sentences import between

Texts = dict[str, str | dict[str, str]]


def of_scripts(texts: Texts) -> Texts:
    """The texts, with the language's rules beside them under one key (static/js/lib/text.js reads both)."""
    lowers = "yes" if by_code(active()).lowers else ""
    rules = {**browser_rule(), **signs(), "between": between(), "lowers": lowers}
    return texts | {"": rules | _borrowed(texts)}


def _borrowed(texts: Texts) -> dict[str, str]:
    """“lang dir” → the keys whose words a preview has from another language, as scripts mark them."""
    keys: dict[str, list[str]] = {}
    for key, said in texts.items():
        forms = [said] if isinstance(said, str) else list(said.values())
        if code := next(filter(None, map(language_of, forms)), ""):
            row = by_code(code)
            keys.setdefault(f"{row.tag} {row.direction}", []).append(key)
    return {said: " ".join(names) for said, names in keys.items()}
