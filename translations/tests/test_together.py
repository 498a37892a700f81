"""Two people at once, each with a connection of their own."""

from __future__ import annotations

import threading

import pytest

from directory.tables.wording import PublicWording
from translations import publication
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


def test_the_round_takes_nothing_that_is_written_meanwhile(monkeypatch):
    place = scenarios.place(scenarios.organization())
    scenarios.published(place, method="call", eligibility_note="Для всех.")
    vera, original = translator("vera"), publication.every
    unit, other = unit_of("service", "title"), unit_of("service", "eligibility_note")
    write(actor=vera, unit=unit, language="uz", forms=["OIVga tezkor test"])
    has_read, has_written = threading.Event(), threading.Event()

    def slowly():
        found = original()
        has_read.set()
        has_written.wait(timeout=2)
        return found

    def write_meanwhile():
        has_read.wait(timeout=20)
        write(actor=vera, unit=other, language="uz", forms=["Hamma uchun."])
        has_written.set()

    monkeypatch.setattr(publication, "every", slowly)
    assert together(publication.publish_all, write_meanwhile) == [None, None]
    assert PublicWording.objects.count() == 2
