"""Suggestions of anybody: no name is asked, no hidden door is kept, a flood waits apart, a code shows the answer."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from doors.shared.forms import fresh_stamp
from doors.suggesting import views
from verification import services as verification
from verification.models import Suggestion
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
PAGE, ANSWER = "/ru/suggest/", "/ru/suggest/answer/"


@pytest.fixture(autouse=True)
def calm(monkeypatch):
    monkeypatch.setattr("doors.shared.forms.QUICKEST", 0)


def send(**fields):
    form = {
        "what": "Бесплатный тест на ВИЧ по субботам",
        "kind": "hiv_prevention",
        "country": "GE",
        "city": "Рустави",
        "reach": "+995 322 00 00 00",
        "known_from": "been",
        "language": "ru",
        "shown": fresh_stamp(),
    } | fields
    return Client().post(PAGE, form)


def test_what_is_missing_is_kept_without_a_name_and_its_answer_is_read_by_the_code():
    page = Client().get(PAGE + "?country=ge").content.decode()
    assert 'value="GE" selected' in page and "network_members" not in page
    for asked in ('name="name"', "email", "contact", 'type="tel"'):
        assert asked not in page.split("<main")[1].split("</main")[0]

    answer = send(lat="41.55", lon="45.01", text="Спросить в регистратуре")
    assert answer.status_code == 200 and not answer.cookies
    (found,) = Suggestion.objects.all()
    assert (found.state, found.country, found.point.coords) == ("new", "GE", (45.01, 41.55))
    assert found.due_at - found.received_at == dt.timedelta(days=7)

    code = answer.context["code"]
    assert code not in found.code_hash
    told = Client().post(ANSWER, {"code": code.upper().replace("-", " ")})
    assert told.status_code == 200 and "Бесплатный тест" in told.content.decode()
    assert Client().post(ANSWER, {"code": "aaaaa-bbbbb"}).status_code == 400
    verification.close_suggestion(
        suggestion=found, actor=scenarios.coordinator(), state="declined", answer="Этот центр закрылся весной."
    )
    assert "закрылся весной" in Client().post(ANSWER, {"code": code}).content.decode()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "safety", "reach": "ул. Абашидзе, 12"}, "reach"),
        ({"kind": "safety", "text": "Звонить в домофон 24, второй подъезд"}, "text"),
        ({"kind": "", "what": "Шелтер для женщин", "text": "https://maps.app.goo.gl/abcd"}, "text"),
        ({"kind": "legal", "what": "Safe house at Rustaveli Street 12"}, "what"),
    ],
)
def test_the_door_of_a_place_that_hides_is_refused_and_nothing_of_it_is_kept(fields, field):
    answer = send(**fields)
    assert answer.status_code == 400 and answer.context["form"].errors.keys() == {field}
    assert not Suggestion.objects.exists()


def test_a_shelter_loses_its_pin_and_other_help_keeps_its_street():
    assert send(kind="safety", what="Дом для женщин", lat="41.7", lon="44.8").status_code == 200
    assert send(reach="ул. Абашидзе, 12", text="Помощь с убежищем и визами").status_code == 200
    shelter, test = Suggestion.objects.order_by("pk")
    assert shelter.point is None and "Абашидзе" in test.reach


def test_above_the_calm_number_one_waits_and_is_kept_apart(monkeypatch):
    for _number in range(views.CALM_BY_ASKER):
        assert send().status_code == 200
    asked = send()
    assert asked.status_code == 429 and asked["Retry-After"] == "10" and "по субботам" in asked.content.decode()
    with clock.travel(clock.now() + dt.timedelta(seconds=11)):
        assert send(ticket=asked.context["form"]["ticket"].value()).status_code == 200
    assert Suggestion.objects.latest("pk").state == "flood"
    monkeypatch.setattr(views, "REFUSED_ABOVE", views.CALM_BY_ASKER)
    refused = send()
    assert refused.status_code == 429 and "Retry-After" not in refused


def test_many_suggestions_for_one_country_are_a_flood_whoever_sends_them(monkeypatch):
    monkeypatch.setattr(views, "CALM_FOR_COUNTRY", 1)
    send()
    send()
    assert list(Suggestion.objects.order_by("pk").values_list("state", flat=True)) == ["new", "flood"]


def test_a_program_and_a_form_sent_twice_are_not_taken_twice():
    assert send(website="x").status_code == 400
    key, shown = "k" * 20, fresh_stamp()
    first, second = send(form_key=key, shown=shown), send(form_key=key, shown=shown)
    assert first.status_code == second.status_code == 200 and Suggestion.objects.count() == 1
    assert first.context["code"] in second.content.decode()


def test_the_way_to_the_form_stands_where_somebody_misses_something():
    form = reverse("suggesting:suggest")
    for page in ("/ru/", "/ru/?city=none", "/ru/about/", "/ru/embed/"):
        assert f'href="{form}"' in Client().get(page).content.decode(), page
