"""Profiles of organisations in letters: told on the steps of class C, answered by the link."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client

from core import clock
from core.tests.shared import shared
from messaging.dispatch import dispatch
from organizations.models import Location
from verification import services as verification
from verification.models import Check, ProfileCheck, ProfileState
from verification.tests import scenarios
from verification.upkeep import rounds

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 1, 12, 8, tzinfo=dt.UTC)


def make_owner():
    """An editor whose profile began on 12 January 2026, so is due in a year; the listing is confirmed in between."""
    organization = scenarios.organization(description="Помогаем с документами")
    person = scenarios.person(organization)
    person.row = scenarios.published(scenarios.place(organization), on=START)
    for days in (150, 330):
        with clock.travel(START + dt.timedelta(days=days)):
            verification.confirm_unchanged(listing=person.row, actor=None)
    return person


_ground, owner = shared(make_owner, "owner")


def letters(day: dt.date) -> list[mail.EmailMessage]:
    before = len(mail.outbox)
    with clock.travel(dt.datetime.combine(day, dt.time(8), tzinfo=dt.UTC)):
        rounds.run_often()
        dispatch()
    return mail.outbox[before:]


def test_the_steps_of_class_c_and_the_answer_by_the_link(owner):
    assert ProfileState.objects.get().due_on == dt.date(2027, 1, 12)
    assert letters(dt.date(2026, 12, 11)) == []
    (first,) = letters(dt.date(2026, 12, 14))  # thirty days before is a Sunday
    assert first.to == [owner.email] and "Помогаем" not in first.body
    assert letters(dt.date(2026, 12, 15)) == []
    path = re.search(r"/ru/confirm/[\w-]+/", first.body)[0]
    with clock.travel(dt.datetime(2026, 12, 14, 12, tzinfo=dt.UTC)):
        client, checks = Client(), Check.objects.count()
        page = client.get(path)
        seen = re.search(r'name="seen" value="(\w+)"', page.content.decode())[1]
        assert "Помогаем с документами" in page.content.decode()
        assert ProfileCheck.objects.filter(method="link").count() == 0  # looking changes nothing
        assert client.post(f"{path}profile/", {"seen": "другое"}).status_code == 422
        done = client.post(f"{path}profile/", {"seen": seen}, follow=True).content.decode()
        assert "Записали" in done and "profile/" not in done
        assert client.post(f"{path}profile/", {"seen": seen}).status_code == 422  # answered already
    word = ProfileCheck.objects.get(method="link")
    assert (word.correspondent.email, word.organization) == (owner.email, owner.row.service.organization)
    assert ProfileState.objects.get().due_on == dt.date(2027, 12, 14) and Check.objects.count() == checks
    assert letters(dt.date(2026, 12, 30)) == []


def test_what_is_held_of_the_profile_is_not_on_the_page_of_the_link(owner):
    row = owner.row
    scenarios.phone(row.service.organization, value="+995 32 200 00 01", label="вход с ул. Мельничной, домофон 38")
    row.refresh_from_db()
    with clock.travel(START + dt.timedelta(days=331)):
        review = verification.submit(listing=row, actor=None, checked=True)
        verification.approve(review=review, actor=scenarios.verifier())
    Location.objects.update(public_precision="settlement")
    (first,) = letters(dt.date(2026, 12, 14))
    path = re.search(r"/ru/confirm/[\w-]+/", first.body)[0]
    with clock.travel(dt.datetime(2026, 12, 14, 12, tzinfo=dt.UTC)):
        page = Client().get(path).content.decode()
    assert "Помогаем с документами" in page
    assert "+995 32 200 00 01" in page
    assert "домофон" not in page


def test_who_does_not_answer_is_told_less_often_and_the_coordinator_after_the_date(owner):
    coordinator = scenarios.coordinator()
    found = {}
    day = dt.date(2026, 12, 1)
    while day < dt.date(2027, 4, 1):
        for letter in letters(day):
            if "confirm/" in letter.body or "profiles" in letter.body:
                found.setdefault(letter.to[0], []).append(day)
        day += dt.timedelta(days=1)
    assert len(found[owner.email]) <= 6
    assert dt.date(2027, 1, 26) <= found[coordinator.email][0] <= dt.date(2027, 2, 8)
