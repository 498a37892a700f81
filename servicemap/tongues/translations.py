"""What a page says where its language has no words: those of the language's own fallback, not of the source for all.

The framework falls back to LANGUAGE_CODE from everywhere, so that a Polish page would speak Russian.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import Any, cast

from django.utils.translation import trans_real
from django.utils.translation.trans_real import CONTEXT_SEPARATOR, DjangoTranslation

from core.languages import LANGUAGES, MESSAGES, WHOLE, babel_locale, fallbacks
from core.phrasing.marks import mark
from core.phrasing.own_words import said
from core.phrasing.plurals import catalogue_rule
from tools.local.network_file import current

#: What people wrote over the catalogues, by language (`servicemap.tongues.wording`).
_over: dict[str, Mapping[str, Sequence[str]]] = {}
_NOTHING: Mapping[str, Sequence[str]] = {}
_ROWS = {row.code: row for row in LANGUAGES}
#: What a message holds beside words: places for values, elements, entities.
_HELD = re.compile(r"(%\(\w+\)[-#0 +.\d]*[a-z]|%[a-z%]|\{\w*\}|<[^>]+>|&\w+;)")
_WORD = re.compile(r"[^\W\d_]+")
_ACCENTED = str.maketrans("aceginosuyzACEGINOSUYZ", "àçéĝîñöšûýžÀÇÉĜÎÑÖŠÛÝŽ")


class SpokenTranslation(DjangoTranslation):
    """The words of one language, then of its fallbacks."""

    _catalog: Any
    _fallback: Any

    def gettext(self, message: str) -> str:
        """As the network or people wrote it, else as the catalogue says, else in a fallback."""
        if (own := current().words.get(message)) is not None and (words := said(own, self.language())):
            return words
        told = _over.get(self.language(), _NOTHING).get(message)
        if told is None:
            return str(super().gettext(message))
        return told[0] if told else str(self._fallback.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        told = _over.get(self.language(), _NOTHING).get(msgid1)
        if told is None:
            return str(super().ngettext(msgid1, msgid2, n))
        return told[_form(self.language(), n, told)] if told else str(self._fallback.ngettext(msgid1, msgid2, n))

    def _add_fallback(self, localedirs: Sequence[str] | None = None) -> None:
        row = _ROWS.get(self.language())
        if row is None:
            super()._add_fallback(localedirs)  # type: ignore[misc]  # the stubs do not know it, nor what it sets
        elif row.state == "trial":
            self._catalog = None
            self._fallback = Trial(row.code)
        elif row.code not in (WHOLE, MESSAGES):
            self._fallback = Fallbacks(row.code)


class Fallbacks(gettext.NullTranslations):
    """Asked for what a language does not know; marks what it answers with."""

    #: The framework writes whole catalogues out for scripts of its own: nothing is borrowed there.
    _catalog: Mapping[str, str] = {}

    def __init__(self, code: str) -> None:
        super().__init__()
        self._order = fallbacks(code)

    def gettext(self, message: str) -> str:
        for code in self._order:
            if code == MESSAGES:
                break
            told = _over.get(code, _NOTHING).get(message)
            found = _catalogue(code).get(message) if told is None else told and told[0]
            if found:
                return mark(str(found), code)
        return mark(_plain(message), MESSAGES)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        for code in self._order:
            if code == MESSAGES:
                break
            told = _over.get(code, _NOTHING).get(msgid1)
            if told:
                return mark(told[_form(code, n, told)], code)
            if told is None:
                with suppress(KeyError):
                    return mark(_catalogue(code).plural(msgid1, n), code)
        return mark(_plain(msgid1 if n == 1 else msgid2), MESSAGES)


class Trial(gettext.NullTranslations):
    """A language made of English, for tests: en-XA is longer and accented, ar-XB runs from right to left."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self._say = mirrored if _ROWS[code].direction == "rtl" else stretched

    def gettext(self, message: str) -> str:
        return self._say(_plain(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._say(_plain(msgid1 if n == 1 else msgid2))


def stretched(message: str) -> str:
    """“[Sérvîçé màp ····]”: as long as the longest translations are, nearly twice the English."""
    parts = _HELD.split(message)
    said = "".join(part if number % 2 else part.translate(_ACCENTED) for number, part in enumerate(parts))
    length = sum(len(part) for part in parts[::2])
    return f"[{said}{' ·' * (int(length * 0.8) // 2)}]" if length else said


def mirrored(message: str) -> str:
    """Each word as a word of Arabic script would run."""
    parts = _HELD.split(message)
    return "".join(part if number % 2 else _WORD.sub("\u202e\\g<0>\u202c", part) for number, part in enumerate(parts))


def lay_over(code: str, words: Mapping[str, Sequence[str]]) -> None:
    """message → its forms: these are said instead of the catalogue's; without a form, the fallback's are."""
    _over[code] = words


def russian_of(message: str) -> list[str]:
    """What the Russian catalogue says of the message, all its forms; nothing where it does not know it."""
    known, found = _catalogue(WHOLE), []
    if (only := known.get(message)) is not None:
        return [str(only)]
    while (form := known.get((message, len(found)))) is not None:
        found.append(str(form))
    return found


@cache
def _rule(code: str) -> Callable[[int], int]:
    return cast(Callable[[int], int], gettext.c2py(catalogue_rule(babel_locale(code))[1]))  # type: ignore[attr-defined]


def _form(code: str, n: int, forms: Sequence[str]) -> int:
    return min(_rule(code)(n), len(forms) - 1)


def _catalogue(code: str) -> Any:
    """What this language itself has words for."""
    return cast(SpokenTranslation, trans_real.translation(code))._catalog


def _plain(message: str) -> str:
    """A message without the context that stands before it in a catalogue."""
    return str(message).rpartition(CONTEXT_SEPARATOR)[2]


def install() -> None:
    """The framework makes translations of this class from now on."""
    trans_real.DjangoTranslation = SpokenTranslation  # type: ignore[misc]  # it makes no other objects than of this name
    trans_real._translations.clear()  # type: ignore[attr-defined]  # those that it made before
