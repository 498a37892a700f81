"""The languages of the product, a row for each. Settings, content, answers, dates and plurals read them here.

A new language is a row here, a catalogue in `locale/` and its words in `fixtures/vocabulary/`. Nothing else names a
language or cuts a code: `fa-af` is not `fa`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from babel import Locale
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Language:
    """One language.

    `code` stands in addresses, content and catalogues, `tag` (BCP 47) in `lang=`; `name` is its name in itself.
    `locale` is CLDR's identifier for Babel. Texts that it lacks are read in `fallback`, then in that one's fallback.
    A row that is "off" is offered to nobody. `year_mark` is what CLDR says after a year and the network does not.
    `beside` is the label of this language's text beside the source's. `script` is what its names are written in.
    """

    code: str
    tag: str
    name: str
    locale: str
    fallback: str
    direction: Literal["ltr", "rtl"] = "ltr"
    state: Literal["on", "off"] = "on"
    year_mark: str = ""
    beside: str = "%(field)s"
    script: Literal["Latn", "Cyrl"] = "Latn"


#: The first one is the source: its texts stand in the columns themselves, translations beside them.
LANGUAGES = (
    Language("ru", "ru", "Русский", locale="ru", fallback="en", year_mark="г.", script="Cyrl"),
    # CLDR's English of the Emirates: the day before the month as in London, but “Sep”, where London says “Sept”.
    Language("en", "en", "English", locale="en_AE", fallback="ru", beside=_("%(field)s, English")),
)
SOURCE = LANGUAGES[0].code
_BY_CODE = {language.code: language for language in LANGUAGES}


def switched_on(rows: Sequence[Language]) -> tuple[str, ...]:
    return tuple(language.code for language in rows if language.state == "on")


_CODES = switched_on(LANGUAGES)


def codes() -> tuple[str, ...]:
    """The codes of the languages that are on, the source first."""
    return _CODES


def by_code(code: str) -> Language:
    """The row of a code; KeyError for a language that is not ours."""
    return _BY_CODE[code]


def by_tag(tag: str) -> Language:
    """The row of a BCP 47 tag; KeyError for a language that is not ours."""
    return {language.tag: language for language in LANGUAGES}[tag]


def right_to_left() -> list[str]:
    """Base codes of the languages that are written so, as the framework looks them up."""
    return [code.partition("-")[0] for code in _CODES if by_code(code).direction == "rtl"]


def known(tag: str | None) -> str:
    """Our code for a language tag, as a browser or a framework says it; the source for what is not ours."""
    return best_of(tag or "", _CODES) or SOURCE


def best_of(tag: str, offered: Sequence[str]) -> str:
    """The code among `offered` that says most of the tag (`fa-af-x` → `fa-af`, else `fa`); "" for none."""
    parts = tag.lower().replace("_", "-").split("-")
    wider = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((code for code in wider if code in offered), "")


def active() -> str:
    """The code of the language that this page speaks."""
    tag = get_language()
    return tag if tag in _BY_CODE else known(tag)


def fallbacks(code: str) -> tuple[str, ...]:
    """The languages to read in where a text is missing in this one, the best first."""
    return preferred(code)[1:]


@cache
def preferred(code: str) -> tuple[str, ...]:
    """The language itself, then its fallbacks."""
    return chain(known(code), _BY_CODE)


def chain(code: str, rows: dict[str, Language]) -> tuple[str, ...]:
    """From fallback to fallback until one comes again; the source ends every chain."""
    found = [code]
    while (following := rows[found[-1]].fallback) in rows and following not in found:
        found.append(following)
    return tuple(dict.fromkeys([*found, SOURCE]))


@cache
def babel_locale(code: str) -> Locale:
    return Locale.parse(by_code(code).locale)


def column(name: str, code: str) -> str:
    """Where the text `name` stands in this language: `title` in the source, `title_en` in English."""
    return name if code == SOURCE else f"{name}_{code.replace('-', '_')}"


def columns(name: str) -> list[tuple[str, str]]:
    """(column, code) of the text in every language."""
    return [(column(name, code), code) for code in _CODES]


def column_names(*names: str) -> list[str]:
    """The columns of these texts in every language: `title`, `title_en`, `summary`, `summary_en`."""
    return [column(name, code) for name in names for code in _CODES]


def split_column(column_name: str) -> tuple[str, str]:
    """The text and the language of a column: `title_en` → (`title`, `en`), `title` → (`title`, the source)."""
    found = _TRANSLATED.fullmatch(column_name)
    return (found[1], found[2].replace("_", "-")) if found else (column_name, SOURCE)


_TRANSLATED = re.compile(f"(.+)_({'|'.join(code.replace('-', '_') for code in _CODES if code != SOURCE)})")


def labelled(label: str, code: str) -> str:
    """The label of a field as it stands at its text in this language."""
    return label if code == SOURCE else gettext(by_code(code).beside) % {"field": label}
