"""Names of people, places and organisations in Latin letters, by one rule for pages and addresses.

Rule: a name is never translated, so where it exists in Cyrillic only, a page in Latin letters spells it letter by
letter; soft and hard signs fall away. One table for Russian, Ukrainian, Kazakh, Kyrgyz, Tajik and Uzbek.
"""

from __future__ import annotations

import re

from core.languages import active, by_code

_TABLE = (
    "аa бb вv гg дd еe ёe жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ ыy ь эe юyu яya "
    "іi їyi єye ґg ўu қq ңn ғg үu ұu һh өo әa ӣi ӯu ҷj ҳh"
)
#: Texts that are names: nobody translates them, so they are spelt.
NAMES = frozenset(
    {"name", "short_name", "organization", "organization_short", "place", "city", "district", "region", "address"}
)
LETTERS = {pair[0]: pair[1:] for pair in _TABLE.split()}
_WORD = re.compile("[а-яёіїєґўқңғүұһөәӣӯҷҳ]+", re.IGNORECASE)


def in_latin(text: str) -> str:
    """The text with its Cyrillic words in Latin letters; capitals stay capitals, and everything else as it is."""
    return _WORD.sub(_spelt, text)


def spelt(text: str | None) -> str:
    """A name as the page in the active language shows it. One that is there in its letters stays as it is."""
    return in_latin(text or "") if by_code(active()).script == "Latn" else text or ""


def _spelt(found: re.Match[str]) -> str:
    word = found[0]
    is_loud = len(word) > 1 and word.isupper()
    spelt = (_capital(letter, is_loud) for letter in word)
    return "".join(spelt)


def _capital(letter: str, is_loud: bool) -> str:
    latin = LETTERS.get(letter.lower(), letter)
    if letter.islower():
        return latin
    return latin.upper() if is_loud else latin.capitalize()
