"""Countries and days in words, random ids, and addresses that lower rooms may name."""

import datetime as dt

import pytest
from django.conf import settings
from django.urls import NoReverseMatch
from django.utils import translation

from core import ids
from core.geo.countries import countries, country_codes, country_name
from core.pages.addresses import Page, path_to
from core.phrasing.dates import days_in_words


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("GE", "ru", "Грузия"),
        ("GE", "en", "Georgia"),
        ("FR", "ru", "Франция"),
        ("XK", "en", "Kosovo"),
        ("QQ", "ru", "QQ"),
        ("", "ru", ""),
    ],
)
def test_a_country_has_a_name_in_each_language(code, language, name):
    assert country_name(code, language) == name
    with translation.override(language):
        assert country_name(code) == name


def test_the_networks_own_word_for_a_country_comes_before_the_libraries():
    """What people call a country is a matter of respect: the list of the network decides."""
    for code, country in countries().items():
        for language in settings.LANGUAGES:
            if language[0] in country["name"]:
                assert country_name(code, language[0]) == country["name"][language[0]]


@pytest.mark.parametrize("code", ["EU", "UN", "ZZ", "EZ", "419", "ge", "UK"])
def test_unions_regions_and_nonsense_are_no_countries(code):
    assert code not in country_codes()


def test_every_country_of_the_network_is_a_country():
    assert countries().keys() <= country_codes()
    assert len(country_codes()) > 240


MARCH = dt.date(2026, 3, 30)


@pytest.mark.parametrize(
    ("first", "last", "russian", "english"),
    [
        (MARCH, MARCH, "30 марта 2026", "30 March 2026"),
        (MARCH, dt.date(2026, 3, 31), "30–31 марта 2026", "30–31 March 2026"),
        (MARCH, dt.date(2026, 4, 2), "30 марта – 2 апреля 2026", "30 March – 2 April 2026"),
        (MARCH, dt.date(2027, 3, 31), "30 марта 2026 – 31 марта 2027", "30 March 2026 – 31 March 2027"),
    ],
)
@pytest.mark.first_network("Russian is its source")
def test_days_are_said_without_repeating_the_month_or_the_year(first, last, russian, english):
    assert days_in_words(first, last) == russian
    with translation.override("en"):
        assert days_in_words(first, last) == english


def test_ids_can_be_read_aloud_and_do_not_repeat():
    made = [ids.new_public_id() for _number in range(2000)]
    assert len(set(made)) == len(made)
    assert {len(one) for one in made} == {ids.LENGTH}
    assert not set("".join(made)) & set("01ilo"), "letters that look like others"


def test_a_page_is_named_in_the_language_of_the_reader():
    assert path_to(Page.PLACE, "abcdefghjk").startswith("/ru/")
    with translation.override("en"):
        assert path_to(Page.PLACE, "abcdefghjk").startswith("/en/")


def test_a_query_is_put_behind_the_page_only_when_there_is_one():
    assert "?" not in path_to(Page.DESK)
    assert path_to(Page.COORDINATION, pile="a b").endswith("?pile=a+b")


def test_a_page_with_the_wrong_arguments_is_a_mistake_of_the_programmer():
    with pytest.raises(NoReverseMatch):
        path_to(Page.PLACE)
