"""Every language that has a row: numbers, dates and lists on the server, and the same numbers in scripts."""

import datetime as dt
import gettext
import json
import re
import subprocess
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation import ngettext, override

from core.languages import LANGUAGES, babel_locale, by_code, codes, preferred
from core.phrasing import dates, numbers, plurals, scripts, sentences
from tools.local import environment

EVERY = [row.code for row in LANGUAGES]
DAY = dt.date(2026, 11, 12)
#: The categories of 0, 1, 2, 3, 5, 11, 19, 20, 21, 100, 101 and 111, by the tables of CLDR as one reads them.
COUNTED = {
    "ru": "many one few few many many many many one many one many",
    "en": "other one other other other other other other other other other other",
    "uk": "many one few few many many many many one many one many",
    "uz": "other one other other other other other other other other other other",
    "tg": "other other other other other other other other other other other other",
    "ky": "other one other other other other other other other other other other",
    "kk": "other one other other other other other other other other other other",
    "az": "other one other other other other other other other other other other",
    "hy": "one one other other other other other other other other other other",
    "ka": "other one other other other other other other other other other other",
    "ro": "few one few few few few few other other other few few",
    "pl": "many one few few many many many many many many many many",
    "de": "other one other other other other other other other other other other",
    "fr": "one one other other other other other other other other other other",
    "fa-af": "one one other other other other other other other other other other",
    "ar": "zero one two few few many many many many other other many",
}
WITH_CATALOGUES = sorted(path.parent.parent for path in Path(settings.BASE_DIR, "locale").glob("*/LC_MESSAGES/*.po"))


@pytest.mark.parametrize(("code", "said"), COUNTED.items())
def test_each_number_has_its_category(code, said):
    rule = babel_locale(code).plural_form
    assert [rule(number) for number in (0, 1, 2, 3, 5, 11, 19, 20, 21, 100, 101, 111)] == said.split()


@pytest.mark.parametrize("code", EVERY)
def test_a_catalogue_has_a_form_for_each_category(code):
    """Two numbers of one category have one form, and no form is said of two categories."""
    locale = babel_locale(code)
    forms, expression = plurals.catalogue_rule(locale)
    form_of = gettext.c2py(expression)
    pairs = {(locale.plural_form(number), form_of(number)) for number in range(200)}
    assert len(pairs) == len({category for category, _form in pairs}) == forms
    assert {form for _category, form in pairs} == set(range(forms))


@pytest.mark.parametrize("folder", WITH_CATALOGUES, ids=lambda folder: folder.name)
def test_every_catalogue_counts_as_cldr_does(folder):
    code = folder.name.replace("_", "-").lower()
    forms, expression = plurals.catalogue_rule(babel_locale(code))
    catalogue = polib.pofile(str(folder / "LC_MESSAGES" / "django.po"))
    said = re.fullmatch(r"nplurals=(\d); plural=(.+?);?", catalogue.metadata["Plural-Forms"])
    of_the_file, of_cldr = gettext.c2py(said[2]), gettext.c2py(expression)
    assert int(said[1]) == forms
    assert [of_the_file(number) for number in range(121)] == [of_cldr(number) for number in range(121)]
    assert all(len(entry.msgstr_plural) == forms for entry in catalogue if entry.msgid_plural)


_ASK = """
import { makeTexts } from "./static/js/lib/text.js";
const told = JSON.parse(process.argv[1]);
const said = {};
for (const [code, texts] of Object.entries(told)) {
  const t = makeTexts(texts);
  said[code] = [...Array(121).keys(), 200, 201, 1002, 1011].map((n) => t("services", { n }));
}
console.log(JSON.stringify(said));
"""


def test_scripts_say_of_every_number_what_the_server_says():
    """In all languages, also where a message is missing and comes in another one."""
    asked = [*range(121), 200, 201, 1002, 1011]
    told, expected = {}, {}
    for code in EVERY:
        with override(code):
            texts = {"services": plurals.numbered(lambda n: ngettext("%(n)s service", "%(n)s services", n))}
            told[code] = scripts.of_scripts(texts)
            expected[code] = [ngettext("%(n)s service", "%(n)s services", n).replace("%(n)s", str(n)) for n in asked]
    command = [str(environment.node()), "--input-type=module", "-e", _ASK, json.dumps(told)]
    answer = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)
    assert json.loads(answer.stdout) == expected


