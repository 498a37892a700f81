"""What the page behind the link of a letter leaves out: held texts, and what was narrowed since it was approved."""

from __future__ import annotations

import pytest

from core import clock
from doors.tests.letters import CHECKED, NOW, link_of, owner_with, page_of
from organizations.models import Contact, Location
from verification.giveaways.agreed import agree
from verification.giveaways.finding import pieces_of
from verification.narrowing import narrowed_now
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
LEAK = "Ждём на ул. Речной, домофон 38"


@pytest.fixture(autouse=True)
def summer():
    with clock.travel(NOW):
        yield


@pytest.mark.parametrize("visibility", ["public", "members"])
def test_what_is_held_for_the_sake_of_a_hidden_door_is_not_on_the_page(visibility):
    person = owner_with("Группа на ул. Речной, 5", visibility=visibility, documents_note=LEAK)
    Location.objects.update(public_precision="settlement", member_precision="settlement")
    with clock.travel(CHECKED):
        by = scenarios.verifier()
    token = link_of(person)
    for text in ("Речной", "домофон"):
        assert text not in page_of(token)
    pieces = pieces_of(narrowed_now(person.rows[0].state.published.content, person.rows[0]))
    agree(pieces, [person.rows[0].location.public_id], actor=by, organization=person.organization)
    for text in ("Группа на ул. Речной", "домофон"):
        assert text in page_of(token), "a second person has agreed to it"


def test_what_the_organisation_has_just_narrowed_is_not_on_the_page():
    token = link_of(owner_with("Группа"))
    Location.objects.update(public_precision="settlement")
    Contact.objects.update(visibility="members")
    text = page_of(token)
    assert "Группа" in text and "Речная" not in text and "+995 32 212" not in text
