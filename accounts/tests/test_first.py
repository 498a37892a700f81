"""The first administrator comes in by a link: good once, void when a newer one was made, and for nobody after them."""

from __future__ import annotations

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import NetworkRole, User
from accounts.services import create_person

pytestmark = pytest.mark.django_db
PASSWORD = "ясный-день-на-Неве-1"


def link(capsys: pytest.CaptureFixture[str], address: str = "anna@example.org") -> str:
    call_command("first_administrator", address)
    return re.sub(r"^.*?//[^/]+", "", capsys.readouterr().out.strip().splitlines()[-1])


def set_password(address: str) -> int:
    """How the page answers that the link leads to."""
    browser = Client()
    opened = browser.get(address, follow=True)
    if b'name="password1"' not in opened.content:
        return 0
    return browser.post(opened.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD}).status_code


def test_the_link_sets_a_password_once(capsys):
    address = link(capsys)
    assert set_password(address) == 302
    anna = User.objects.get(email="anna@example.org")
    assert anna.check_password(PASSWORD) and anna.is_administrator and anna.is_superuser
    assert anna.network_role == NetworkRole.ADMINISTRATOR
    assert set_password(address) == 0


def test_a_newer_link_voids_the_one_before(capsys):
    first = link(capsys)
    second = link(capsys, "Anna@Example.org")
    assert set_password(first) == 0
    assert set_password(second) == 302


def test_where_somebody_is_in_nobody_else_is_let_in_by_the_door_of_the_first(capsys):
    create_person(email="maria@example.org", name="М", password=PASSWORD, network_role=NetworkRole.ADMINISTRATOR)
    with pytest.raises(CommandError, match="already"):
        call_command("first_administrator", "anna@example.org")
    call_command("first_administrator", "--exists")
    assert not User.objects.filter(email="anna@example.org").exists()


def test_somebody_who_is_known_is_not_raised_by_it():
    create_person(email="ivan@example.org", name="И", password=PASSWORD)
    with pytest.raises(CommandError, match="no administrator"):
        call_command("first_administrator", "ivan@example.org")
    with pytest.raises(CommandError, match="none yet"):
        call_command("first_administrator", "--exists")


@pytest.mark.parametrize("address", ["", "anna", "anna@"])
def test_what_is_no_address_is_refused_in_words(address):
    with pytest.raises(CommandError, match="address"):
        call_command("first_administrator", address)
    assert not User.objects.exists()
