"""What the API's own description calls right and wrong, thousands of times: an answer or a named error, never a 5xx.

The questions are made by schemathesis from the OpenAPI schema that we serve, half of them as it allows them, half of
them against it; asked by nobody, and by somebody of the network. The short form: `reading/tests/test_api_nonsense.py`.
"""

from __future__ import annotations

import contextlib
from collections import Counter

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable

pytestmark = [pytest.mark.django_db, pytest.mark.long]
#: A few more than the least: an operation whose rules nothing can break has fewer.
LEAST, CASES = 5000, 5200
QUICK = {
    "deadline": None,
    "database": None,
    "phases": (Phase.explicit, Phase.generate),
    "suppress_health_check": list(HealthCheck),
}


class Asked:
    """Sends the cases as somebody, by the client of the tests, and counts the answers."""

    def __init__(self) -> None:
        self.statuses: Counter[int] = Counter()
        self.broken: list[str] = []

    def run(self, strategy, client: Client, count: int) -> None:
        @seed(11)
        @settings(max_examples=count, **QUICK)
        @given(strategy)
        def ask(case):
            self.send(case, client)

        with contextlib.suppress(Unsatisfiable):  # what can be sent cannot break this rule of the schema
            ask()

    def send(self, case, client: Client) -> None:
        from requests import Request

        wanted = Request(**case.as_transport_kwargs(base_url="http://testserver")).prepare()
        kind = wanted.headers.pop("Content-Type", "application/octet-stream")
        headers = {name: value for name, value in wanted.headers.items() if name not in ("Content-Length", "Cookie")}
        answer = client.generic(wanted.method, wanted.path_url, wanted.body or b"", content_type=kind, headers=headers)
        self.statuses[answer.status_code] += 1
        if answer.status_code >= 500:
            self.broken.append(f"{wanted.method} {wanted.path_url} {wanted.body!r}: {answer.status_code}")


def test_no_case_of_the_schema_breaks_the_server(network, client_of, record_testsuite_property):
    from schemathesis import GenerationMode, openapi  # its plugin and all of its parts are for this test alone

    nobody, reader, asked = client_of("anonymous"), client_of("reader"), Asked()
    nobody.raise_request_exception = reader.raise_request_exception = False
    schema = openapi.from_dict(nobody.get("/api/v1/schema/", headers={"Accept": "application/json"}).json())
    operations = [found.ok() for found in schema.get_all_operations()]
    ways = [
        (mode, client) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE) for client in (nobody, reader)
    ]
    each = CASES // (len(operations) * len(ways)) + 1
    for operation in operations:
        for mode, client in ways:
            asked.run(operation.as_strategy(generation_mode=mode), client, each)
    said = ", ".join(f"{status}: {count}" for status, count in sorted(asked.statuses.items()))
    cases = f"{asked.statuses.total()} cases over {len(operations)} operations"
    record_testsuite_property("schemathesis", f"{cases}; {said}")
    assert not asked.broken
    assert asked.statuses.total() >= LEAST and {200, 400} <= asked.statuses.keys()
