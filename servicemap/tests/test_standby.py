"""A process that reads from a copy of the database says how old that is, and steps aside when it is too old."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory

from deploy.drills import standby as drill
from kept.mark import Mark, Unknown
from servicemap.web import standby
from servicemap.web.keeping import Look


@pytest.fixture
def old(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float | None]]:
    """What the database says of its age; the test may change it."""
    said: list[float | None] = [None]
    monkeypatch.setattr(standby, "seconds_behind", lambda *over: said[0])
    yield said


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that the database's own user may enter."""
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        yield Path(folder)


@pytest.mark.parametrize(("attrs", "reads"), [("prefer-standby", True), ("read-write", False), (None, False)])
def test_only_a_process_whose_address_allows_a_copy_looks(settings, monkeypatch, attrs, reads):
    options = {"target_session_attrs": attrs} if attrs else {}
    monkeypatch.setitem(settings.DATABASES["default"], "OPTIONS", options)
    if reads:
        assert standby.StandbyMiddleware(lambda request: HttpResponse("a page"))
    else:
        with pytest.raises(MiddlewareNotUsed):
            standby.StandbyMiddleware(lambda request: HttpResponse("a page"))


def test_it_steps_aside_with_every_page_and_comes_back_and_looks_every_few_seconds(settings, old, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "OPTIONS", {"target_session_attrs": "prefer-standby"})
    now = [1000.0]
    monkeypatch.setattr(standby.time, "monotonic", lambda: now[0])
    page = standby.StandbyMiddleware(lambda request: HttpResponse("a page"))
    told = []
    for seconds, behind in ((0, 0.4), (4, 61), (5, 61), (11, 1e6), (17, 12), (23, None)):
        now[0], old[0] = 1000.0 + seconds, behind
        answer = page(RequestFactory().get("/ru/"))
        told.append(answer.status_code)
        if answer.status_code == 503:
            assert answer["Retry-After"] == "20" and "no-store" in answer["Cache-Control"]
    assert told == [200, 200, 503, 503, 200, 200]
    old[0], now[0] = 1e6, 2000.0
    assert page(RequestFactory().get("/readyz")).status_code == 200, "it says itself what is wrong"


@pytest.mark.django_db
def test_what_is_kept_is_shown_by_a_young_copy_alone(settings, old, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "OPTIONS", {"target_session_attrs": "prefer-standby"})
    look = Look()
    monkeypatch.setattr(look, "_open", lambda: setattr(look, "_connection", connection))
    monkeypatch.setattr(connection, "close", lambda: None)
    old[0] = 59.0
    seen = Mark(look, None).current()
    old[0] = 61.0
    with pytest.raises(Unknown):
        Mark(look, None).current()
    old[0] = None
    assert Mark(look, None).current() == seen


@pytest.mark.django_db
@pytest.mark.parametrize(("behind", "status"), [(None, 200), (59.0, 200), (61.0, 503)])
def test_ready_is_who_is_young_enough_and_says_how_old(old, behind, status):
    old[0] = behind
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["behind"]) == (status, behind)


def test_a_real_copy_is_young_while_it_follows_and_grows_old_when_it_does_not(place: Path) -> None:
    report = drill.standby(place, frozen=2)
    assert not report.broken, report.broken


def test_a_copy_that_was_told_nothing_yet_is_taken_for_young_by_nobody(place: Path) -> None:
    assert any("before it has followed" in one for one in drill.standby(place, "trusting", frozen=0).broken)
