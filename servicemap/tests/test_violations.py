"""Browsers tell what the policy stopped: a line names the rule and the route, and neither address nor reporter."""

import json
import logging

import pytest
from django.test import Client

CANARY = "kanareika"


def tell(body, **extra):
    return Client().post("/violations", json.dumps(body), content_type="application/csp-report", **extra)


OLD = {
    "csp-report": {
        "document-uri": f"https://map.example/ru/places/{CANARY}/?q={CANARY}",
        "effective-directive": f"script-src-elem {CANARY}",
        "blocked-uri": f"https://evil.example/{CANARY}",
        "referrer": f"https://{CANARY}.example/",
        "script-sample": CANARY,
    }
}
NEW = [{"type": "csp-violation", "body": {
    "documentURL": f"https://map.example/ru/invitation/{CANARY}/", "effectiveDirective": "img-src",
    "blockedURL": "inline",
}}]  # fmt: skip


def test_a_report_names_the_rule_and_the_route_and_no_address(caplog):
    with caplog.at_level(logging.WARNING):
        for body in (OLD, NEW):
            assert tell(body, REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT=CANARY).status_code == 204
    lines = [record.getMessage() for record in caplog.records]
    assert lines == [
        "a browser refused script-src-elem on maps:place: another site",
        "a browser refused img-src on invitation: inline",
    ]


@pytest.mark.parametrize("body", [b"", b"{", b"[1, null]", b"[]", b'"x"', b"\xff", b'{"csp-report": []}'])
def test_nonsense_is_taken_and_says_nothing(caplog, body):
    answer = Client().post("/violations", body, content_type="application/reports+json")
    assert answer.status_code == 204 and not caplog.records


def test_a_flood_of_reports_does_not_fill_the_log(caplog):
    for _ in range(50):
        tell(NEW)
    assert len(caplog.records) == 20


def test_it_answers_to_posts_alone():
    assert Client().get("/violations").status_code == 405
