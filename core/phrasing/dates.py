"""Days and times in the words of the page's language, in the order that CLDR gives for it.

A shape is named by a skeleton of CLDR (“yMMMd”: year, short month, day), never by a pattern, so that Kazakh gets its
«2026 ж. 12 қараша» unasked. Where the network says a date otherwise than CLDR, its row in `core.languages` tells.
Aware instants are shown in the zone that they carry.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from babel import Locale
from babel.dates import parse_pattern
from django.utils.formats import date_format

from core.languages import active, babel_locale, by_code
from core.phrasing.direction import left_to_right

#: A short month with the dot of its abbreviation.
_SHORT_MONTH = re.compile(r"(?<![ML])([ML])\1\1(?!\1)\.?")
#: Day, month and year as numbers between dots: nobody reads the month first.
_PLAIN_NUMBERS = re.compile(r"d{1,2}\.M{1,2}\.y+")
_QUOTED = re.compile("'[^']*'")
#: CLDR puts narrow spaces around a dash; the rest of the product writes plain ones.
_NARROW = str.maketrans("\u2009\u202f", "  ")


def day_in_words(day: dt.date) -> str:
    """“12 November 2026”."""
    return _say(day, _long(active()))


def days_in_words(first: dt.date, last: dt.date) -> str:
    """From one day to another, both included, without saying the month or the year twice: “12–14 November 2026”."""
    if first == last:
        return day_in_words(first)
    largest = next(field for field, name in (("y", "year"), ("M", "month"), ("d", "day"))
                   if getattr(first, name) != getattr(last, name))  # fmt: skip
    before, after = _interval(active(), largest)
    return _say(first, before) + _say(last, after)


def full_days_in_words(first: dt.date, last: dt.date) -> str:
    """The same with both days in full, for lists in which every line should be read alone."""
    if first == last:
        return day_in_words(first)
    between = str(babel_locale(active()).interval_formats[None]).translate(_NARROW)
    return between.format(day_in_words(first), day_in_words(last))


def day_and_month(day: dt.date) -> str:
    """“12 November”."""
    return _say(day, _skeleton(active(), "MMMMd"))


def short_day(day: dt.date) -> str:
    """«12.11.2026» where days stand between dots, else “12 Nov 2026”: nobody has to guess which number is the month."""
    return _say(day, _short(active()))


def month_in_words(month: dt.date) -> str:
    """“November 2026”, with a capital letter, as above a table."""
    said = _say(month, _skeleton(active(), "yMMMM"))
    return said[:1].title() + said[1:]


def month_in_a_column(month: dt.date) -> str:
    """“Nov 26”: three letters of Django's catalogue, as CLDR's «сент.» is wider than a column of twelve months has."""
    return str(date_format(month, "M y"))


def moment_in_words(at: dt.datetime) -> str:
    """“12 November 2026, 14:05”."""
    code = active()
    time = _say(at, _skeleton(code, "Hm"))
    return str(babel_locale(code).datetime_formats["medium"]).format(time, day_in_words(at))


def zone_in_words(name: str) -> str:
    """The city by whose clock a zone of the tz database goes, as CLDR names it: «Тбилиси» for Asia/Tbilisi."""
    told = babel_locale(active()).time_zones.get(name, {}).get("city")
    return str(told or name.rpartition("/")[2].replace("_", " "))


def time_range(opens: str, closes: str) -> str:
    """“09:00–18:00”, with the sign or word that the language puts between. Times are texts: a night ends at 26:00.

    Around a sign they run from left to right in every script, around a word as the words do.
    """
    between = _between_times(active())
    said = f"{opens}{between}{closes}"
    return said if between.strip().isalpha() else left_to_right(said)


def _say(day: dt.date, pattern: str) -> str:
    return str(parse_pattern(pattern).apply(day, babel_locale(active())))


@cache
def _long(code: str) -> str:
    """CLDR has no skeleton yMMMMd for most languages: its long date is that shape."""
    return _unmarked(code, babel_locale(code).date_formats["long"].pattern)


@cache
def _short(code: str) -> str:
    numbers = _skeleton(code, "yMd")
    return numbers if _PLAIN_NUMBERS.fullmatch(numbers) else _skeleton(code, "yMMMd")


@cache
def _skeleton(code: str, skeleton: str) -> str:
    """Where CLDR has none for the region, it answers with its root's, month first: the language's own is asked then, so
    that Dari says its day before its own months, as in its long date."""
    locale = babel_locale(code)
    pattern = locale.datetime_skeletons[skeleton].pattern
    if not _in_order(code, pattern) and locale.territory:
        pattern = Locale(locale.language).datetime_skeletons[skeleton].pattern
    return _unmarked(code, pattern)


def _in_order(code: str, pattern: str) -> bool:
    """Whether day and month stand in it as in the language's long date; one of them alone stands anyhow."""
    held = _day_and_month(pattern)
    return len(held) < 2 or held == _day_and_month(babel_locale(code).date_formats["long"].pattern)


def _day_and_month(pattern: str) -> str:
    plain = _QUOTED.sub("", pattern).replace("L", "M")
    return "".join(dict.fromkeys(sign for sign in plain if sign in "dM"))


@cache
def _interval(code: str, largest: str) -> tuple[str, str]:
    """Patterns of both ends of a range whose days differ in `largest`: y, M or d."""
    formats = babel_locale(code).interval_formats
    long = formats.get("yMMMMd", {}).get(largest)
    if not long and not _in_order(code, "".join(formats["yMMMd"][largest])):  # CLDR's root: both days in full
        between = str(formats[None]).translate(_NARROW)
        return _long(code) + between.format("", ""), _long(code)
    before, after = long or [_SHORT_MONTH.sub(r"\1\1\1\1", part) for part in formats["yMMMd"][largest]]
    if largest == "d":
        before = before.replace("\u2009", "")  # between two numbers the dash stands alone
    return _unmarked(code, before), _unmarked(code, after)


@cache
def _between_times(code: str) -> str:
    before, _after = babel_locale(code).interval_formats["Hm"]["H"]
    return re.sub(r"^H+\W?m+", "", before).replace("\u2009", "")


def _unmarked(code: str, pattern: str) -> str:
    """The pattern with plain spaces, and without the word after the year that the network leaves out («2026 г.»)."""
    pattern = pattern.translate(_NARROW)
    mark = by_code(code).year_mark
    return pattern.replace(f" '{mark[:-1]}'{mark[-1]}", "").replace(f" {mark}", "") if mark else pattern
