"""Words in the other alphabet of their language, for the search alone.

Rule: letter by letter. A page would need words that are spelt by ear (ц, ь in Uzbek Cyrillic), so nobody is shown
these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from core.languages import LANGUAGES
from core.spelling.folding import APOSTROPHE, bare

#: The longest first. “E” at the beginning of a word, or after a vowel, is э.
_PAIRS = "o'ў g'ғ shш chч yaя yoё yuю yeе aа bб dд eе fф gг hҳ iи jж kк lл mм nн oо pп qқ rр sс tт uу vв xх yй zз 'ъ"
_LETTERS = {pair[:-1]: pair[-1] for pair in _PAIRS.split()}
_SOUND = re.compile("|".join(map(re.escape, _LETTERS)))
_FIRST_E = re.compile(r"(?<![^\W\d_])e|(?<=[aiou])e")


def in_cyrillic(text: str) -> str:
    """«Toshkent» → «тошкент», «oʻzbekcha» → «ўзбекча», in small letters; letters of other alphabets stay."""
    words = _FIRST_E.sub("э", bare(text).casefold().replace(f"s{APOSTROPHE}h", "сҳ"))
    return _SOUND.sub(lambda found: _LETTERS[found[0]], words)


#: By the code of the derived language.
_SPELT: Mapping[str, Callable[[str], str]] = {"uz-cyrl": in_cyrillic}


def in_other_alphabets(text: str, language: str) -> list[str]:
    """A text of this language in each further script of it that can be spelt from its own."""
    return [_SPELT[row.code](text) for row in LANGUAGES if row.derived_from == language and row.code in _SPELT]
