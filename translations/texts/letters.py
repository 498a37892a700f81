"""Letters by language, as far as they tell it from Russian or from another one in the same script."""

from __future__ import annotations

import unicodedata

#: How Unicode names letters of a script.
SCRIPTS = {"Latn": "LATIN", "Cyrl": "CYRILLIC", "Geor": "GEORGIAN", "Armn": "ARMENIAN", "Arab": "ARABIC"}
#: Letters that the language does not write: a Russian text is known by them.
FOREIGN = {
    "uk": frozenset("ыэёъ"),
    "be": frozenset("ищъ"),
    "tg": frozenset("щыць"),
}
#: Of these a sentence has at least one.
OWN = {
    "uk": frozenset("іїєґ"),
    "be": frozenset("ўі"),
    "kk": frozenset("әғқңөұүһі"),
    "ky": frozenset("ңөү"),
    "tg": frozenset("ғӣқӯҳҷ"),
    "uz-cyrl": frozenset("ўқғҳ"),
}
#: Arabic yeh and kaf, which a Persian keyboard does not have.
MIXED_UP = {"fa-af": frozenset("\u064a\u0643")}


def share_of_script(text: str, script: str) -> float:
    """How many of its letters are of the script; 1 for a text without letters."""
    letters = [sign for sign in text if sign.isalpha() and sign not in "\u02bb\u02bc"]
    own = sum(unicodedata.name(sign, "").startswith(SCRIPTS[script]) for sign in letters)
    return own / len(letters) if letters else 1.0
