"""A form that outlives its session, or the page that it stood on: nothing that was written is lost, nothing leaks."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.test import Client

from workspace.tests.world import form_data

TEXT = "Вход со двора, «звонок» & <b>два</b> раза.\nСпросить Нину."
HERE = {"Origin": "http://testserver"}


@pytest.fixture
def strict():
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def path(world):
    return f"/ru/workspace/places/{world.place.public_id}/"


def written(world):
    return {**form_data(world.get(f"places/{world.place.public_id}/")), "directions": TEXT}


def carried(page):
    """The hidden fields of the page, as a browser would send them."""
    inputs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.content.decode())
    return {unescape(name): unescape(value) for name, value in inputs}


def token(client):
    return client.get("/ru/accounts/login/").context["csrf_token"]


def send(client, path, data, **headers):
    return client.post(path, data, headers=headers or HERE)


def test_after_signing_in_again_the_text_is_saved_as_it_was_written(world, strict, path):
    data = written(world)
    page = send(strict, path, {**data, "csrfmiddlewaretoken": str(token(strict))})
    assert page.status_code == 403
    assert "no-store" in page.headers["Cache-Control"]
    assert "next=" in page.context["login_url"]
    fields = carried(page)
    assert fields["directions"] == TEXT

    strict.force_login(world.editor)
    strict.cookies[settings.CSRF_COOKIE_NAME] = "n" * 32  # a sign-in makes a new one
    stale = send(strict, path, fields)
    assert (stale.status_code, carried(stale)["directions"]) == (403, TEXT)
    assert "login_url" in stale.context and not stale.context["is_signed_out"]

    saved = send(strict, path, carried(stale))
    assert saved.status_code == 302, saved.context["form"].errors
    world.place.refresh_from_db()
    assert world.place.directions == TEXT


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
        {"Accept": "text/html"},
    ],
)
@pytest.mark.parametrize("is_inside", [True, False])
def test_another_site_gets_no_button_of_ours_for_its_fields(world, strict, path, headers, is_inside):
    if is_inside:
        strict.force_login(world.editor)
    page = send(strict, path, {"directions": "чужое"}, **headers)
    assert page.status_code in (302, 403)
    assert "чужое" not in page.content.decode()


@pytest.mark.parametrize("path", ["/ru/accounts/login/", "/ru/accounts/password/change/"])
def test_no_password_is_written_into_a_page(strict, path):
    page = send(strict, path, {"login": "a@example.org", "password": "very secret words"})
    assert page.status_code == 403
    assert "very secret words" not in page.content.decode()
