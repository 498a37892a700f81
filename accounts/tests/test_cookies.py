"""Where cookies are: at the door and behind it, never on the street."""

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from accounts.tests.conftest import PASSWORD

PUBLIC = ("/", "/ru/", "/en/", "/ru/about/", "/en/about/", "/ru/embed/", "/ru/places/nothing/", "/healthz", "/readyz")


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_leaves_no_cookie(client: Client, db: None, address: str) -> None:
    answer = client.get(address)
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_is_the_same_for_those_who_are_signed_in(client: Client, person: User, address: str) -> None:
    client.force_login(person)
    answer = client.get(address)
    assert not answer.cookies
    assert person.name not in answer.content.decode()


def test_the_cookies_of_the_door_are_for_this_site_alone(client: Client, person: User) -> None:
    client.get("/ru/accounts/login/")
    answer = client.post("/ru/accounts/login/", {"login": person.email, "password": PASSWORD})
    session = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert not session["domain"]


@pytest.mark.parametrize("address", ["/ru/accounts/", "/ru/accounts/login/", "/ru/accounts/2fa/", "/ru/workspace/"])
def test_private_pages_stay_out_of_shared_caches(client: Client, person: User, address: str) -> None:
    if address != "/ru/accounts/login/":
        client.force_login(person)
    control = client.get(address).get("Cache-Control", "")
    assert "no-store" in control
    assert "private" in control


def test_what_a_page_said_does_not_stay_on_the_device(client: Client, person: User) -> None:
    client.force_login(person)
    client.post("/ru/accounts/", {"name": "Елена", "language": "ru"})
    assert set(client.cookies) <= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
