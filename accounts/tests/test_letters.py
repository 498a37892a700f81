"""Letters about an account: in the reader's language, short, without a word about the machine."""

import re

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from accounts.tests.conftest import PASSWORD

NEW = "совсем другие слова"


@pytest.fixture
def english(person: User) -> User:
    User.objects.filter(pk=person.pk).update(language="en")
    return User.objects.get(pk=person.pk)


def link_in(body: str) -> str:
    return re.search(r"http://testserver(\S+)", body)[1]


def test_a_forgotten_password_is_set_anew_through_a_letter(client: Client, person: User) -> None:
    client.post("/ru/accounts/password/reset/", {"email": person.email})
    form = client.get(link_in(mail.outbox[0].body))["Location"]
    client.post(form, {"password1": NEW, "password2": NEW})
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_a_link_for_a_password_works_once(client: Client, person: User) -> None:
    client.post("/ru/accounts/password/reset/", {"email": person.email})
    link = link_in(mail.outbox[0].body)
    form = client.get(link)["Location"]
    client.post(form, {"password1": NEW, "password2": NEW})
    again = Client().get(link)
    assert again.status_code == 200
    assert again.context["token_fail"]


def test_letters_and_their_links_are_in_the_language_of_the_reader(client: Client, english: User) -> None:
    client.post("/ru/accounts/password/reset/", {"email": english.email})
    (letter,) = mail.outbox
    assert link_in(letter.body).startswith("/en/")
    assert "Here you set a new password" in letter.body


def test_an_unknown_address_gets_no_letter_and_the_same_page(client: Client, person: User) -> None:
    known = client.post("/ru/accounts/password/reset/", {"email": person.email})
    unknown = client.post("/ru/accounts/password/reset/", {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [letter.to for letter in mail.outbox] == [[person.email]]


def test_a_letter_about_a_change_names_no_machine(client: Client, person: User) -> None:
    client.force_login(person)
    client.post(
        "/ru/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
        REMOTE_ADDR="203.0.113.7",
        headers={"user-agent": "Canary/1"},
    )
    (letter,) = mail.outbox
    assert "203.0.113.7" not in letter.body
    assert "Canary" not in letter.body


def test_a_new_address_counts_only_after_its_letter(client: Client, person: User) -> None:
    address = "/ru/accounts/email/"
    client.post("/ru/accounts/login/", {"login": person.email, "password": PASSWORD})
    asked = client.post(address, {"email": "new@example.org", "action_add": ""})
    client.post(asked["Location"], {"password": PASSWORD})
    person.refresh_from_db()
    assert person.email == "lena@example.org"
    letter = next(letter for letter in mail.outbox if letter.to == ["new@example.org"])
    client.post(link_in(letter.body))
    person.refresh_from_db()
    assert person.email == "new@example.org"


def test_the_address_does_not_change_without_the_password(client: Client, person: User) -> None:
    client.force_login(person)
    client.post("/ru/accounts/email/", {"email": "thief@example.org", "action_add": ""})
    assert not mail.outbox
