"""The registry: codes are never cut, fallbacks end at the source, columns are named in one place."""

import pytest
from django.conf import settings
from django.utils.translation import get_language_bidi, override

from core import languages
from core.geo.countries import country_name
from core.languages import Language

ROWS = (
    Language("ru", "ru", "Русский", locale="ru", fallback="en"),
    Language("en", "en", "English", locale="en", fallback="ru"),
    Language("fr", "fr", "Français", locale="fr", fallback="en"),
    Language("fa-af", "fa-AF", "دری", locale="fa_AF", fallback="en", direction="rtl"),
    Language("ps", "ps", "پښتو", locale="ps", fallback="fa-af", direction="rtl", state="off"),
)
BY_CODE = {row.code: row for row in ROWS}


@pytest.mark.first_network("Russian is its source")
def test_only_what_is_on_is_offered():
    assert languages.in_state(ROWS, "on") == ("ru", "en", "fr", "fa-af")
    assert languages.codes() == ("ru", "en")
    assert languages.offered() == [("ru", "Русский"), ("en", "English")]


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("fa-AF", "fa-af"),
        ("fa_AF", "fa-af"),
        ("fa-af-x-a", "fa-af"),
        ("en-GB", "en"),
        ("fa", "fa-af"),
        ("prs", "fa-af"),
        ("ps", ""),
        ("", ""),
    ],
)
def test_a_tag_finds_its_language_whole(tag, code):
    assert languages.best_of(tag, languages.in_state(ROWS, "on")) == code


@pytest.mark.parametrize(
    ("code", "chain"),
    [
        ("ru", ("ru", "en")),
        ("en", ("en", "ru")),
        ("fr", ("fr", "en", "ru")),
        ("ps", ("ps", "fa-af", "en", "ru")),
    ],
)
def test_fallbacks_go_on_until_one_comes_again(code, chain):
    assert languages.chain(code, BY_CODE) == chain


@pytest.mark.first_network("Russian is its source")
def test_the_page_speaks_a_language_of_ours_or_the_source():
    for tag, code in (("en", "en"), ("ru", "ru"), ("en-gb", "en"), ("zh", "ru")):
        with override(tag):
            assert languages.active() == code
    with override(None):
        assert languages.active() == "ru"


@pytest.mark.first_network("Russian is its source")
def test_what_the_settings_take_from_the_registry():
    assert settings.LANGUAGE_CODE == languages.SOURCE
    assert [(row.code, row.name) for row in languages.LANGUAGES if row.state in ("on", "preview")] == settings.LANGUAGES
    assert settings.MODELTRANS_AVAILABLE_LANGUAGES == ("en",)
    assert settings.MODELTRANS_FALLBACK["ru"] == ("en",)
    for row in languages.LANGUAGES:
        with override(row.code):
            assert get_language_bidi() == (row.direction == "rtl")


@pytest.mark.first_network("Russian is its source")
def test_columns_of_a_text():
    assert languages.columns("operation_note") == [("operation_note", "ru"), ("operation_note_en", "en")]
    assert languages.column_names("title", "text") == ["title", "title_en", "text", "text_en"]
    assert languages.column("title", "fa-af") == "title_fa_af"


@pytest.mark.parametrize(
    ("column", "text"),
    [("title_en", ("title", "en")), ("title", ("title", "ru")), ("_en", ("_en", "ru")), ("open", ("open", "ru"))],
)
@pytest.mark.first_network("Russian is its source")
def test_a_column_says_its_text_and_language(column, text):
    assert languages.split_column(column) == text


@pytest.mark.first_network("Russian is its source")
def test_the_label_of_a_translation_names_its_language():
    with override("ru"):
        assert languages.labelled("Название", "ru") == "Название"
        assert languages.labelled("Название", "en") == "Название, по-английски"


def test_countries_are_named_in_the_language_of_the_page():
    assert country_name("GE", "ru") == "Грузия"
    assert country_name("NZ", "en") == "New Zealand"
    with override("ru"):
        assert country_name("NZ") == "Новая Зеландия"
    assert (country_name(""), country_name("QQ", "en")) == ("", "QQ")
