"""A ready text for each plural category: what the browser chooses must be what the server would say."""

import pytest
from babel import Locale
from django.utils.translation import ngettext, override

from core.languages import babel_locale, codes
from core.phrasing.plurals import plural_samples


@pytest.mark.parametrize(
    ("locale", "samples"),
    [
        ("ru", {"one": 1, "few": 2, "many": 0, "other": 0}),
        ("en", {"one": 1, "other": 0}),
        ("ro", {"one": 1, "few": 0, "other": 20}),
        ("ar", {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}),
        ("fr", {"one": 0, "other": 2, "many": 1_000_000}),
        ("tg", {"other": 0}),
    ],
)
def test_a_number_of_each_category(locale, samples):
    assert plural_samples(Locale.parse(locale)) == samples


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("ro", {0: "few", 1: "one", 2: "few", 19: "few", 20: "other", 101: "few", 120: "other"}),
        ("ar", {0: "zero", 1: "one", 2: "two", 3: "few", 11: "many", 100: "other", 102: "other", 103: "few"}),
    ],
)
def test_each_number_finds_the_sample_of_its_own_category(locale, said):
    rule = Locale.parse(locale).plural_form
    samples = plural_samples(Locale.parse(locale))
    assert {number: rule(number) for number in said} == said
    assert {rule(samples[category]) for category in samples} == set(samples)


@pytest.mark.parametrize("code", codes())
def test_the_sample_says_what_the_catalogue_says_of_the_number(code):
    rule, samples = babel_locale(code).plural_form, plural_samples(babel_locale(code))
    with override(code):
        for number in range(250):
            said = ngettext("%(n)s service", "%(n)s services", number)
            assert ngettext("%(n)s service", "%(n)s services", samples[rule(number)]) == said
