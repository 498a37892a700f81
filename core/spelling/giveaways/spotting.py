"""Looking through one text. Rather too careful than too trusting: a second person says when a find is none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.spelling.giveaways import own, words


def _any(pieces: Iterable[str]) -> str:
    return "(?:" + "|".join(pieces) + ")"


_GONE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_APOSTROPHES = re.compile("['\u2019\u02bc`\u00b4\u02bb\u02b9\u2032\u2018]")
_DIGIT = r"(?:\d{1,4}(?:\s?[/\\-]\s?\d{1,4})?\s?[a-zа-я]?(?!\w)(?!\s?[:.]\d))"
_NOT_COUNTED = rf"(?!\s?{_any(words.COUNTED)})"
#: Three decimals that end in a nought are thousands of something.
_DEGREES = r"[-+\u2212]?\d{1,3}\s?[.,]\s?(?:\d{4,}|\d{2}[1-9])(?!\d)"
_SIDE = r"\s?[°o]?\s?(?:[nsewсювз](?![a-zа-я])|с\.?\s?ш\.?|ю\.?\s?ш\.?|в\.?\s?д\.?|з\.?\s?д\.?)?"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}")


#: Kind → patterns of folded text.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("link", re.compile(_any(words.MAP_LINKS))),
    ("link", re.compile(r"(?<!\w)geo:\s?-?\d")),
    (
        "coordinates",
        re.compile(rf"(?:(?<![\w.,])|(?<=[nsewсювз])){_DEGREES}{_SIDE}\s?[,;/|\s]\s?(?:[nsew]\s?)?{_DEGREES}(?!\d)"),
    ),
    (
        "coordinates",
        re.compile(
            r"\d{1,3}\s?(?:°|º|град\w*|deg\w*|grad\w*|degrés)\s?\d{1,2}([.,]\d+)?\s?(?:'|\u2032|мин\w*|min\w*|хв\w*)"
        ),
    ),
    ("coordinates", re.compile(r"\d{1,3}[.,]\d{3,}\s?°|°\s?\d{1,3}[.,]\d{3,}")),
    ("coordinates", _compiled(_any(words.DEGREES) + r"\W{0,3}[-+\u2212]?\d{1,3}\s?[.,]\s?\d{2,}")),
    ("coordinates", re.compile(r"(?<!\w)\d{1,2}[c-hj-np-x]\s?[a-hj-np-z]{2}\s?\d{4,5}\s?\d{4,5}(?!\w)")),
    ("plus code", re.compile(r"(?<!\w)[23456789cfghjmpqrvwx]{4,8}\+[23456789cfghjmpqrvwx]{2,3}(?!\w)")),
    ("three words", re.compile(r"///\s?\w+\.\w+\.\w+")),
    ("three words", re.compile(r"(?:what3words|w3w|три слова|три словa)\W{1,4}\w+[. ]\w+[. ]\w+")),
    ("street", _compiled(_any(words.ALWAYS_BEFORE) + r"(?:(?<=\.)\s?|\.\s?|\s)[«\"„]?\w[\w'-]*")),
    (
        "street",
        _compiled(
            _any(words.BEFORE_A_NAME)
            + rf"\s+[«\"„]?(?:[\w'-]+\s+){{0,2}}[\w'-]+[»\"]?,?\s+(?:no\.?\s?)?{_DIGIT}{_NOT_COUNTED}"
        ),
    ),
    (
        "street",
        _compiled(
            rf"\w[\w'-]+\s+{_any((*words.AFTER_A_NAME, *words.OF_A_NAME))},?\s+(?:no\.?\s?)?{_DIGIT}{_NOT_COUNTED}"
        ),
    ),
    ("street", _compiled(rf"{_DIGIT},?\s+(?:rue|avenue|boulevard|quai|place|impasse|chemin|allée|cours)\s+\w")),
    ("street", _compiled(words.GEORGIAN)),
    ("street", _compiled(words.GERMAN)),
    (
        "house",
        _compiled(
            _any(words.HOUSE)
            + r"\s?(?:nr\.?|no\.?|#|numéro|number)?\s?\d{1,4}(?:\s?[/\\-]\s?\d+)?\s?[a-zа-я]?"
            + rf"(?!\w)(?![:.]\d){_NOT_COUNTED}"
        ),
    ),
    ("house", _compiled(rf"(?:no\.?|#)\s?{_DIGIT}\s+(?:дом|будинок|house|haus)")),
    ("bell", _compiled(_any(words.PRESS) + r"\W{1,3}\d{1,4}[a-zа-я#*]?(?![\d\w:-])" + _NOT_COUNTED)),
    (
        "bell",
        _compiled(
            _any(words.ENTRY)
            + r"[^.!?\d\n]{0,24}?[#*]?\s?(?<!\d)"
            + r"(?:\d{1,4}[a-zа-я#*]{0,2}\d{0,4}[#*]?|[#*]\d{2,6}[#*]?|\d{5,6}[#*]?)(?![\d\w-])(?!\s\d)"
        ),
    ),
)
#: A name with a capital letter beside a word for a street. The name's letter is looked at in the text as it stands.
_NAMED_AFTER = _compiled(
    _any(words.BEFORE_A_NAME)
    + r"\s+[«\"„]?(?:(?:des|du|de|la|le|les|im\.|имени|им\.|святого|св\.)\s|d'|l'){0,3}(?P<name>\w[\w'-]*)"
)
_NAMED_BEFORE = _compiled(rf"(?P<name>\w[\w'-]*)\s+{_any(words.AFTER_A_NAME)}(?!\w)")
_NAMED_OF = _compiled(rf"(?P<name>\w[\w'-]*)\s+{_any(words.OF_A_NAME)}(?!\w)")
#: How the name of a street ends where it is an adjective.
_ADJECTIVE = re.compile(r"(?:ая|ой|ую|ый|ий|ого|ом|ым|им|яя|ей|юю|ої|ою|ій|ай|ага)$")
#: «Мельничная, 12», «Абая 7/3»: a name as streets have it, and a number.
_BARE = _compiled(
    r"(?P<name>\w+(?:[кнв](?:ая|ой|ую)|ого|ева|ова|ина|ська|ській|ної|ною|цька|ская|скай))[,]?\s+"
    r"(?P<number>\d{1,3}(?:\s?[/к]\s?\d{1,3})?\s?[а-г]?)(?!\w)(?![:.\u2013-]\s?\d)" + _NOT_COUNTED
)
_NO_NAMES = frozenset(
    {
        "The",
        "Our",
        "This",
        "That",
        "Your",
        "Any",
        "No",
        "On",
        "In",
        "At",
        "From",
        "Every",
        "Main",
        "Public",
        "Open",
        "Street",
        "Наша",
        "Эта",
        "На",
        "Der",
        "Die",
        "Das",
        "Auf",
        "La",
        "Le",
        "Les",
        "Un",
        "Una",
        "Pe",
        "Na",
        "Każda",
        "Наши",
        "Наш",
        "Вся",
    }
)
_ENDS = (".", "!", "?", ":", ";", "\u2014")
_ROUND_THE_CLOCK = re.compile(r"24\s?/\s?7")


@dataclass(frozen=True)
class Find:
    """One piece of a text that gives a door away, as it stands there, and what kind of piece it is."""

    kind: str
    text: str


def plain(text: str) -> str:
    """The text as it is looked through, letters as they stand: composed, one kind of space and apostrophe."""
    text = _GONE.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(_APOSTROPHES.sub("'", text).split())


def folded(text: str) -> str:
    """A plain text in small letters, as long as it was."""
    return "".join(low if len(low := char.lower()) == 1 else char for char in text).replace("ё", "е")


def spot(text: str, own_names: Iterable[str] = ()) -> list[Find]:
    """Everything in the text that gives a door away, each once. `own_names` are those of `own.names_of`."""
    said = plain(text)
    found = [*_by_pattern(said), *_by_name(said), *own.spoken_of(said, own_names)]
    return [Find(kind, piece) for kind, piece in dict.fromkeys(found)]


def _by_pattern(said: str) -> Iterator[tuple[str, str]]:
    low = folded(said)
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(low):
            yield kind, said[match.start() : match.end()].strip()


def _by_name(said: str) -> Iterator[tuple[str, str]]:
    low = folded(said)
    for pattern in (_NAMED_AFTER, _NAMED_BEFORE, _NAMED_OF):
        for match in pattern.finditer(low):
            name = said[match.start("name") : match.end("name")]
            is_name = name[:1].isupper() and name not in _NO_NAMES and not (name.isupper() and len(name) > 1)
            if is_name and (pattern is not _NAMED_BEFORE or _stands_as_a_name(said, match)):
                yield "street", said[match.start() : match.end()]
    for match in _BARE.finditer(low):
        name = said[match.start("name") : match.end("name")]
        if name[:1].isupper() and not _ROUND_THE_CLOCK.search(match["number"]):
            yield "street", said[match.start() : match.end()]


def _stands_as_a_name(said: str, match: re.Match[str]) -> bool:
    """Every first word of a sentence has a capital letter: there the name must be an adjective, or a pause follow."""
    before, after = said[: match.start()].rstrip(), said[match.end() :].lstrip()
    inside = bool(before) and not before.endswith(_ENDS)
    return inside or not after or after[0] in ",.;" or bool(_ADJECTIVE.search(match["name"]))
