"""The languages of the product, a row for each. Settings, content, answers, dates and plurals read them here.

A new language is a row here, a catalogue in `locale/` and its words in `fixtures/vocabulary/` (docs/languages.md).
Nothing else names a language or cuts a code: `fa-af` is not `fa`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from babel import Locale
from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from tools.local.network_file import current

State = Literal["on", "preview", "off", "trial"]


@dataclass(frozen=True, slots=True)
class Language:
    """One language.

    `code` stands in addresses, content and catalogues, `tag` (BCP 47) in `lang=`; `name` is its name in itself.
    `locale` is CLDR's identifier for Babel. Texts that it lacks are read in `fallback`, then in that one's fallback.

    What is "on" is for everybody, and texts of records are written in it. A "preview" is read by members, and by the
    public where an administrator says so (PREVIEWS_FOR_ALL). What is "off" is offered to nobody; a "trial" is made of
    English by `servicemap.tongues.translations`, for tests alone. `derived_from`: the language that this one is a
    script of.

    `year_mark` is what CLDR says after a year and the network does not. `beside` is the label of this language's text
    beside the source's. `script` is what its names are written in. `first_day` of a week: 0 is Monday. `digits` is
    CLDR's name of its figures: Latin everywhere, so that a phone may be dialled by looking. `lowers`: whether a name
    may begin with a small letter in the middle of a sentence, by the rules of Unicode alone.
    """

    code: str
    tag: str
    name: str
    locale: str
    fallback: str
    direction: Literal["ltr", "rtl"] = "ltr"
    state: State = "on"
    year_mark: str = ""
    beside: str = "%(field)s"
    script: Literal["Latn", "Cyrl", "Geor", "Armn", "Arab"] = "Latn"
    first_day: int = 0
    digits: str = "latn"
    lowers: bool = False
    derived_from: str = ""


def _row(code: str, tag: str, name: str, **more: Any) -> Language:
    """A language that is declared, and off until its row says more."""
    return Language(code, tag, name, **{"locale": tag.replace("-", "_"), "state": "off", **more})


_ROWS = (
    Language(
        "ru",
        "ru",
        "Русский",
        locale="ru",
        fallback="en",
        year_mark="г.",
        beside=_("%(field)s, Russian"),
        script="Cyrl",
        lowers=True,
    ),
    # CLDR's English of the Emirates: the day before the month as in London, but “Sep”, where London says “Sept”.
    Language("en", "en", "English", locale="en_AE", fallback="ru", beside=_("%(field)s, English"), lowers=True),
    _row("uk", "uk", "Українська", fallback="ru", state="preview", year_mark="р.", script="Cyrl", lowers=True),
    _row("uz", "uz", "Oʻzbekcha", fallback="ru", state="preview", lowers=True),
    _row("tg", "tg", "Тоҷикӣ", fallback="ru", state="preview", script="Cyrl", lowers=True),
    _row("ky", "ky", "Кыргызча", fallback="ru", state="preview", script="Cyrl", lowers=True),
    _row("kk", "kk", "Қазақша", fallback="ru", state="preview", script="Cyrl", lowers=True),
    _row("az", "az", "Azərbaycanca", fallback="ru"),
    _row("hy", "hy", "Հայերեն", fallback="ru", script="Armn"),
    _row("ka", "ka", "ქართული", fallback="ru", state="preview", script="Geor"),
    _row("ro", "ro", "Română", fallback="en"),
    _row("pl", "pl", "Polski", fallback="en"),
    _row("de", "de", "Deutsch", fallback="en"),
    _row("fr", "fr", "Français", fallback="en"),
    _row("fa-af", "fa-AF", "دری", fallback="en", state="preview", direction="rtl", script="Arab", first_day=5),
    _row("ar", "ar", "العربية", fallback="en", direction="rtl", script="Arab"),
    # Next in line: their readers are reached by Russian or English more often than those above.
    _row("be", "be", "Беларуская", fallback="ru", year_mark="г.", script="Cyrl", lowers=True),
    _row("et", "et", "Eesti", fallback="en"),
    _row("tr", "tr", "Türkçe", fallback="en"),
    _row("ps", "ps", "پښتو", fallback="fa-af", direction="rtl", script="Arab", first_day=5),
    # Another script of Uzbek: its words are made of those in Latin letters and are not translated anew.
    _row("uz-cyrl", "uz-Cyrl", "Ўзбекча", fallback="uz", script="Cyrl", derived_from="uz"),
    _row("en-xa", "en-XA", "[Ëñĝļîšĥ ···]", fallback="en", state="trial", locale="en_AE"),
    _row("ar-xb", "ar-XB", "\u202ehsilgnE\u202c", fallback="en", state="trial", locale="ar", direction="rtl"),
)
#: What the network's file says: texts in it stand in the columns themselves, translations beside them.
SOURCE = current().source
#: The first one is the source.
LANGUAGES = tuple(sorted(_ROWS, key=lambda row: row.code != SOURCE))
#: What the messages of the code are written in: a catalogue of it has nothing to say.
MESSAGES = "en"
#: Whose catalogue has every message, whatever the source of a network is; the others are begun from it.
WHOLE = "ru"
_BY_CODE = {language.code: language for language in LANGUAGES}
#: What others call our languages: Dari has a code of its own, and browsers say Persian without a country.
ALIASES = {"prs": "fa-af", "fa": "fa-af", "mo": "ro"}


def in_state(rows: Sequence[Language], *states: State) -> tuple[str, ...]:
    return tuple(language.code for language in rows if language.state in states)


_CODES = in_state(LANGUAGES, "on")


def codes() -> tuple[str, ...]:
    """The codes of the languages that are on, the source first: texts are written in these."""
    return _CODES


def offered() -> list[tuple[str, str]]:
    """(code, its name in itself) of the languages that are on, for forms."""
    return [(code, by_code(code).name) for code in _CODES]


def spoken() -> tuple[str, ...]:
    """The codes of the languages that pages may speak, previews among them."""
    return tuple(dict(settings.LANGUAGES))


def for_all() -> tuple[str, ...]:
    """The codes of the languages that the public's pages speak: those that are on, and previews that were opened."""
    return tuple(code for code in spoken() if code in _CODES or code in settings.PREVIEWS_FOR_ALL)


