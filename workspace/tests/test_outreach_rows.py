"""What of its own a phone does not take along: what is held, what was narrowed, and what has no room."""

from __future__ import annotations

import json

import pytest
from django.utils import translation

from core.tests.shared import shared
from organizations.models import AddressPrecision, Contact, Visibility
from verification.editing import update_contact, update_location
from verification.giveaways.agreed import agree
from verification.giveaways.finding import pieces_of
from verification.models import Agreement
from verification.tests import scenarios
from workspace.outreach import rows
from workspace.outreach.texts import texts_of_page
from workspace.tests.outreach import Network, Phone

pytestmark = pytest.mark.django_db
_ground, network = shared(Network, "network")


@pytest.fixture
def phone(network):
    return Phone(network.worker)


HIDDEN = {"name": "Тайный", "address": "ул. Тихая, 7", "city": "Тбилиси", "public_precision": "settlement"}
LEAK = "Ждём на ул. Тихой, домофон 38"


def test_what_is_held_for_the_sake_of_a_hidden_door_stays_at_home(network, phone):
    """Until a second person has agreed to it; then it goes along."""
    row = scenarios.published(scenarios.place(network.bridge, **HIDDEN), title="Группа", documents_note=LEAK)
    Agreement.objects.all().delete()  # as for a text in which nothing was found before
    told = phone.get("take").json()
    assert "Группа" in [one["title"] for one in told["own"]]
    assert "домофон" not in json.dumps(told, ensure_ascii=False)
    piece = next(one for one in pieces_of(row.state.published.content) if one.path == "service.documents_note")
    agree([piece], [row.location.public_id], actor=scenarios.verifier(), organization=network.other)
    assert "домофон" in json.dumps(phone.get("take").json(), ensure_ascii=False)


def test_one_whose_title_is_held_stays_at_home(network, phone):
    scenarios.published(scenarios.place(network.bridge, **HIDDEN), title="Группа на ул. Тихой, 7")
    Agreement.objects.all().delete()
    told = phone.get("take").json()
    assert "Тихой" not in json.dumps(told, ensure_ascii=False)
    assert told["left"] == 2


def test_what_the_organisation_has_just_narrowed_stays_at_home(network, phone):
    for contact in Contact.objects.filter(organization=network.bridge):
        version, fields = contact.version, {"visibility": Visibility.MEMBERS}
        update_contact(actor=None, contact=contact, expected_version=version, **fields)
    update_location(
        actor=None, location=network.at, expected_version=network.at.version,
        public_precision=AddressPrecision.SETTLEMENT,
    )  # fmt: skip
    told = phone.get("take").json()["own"][0]
    assert told["title"] == "Тест на ВИЧ"
    text = json.dumps(told, ensure_ascii=False)
    assert "Речная" not in text
    assert "+995" not in text


def test_those_to_be_checked_come_first_and_what_has_no_room_is_told_apart(network, phone, monkeypatch):
    monkeypatch.setattr(rows, "OWN_AT_MOST", 1)
    scenarios.published(scenarios.place(network.bridge, name="А", city="Амбролаури"), title="Свежая")
    told = phone.get("take").json()
    assert [(row["title"], row["is_due"]) for row in told["own"]] == [("Тест на ВИЧ", True)]
    assert (told["left"], told["over"]) == (1, 1), "the one of members is not for everybody, the fresh one has no room"
    with translation.override("ru"):
        assert "поместил" in str(texts_of_page()["over"])
