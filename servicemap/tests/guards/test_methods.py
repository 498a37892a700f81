"""Every method on every route, with nothing and with nonsense in the body: a clear answer, never a 5xx."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from servicemap.tests.guards.leaking import leaks
from servicemap.tests.guards.routes import every_route
from servicemap.tests.guards.test_matrix import arguments

pytestmark = pytest.mark.django_db
METHODS = ("OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")  # GET and HEAD are the matrix's
BODIES = {"POST": (b"\xff\x00{[=%zz&a=", "application/json"), "PUT": (b"a=%ff", "application/x-www-form-urlencoded")}


@pytest.mark.parametrize("role", ["anonymous", "administrator"])
def test_no_method_breaks_a_route(role, network, client_of):
    client = client_of(role)
    client.raise_request_exception = False
    broken = []
    for name, pattern in every_route():
        try:
            url = reverse(name, kwargs=arguments(network, pattern))
        except Exception:
            continue
        for method in METHODS:
            body, kind = BODIES.get(method, (b"", "application/octet-stream"))
            with transaction.atomic():
                answer = client.generic(method, url, body, content_type=kind)
                transaction.set_rollback(True)
            if answer.status_code >= 500:
                broken.append(f"{role} {method} {name}: {answer.status_code}")
    assert not broken


#: What an error knows and nobody outside may: its words, the statement, files, settings, versions.
OF_AN_ERROR = (
    "kanareika_table",
    "SELECT kanareika",
    "Traceback",
    ".py",
    "site-packages",
    "DATABASES",
    "SECRET_KEY",
    "Django",
    "psycopg",
)


def test_a_page_that_breaks_tells_nothing_about_us(network, client_of, monkeypatch):
    """Every route, broken in the middle by what no code foresees."""
    asked = []
    for name, pattern in every_route():
        known = arguments(network, pattern)
        if len(known) == pattern.count("<"):
            asked.append(reverse(name, kwargs=known))

    def broken(*_arguments: object, **_named: object) -> None:
        raise ProgrammingError(
            'relation "kanareika_table" does not exist LINE 1: SELECT kanareika FROM kanareika_table'
        )

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", broken)
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "k" * 32
    answers = [(address, client.get(address)) for address in asked]
    assert sum(answer.status_code >= 500 for _address, answer in answers) > 20
    assert not [f"{address}: {found}" for address, answer in answers if (found := leaks(answer, OF_AN_ERROR))]
