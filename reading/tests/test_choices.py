"""Every declared filter has words for its values and, where a form offers it, its options."""

import pytest
from django.utils.translation import override

from core.geo.countries import country_codes
from directory.asking.facets import cities, facet_counts
from directory.asking.filters import Filters
from directory.filtering.declared import FILTERS
from directory.filtering.known import Slugs
from directory.tests.factories import publish, teach_attributes
from directory.vocabulary import vocabulary
from reading.api import schemas
from reading.presenters.choices import Choices

pytestmark = pytest.mark.django_db
OFFERED = [name for name, declared in FILTERS.items() if declared.offered != ()]


@pytest.fixture(autouse=True)
def attributes(db):
    teach_attributes()


def choices(audience="public"):
    return Choices(vocabulary(), audience, cities(audience))


def flat(options):
    """Without heads that are no value."""
    return [one for option in options for one in (option, *option.get("children", [])) if one["code"]]


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("name", OFFERED)
def test_every_value_that_a_form_offers_has_words(name, language):
    publish()
    with override(language):
        shown = choices()
        options = flat(shown.facets(facet_counts("public", Filters(), vocabulary()), Filters())[name])
        assert options
        for option in options:
            assert option["name"] and option["name"] != option["code"]
            assert shown.name(name, option["code"]) not in ("", option["code"])


@pytest.mark.parametrize("name", FILTERS)
def test_what_nobody_knows_speaks_for_itself(name):
    assert choices().name(name, "no-such-value") == "no-such-value"


@pytest.mark.parametrize("name", FILTERS)
def test_every_value_that_may_be_asked_for_has_words_on_its_chip(name):
    known = FILTERS[name].known
    shown = choices()
    with override("ru"):
        nameless = [code for code in known.values(vocabulary()) if shown.name(name, code) in ("", code)]
    assert set(nameless) <= country_codes(), "only a country may be left to its code"


def test_a_form_offers_what_is_declared_and_marks_what_is_chosen():
    publish()
    asked = Filters(anonymous=("yes",), service=("hiv_rapid_test",), country=("PL",))
    shown = choices().facets(facet_counts("public", asked, vocabulary()), asked)
    assert list(shown) == OFFERED
    selected = {(name, one["code"]) for name, options in shown.items() for one in flat(options) if one["selected"]}
    assert selected == {("anonymous", "yes"), ("service", "hiv_rapid_test"), ("country", "PL")}
    assert [option["code"] for option in shown["anonymous"]] == ["yes"]


@pytest.mark.parametrize("name", FILTERS)
def test_the_api_describes_every_filter(name):
    (told,) = [parameter for parameter in schemas.LISTINGS["parameters"] if parameter.name == name]
    fixed = FILTERS[name].known.fixed
    # Nothing said is no condition, so an empty value is among what may come.
    assert told.type["items"].get("enum", []) == (["", *fixed] if fixed else [])
    assert not isinstance(FILTERS[name].known, Slugs) or told.description
    assert name in schemas.SEARCH["request"]["application/json"]["properties"]["filters"]["properties"]


def test_of_very_many_cities_those_that_matter_are_offered(monkeypatch):
    monkeypatch.setattr("reading.presenters.choices.MOST_CITIES", 2)
    for code, country, times in (("ge1", "GE", 3), ("ge2", "GE", 1), ("pl1", "PL", 2), ("pl2", "PL", 1)):
        for _listing in range(times):
            publish(city_code=code, country=country)
    counts = facet_counts("public", Filters(), vocabulary())

    def offered(**filters):
        return [one["code"] for one in choices().facets(counts, Filters(**filters))["city"]]

    assert offered() == ["ge1", "pl1"]
    assert offered(country=("PL",)) == ["pl1", "pl2"]
    assert offered(city=("ge2",)) == ["ge1", "ge2"]
