"""What one press on the page of a letter costs."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import clock
from doors.tests.letters import NOW, items_of, link_of, owner_with

#: Queries of one press, measured: once, and for each listing that it confirms. Whoever makes it cheaper writes it here.
#: Of each, four are for the rows of the smaller circles: two tables, and the word to open and close them (ADR 0052).
ONCE, EACH = 10, 24


@pytest.mark.django_db
def test_a_press_costs_a_constant_and_a_number_for_each_listing():
    measured = {count: queries_of(count) for count in (1, 2, 10)}
    assert measured == {count: ONCE + EACH * count for count in measured}


def queries_of(listings: int) -> int:
    with clock.travel(NOW):
        token = link_of(owner_with(*[f"Услуга {number}" for number in range(listings)]))
        items = items_of(token)
        with CaptureQueriesContext(connection) as queries:
            answer = Client().post(f"/ru/confirm/{token}/answer/", {"item": items})
    assert answer.status_code == 302
    return len(queries)
