"""What a cell says, as a value of ours: the way back of `exchange.books.sheets.columns`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from core.types import Json
from core.writing import clean_text
from exchange.books.sheets.columns import BETWEEN, BookColumn, words_of
from exchange.importing.translating.fields import model_field, read_one
from exchange.importing.translating.hours import read_periods
from organizations.models import Contact, ContactAudience
from services.models import Welcome

#: What people write into the cell of a day on which nobody is there.
CLOSED = frozenset({"-", "–", "—", "нет", "выходной", "закрыто", "closed", "no", "day off"})

#: So many words of a list are named, first those that are at least so like the one that stands there (difflib).
SHOWN, LIKE = 4, 0.5

Texts = dict[str, str]


class Cells:
    """The words of the vocabulary are read once for a file; they are those of the active language."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], dict[str, str]] = {}

    def value(self, sheet: str, column: BookColumn, text: str) -> Any:
        """ValidationError says what to write instead."""
        field = Contact._meta.get_field("audience") if column.code == "audience" else model_field(sheet, column.code)
        if column.code == "groups":
            return dict(self._group(sheet, piece) for piece in _pieces(text))
        if column.is_several:
            return [self._code(sheet, column, piece) for piece in _pieces(text)]
        if not text:
            return field.get_default() if isinstance(field, models.Field) else ""
        if isinstance(field, models.BooleanField):
            return self._code(sheet, column, text) == "True"
        if column.choices:
            return self._code(sheet, column, text)
        if isinstance(field, models.DateField | models.IntegerField):
            return read_one(field, text)
        return clean_text(text, lines=isinstance(field, models.TextField))

    def _group(self, sheet: str, piece: str) -> tuple[str, str]:
        """“Name: how it is welcomed”; a name may have a colon of its own."""
        known = self._words(sheet, "groups")
        hows = {str(label).casefold(): str(value) for value, label in Welcome.choices}
        name, _colon, how = piece.rpartition(":")
        if _fold(how) in hows and _fold(name) in known:
            return known[_fold(name)], hows[_fold(how)]
        if _fold(piece) in known:
            return known[_fold(piece)], Welcome.ALL.value
        raise _no_word(piece, list(words_of(sheet, "groups").values()))

    def _code(self, sheet: str, column: BookColumn, text: str) -> str:
        known = self._words(sheet, column.code)
        if not known:
            return clean_text(text)
        if code := known.get(_fold(text)):
            return code
        raise _no_word(text, column.choices)

    def _words(self, sheet: str, code: str) -> dict[str, str]:
        """Codes by their words, and by themselves: what was retired left as its code."""
        if (sheet, code) not in self._known:
            if code == "audience":
                words = {str(value): str(label) for value, label in ContactAudience.choices}
            else:
                words = dict(words_of(sheet, code))
            self._known[sheet, code] = {key.casefold(): key for key in words} | {
                _fold(word): key for key, word in words.items()
            }
        return self._known[sheet, code]


def _no_word(text: str, words: Sequence[str]) -> ValidationError:
    """What to write instead: the words that look most like this one come first."""
    by_fold = {_fold(word): word for word in words}
    near = [by_fold[fold] for fold in difflib.get_close_matches(_fold(text), by_fold, SHOWN, LIKE)]
    shown = [*near, *(word for word in words if word not in near)][:SHOWN]
    some = BETWEEN.join(shown) + (" …" if len(words) > SHOWN else "")
    message = _("“%(value)s” is none of the words of the list. Choose from it: %(words)s")
    return ValidationError(message % {"value": text, "words": some})


def hours_of(texts: Texts, now: dict[str, Json]) -> dict[str, Any]:
    """The week of a row; special dates, holidays and the note stay. ValidationError names the column as its code."""
    slots: dict[tuple[str, str], list[int]] = {}
    for day in range(7):
        text = texts.get(f"hours_{day}", "")
        text = "" if _fold(text) in CLOSED else text
        found = read_periods(text)
        if text and not found:
            message = _("Write times like 09:00–13:00, 14:00–18:00, or leave the cell empty.")
            raise ValidationError({f"hours_{day}": message})
        for pair in found:
            slots.setdefault(pair, []).append(day)
    hours: dict[str, Any] = {**now}
    hours["slots"] = [{"days": days, "opens": opens, "closes": closes} for (opens, closes), days in slots.items()]
    for name in ("always", "by_appointment"):
        hours[name] = _is_yes(f"hours_{name}", texts.get(f"hours_{name}", ""))
    return hours


def _is_yes(code: str, text: str) -> bool:
    if text and _fold(text) not in (_fold(_("yes")), _fold(_("no"))):
        raise ValidationError({code: _("Write “yes” or leave the cell empty.")})
    return _fold(text) == _fold(_("yes"))


def point_of(texts: Texts) -> list[float] | None:
    """Longitude and latitude; None where both cells are empty."""
    found = []
    for code, most in (("lon", 180), ("lat", 90)):
        text = texts.get(code, "").replace(",", ".")
        if not text:
            continue
        if not re.fullmatch(r"-?\d{1,3}(\.\d{1,15})?", text) or abs(float(text)) > most:
            raise ValidationError({code: _("Write degrees with a point, like 41.715137.")})
        found.append(float(text))
    if len(found) == 1:
        raise ValidationError({"lat": _("Latitude and longitude go together.")})
    return found or None


def _pieces(text: str) -> list[str]:
    return list(dict.fromkeys(piece.strip() for piece in text.split(BETWEEN.strip()) if piece.strip()))


def _fold(text: str) -> str:
    return " ".join(str(text).split()).casefold()
