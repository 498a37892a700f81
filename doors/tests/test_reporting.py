"""Reports of anybody: a flood is kept apart and wakes nobody, and it silences nobody else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from core.tests.shared import shared
from doors.reporting import views
from doors.shared.forms import fresh_stamp
from verification import services as verification
from verification.letters.occasions.alerts import alert
from verification.models import Recheck, Report
from verification.tests import scenarios

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def calm(monkeypatch):
    monkeypatch.setattr("doors.shared.forms.QUICKEST", 0)


def make_listing():
    return scenarios.published(scenarios.place(scenarios.organization("Мост")))


_ground, listing = shared(make_listing, "listing")


def send(listing, ticket="", **headers):
    url = reverse("reporting:report", args=[listing.location.public_id])
    form = {"listing": listing.public_id, "kind": "phone", "text": "Молчат", "shown": fresh_stamp(), "ticket": ticket}
    return Client().post(url, form, **headers)


def wait(answer):
    """The ticket of a page that asks to wait, and how many seconds."""
    assert answer.status_code == 429 and "Молчат" in answer.content.decode()
    return answer.context["form"]["ticket"].value(), int(answer["Retry-After"])


def send_patiently(listing, **headers):
    """As a person does: waits as long as the page says, and presses once more."""
    answer = send(listing, **headers)
    if answer.status_code == 200:
        return answer
    ticket, seconds = wait(answer)
    with clock.travel(clock.now() + dt.timedelta(seconds=seconds)):
        return send(listing, ticket, **headers)


def test_the_only_service_of_a_place_need_not_be_chosen_by_the_link(listing):
    """Red before: the hidden field was empty, and what was sent was refused at a field that nobody sees."""
    page = Client().get(reverse("reporting:report", args=[listing.location.public_id])).content.decode()
    assert f'name="listing" value="{listing.public_id}"' in page


def test_one_asker_behind_the_prescribed_proxy_does_not_silence_another(listing, settings, monkeypatch):
    """Red before: the limit was five an hour for everybody behind the proxy together."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    monkeypatch.setattr(views, "CALM_ABOUT_LISTING", 1000)
    for _number in range(views.REFUSED_ABOVE + 2):
        send(listing, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.5")
    other = send(listing, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.9")
    assert other.status_code == 200
    assert Report.objects.latest("pk").state == "new"


def test_above_the_calm_number_a_report_is_kept_apart_and_wakes_nobody(listing):
    coordinator = scenarios.coordinator()
    for number in range(views.CALM_BY_ASKER):
        assert send(listing).status_code == 200, number
    Report.objects.all().delete()
    Recheck.objects.all().delete()
    answer = send_patiently(listing)
    assert answer.status_code == 200 and answer.context["code"]
    (report,) = Report.objects.all()
    assert report.state == "flood" and not Recheck.objects.exists() and alert() == 0

    taken = verification.take_report(report=report, actor=coordinator)
    assert taken.state == "in_work" and Recheck.objects.open().filter(listing=listing).count() == 1


def test_a_flood_about_one_service_from_many_places_is_kept_apart(listing, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(views.CALM_ABOUT_LISTING + 2):
        send(listing, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    assert Report.objects.filter(state="flood").count() == 2


def test_only_a_machine_is_refused_and_is_told_what_to_do(listing, monkeypatch):
    monkeypatch.setattr(views, "REFUSED_ABOVE", views.CALM_BY_ASKER + 1)
    answers = [send_patiently(listing) for _number in range(views.REFUSED_ABOVE)]
    assert {answer.status_code for answer in answers} == {200}
    refused = send(listing)
    assert refused.status_code == 429 and "напишите" in refused.content.decode() and "Retry-After" not in refused
    assert Report.objects.count() == views.REFUSED_ABOVE


def test_above_the_calm_number_each_waits_longer_and_nothing_typed_is_lost(listing, monkeypatch):
    """Without a script and without a third party: the same form, taken from a moment on that the page names."""
    for _number in range(views.CALM_BY_ASKER):
        send(listing)
    waits = [wait(send(listing)) for _number in range(3)]
    assert [seconds for _ticket, seconds in waits] == [10, 20, 30]
    ticket = waits[-1][0]
    with clock.travel(clock.now() + dt.timedelta(seconds=29)):
        assert wait(send(listing, ticket)) == (ticket, 1)  # too early: the same place in the line
    with clock.travel(clock.now() + dt.timedelta(seconds=31)):
        assert send(listing, ticket).status_code == 200
        assert wait(send(listing, ticket)) != (ticket, 0)  # once
        assert send(listing, ticket + "x").status_code == 429
    with clock.travel(clock.now() + dt.timedelta(hours=2)):
        assert send(listing, waits[0][0]).status_code == 429


def test_the_coordinator_sees_the_flood_apart_and_can_take_one(listing, client):
    _report, _code = verification.receive_report(listing=listing, kind="phone", in_flood=True)
    client.force_login(scenarios.coordinator())
    address = reverse("workspace:coordination-reports")
    assert not client.get(address).context["rows"]
    page = client.get(address + "?show=flood")
    assert page.context["flood"] == 1 and len(page.context["rows"]) == 1
    report = page.context["rows"][0][0]
    client.post(reverse("workspace:coordination-report", args=[report.public_id]), {"action": "take"})
    report.refresh_from_db()
    assert report.state == "in_work"
