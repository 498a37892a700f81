"""No line of the log tells an address: canaries in every part of every route, in failing checks and failing views."""

from __future__ import annotations

import io
import json
import logging

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from servicemap.logs import Json, Plain
from servicemap.tests.guards.routes import every_route

pytestmark = pytest.mark.django_db
CANARY = "kanareika7"


class Failing:
    """The last middleware: the view breaks, and its error repeats what it was asked for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.META.get("HTTP_X_FAIL"):
            raise ValueError(f"cannot do {request.get_full_path()} with {kwargs}")


@pytest.fixture
def written():
    """What the handler of the house writes, as it writes it."""
    handlers = logging.getLogger("django").handlers
    (handler,) = [each for each in handlers if isinstance(each.formatter, Plain)]
    stream = io.StringIO()
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)


def addresses():
    for name, pattern in every_route():
        names = [part.split(">")[0].split(":")[-1] for part in pattern.split("<")[1:]]
        if names and not any(kind in pattern for kind in ("<int:", "<re_path")):
            try:
                yield name, reverse(name, kwargs={part: f"{CANARY}{part}" for part in names}) + "?q=kanareikavoprosa"
            except Exception:
                continue


def test_no_line_names_an_address(written, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "servicemap.tests.guards.test_logs.Failing"]
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    asked = 0
    for _name, address in addresses():
        client.post(address, {"text": "kanareikateksta"})
        answer = client.get(address, headers={"X-Fail": "1"})
        asked += answer.status_code == 500
    text = written.getvalue()
    assert asked > 30, "most routes with a part were made to fail"
    assert "ValueError" in text and "Forbidden" in text
    assert "kanareika" not in text.lower(), next(line for line in text.splitlines() if "kanareika" in line.lower())


def test_a_reset_link_is_hidden_by_its_own_shape(written, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "servicemap.tests.guards.test_logs.Failing"]
    address = reverse("account_reset_password_from_key", kwargs={"uidb36": "kanareika", "key": "abc-kanareika"})
    Client(raise_request_exception=False).get(address, headers={"X-Fail": "1"})
    assert "ValueError" in written.getvalue() and "kanareika" not in written.getvalue()


def test_json_names_the_route_and_hides_the_same(written, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "servicemap.tests.guards.test_logs.Failing"]
    (handler,) = [each for each in logging.getLogger("django").handlers if isinstance(each.formatter, Plain)]
    before, handler.formatter = handler.formatter, Json()
    try:
        address = reverse("maps:place", kwargs={"place_id": CANARY}) + f"?q={CANARY}"
        Client(raise_request_exception=False).get(address, headers={"X-Fail": "1"})
    finally:
        handler.formatter = before
    said = json.loads(written.getvalue().splitlines()[0])
    assert (said["level"], said["logger"], said["route"], said["status"]) == (
        "ERROR", "django.request", "maps:place", 500,
    )  # fmt: skip
    assert "ValueError" in said["message"] and said["time"].endswith("+00:00") and CANARY not in written.getvalue()


def test_what_the_database_says_of_values_stays_out():
    try:
        raise IntegrityError('duplicate key value violates "one_email"\nDETAIL:  Key (email)=(kanareika@example.org).')
    except IntegrityError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "failed", None, __import__("sys").exc_info())
    text = Plain("%(message)s").format(record)
    assert "one_email" in text and "kanareika" not in text.split("IntegrityError: ")[1]
