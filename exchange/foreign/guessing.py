"""What the columns of somebody else's list probably are, by their names and by what stands in them. Pure.

Rule: a guess is shown and can be changed; it decides nothing. A name that says it wins over values that look like it,
and a column that nothing speaks for is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from core.spelling.folding import folded
from exchange.foreign.targets import CODED, TARGETS, Target

#: How many rows are looked at, and how many different values of a column are matched one by one.
LOOKED_AT, MOST_VALUES = 300, 80
#: What devices and form services write about themselves.
_OF_MACHINES = re.compile(
    r"(_?(submission_time|submitted_by|validation_status|status|version|notes|tags|index|parent.*)_*"
    r"|__version__|start|end|today|deviceid|subscriberid|simserial|username|phonenumber|meta.*|formhub.*"
    r"|_?gps.*(altitude|precision)|_.*(altitude|precision)|gx_media_links|timestamp|отметка времени)",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SITE = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_PHONE = re.compile(r"(tel:?\s*)?[+(]?\d[\d\s()./-]{5,}\d(\s*[,;/]\s*[+(]?\d[\d\s()./-]{4,}\d)*", re.IGNORECASE)
_HOURS = re.compile(r"\d{1,2}[:.]\d{2}\s*[-–—]\s*\d{1,2}[:.]\d{2}")
_DEGREES = re.compile(r"-?\d{1,3}[.,]\d{3,}")
#: Under a name that says it; zeros at the end are not written by programs.
_SOME_DEGREES = re.compile(r"[-−+]?\d{1,3}([.,]\d+)?\s*°?")
_ADDRESS = re.compile(r"(^|\s)(ул\.?|улица|пр\.?|просп|пер\.?|street|st\.|str\.|ave)(\s|$)", re.IGNORECASE)
_PARTS = re.compile(r"[^\w№]+|_")
#: What Google Forms asks of whoever answers: their own address, which is nobody's contact.
_ANSWERED = re.compile(r"timestamp|отметка времени", re.IGNORECASE)
_WHO_ANSWERED = re.compile(r"адрес электронной почты|email address|имя пользователя", re.IGNORECASE)
#: Questions of a form speak to somebody.
_YOURS = re.compile(r"\b(ваш(а|е|и|у|ей|его|их|им|ими)?|your|our)\b ?")
_CALLED = re.compile(r"\b(как называ(ется|ются)|what is the name of|what is)\b")
#: Says that a column names something, and not what.
_NAME_OF = re.compile(r"(название|наименование|имя|name of( the)?|title of( the)?) ")
#: Layers of a map are kinds, or cities, or days: what stands in them decides.
_LAYERS = re.compile(r"folder|папка|слой|layer", re.IGNORECASE)
#: A column of names that is left over when the service has its own is the place's.
_NAMES = {"name", "название", "наименование", "title"}
#: What a table puts between several values of one cell, the surest first.
SEPARATORS = (";", "\n", ",", "|", "/", " ")
LEFT_OVER_POINTS = 10
#: Signs of the phrase that stands on a card.
PHRASE_LEAST, PHRASE_MOST = 40, 200
Words = Mapping[str, Mapping[str, Sequence[str]]]


def guess_columns(columns: Sequence[str], rows: Sequence[Mapping[str, str]], words: Words) -> dict[str, str]:
    """Column → code of its target. `words` are those of `targets.words_for` by target."""
    values = {column: [row[column] for row in rows[:LOOKED_AT] if row.get(column)] for column in columns}
    told = [
        (score, -place, column, target.code)
        for place, column in enumerate(columns)
        if values[column] and not _is_of_machines(column, columns)
        for target in TARGETS
        if (score := _score(target, column, values[column], words))
    ]
    found: dict[str, str] = {}
    many = {target.code for target in TARGETS if target.is_many}
    for _points, _place, column, code in sorted(told, key=lambda each: (-each[0], -each[1])):
        if column not in found and (code in many or code not in found.values()):
            found[column] = code
    described = [column for column, code in found.items() if code == "service.text"]
    if len(described) == 1 and "service.summary" not in found.values() and _are_phrases(values[described[0]]):
        found[described[0]] = "service.summary"
    return {column: found[column] for column in columns if column in found}


def guess_values(found: Iterable[str], known: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Value of the list → our code, where one is known by that word."""
    return {value: known[folded(value)][0] for value in found if folded(value) in known}


