"""Words as people type them, brought to one form, and the forms that they may have meant."""

from __future__ import annotations

import re

from core.spelling.folding import alike, folded

_NOT_A_WORD = re.compile(r"[\W_]+")
_LATIN = re.compile(r"[a-z]")
_SIGNS_OF_LETTERS = re.compile(r"(?=.*[A-Za-z]).*[\[\];',.{}:\"<>`~]", re.DOTALL)
_CYRILLIC = re.compile(r"[а-яіїєґўәғқңөұүһӣӯҳҷ]")

#: Persian joins parts of a word by a sign that nobody sees, and that half of the people type as a space or not at all.
_PARTS_JOINED = re.compile("\u200c+")
_KEYS_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
_KEYS_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбю"
_ON_KEYS = frozenset(_KEYS_LATIN + _KEYS_CYRILLIC + "0123456789")
_TO_CYRILLIC_KEYS = str.maketrans(_KEYS_LATIN + '{}:"<>`~', _KEYS_CYRILLIC + "хъжэбюее")
_TO_LATIN_KEYS = str.maketrans(_KEYS_CYRILLIC, _KEYS_LATIN)

#: Latin letters that look like Cyrillic ones: people mix them without seeing it.
_LOOK_ALIKE = str.maketrans("aceopxykmtbh", "асеорхукмтвн")
#: The longest spellings first.
_CYRILLIC_SOUND = {
    "shch": "щ",
    "sch": "щ",
    "zh": "ж",
    "kh": "х",
    "ts": "ц",
    "ch": "ч",
    "sh": "ш",
    "yu": "ю",
    "ju": "ю",
    "ya": "я",
    "ja": "я",
    "yo": "е",
    "jo": "е",
    "ye": "е",
    "iy": "ий",
    "ay": "ай",
    "ey": "ей",
    "oy": "ой",
    "uy": "уй",
    "a": "а",
    "b": "б",
    "c": "к",
    "d": "д",
    "e": "е",
    "f": "ф",
    "g": "г",
    "h": "х",
    "i": "и",
    "j": "й",
    "k": "к",
    "l": "л",
    "m": "м",
    "n": "н",
    "o": "о",
    "p": "п",
    "q": "к",
    "r": "р",
    "s": "с",
    "t": "т",
    "u": "у",
    "v": "в",
    "w": "в",
    "x": "кс",
    "y": "ы",
    "z": "з",
}
_SOUND = re.compile("|".join(_CYRILLIC_SOUND))


def normalise(text: str) -> str:
    """Folded words between single spaces, without punctuation."""
    return " ".join(_NOT_A_WORD.sub(" ", folded(text)).split())


def searched(text: str) -> str:
    """The words of a question, and of what questions are compared with: normalised, and letters that people type for
    each other are one."""
    return alike(normalise(text))


def ways_to_write(text: str) -> list[str]:
    """A text that is searched, as people write it: parts that an unseen sign joins also apart. Each as `searched`."""
    apart = [_PARTS_JOINED.sub(" ", text)] if "\u200c" in text else []
    return list(dict.fromkeys(map(searched, (text, *apart))))


def kept_for_search(text: str) -> str:
    """The words of a text that is searched, in every way to write them."""
    return " ".join(ways_to_write(text))


def asked_words(question: str) -> list[str] | None:
    """The words of a question; None for one of which nothing can be read: it is not the question for everything."""
    found = normalise(question).split()
    return found if found or not question.strip() else None


def swap_layout(text: str) -> str:
    """What the same keys give on the other keyboard: «ntcn yf dbx» → «тест на вич», «руз» → “hep”."""
    low = text.casefold()
    if _LATIN.search(low) or not _CYRILLIC.search(low):
        return low.translate(_TO_CYRILLIC_KEYS)
    return low.translate(_TO_LATIN_KEYS)


def has_keys_of_letters(text: str) -> bool:
    """Whether a text of Latin letters holds signs that stand on the keys of Cyrillic letters."""
    return bool(_SIGNS_OF_LETTERS.search(text) and not _CYRILLIC.search(text.casefold()))


def to_cyrillic(word: str) -> str:
    """A Russian word that was written in Latin letters by its sound: “gepatit” → «гепатит»."""
    return _SOUND.sub(lambda found: _CYRILLIC_SOUND[found[0]], word)


def is_mixed(word: str) -> bool:
    """Whether Latin and Cyrillic letters stand in one word."""
    return bool(_LATIN.search(word) and _CYRILLIC.search(word))


def variants(word: str) -> list[str]:
    """A normalised word and what it may have meant: look-alike letters, the other keyboard, Latin spelling."""
    if is_mixed(word):
        return [word, word.translate(_LOOK_ALIKE)]
    found = [word]
    # Keys that write signs there are no word there: «шжж» is not “i”. Nor was a word with other letters typed on them.
    if (other := swap_layout(word)).isalnum() and _ON_KEYS.issuperset(word):
        found.append(normalise(other))
    if _LATIN.search(word):
        found.append(to_cyrillic(word))
    return [form for form in dict.fromkeys(found) if form and " " not in form]
