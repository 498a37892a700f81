"""A country is hidden and shown from a terminal as by the button, by whoever may, and with a reason."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from accounts.models import NetworkRole
from accounts.services import create_person
from directory.asking.queries import current_listings
from verification.models import Takedown
from verification.tests import scenarios

pytestmark = pytest.mark.django_db


def order(code="GE", *more, by="anna@example.org", reason="Обыски"):
    call_command("hide_country", code, "--as", by, "--reason", reason, *more)


@pytest.fixture(autouse=True)
def coordinator():
    scenarios.published()
    create_person(email="anna@example.org", name="А", network_role=NetworkRole.COORDINATOR, countries=["GE"])


def test_it_is_gone_and_comes_back(capsys):
    order("ge")
    assert "Hidden: 1 listings" in capsys.readouterr().out
    assert not current_listings("public").exists()
    order("GE", "--lift", reason="Прошло")
    assert current_listings("public").count() == 1
    assert Takedown.objects.get().lift_reason == "Прошло"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"code": "Georgia"}, "no country code"),
        ({"by": "nobody@example.org"}, "no person"),
        ({"code": "KZ"}, "координатор"),
        ({"reason": " "}, "почему"),
    ],
)
def test_what_cannot_be_is_refused_in_words(given, said):
    with pytest.raises(CommandError, match=said):
        order(**given)
    assert current_listings("public").count() == 1


def test_what_is_not_hidden_cannot_be_shown_again():
    with pytest.raises(CommandError, match="not hidden"):
        order("GE", "--lift")
