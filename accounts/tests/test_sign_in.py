"""Signing in: with the right password, with a wrong one, too often, and never by registration."""

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.test import Client

from accounts.models import User
from accounts.services import create_person
from accounts.tests.conftest import PASSWORD

LOGIN = "/ru/accounts/login/"


def sign_in(client: Client, email: str, password: str, **extra: str):
    return client.post(LOGIN, {"login": email, "password": password, **extra})


@pytest.mark.first_network("a page without a language speaks Russian")
def test_a_person_with_the_right_password_comes_to_the_workspace(client: Client, person: User) -> None:
    response = sign_in(client, "Lena@Example.org", PASSWORD)
    assert (response.status_code, response["Location"]) == (302, "/ru/workspace/")
    assert int(client.session["_auth_user_id"]) == person.pk


@pytest.mark.parametrize(
    ("role", "address"),
    [("", "/ru/workspace/"), ("verifier", "/ru/workspace/reviews/"), ("coordinator", "/ru/workspace/coordination/")],
)
@pytest.mark.first_network("a page without a language speaks Russian")
def test_everybody_lands_on_their_work(client, person, settings, role, address):
    settings.MFA_REQUIRED_ROLES = ()
    User.objects.filter(pk=person.pk).update(network_role=role)
    assert sign_in(client, person.email, PASSWORD)["Location"] == address


def test_the_workspace_opens_in_the_language_of_the_person(client: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(language="en")
    assert sign_in(client, person.email, PASSWORD)["Location"] == "/en/workspace/"


@pytest.mark.first_network("a page without a language speaks Russian")
def test_next_leads_to_a_page_of_this_house_only(client: Client, person: User) -> None:
    inside = sign_in(client, person.email, PASSWORD, next="/ru/members/")
    assert inside["Location"] == "/ru/members/"
    for outside in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"):
        assert sign_in(Client(), person.email, PASSWORD, next=outside)["Location"] == "/ru/workspace/"


def test_without_the_tick_the_session_ends_with_the_browser(client: Client, person: User) -> None:
    cookie = sign_in(client, person.email, PASSWORD).cookies[settings.SESSION_COOKIE_NAME]
    assert not cookie["max-age"]
    kept = sign_in(Client(), person.email, PASSWORD, remember="on").cookies[settings.SESSION_COOKIE_NAME]
    assert kept["max-age"] == 7 * 24 * 60 * 60


def test_the_session_key_changes_at_the_sign_in(client: Client, person: User) -> None:
    client.get(LOGIN)
    client.cookies[settings.SESSION_COOKIE_NAME] = "fixed-by-somebody-else"
    sign_in(client, person.email, PASSWORD)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != "fixed-by-somebody-else"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: Client, person: User) -> None:
    known = sign_in(client, person.email, "не тот пароль")
    unknown = sign_in(Client(), "nobody@example.org", "не тот пароль")
    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].errors == unknown.context["form"].errors != {}


def test_five_wrong_passwords_lock_the_address_even_for_the_right_one(client: Client, person: User) -> None:
    for _ in range(5):
        sign_in(client, person.email, "не тот пароль")
    locked = sign_in(client, person.email, PASSWORD)
    assert locked.status_code == 200
    assert "_auth_user_id" not in client.session


def test_the_lock_of_one_address_leaves_the_others_alone(client: Client, person: User) -> None:
    other = create_person(email="oleg@example.org", name="Олег", password=PASSWORD)
    for _ in range(6):
        sign_in(client, person.email, "не тот пароль")
    assert sign_in(client, other.email, PASSWORD).status_code == 302


def test_many_tries_from_one_machine_are_refused(client: Client, person: User) -> None:
    codes = [sign_in(client, f"someone{n}@example.org", "не тот пароль").status_code for n in range(31)]
    assert codes[-1] == 429


def test_a_closed_account_stays_outside(client: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    response = sign_in(client, person.email, PASSWORD)
    assert "_auth_user_id" not in client.session
    assert "/workspace/" not in response.get("Location", "")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_nobody_registers_without_an_invitation(client: Client, db: None, language: str) -> None:
    address = f"/{language}/accounts/signup/"
    page = client.get(address)
    assert page.status_code == 200
    assert settings.NETWORK_EMAIL in page.content.decode()
    answer = client.post(address, {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD})
    assert answer.status_code == 405
    assert not User.objects.exists()


def test_a_superuser_has_a_confirmed_address_and_can_sign_in(client: Client, db: None) -> None:
    user = User.objects.create_superuser("Boss@Example.org", PASSWORD)
    assert list(EmailAddress.objects.values_list("user_id", "email", "verified", "primary")) == [
        (user.pk, "boss@example.org", True, True)
    ]
    assert sign_in(client, "boss@example.org", PASSWORD).status_code == 302


def test_signing_out_needs_a_press_and_leaves_no_session(client: Client, person: User) -> None:
    client.force_login(person)
    client.get("/ru/accounts/logout/")
    assert "_auth_user_id" in client.session
    response = client.post("/ru/accounts/logout/")
    assert response.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 0


def test_a_changed_password_ends_the_other_sessions(client: Client, person: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(person)
    client.force_login(person)
    new = "совсем другие слова"
    client.post(
        "/ru/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}, follow=True
    )
    assert elsewhere.get("/ru/accounts/").status_code == 302
    assert client.get("/ru/accounts/").status_code == 200
    assert [letter.to for letter in mail.outbox] == [[person.email]]
