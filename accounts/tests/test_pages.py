"""Every page of an account opens in both languages and keeps to the rules for strangers."""

import re

import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.conftest import PASSWORD

OPEN = ("login/", "signup/", "password/reset/", "password/reset/done/", "password/reset/key/done/", "inactive/")
OPEN_TOO = ("confirm-email/", "confirm-email/nothing/", "password/reset/key/1-nothing/")
OWN = ("", "email/", "password/change/", "logout/", "2fa/", "2fa/webauthn/")
AFTER_THE_PASSWORD = ("2fa/totp/activate/", "2fa/webauthn/add/")


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("page", [*OPEN, *OPEN_TOO])
def test_a_page_of_the_entrance_opens(client: Client, db: None, language: str, page: str) -> None:
    answer = client.get(f"/{language}/accounts/{page}", follow=True)
    assert answer.status_code == 200
    assert re.search(rf'<html\s+lang="{language}"', answer.content.decode())


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("page", OWN)
def test_a_page_of_ones_own_opens(client: Client, person: User, language: str, page: str) -> None:
    client.force_login(person)
    assert client.get(f"/{language}/accounts/{page}").status_code == 200


@pytest.mark.parametrize("page", AFTER_THE_PASSWORD)
def test_a_page_for_second_factors_asks_for_the_password_first(client: Client, person: User, page: str) -> None:
    client.post("/ru/accounts/login/", {"login": person.email, "password": PASSWORD})
    asked = client.get(f"/ru/accounts/{page}")
    assert asked["Location"].startswith("/ru/accounts/reauthenticate/")
    assert client.get(asked["Location"]).status_code == 200
    assert client.post(asked["Location"], {"password": PASSWORD}, follow=True).status_code == 200
    assert client.get(f"/ru/accounts/{page}").status_code == 200


@pytest.mark.parametrize("page", [*OWN, *AFTER_THE_PASSWORD])
def test_a_stranger_is_asked_to_sign_in(client: Client, db: None, page: str) -> None:
    if page == "logout/":
        assert client.get("/ru/accounts/logout/")["Location"] == "/"
    else:
        assert client.get(f"/ru/accounts/{page}")["Location"].startswith("/ru/accounts/login/")


def test_ones_name_and_language_change_with_the_page(client: Client, person: User) -> None:
    client.force_login(person)
    answer = client.post("/ru/accounts/", {"name": "Елена", "language": "en"})
    assert answer["Location"] == "/en/accounts/"
    person.refresh_from_db()
    assert (person.name, person.language) == ("Елена", "en")


def test_nobody_gives_themselves_rights(client: Client, person: User) -> None:
    client.force_login(person)
    client.post(
        "/ru/accounts/",
        {"name": "Елена", "language": "ru", "is_staff": "on", "is_superuser": "on", "network_role": "administrator"},
    )
    person.refresh_from_db()
    assert not (person.is_staff or person.is_superuser or person.network_role)


@pytest.mark.parametrize("answers", [{"name": "", "language": "ru"}, {"name": "Елена", "language": "xx"}, {}])
def test_a_bad_answer_is_said_at_the_field(client: Client, person: User, answers: dict[str, str]) -> None:
    client.force_login(person)
    assert client.post("/ru/accounts/", answers).context["form"].errors
    person.refresh_from_db()
    assert person.name == "Лена"
