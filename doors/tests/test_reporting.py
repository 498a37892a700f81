"""Reports of anybody: a flood is kept apart and wakes nobody, and it silences nobody else."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from core.tests.shared import shared
from doors.reporting import views
from doors.reporting.forms import fresh_stamp
from verification import services as verification
from verification.letters.alerts import alert
from verification.models import Recheck, Report
from verification.tests import scenarios

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def calm(monkeypatch):
    monkeypatch.setattr("doors.reporting.forms.QUICKEST", 0)
    cache.clear()


def make_listing():
    return scenarios.published(scenarios.place(scenarios.organization("Мост")))


_ground, listing = shared(make_listing, "listing")


def send(listing, **headers):
    url = reverse("reporting:report", args=[listing.location.public_id])
    form = {"listing": listing.public_id, "kind": "phone", "text": "Молчат", "shown": fresh_stamp()}
    return Client().post(url, form, **headers)


def test_one_asker_behind_the_prescribed_proxy_does_not_silence_another(listing, settings, monkeypatch):
    """Red before: the limit was five an hour for everybody behind the proxy together."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    monkeypatch.setattr(views, "CALM_ABOUT_LISTING", 1000)
    for _number in range(70):
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
    answer = send(listing)
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
    monkeypatch.setattr(views, "REFUSED_ABOVE", 3)
    answers = [send(listing) for _number in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "напишите" in answers[-1].content.decode()
    assert Report.objects.count() == 3


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
