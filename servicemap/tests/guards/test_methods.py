"""Every method on every route, with nothing and with nonsense in the body: a clear answer, never a 5xx."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse

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
