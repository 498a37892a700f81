"""Words in which letters of two alphabets stand."""

from __future__ import annotations

import pytest

from facts.lookalikes import mixed_words
from verification.snapshots import freeze
from verification.tests import scenarios

pytestmark = pytest.mark.django_db


@pytest.mark.first_network("its listings are of kinds of the first vocabulary")
def test_a_name_in_letters_of_two_alphabets_is_told_once():
    house = scenarios.organization("Дoм с балконом")  # with a Latin o
    row = scenarios.listing(scenarios.place(house), title="Cпид-центр: Cпид", title_en="HIV test")  # with a Latin C
    assert mixed_words(freeze(row)) == ["Cпид", "Дoм"]


@pytest.mark.first_network("its listings are of kinds of the first vocabulary")
def test_names_of_two_languages_are_no_lure():
    row = scenarios.listing(title="HIV-тест и Drop-in: ВИЧ2, «Viber-чат»")
    assert mixed_words(freeze(row)) == []
