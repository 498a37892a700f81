"""One folding of letters: for what is kept, for what is asked, and for what is compared as an identifier.

Rule: two texts that look alike on paper are the same text. Soft hyphens, zero-width signs and marks of direction are
seen by nobody, an apostrophe has a dozen shapes, one letter may come as two, a space as a no-break space.
"""

from __future__ import annotations

import re
import unicodedata

#: Invisible signs without a meaning of their own, halves of letters, control characters, and private signs, of which
#: `core.phrasing.marks` uses some.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u202a-\u202e"
    "\u2060-\u206f\u3164\ue000-\ue0ff\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff]"
)
#: Signs that a text may need (joiners of Persian and of emoji, marks of direction, shapes of signs), a name does not.
_JOINERS = re.compile("[\u061c\u180b-\u180d\u180f\u200c-\u200f\ufe00-\ufe0f\U000e0000-\U000e0fff]")
_LINE_ENDS = re.compile("\r\n|[\r\u000b\u000c\u0085\u2028\u2029]")
#: What keyboards, phones and word processors write for the apostrophe of «o‘zbek», «Кам’янець», “don't”.
_APOSTROPHES = re.compile(
    "['\u0060\u00b4\u02b9\u02bb-\u02bf\u02c8\u02ca\u02cb\u0374\u0384\u055a\u055b\u05f3\u07f4\u07f5\u1fbd\u1fbf\u1fef"
    "\u1ffd\u1ffe\u2018\u2019\u201b\u2032\u2035\ua78b\ua78c\uff07\uff40]"
)
APOSTROPHE = "'"

_MAY_HAVE_MARKS = re.compile(
    "[\u00c0-\u024f\u0300-\u036f\u0400\u040d\u0450\u045d\u0483-\u0487\u0591-\u06ff\u1dc0-\u1eff]"
)
#: Marks that say how a word is read; letters that need theirs (й, ї, ў) are letters of their own once composed.
_READING_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1dc0-\u1dff]"
)
_OTHER_DIGITS = re.compile(r"[^\D0-9]")
#: Letters that are written in two ways without a difference in sound.
_SAME_LETTERS = str.maketrans(
    {"ё": "е", "ѐ": "е", "ѝ": "и", "ł": "l", "ß": "ss", "ı": "i", "ي": "ی", "ى": "ی", "ك": "ک", "ـ": None}
)

#: Letters that people type for each other, because their keyboard lacks one of them or because both are written: Uzbek,
#: Tajik, Kazakh and Kyrgyz Cyrillic on a Russian keyboard, Ukrainian і, Azerbaijani ə, forms of alef, of the last h and
#: of hamza's seats in Arabic script. No letter of the Russian alphabet is among those that are read as others.
_TYPED_FOR = str.maketrans(
    dict(zip("ўқғҳҷӣӯәіңүұөһ", "окгхчиуаинууох", strict=True))
    | {"ə": "e", "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ی"}
)
#: Armenian «և» is written so in small letters alone: «Երևան», «ԵՐԵՎԱՆ».
_EV, _EV_IN_CAPITALS = "եւ", "եվ"


def visible(text: str) -> str:
    """The text as it is kept: composed, each line ending with a line feed, nothing in it that nobody sees."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)))


def bare(text: str) -> str:
    """Numbers, addresses and identifiers: one line, single spaces, one apostrophe, no joiners. Case is kept.

    What two systems mean by one identifier is equal after this, whatever was between its letters.
    """
    return " ".join(visible(_APOSTROPHES.sub(APOSTROPHE, _JOINERS.sub("", text))).split())


def folded(text: str) -> str:
    """For comparing words: as `bare`, in lower case, without apostrophes and accents, ё as е, digits as 0–9.

    Letters of other alphabets stay as they are: й is not и, and ї is not і.
    """
    plain = unicodedata.normalize("NFKC", bare(text).replace(APOSTROPHE, ""))
    plain = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", plain).casefold())
    return " ".join(_OTHER_DIGITS.sub(_digit, _without_marks(plain)).translate(_SAME_LETTERS).split())


def alike(words: str) -> str:
    """For searching, of folded words: letters that people type for each other are one. Not for identifiers."""
    return words.translate(_TYPED_FOR).replace(_EV_IN_CAPITALS, _EV)


def _without_marks(text: str) -> str:
    if not _MAY_HAVE_MARKS.search(text):
        return text
    latin = "".join(_latin_letters(unicodedata.normalize("NFD", text)))
    return _READING_MARKS.sub("", unicodedata.normalize("NFC", latin))


def _latin_letters(decomposed: str) -> list[str]:
    """The text without the marks that stand on Latin letters."""
    kept: list[str] = []
    for char in decomposed:
        if unicodedata.combining(char) and kept and "a" <= kept[-1] <= "z":
            continue
        kept.append(char)
    return kept


def _digit(found: re.Match[str]) -> str:
    return str(unicodedata.decimal(found[0]))