@pytest.mark.parametrize(
    ("code", "long", "month", "short"),
    [
        ("ru", "12 ноября 2026", "Ноябрь 2026", "12.11.2026"),
        ("en", "12 November 2026", "November 2026", "12 Nov 2026"),
        ("uk", "12 листопада 2026", "Листопад 2026", "12.11.2026"),
        ("uz", "12-noyabr, 2026", "Noyabr, 2026", "12-noy, 2026"),
        ("tg", "12 Ноябр 2026", "", ""),
        ("ky", "2026-ж., 12-ноябрь", "", ""),
        ("kk", "2026 ж. 12 қараша", "", ""),
        ("az", "12 noyabr 2026", "", ""),
        ("hy", "12 նոյեմբերի, 2026 թ.", "", ""),
        ("ka", "12 ნოემბერი, 2026", "", ""),
        ("ro", "12 noiembrie 2026", "", "12.11.2026"),
        ("pl", "12 listopada 2026", "", "12.11.2026"),
        ("de", "12. November 2026", "", "12.11.2026"),
        ("fr", "12 novembre 2026", "Novembre 2026", "12 nov. 2026"),
        ("fa-af", "12 نومبر 2026", "", "12 نومبر 2026"),
        ("ar", "12 نوفمبر 2026", "", ""),
    ],
)
def test_days_are_said_in_each_language(code, long, month, short):
    with override(code):
        said = [dates.day_in_words(DAY), dates.month_in_words(DAY), dates.short_day(DAY)]
    assert said == [long, month or said[1], short or said[2]]


@pytest.mark.parametrize("code", EVERY)
def test_no_date_and_no_number_has_figures_that_cannot_be_dialled(code):
    other, last = dt.date(2026, 12, 2), dt.date(2027, 1, 2)
    at = dt.datetime(2026, 11, 12, 9, 5, tzinfo=dt.UTC)
    with override(code):
        said = [
            dates.day_in_words(DAY), dates.days_in_words(DAY, other), dates.days_in_words(DAY, last),
            dates.full_days_in_words(DAY, other), dates.day_and_month(DAY), dates.short_day(DAY),
            dates.month_in_words(DAY), dates.month_in_a_column(DAY), dates.moment_in_words(at),
            dates.time_range("10:00", "18:00"), numbers.in_figures(1234.5, decimals=1),
        ]  # fmt: skip
    figures = {char for text in said for char in text if char.isdigit()}
    assert all(said) and figures <= set("0123456789")
    assert "10:00" in said[-2] and "18:00" in said[-2]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("ru", "Онлайн, по телефону, ТБ"),
        ("en", "Онлайн, по телефону, ТБ"),
        ("de", "Онлайн, По телефону, ТБ"),
        ("az", "Онлайн, По телефону, ТБ"),
        ("uz", "Онлайн, по телефону, ТБ"),
        ("fa-af", "سل،\u200f تلفن،\u200f ТБ"),
        ("ar", "سل وتلفن وТБ"),
    ],
)
def test_lists_stand_as_the_language_writes_them(code, said):
    names = ["سل", "تلفن", "ТБ"] if by_code(code).direction == "rtl" else ["Онлайн", "По телефону", "ТБ"]
    with override(code):
        assert sentences.in_a_row(names) == said


@pytest.mark.parametrize("code", [code for code in EVERY if code != "ps"])  # whose long date begins with the month
def test_the_day_stands_before_its_month_in_each_shape(code):
    with override(code):
        said = [dates.day_and_month(DAY), dates.short_day(DAY), dates.days_in_words(DAY, DAY + dt.timedelta(days=2))]
        month = dates.day_and_month(DAY).replace("12", "").strip(" .-")[:3]
    assert all(one.find("12") < one.find(month) or month not in one for one in said), said


def test_an_arrow_points_as_the_page_is_read():
    with override("fa-af"):
        assert sentences.one_to_another("ارمنستان", "پولند") == "\u2068ارمنستان\u2069 ← \u2068پولند\u2069"
    with override("ka"):
        assert sentences.one_to_another("სომხეთი", "პოლონეთი") == "სომხეთი → პოლონეთი"


@pytest.mark.django_db
@pytest.mark.parametrize("code", EVERY)
def test_postgres_knows_the_order_of_its_alphabet(code):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_collation WHERE collname = %s", [f"{babel_locale(code).language}-x-icu"])
        assert cursor.fetchone()


@pytest.mark.first_network("Russian is its source")
def test_every_row_is_whole():
    assert len([row for row in LANGUAGES if row.state != "trial"]) >= 16 and codes() == ("ru", "en")
    assert len({row.code for row in LANGUAGES}) == len({row.tag for row in LANGUAGES}) == len(LANGUAGES)
    for row in LANGUAGES:
        assert row.tag.lower() == row.code and row.name and preferred(row.code)[0] == row.code
        assert (babel_locale(row.code).text_direction == "rtl") == (row.direction == "rtl") or row.code == "ps"
        assert not row.derived_from or by_code(row.derived_from)


def test_names_of_the_other_direction_keep_a_comma_of_their_own():
    """The Arabic comma comes with a sign of direction: behind it “14 Magnolia Street” lost its number to the left."""
    with override("fa-af"):
        assert sentences.joined(["Batumi", "14 Magnolia Street"]) == "Batumi, 14 Magnolia Street"
        assert sentences.joined(["گرجستان", "Batumi"]).startswith("گرجستان،")
        assert sentences.joined(["1", "2"]).startswith("1،")
    with override("en"):
        assert sentences.joined(["Batumi", "14"]) == "Batumi, 14"