def opened(given: Iterable[str]) -> tuple[str, ...]:
    """The previews that an administrator names; ValueError for anything else, which would open nothing unseen."""
    named, previews = tuple(code.strip() for code in given if code.strip()), in_state(LANGUAGES, "preview")
    if strange := [code for code in named if code not in previews]:
        raise ValueError(f"PREVIEWS_FOR_ALL names {', '.join(strange)}; previews are: {', '.join(previews)}")
    return named


def is_preview(code: str) -> bool:
    """Whether the words of this language were not all checked by people who speak it."""
    return by_code(code).state != "on"


def by_code(code: str) -> Language:
    """The row of a code; KeyError for a language that is not ours."""
    return _BY_CODE[code]


def by_tag(tag: str) -> Language:
    """The row of a BCP 47 tag; KeyError for a language that is not ours."""
    return {language.tag: language for language in LANGUAGES}[tag]


def right_to_left() -> list[str]:
    """Base codes of the languages that are written so, as the framework looks them up."""
    return list(dict.fromkeys(row.code.partition("-")[0] for row in LANGUAGES if row.direction == "rtl"))


def known(tag: str | None) -> str:
    """Our code for a language tag, as a browser or a framework says it; the source for what is not ours."""
    return best_of(tag or "", _CODES) or SOURCE


def best_of(tag: str, offered: Sequence[str]) -> str:
    """The code among `offered` that says most of the tag (`fa-af-x` → `fa-af`, else `fa`, or what that is called
    here); "" for none."""
    parts = tag.lower().replace("_", "-").split("-")
    wider = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
    named = (name for code in wider for name in (code, ALIASES.get(code, "")))
    return next((code for code in named if code in offered), "")


def active() -> str:
    """The code of the language that this page speaks."""
    tag = get_language()
    return tag if tag in _BY_CODE else known(tag)


def of_everybody(code: str) -> str:
    """The language of a page for everybody where this one was asked for: a preview that is not open to the public is
    read in its fallback."""
    return next(found for found in preferred(code) if found in for_all())


def writing(code: str = "") -> str:
    """The language to write in where the page speaks this one (the active one, unless given): letters and texts of
    records are in languages that are on."""
    return next(found for found in preferred(code or active()) if found in _CODES)


def fallbacks(code: str) -> tuple[str, ...]:
    """The languages to read in where a text is missing in this one, the best first."""
    return preferred(code)[1:]


@cache
def preferred(code: str) -> tuple[str, ...]:
    """The language itself, then its fallbacks."""
    return chain(code if code in _BY_CODE else known(code), _BY_CODE)


def chain(code: str, rows: dict[str, Language]) -> tuple[str, ...]:
    """From fallback to fallback until one comes again; the source ends every chain."""
    found = [code]
    while (following := rows[found[-1]].fallback) in rows and following not in found:
        found.append(following)
    return tuple(dict.fromkeys([*found, SOURCE]))


@cache
def babel_locale(code: str) -> Locale:
    return Locale.parse(by_code(code).locale)


@cache
def language_name(code: str, language: str) -> str:
    """What CLDR calls a language (a code of ours or ISO's) in `language`; "" for one that it does not name there."""
    named = babel_locale(language).languages
    row = _BY_CODE.get(ALIASES.get(code, code))
    return str(named.get(code) or (named.get(row.locale) if row else "") or "")


def column(name: str, code: str) -> str:
    """Where the text `name` stands in this language: `title` in the source, `title_en` in English."""
    return name if code == SOURCE else f"{name}_{code.replace('-', '_')}"


#: The language of the text beside the source's: English, and Russian where English is the source.
BESIDE = _CODES[1]
#: By which a form names that text, whatever its language is.
_BESIDE = "_en"


def stored(name: str) -> str:
    """The column of a field of a form: `title_en` is the text beside, so `title_ru` where English is the source."""
    base = name.removesuffix(_BESIDE)
    return column(base, BESIDE) if base != name else name


def shown(column_name: str) -> str:
    """The field of a form that shows this column; the other way round."""
    base, language = split_column(column_name)
    return f"{base}{_BESIDE}" if base != column_name and language == BESIDE else column_name


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
