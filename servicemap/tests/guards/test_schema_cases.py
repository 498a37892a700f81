"""What the API's own description calls right and wrong, thousands of times: an answer or a named error, never a 5xx.

The questions are made by schemathesis from the OpenAPI schema that we serve, half of them as it allows them, half of
them against it; asked by nobody, and by somebody of the network. The short form: `reading/tests/test_api_nonsense.py`.
"""

from __future__ import annotations

from collections import Counter

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck, Phase, given, seed, settings

pytestmark = [pytest.mark.django_db, pytest.mark.long]
#: Of each operation, each way and each of the two who ask.
CASES = 5000
QUICK = {
    "deadline": None,
    "database": None,
    "phases": (Phase.explicit, Phase.generate),
    "suppress_health_check": list(HealthCheck),
}


def test_no_case_of_the_schema_breaks_the_server(network, client_of, record_testsuite_property):
    import schemathesis
    from schemathesis import GenerationMode

    from servicemap.wsgi import application

    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", application)
    operations = [found.ok() for found in schema.get_all_operations()]
    cookie = client_of("reader").cookies[django_settings.SESSION_COOKIE_NAME].value
    askers = {"nobody": {}, "a reader": {"Cookie": f"{django_settings.SESSION_COOKIE_NAME}={cookie}"}}
    statuses, broken = Counter(), []
    each = CASES // (len(operations) * len(askers) * 2) + 1
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            for who, headers in askers.items():

                @seed(11)
                @settings(max_examples=each, **QUICK)
                @given(operation.as_strategy(generation_mode=mode))
                def ask(case, who=who, headers=headers):
                    answer = case.call(headers=headers)
                    statuses[answer.status_code] += 1
                    if answer.status_code >= 500:
                        broken.append(f"{who}: {case.as_curl_command()}: {answer.status_code}")

                ask()
    said = ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items()))
    record_testsuite_property(
        "schemathesis", f"{sum(statuses.values())} cases over {len(operations)} operations; {said}"
    )
    assert not broken
    assert sum(statuses.values()) >= CASES and {200, 400} <= statuses.keys()
