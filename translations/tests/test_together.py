"""Two people at once, each with a connection of their own."""

from __future__ import annotations

import pytest

from translations.models import Translation
from translations.services import write
from translations.tests.makers import translator, unit_of
from verification.tests import scenarios
from verification.tests.test_together import meet, together

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["meet"]


def test_two_first_texts_at_once_are_two_one_after_the_other(meet):
    from translations import services

    scenarios.published(scenarios.place(scenarios.organization()), method="call")
    unit, people = unit_of("service", "title"), (translator("vera"), translator("olim"))
    meet((services, "row_of"))
    texts = ("OIVga tezkor test", "OIV uchun test")
    done = together(
        lambda: write(actor=people[0], unit=unit, language="uz", forms=[texts[0]]),
        lambda: write(actor=people[1], unit=unit, language="uz", forms=[texts[1]]),
    )
    assert all(isinstance(one, Translation) for one in done), done
    assert Translation.objects.count() == 1 and Translation.pgh_event_model.objects.count() == 2
