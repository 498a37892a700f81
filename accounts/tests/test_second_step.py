"""The second step: the app with codes, the codes for a lost phone, and what the database keeps of them."""

import time
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.test import Client

from accounts import secretbox
from accounts.models import User
from accounts.services import enable_totp, remove_second_factor
from accounts.tests.conftest import PASSWORD

SECRET = "JBSWY3DPEHPK3PXP"
STEP = "/ru/accounts/2fa/authenticate/"


def code() -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


@pytest.fixture
def halfway(client: Client, person: User) -> Client:
    """Past the password, before the code."""
    enable_totp(user=person, secret=SECRET)
    response = client.post("/ru/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert response["Location"].startswith(STEP)
    return client


def test_the_password_alone_opens_nothing(halfway: Client) -> None:
    assert "_auth_user_id" not in halfway.session
    assert halfway.get("/ru/accounts/")["Location"].startswith("/ru/accounts/login/")


@pytest.mark.first_network("a page without a language speaks Russian")
def test_the_code_of_the_app_opens_the_door(halfway: Client) -> None:
    assert halfway.post(STEP, {"code": code()})["Location"] == "/ru/workspace/"
    assert "_auth_user_id" in halfway.session


def test_a_wrong_code_is_said_at_the_field(halfway: Client) -> None:
    page = halfway.post(STEP, {"code": "000000" if code() != "000000" else "000001"})
    assert page.context["form"].errors["code"]
    assert "_auth_user_id" not in halfway.session


def test_codes_cannot_be_guessed_by_trying(halfway: Client) -> None:
    for _ in range(10):
        halfway.post(STEP, {"code": "1"})
    halfway.post(STEP, {"code": code()})
    assert "_auth_user_id" not in halfway.session


def test_a_recovery_code_works_once(client: Client, person: User) -> None:
    enable_totp(user=person, secret=SECRET)
    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()

    def come_in() -> bool:
        guest = Client()
        guest.post("/ru/accounts/login/", {"login": person.email, "password": PASSWORD})
        guest.post(STEP, {"code": codes[0]})
        return "_auth_user_id" in guest.session

    assert [come_in(), come_in()] == [True, False]


def test_the_database_does_not_hold_the_secret(person: User) -> None:
    enable_totp(user=person, secret=SECRET)
    assert SECRET not in str(Authenticator.objects.values())


def test_the_box_opens_after_the_key_was_rotated(settings: object) -> None:
    box = secretbox.seal(SECRET)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key entirely"
    assert secretbox.unseal(box) == SECRET
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        secretbox.unseal(box)


@pytest.mark.first_network("a page without a language speaks Russian")
def test_a_lost_factor_can_be_taken_off(client: Client, person: User) -> None:
    enable_totp(user=person, secret=SECRET)
    remove_second_factor(user=person)
    response = client.post("/ru/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert response["Location"] == "/ru/workspace/"


@pytest.mark.parametrize("address", ["/ru/workspace/", "/ru/members/", "/admin/"])
def test_a_role_that_needs_it_works_only_with_a_second_step(settings: object, person: User, address: str) -> None:
    settings.MFA_REQUIRED_ROLES = ("administrator",)
    User.objects.update(network_role="administrator", is_staff=True)
    person.refresh_from_db()
    desk = Client()
    desk.force_login(person)
    Authenticator.objects.all().delete()  # whom tests sign in has one (conftest.py)
    assert desk.get(address)["Location"].endswith("/accounts/2fa/")
    assert desk.get("/api/v1/members/listings/").status_code == 403
    assert desk.get("/ru/accounts/2fa/").status_code == 200
    enable_totp(user=person, secret=SECRET)
    desk.force_login(person)
    assert desk.get(address).status_code == 200


def test_other_roles_are_left_alone(settings: object, person: User) -> None:
    settings.MFA_REQUIRED_ROLES = ("administrator",)
    desk = Client()
    desk.force_login(person)
    assert desk.get("/ru/workspace/").status_code == 200


def test_the_app_knows_the_name_of_the_network(client: Client, person: User) -> None:
    client.post("/ru/accounts/login/", {"login": person.email, "password": PASSWORD})
    asked = client.get("/ru/accounts/2fa/totp/activate/")
    client.post(asked["Location"], {"password": PASSWORD})
    page = client.get("/ru/accounts/2fa/totp/activate/")
    assert page.status_code == 200
    assert quote(str(settings.NETWORK_NAME)) in page.context["totp_url"]
