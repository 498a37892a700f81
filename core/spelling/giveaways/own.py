"""The name of a place's own street, in whatever case and alphabet somebody writes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from core.spelling.giveaways import words
from core.spelling.text import normalise, to_cyrillic

_WORD = re.compile(r"[^\W\d_][\w'-]*")
#: A name shorter than this is only looked for as it is written.
_SHORTEST_STEM = 4
_LONGEST_ENDING = 4
_ENDINGS = re.compile(
    "(?:ими|ыми|ого|его|ому|ему|ая|яя|ой|ей|ую|юю|ый|ий|ые|ие|ых|их|ым|им|ій|ою|ої|ай|ам|ям|ами|ями|ах|ях|ом|ем|"
    "а|я|о|е|у|ю|ы|и|ь|ego|iej|ej|ą|a|y|i|u|lor|ului|ul|ei|ის|ი|ի|ու|ում)$"
)
_NEAR = frozenset(
    {
        "на",
        "по",
        "с",
        "со",
        "у",
        "угол",
        "около",
        "возле",
        "рядом",
        "напротив",
        "вдоль",
        "за",
        "перед",
        "вул",
        "ул",
        "вулиці",
        "вуліцы",
        "on",
        "at",
        "near",
        "in",
        "off",
        "opposite",
        "along",
        "przy",
        "obok",
        "pe",
        "lângă",
        "der",
        "am",
        "an",
    }
)
_STREET_WORD = re.compile(
    "(?:" + "|".join((*words.BEFORE_A_NAME, *words.ALWAYS_BEFORE, *words.AFTER_A_NAME, *words.HOUSE)) + ")"
)
_JOINING = frozenset({"имени", "им", "de", "la", "du", "des", "the", "von", "der", "den"})


def names_of(addresses: Iterable[str], known: Iterable[str] = ()) -> frozenset[str]:
    """Stems of the words that name a street in these addresses. Words of `known` (city, district) name no street."""
    said = {stem_of(word) for text in known for word in _WORD.findall(text)}
    found = {stem_of(word) for text in addresses for word in _WORD.findall(text) if _is_name(word)}
    return frozenset(found - said - {""})


def spoken_of(text: str, stems: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Words of a plain text that are a case of a name, where they stand as a name and not as an adjective."""
    wanted = set(stems)
    if not wanted:
        return
    found = list(_WORD.finditer(text))
    for number, match in enumerate(found):
        word = match.group()
        if any(_is_case_of(form, wanted) for form in _forms(word)) and _is_meant(text, found, number):
            yield "own street", word


def _forms(word: str) -> tuple[str, str]:
    form = normalise(word).replace(" ", "")
    return form, to_cyrillic(form)


def _is_case_of(form: str, stems: set[str]) -> bool:
    return any(form.startswith(stem) and len(form) - len(stem) <= _LONGEST_ENDING for stem in stems)


def _is_meant(text: str, found: list[re.Match[str]], number: int) -> bool:
    """With a capital letter inside a sentence, after "on" or "near", or before a number or a pause."""
    match = found[number]
    before = text[: match.start()].rstrip(' «"„(')
    begins = not before or before[-1] in ".!?:;\n—"
    if match.group()[0].isupper() and not begins:
        return True
    if (
        number
        and found[number - 1].group().lower() in _NEAR
        and text[found[number - 1].end() : match.start()].strip() == ""
    ):
        return True
    after = text[match.end() :].lstrip(' »"')
    return not after or after[0].isdigit() or (begins and after[0] in ",.")


def stem_of(word: str) -> str:
    """A word without the ending of its case; "" for what is too short to be told apart."""
    word = normalise(word).replace(" ", "")
    stem = _ENDINGS.sub("", word)
    return stem if len(stem) >= _SHORTEST_STEM else word if len(word) >= _SHORTEST_STEM else ""


def _is_name(word: str) -> bool:
    low = word.lower().replace("ё", "е")
    return low not in _JOINING and not _STREET_WORD.fullmatch(low) and not _STREET_WORD.fullmatch(f"{low}.")
