"""What keeps somebody out of the site: told without a name, seen on the desk until its day, answered by a code."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from core import clock
from core.errors import WrongState
from core.pages import askers
from doors.shared.forms import fresh_stamp
from doors.suggesting import views
from network.gaps.sources.told import SUGGESTIONS
from verification import services as verification
from verification.coordination.suggestions import waiting
from verification.coordination.waits import _answered
from verification.models import Suggestion
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
PAGE, ANSWER = "/ru/suggest/access/", "/ru/suggest/answer/"
NOON = dt.datetime(2026, 3, 10, 9, tzinfo=dt.UTC)
SAID = {"what": "Кнопка без имени", "where": "Карта", "country": "GE", "language": "ru", "text": "NVDA"}


@pytest.fixture(autouse=True)
def calm(monkeypatch):
    monkeypatch.setattr("doors.shared.forms.QUICKEST", 0)
    with clock.travel(NOON):
        yield


def send(**fields):
    return Client().post(PAGE, SAID | {"shown": fresh_stamp()} | fields)


def test_it_waits_on_the_desk_of_the_country_until_its_day_and_is_answered_by_the_code():
    told = send()
    assert told.status_code == 200 and told.cookies == {}
    code = re.search(r"report-code[^>]*>([^<]+)<", told.content.decode())[1].strip()
    row = Suggestion.objects.get()
    assert (row.about, row.reach, row.known_from, row.due_at) == ("access", "Карта", "", NOON + dt.timedelta(days=14))
    coordinator, elsewhere = scenarios.coordinator(), scenarios.coordinator()
    elsewhere.countries = ["PL"]
    assert list(waiting(coordinator)) == [row] and not waiting(elsewhere)
    page = Client().post(ANSWER, {"code": code}).content.decode()
    assert "24 марта 2026" in page

    desk = Client()
    desk.force_login(coordinator)
    shown = desk.get(f"/ru/workspace/suggestions/{row.public_id}/").content.decode()
    assert "Помеха на этом сайте" in shown and 'id="take-in"' not in shown
    assert "Помеха на этом сайте" in desk.get("/ru/workspace/suggestions/").content.decode()
    done = desk.post(f"/ru/workspace/suggestions/{row.public_id}/close/", {"state": "mended", "answer": "Назвали."})
    assert done.status_code == 302
    page = Client().post(ANSWER, {"code": code}).content.decode()
    assert "Помехи больше нет" in page and "Назвали." in page


@pytest.mark.parametrize(
    "fields",
    [
        {"what": " "},
        {"what": "\u200b"},
        {"where": ""},
        {"where": "\u200b \u200b"},
        {"country": "XX"},
        {"country": ""},
        {"text": "й" * 1001},
    ],
)
def test_what_is_not_whole_comes_back_with_words_and_writes_nothing(fields):
    answer = send(**fields)
    assert answer.status_code == 400 and 'class="errors' in answer.content.decode()
    assert not Suggestion.objects.exists()


def test_a_flood_waits_and_loses_nothing():
    answers = [send(what=f"Помеха {number}") for number in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert "Помеха 3" in answers[3].content.decode() and answers[3]["Retry-After"]


def test_whoever_waited_in_line_is_answered_like_any_other():
    asked = [send() for _number in range(4)][-1]
    with clock.travel(NOON + dt.timedelta(seconds=11)):
        assert send(what="Дождались", ticket=asked.context["form"]["ticket"].value()).status_code == 200
    assert "Дождались" in [row.what for row in waiting(scenarios.coordinator())]


def test_wishes_for_help_push_no_barrier_aside_and_only_very_many_of_its_kind_do(monkeypatch):
    monkeypatch.setattr(views, "CALM_FOR_COUNTRY", 2)
    for _number in range(5):
        askers.count("suggestions-for", "GE", 3600)
    for _number in range(3):
        send()
    assert list(Suggestion.objects.order_by("pk").values_list("state", flat=True)) == ["new", "new", "flood"]


def test_what_the_service_refuses_comes_back_with_its_words(monkeypatch):
    monkeypatch.setattr(verification, "receive_barrier", lambda **_said: Suggestion(about="access").full_clean())
    answer = send()
    assert answer.status_code == 400 and 'class="errors' in answer.content.decode()


def test_it_becomes_no_draft_and_is_counted_nowhere_as_a_missing_service():
    row, _code = verification.receive_barrier(what="Кнопка", where="Карта", country="GE")
    actor = scenarios.coordinator()
    listing = scenarios.published(scenarios.place(scenarios.organization()))
    with pytest.raises(WrongState):
        verification.take_suggestion_in(suggestion=row, actor=actor, listing=listing)
    with pytest.raises(ValueError, match="close"):
        verification.close_suggestion(suggestion=row, actor=actor, state="accepted", answer="да")
    verification.close_suggestion(suggestion=row, actor=actor, state="known", answer="Знаем.")
    assert not _answered().exists()
    assert not list(SUGGESTIONS.counts(NOON.date(), NOON.date()))


def test_the_database_keeps_the_two_kinds_apart():
    row, _code = verification.receive_barrier(what="Кнопка", where="Карта", country="GE")
    for wrong in ({"known_from": "been"}, {"about": "service"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Suggestion.objects.filter(pk=row.pk).update(**wrong)
    with pytest.raises(ValidationError):
        verification.receive_suggestion(what="Тест", country="GE", reach="так", known_from="")
