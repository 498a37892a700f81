"""Whether a hidden place is there cannot be told by the work that an answer costs: the database is asked the same, and
the clock of whoever asks many times says nothing."""

from __future__ import annotations

import re
import statistics
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db
#: Neither the place nor anything that looks like it is there.
MISSING = "zzzzzzzzzzzzz"
WAYS = ("/ru/places/{}/", "/en/places/{}/", "/ru/light/places/{}/", "/api/v1/places/{}/", "/ru/places/{}/qr.svg")
LONGEST_GAP = 0.001
PAIRS = 400


def questions(client: Client, address: str, place: str) -> tuple[int, list[str]]:
    """Status, and what the database was asked, without the name of the place."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        status = client.get(address.format(place)).status_code
    told = [re.sub(r"'[^']*'", "?", one["sql"].replace(place, "?")) for one in asked.captured_queries]
    return status, [re.sub(r"\d+", "0", one) for one in told]


@pytest.mark.parametrize("way", WAYS)
def test_the_database_is_asked_the_same_for_a_hidden_place_and_for_none(network, way):
    client = Client()
    client.get(way.format(MISSING))  # what a process asks once in its life
    nothing = questions(client, way, MISSING)
    assert nothing[0] == 404
    for hidden in network.extras["hidden"]:
        place = getattr(hidden, "location", hidden).public_id
        if client.get(way.format(place)).status_code == 404:
            assert questions(client, way, place) == nothing


@pytest.mark.long
def test_a_hidden_place_takes_no_longer_than_none(network, record_testsuite_property):
    """Pairs in turn, so that a machine that is busy is busy for both; the middle of their differences."""
    client, way = Client(), WAYS[0]
    _shelter, _members_only, secret = network.extras["hidden"]
    hidden, gaps = secret.location.public_id, []

    def seconds(place: str) -> float:
        began = time.perf_counter()
        assert client.get(way.format(place)).status_code == 404
        return time.perf_counter() - began

    for number in range(PAIRS):
        order = (hidden, MISSING) if number % 2 else (MISSING, hidden)
        took = {place: seconds(place) for place in order}
        gaps.append(took[hidden] - took[MISSING])
    gap = statistics.median(gaps)
    longer = sum(one > 0 for one in gaps)
    record_testsuite_property(
        "a hidden place against none", f"{gap * 1000:+.3f} ms in the middle of {PAIRS} pairs, longer in {longer}"
    )
    assert abs(gap) < LONGEST_GAP
    # Of a fair coin: more than 2.6 standard deviations from the half come once in a hundred times.
    assert abs(longer - PAIRS / 2) < 2.6 * (PAIRS**0.5) / 2
