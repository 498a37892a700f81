"""The database is away: 503, Retry-After, no copy kept, the reader's language, and what was typed."""

from __future__ import annotations

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from servicemap.web.unavailable import LONGEST, typed_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_without_database(monkeypatch):
    """Every statement fails as it does when PostgreSQL was killed."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", refuse)
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "words"), [("/ru/", "Приводим карту в порядок"), ("/en/", "The map is being put right")]
)
def test_a_reader_is_asked_to_wait_in_their_language(client_without_database, address, words):
    answer = client_without_database.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "20")
    assert "no-store" in answer["Cache-Control"]
    page = answer.content.decode()
    assert words in page and f'lang="{address[1:3]}"' in page and 'http-equiv="refresh"' in page


@pytest.mark.parametrize(("address", "framed"), [("/ru/embed/", True), ("/ru/embed/build/", False), ("/ru/", False)])
def test_in_the_frame_of_a_partner_it_can_be_read_too(client_without_database, address, framed, settings):
    answer = client_without_database.get(address)
    assert answer.status_code == 503
    assert ("X-Frame-Options" not in answer.headers) is framed
    allowed = " ".join(settings.EMBED_FRAME_ANCESTORS) if framed else "'none'"
    assert f"frame-ancestors {allowed}" in answer["Content-Security-Policy"]


def test_the_api_answers_in_its_own_form(client_without_database):
    answer = client_without_database.get("/api/v1/listings/")
    assert answer.status_code == 503 and answer.json()["error"]["message"]
    assert answer["Retry-After"] == "20" and "no-store" in answer["Cache-Control"]


def test_what_was_typed_is_in_the_page_and_can_be_sent_again(client_without_database):
    typed = {"text": 'Телефон «не тот» <b>"', "login-password": "тайна", "many": ["a", "b"]}
    answer = client_without_database.post("/en/places/abcdefghjk/report/", typed)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert '<form method="post" action="/en/places/abcdefghjk/report/">' in page
    assert '<textarea name="text" hidden>Телефон «не тот» &lt;b&gt;&quot;</textarea>' in page
    assert page.count('<textarea name="many" hidden>') == 2
    assert "тайна" not in page and 'http-equiv="refresh"' not in page


def test_a_password_or_a_code_is_never_kept_and_no_page_grows_without_end(rf):
    assert typed_fields(rf.post("/", {"new_password1": "x", "otp_code": "1", "name": "a"})) == [("name", "a")]
    assert typed_fields(rf.post("/", {"text": "я" * LONGEST})) == []
    assert typed_fields(rf.get("/")) == []


@pytest.mark.parametrize(("error", "status"), [(InterfaceError("closed"), 503), (ValueError("ours"), 500)])
def test_other_faults_are_told_apart(monkeypatch, error, status):
    def fail(*args: object, **kwargs: object) -> None:
        raise error

    monkeypatch.setattr("directory.asking.queries.place", fail)
    answer = Client(raise_request_exception=False).get("/en/places/abcdefghjk/")
    assert answer.status_code == status
    assert "no-store" in answer["Cache-Control"]