def separator_of(values: Sequence[str], known: Mapping[str, Sequence[str]]) -> str:
    """What stands between several values of a cell; "" where a cell is one value."""
    texts = [value for value in values if value]
    if not texts or all(folded(text) in known for text in texts):
        return ""
    best, most = "", sum(folded(text) in known for text in texts) / len(texts)
    for separator in SEPARATORS:
        pieces = [piece for text in texts for piece in pieces_of(text, separator)]
        share = sum(folded(piece) in known for piece in pieces) / max(len(pieces), 1)
        if len(pieces) > len(texts) and share > most:
            best, most = separator, share
    return best or next((one for one in (";", "\n") if any(one in text for text in texts)), "")


def values_of(rows: Iterable[Mapping[str, str]], columns: Sequence[str], separator: str) -> list[str]:
    """Different values of a coded column, the most frequent first."""
    counted: Counter[str] = Counter()
    for row in rows:
        for column in columns:
            counted.update(pieces_of(row.get(column, ""), separator))
    return [value for value, _count in counted.most_common()]


def pieces_of(text: str, separator: str) -> list[str]:
    parts = text.split(separator) if separator else [text]
    return [part.strip() for part in parts if part.strip()]


def _are_phrases(values: Sequence[str]) -> bool:
    """Whether each is one phrase, as the map needs it, and most say enough for somebody to check it."""
    long_enough = sum(len(value) >= PHRASE_LEAST for value in values)
    return 2 * long_enough > len(values) and all(len(value) <= PHRASE_MOST for value in values)


def _is_of_machines(column: str, columns: Sequence[str]) -> bool:
    """Whether a device or a form service says it of itself, or of whoever answers."""
    if _OF_MACHINES.fullmatch(_last(column).strip()):
        return True
    return bool(_WHO_ANSWERED.fullmatch(column.strip())) and any(_ANSWERED.fullmatch(one.strip()) for one in columns)


def _score(target: Target, column: str, values: Sequence[str], words: Words) -> int:
    """By the name up to 100, by the values up to 60; 0 is nothing."""
    named = _named(target, column)
    looks = _LOOKS.get(target.code)
    if looks is not None:
        share = sum(bool(looks(value)) for value in values) / len(values)
        if target.code in ("location.lat", "location.lon"):
            return named + 60 if named and share > 0.6 else 0
        return named + int(60 * share) if share > 0.6 or (named and share > 0.2) else named // 2
    if target.code in CODED:
        known = words.get(target.code, {})
        separator = separator_of(values, known)
        pieces = [piece for value in values for piece in pieces_of(value, separator)]
        share = sum(folded(piece) in known for piece in pieces) / max(len(pieces), 1)
        is_list = len(set(pieces)) <= max(8, len(pieces) // 2) and (share > 0 or not _LAYERS.fullmatch(column))
        return named + int(60 * share) if share > 0.3 or (named and is_list) else 0
    return named


def _named(target: Target, column: str) -> int:
    said = _CALLED.sub("название", " ".join(_PARTS.sub(" ", folded(_last(column))).split()))
    said = _YOURS.sub("", said).strip()
    of_what = _NAME_OF.match(said) if target.code != "service.title" else None
    if of_what:
        said = said[of_what.end() :]
    for place, word in enumerate(target.words):
        if said == word:
            return 100 - place
    for place, word in enumerate(target.words):
        if len(word) > 2 and said.startswith(word):
            return (95 if of_what else 80) - place
    within = next((50 - place for place, word in enumerate(target.words) if len(word) > 3 and f" {word}" in said), 0)
    return within or (LEFT_OVER_POINTS if target.code == "location.name" and said in _NAMES else 0)


def _last(column: str) -> str:
    """Form services write the groups of a question before it."""
    return column.rpartition("/")[2] or column


_LOOKS: dict[str, Callable[[str], object]] = {
    "contact.email": _EMAIL.search,
    "contact.form": _SITE.search,
    "contact.phone": lambda text: _PHONE.fullmatch(text.strip()) and not _DEGREES.fullmatch(text.strip()),
    "listing.hours": _HOURS.search,
    "location.lat": lambda text: _SOME_DEGREES.fullmatch(text.strip()),
    "location.lon": lambda text: _SOME_DEGREES.fullmatch(text.strip()),
    "location.address": _ADDRESS.search,
}
