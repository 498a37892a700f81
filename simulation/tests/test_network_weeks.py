"""The first weeks of the network's year, with the dead worker in them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from simulation.network.chapters import evaluation
from simulation.network.year import SHORT_DAYS, NetworkYear

pytestmark = pytest.mark.django_db


def test_the_first_weeks_break_nothing_and_everything_of_them_happened():
    figures = NetworkYear(3, days=SHORT_DAYS).run()
    assert figures.broken == [], figures.examples
    happened = {"votes_on_applications", "suspensions_lapsed", "votes_adopted", "dangers", "facts_published"}
    happened |= {"grant_conflicts", "grants_declined", "reviews_decided_by_a_third", "words_of_absence"}
    happened |= {"listings_published", "listings_hidden", "digests_sent", "subscribers", "letters_left"}
    happened |= {"materials_approved", "trainings_held", "trainings_answered", "people_certified"}
    happened |= {"volunteers_brought", "volunteers_answered", "volunteers_ended"}
    happened |= {"evaluations_frozen", "evaluations_recomputed"}
    assert happened <= figures.counted.keys()
    assert figures.evaluation_hash_equal is True and "evaluations_changed" not in figures.counted
    assert figures.counted["attempts_refused"] > 20 and figures.counted["days_worker_dead"] == 7


def test_the_year_of_evaluation_is_told_to_its_end(monkeypatch):
    """It comes late in the year: here by itself, from the first day on."""
    alone = SimpleNamespace(stories=lambda year: iter([(1, evaluation.a_year(year))]))
    monkeypatch.setattr("simulation.network.year.CHAPTERS", [alone])
    figures = NetworkYear(5, days=SHORT_DAYS).run()
    assert figures.broken == [], figures.examples
    assert figures.counted["survey_answers"] == 6 and figures.counted["evaluations_published"] == 1
    assert figures.evaluation_hash_equal is True and "evaluations_changed" not in figures.counted
