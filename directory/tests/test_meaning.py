"""Words that name a filter become it; the rest is text."""

import pytest

from core.spelling.text import normalise
from directory.asking.filters import Filters
from directory.searching.meaning import meaning
from directory.searching.phrases import phrases
from directory.searching.search import search
from directory.tests.factories import publish
from directory.vocabulary import vocabulary

pytestmark = pytest.mark.django_db
_KINDS = pytest.mark.first_network("the words name its kinds of help and its languages")


def meant(query, chosen=Filters(), off=()):  # noqa: B008 (frozen)
    terms = vocabulary()
    return meaning(normalise(query).split(), phrases(terms), terms, chosen, off)


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        pytest.param("бесплатный юрист", {("cost", "free"), ("service", "legal")}, marks=_KINDS),
        ("анонимно без документов", {("anonymous", "yes"), ("documents", "none")}),
        pytest.param("психолог онлайн", {("delivery", "online"), ("service", "psychologist")}, marks=_KINDS),
        pytest.param(
            "терапевт, говорят по-узбекски", {("language", "uz"), ("service", "general_practitioner")}, marks=_KINDS
        ),
        pytest.param("uzbek speaking lawyer", {("language", "uz"), ("service", "legal")}, marks=_KINDS),
        ("открыто сейчас", {("open", "now")}),
        pytest.param(
            "free hiv test without papers",
            {("cost", "free"), ("documents", "none"), ("service", "hiv_rapid_test")},
            marks=_KINDS,
        ),
    ],
)
def test_words_that_name_filters_become_them(query, filters):
    found = meant(query)
    assert filters <= set(found.filters)
    assert set(found.words) <= {"по"}


@_KINDS
def test_a_condition_taken_off_is_gone_and_a_kind_taken_off_is_text():
    assert meant("бесплатный юрист", off=["cost:free"]).filters == (("service", "legal"),)
    assert meant("бесплатный юрист", off=["cost:free"]).words == ()
    assert meant("бесплатный юрист", off=["service:legal"]).words == ("юрист",)


def test_what_is_chosen_wins_over_words():
    assert meant("бесплатный", Filters(cost=("paid",))).filters == ()
    assert meant("юрист", Filters(service=("shelter",))).words == ("юрист",)


@_KINDS
def test_a_hit_in_a_kind_s_name_stands_above_a_hit_in_a_text():
    told = publish(types=["outreach"], texts={"title": "Аутрич", "text": "Метадон, метадон, метадон " * 20})
    named = publish(types=["opioid_substitution"], texts={"title": "Кабинет на углу"})
    found = search("public", "метадон", Filters())
    assert found.filters.service == ("opioid_substitution",)
    assert next(iter(found.hits.scores)) == named.id
    otherwise = search("public", "метадон", Filters(), off=["service:opioid_substitution"])
    assert set(otherwise.hits.scores) == {named.id, told.id}
    assert next(iter(otherwise.hits.scores)) == named.id


@_KINDS
def test_words_that_nothing_of_the_kind_has_are_left_out_and_that_is_said():
    publish(types=["psychologist"], texts={"title": "Психолог"})
    found = search("public", "психолог бегемотовая", Filters())
    assert found.understood.to_json()["left_out"] == "бегемотовая"
    assert not found.hits.all_that_fit
