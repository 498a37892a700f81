"""Dates: Russian and English to the letter as the network writes them, the others as CLDR gives them."""

import datetime as dt

import pytest
from django.template import engines
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from core import languages
from core.languages import Language
from core.phrasing import dates

DAY = dt.date(2026, 11, 12)
AT = dt.datetime(2026, 11, 12, 9, 5, tzinfo=dt.UTC)
EVERY_DAY = [dt.date(2027, 12, 1) + dt.timedelta(days=n) for n in range(397)]


@pytest.fixture
def speaking(monkeypatch):
    """Make the page speak a language that has no row yet."""

    def speak(code, locale):
        row = Language(code, code, code, locale=locale, fallback="")
        monkeypatch.setitem(languages._BY_CODE, code, row)
        monkeypatch.setattr(dates, "active", lambda: code)

    return speak


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("ru", ["12 ноября 2026", "12 ноября", "12.11.2026", "Ноябрь 2026", "Ноя 26", "12 ноября 2026, 09:05"]),
        (
            "en",
            ["12 November 2026", "12 November", "12 Nov 2026", "November 2026", "Nov 26", "12 November 2026, 09:05"],
        ),
    ],
)
def test_russian_and_english(code, said):
    with override(code):
        assert [
            dates.day_in_words(DAY),
            dates.day_and_month(DAY),
            dates.short_day(DAY),
            dates.month_in_words(DAY),
            dates.month_in_a_column(DAY),
            dates.moment_in_words(AT),
        ] == said


@pytest.mark.parametrize(
    ("code", "last", "said"),
    [
        ("ru", DAY, "12 ноября 2026"),
        ("ru", dt.date(2026, 11, 14), "12–14 ноября 2026"),
        ("ru", dt.date(2026, 12, 2), "12 ноября – 2 декабря 2026"),
        ("ru", dt.date(2027, 1, 2), "12 ноября 2026 – 2 января 2027"),
        ("en", DAY, "12 November 2026"),
        ("en", dt.date(2026, 11, 14), "12–14 November 2026"),
        ("en", dt.date(2026, 12, 2), "12 November – 2 December 2026"),
        ("en", dt.date(2027, 1, 2), "12 November 2026 – 2 January 2027"),
    ],
)
def test_a_range_says_nothing_twice(code, last, said):
    with override(code):
        assert dates.days_in_words(DAY, last) == said


def test_a_range_in_full_and_times():
    with override("ru"):
        assert dates.full_days_in_words(DAY, DAY) == "12 ноября 2026"
        assert dates.full_days_in_words(DAY, dt.date(2026, 11, 14)) == "12 ноября 2026 – 14 ноября 2026"
        assert dates.time_range("09:00", "26:00") == "09:00–26:00"
    with override("en"):
        assert dates.full_days_in_words(DAY, dt.date(2026, 11, 14)) == "12 November 2026 – 14 November 2026"
        assert dates.time_range("09:00", "26:00") == "09:00–26:00"


@pytest.mark.parametrize(("code", "short"), [("ru", "d.m.Y"), ("en", "j M Y")])
def test_every_day_of_a_leap_year_is_written_as_the_catalogues_of_the_framework_write_it(code, short):
    """CLDR's Russian adds «г.», London's English says “Sept”: the rows of both languages keep that away."""
    with override(code):
        for day in EVERY_DAY:
            assert dates.day_in_words(day) == date_format(day, "j E Y")
            assert dates.day_and_month(day) == date_format(day, "j E")
            assert dates.short_day(day) == date_format(day, short)
            assert dates.month_in_words(day) == date_format(day, "F Y")


#: long, range in a month, range over months, day and month, short, month, moment
_AS_CLDR_GIVES = {
    "hy": ["12 նոյեմբերի, 2026 թ.", "12–14 նոյեմբերի, 2026 թ.", "12 նոյեմբերի – 02 դեկտեմբերի, 2026 թ.",
           "12 նոյեմբերի", "12.11.2026", "2026 թ․ նոյեմբեր", "12 նոյեմբերի, 2026 թ., 9:05"],
    "kk": ["2026 ж. 12 қараша", "2026 ж. 12–14 қараша", "2026 ж. 12 қараша – 2 желтоқсан",
           "12 қараша", "12.11.2026", "2026 ж. қараша", "2026 ж. 12 қараша, 09:05"],
    "ky": ["2026-ж., 12-ноябрь", "12–14-ноябрь 2026-ж.", "12-ноябрь – 2-декабрь 2026-ж.",
           "12-ноябрь", "2026-ж. 12-ноя.", "2026-ж., ноябрь", "2026-ж., 12-ноябрь 09:05"],
    "uz": ["12-noyabr, 2026", "12–14-noyabr, 2026", "12-noyabr – 2-dekabr, 2026",
           "12-noyabr", "12-noy, 2026", "Noyabr, 2026", "12-noyabr, 2026, 09:05"],
    "ar": ["12 نوفمبر 2026", "12–14 نوفمبر 2026", "12 نوفمبر – 2 ديسمبر 2026",
           "12 نوفمبر", "12 نوفمبر 2026", "نوفمبر 2026", "12 نوفمبر 2026، 09:05"],
}  # fmt: skip


@pytest.mark.parametrize("code", _AS_CLDR_GIVES)
def test_languages_to_come(speaking, code):
    speaking(code, code)
    assert [
        dates.day_in_words(DAY),
        dates.days_in_words(DAY, dt.date(2026, 11, 14)),
        dates.days_in_words(DAY, dt.date(2026, 12, 2)),
        dates.day_and_month(DAY),
        dates.short_day(DAY),
        dates.month_in_words(DAY),
        dates.moment_in_words(AT),
    ] == _AS_CLDR_GIVES[code]


def test_georgian_has_no_dot_after_a_whole_month_and_no_capital(speaking):
    speaking("ka", "ka")
    assert dates.days_in_words(DAY, dt.date(2026, 12, 2)) == "12 ნოემბერი – 02 დეკემბერი 2026"
    assert dates.month_in_words(DAY) == "ნოემბერი, 2026"


def test_dari_says_a_word_between_two_times_and_two_days(speaking):
    speaking("fa-af", "fa_AF")
    assert dates.time_range("10:00", "18:00") == "10:00 تا 18:00"
    assert dates.days_in_words(DAY, dt.date(2026, 11, 14)) == "12 تا 14 نومبر 2026"


def _drawn(filter_name, day):
    return engines["django"].from_string("{{ day|" + filter_name + " }}").render({"day": day})


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("day_in_words", "j E Y"),
        ("day_and_month", "j E"),
        ("month_in_words", "F Y"),
        ("moment_in_words", "j E Y, H:i"),
    ],
)
def test_templates_say_days_in_the_active_zone(name, pattern):
    late = dt.datetime(2026, 11, 30, 22, 30, tzinfo=dt.UTC)
    for code in languages.codes():
        with override(code), timezone.override("Asia/Almaty"):
            assert _drawn(name, late) == _drawn(f'date:"{pattern}"', late)
            assert _drawn(name, None) == ""


@pytest.mark.parametrize(("code", "said"), [("ru", "Тбилиси Нью-Йорк UTC"), ("en", "Tbilisi New York UTC")])
def test_a_zone_is_told_by_its_city(code, said):
    with override(code):
        assert " ".join(map(dates.zone_in_words, ("Asia/Tbilisi", "America/New_York", "UTC"))) == said
