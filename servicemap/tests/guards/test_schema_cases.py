"""What the API's own description calls right and wrong, thousands of times: an answer or a named error, never a 5xx.

The questions are made by schemathesis from the OpenAPI schema that we serve, half of them as it allows them, half of
them against it; asked by nobody, and by somebody of the network. The short form: `reading/tests/test_api_nonsense.py`.
"""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable

from directory.filtering.declared import FILTERS

pytestmark = [pytest.mark.django_db, pytest.mark.long]
#: A few more than the least: an operation whose rules nothing can break has fewer.
LEAST, CASES = 5000, 5200
QUICK = {
    "deadline": None,
    "database": None,
    "phases": (Phase.explicit, Phase.generate),
    "suppress_health_check": list(HealthCheck),
}


#: What the description cannot say, because OpenAPI 3.1 describes one parameter at a time and not how long a list is.
BEYOND_WORDS = {
    "radius": "for a place",
    "lat": "lat and lon go together; /nearest/ needs them or near",
    "lon": "the same",
    "near": "a city of the gazetteer, of which there are 30,000",
    "page": "not beyond the last one",
    "sort": "by distance, from a place",
    "proximity": "for a place",
    "bbox": "the south below the north, the west left of the east",
    "list": "the same",
    "after": "a mark that an answer gave",
    "before": "the same; and not beside after",
}
#: Codes of the twins that members ask: more than everybody may read, so the description names none there
#: (`reading/api/today.py`). What is the same for everybody it does name: yes, no, the states of a door.
CODES_OF_MEMBERS = frozenset(name for name, declared in FILTERS.items() if not declared.known.fixed)


#: Where schemathesis says that a parameter may be empty. What it sends against this, a truth instead of a code, spells
#: like a code in an address.
SPELT_ALIKE = "/anyOf/1"
_WHOLE = re.compile(r"parameter `(\w+)` in query - violates `anyOf`")


def is_spelt_alike(fault, path):
    found = _WHOLE.search(fault)
    told = parse_qs(urlsplit(path).query).get(found[1], []) if found else []
    return SPELT_ALIKE in fault or (bool(told) and {*told} <= {"true", "false"})


def beyond_words(path):
    """A body of members names no codes at all: what was promised of it does not become narrower."""
    path = path.partition("?")[0]
    if "/members/" not in path:
        return BEYOND_WORDS.keys()
    return BEYOND_WORDS.keys() | (FILTERS.keys() if path.endswith("/search/") else CODES_OF_MEMBERS)


class Asked:
    """Sends the cases as somebody, by the client of the tests, counts the answers and holds the description to them."""

    def __init__(self) -> None:
        self.statuses: Counter[int] = Counter()
        self.broken: list[str] = []
        self.untrue: list[str] = []

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
        if answer.status_code == 400 and answer.json()["error"]["param"] in beyond_words(wanted.path_url):
            return
        self.compare(case, wanted, answer, is_somebody=client.session.get(SESSION_KEY) is not None)

    def compare(self, case, wanted, answer, *, is_somebody: bool) -> None:
        """All checks that schemathesis has: statuses, kinds, headers and shapes as described, and who is refused.

        That somebody is let in by the session of the client, which the case does not show, is no hole.
        """
        from schemathesis.core.failures import FailureGroup
        from schemathesis.core.transport import Response
        from schemathesis.specs.openapi.checks import ignored_auth, negative_data_rejection

        headers = {name.lower(): [value] for name, value in answer.headers.items()}
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        try:
            told = Response(answer.status_code, headers, body, wanted, 0.01, True)
            case.validate_response(told, excluded_checks=[ignored_auth, negative_data_rejection] if is_somebody else [])
        except FailureGroup as faults:
            asked = f"{wanted.method} {wanted.path_url} {wanted.body!r}: {answer.status_code}"
            untrue = [str(fault) for fault in faults.exceptions if not is_spelt_alike(str(fault), wanted.path_url)]
            self.untrue += [f"{asked} {fault} {body[:200]!r}" for fault in untrue]


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
    assert asked.untrue == []
    assert asked.statuses.total() >= LEAST and {200, 400} <= asked.statuses.keys()
