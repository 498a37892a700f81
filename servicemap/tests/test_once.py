"""A form sent twice is done once, at once or later; written otherwise it is another form."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import SentForm
from accounts.presses import once
from core import clock
from doors.shared.forms import fresh_stamp
from verification.models import Report, Review
from verification.tests import scenarios

KEY = "k" * 22
#: Of the database, while they wait for the first of them.
CONNECTIONS = 25


def make_report_form(listing, **fields):
    with clock.travel(clock.now()):
        values = {"listing": listing.public_id, "kind": "phone", "text": "Никто не отвечает", "shown": fresh_stamp()}
    return values | {once.FIELD: KEY} | fields


@pytest.fixture
def place(db):
    return scenarios.place(scenarios.organization("Мост"))


@pytest.fixture
def no_haste(monkeypatch):
    """A person needs some seconds for the form, and writes few; the test has none, and is one asker."""
    monkeypatch.setattr("doors.shared.forms.QUICKEST", 0)


def address(place):
    return reverse("reporting:report", args=[place.public_id])


class TestOneAfterTheOther:
    def test_the_same_answer_comes_again_and_one_report_is_kept(self, place, no_haste):
        form = make_report_form(scenarios.published(place))
        first, second = (Client().post(address(place), form) for _n in range(2))
        assert first.status_code == second.status_code == 200
        assert first.context["code"] in first.content.decode()
        assert second.content == first.content and "no-store" in second["Cache-Control"]
        assert Report.objects.count() == 1

    def test_other_words_are_another_form(self, place, no_haste):
        form = make_report_form(scenarios.published(place))
        for text in ("Никто не отвечает", "И дверь закрыта"):
            assert Client().post(address(place), form | {"text": text}).status_code == 200
        assert Report.objects.count() == 2

    def test_a_form_with_a_fault_can_be_mended_with_the_same_key(self, place, no_haste):
        form = make_report_form(scenarios.published(place))
        assert Client().post(address(place), form | {"kind": "nonsense"}).status_code == 400
        assert not SentForm.objects.exists()
        assert Client().post(address(place), form).status_code == 200

    def test_a_form_without_a_key_is_done_each_time(self, place, no_haste):
        form = make_report_form(scenarios.published(place))
        del form[once.FIELD]
        for _number in range(2):
            Client().post(address(place), form)
        assert Report.objects.count() == 2

    def test_the_answer_cannot_be_read_without_the_key(self, place, no_haste):
        answer = Client().post(address(place), make_report_form(scenarios.published(place)))
        (row,) = SentForm.objects.all()
        assert KEY not in row.key and answer.context["code"].encode() not in bytes(row.answer)

    def test_it_is_forgotten_after_two_days(self, place, no_haste):
        Client().post(address(place), make_report_form(scenarios.published(place)))
        with clock.travel(clock.now() + dt.timedelta(hours=47)):
            assert once.forget_old() == 0
        with clock.travel(clock.now() + dt.timedelta(hours=49)):
            assert once.forget_old() == 1

    def test_every_form_of_a_page_has_a_key_of_its_own(self, place):
        owner = scenarios.person(place.organization)
        client = Client()
        client.force_login(owner)
        page = client.get(reverse("workspace:place", args=[place.public_id])).content.decode()
        keys = [part.split('"')[0] for part in page.split(f'name="{once.FIELD}" value="')[1:]]
        assert len(keys) == page.count('name="csrfmiddlewaretoken"') > 1 and len(set(keys)) == len(keys)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("presses", [6, pytest.param(50, marks=pytest.mark.long)])
def test_many_at_once_make_one_row_each_and_get_one_answer(no_haste, presses, record_testsuite_property):
    place = scenarios.place(scenarios.organization("Мост"))
    report = make_report_form(scenarios.published(place))
    draft = scenarios.listing(place, title="Черновик")
    owner = scenarios.person(place.organization)
    submit = reverse("workspace:listing-changes", args=[draft.public_id])
    answers = []

    def send(url, form, user=None):
        try:
            client = Client()
            if user:
                client.force_login(user)
            answer = client.post(url, form)
            answers.append((answer.status_code, answer.headers.get("Location"), answer.content))
        finally:
            connection.close()

    for url, form, user in ((address(place), report, None), (submit, {once.FIELD: KEY, "note": "Новая услуга"}, owner)):
        answers.clear()
        with ThreadPoolExecutor(min(presses, CONNECTIONS)) as crowd:
            list(
                crowd.map(
                    lambda _n, *sent: send(*sent), range(presses), *([part] * presses for part in (url, form, user))
                )
            )
        assert len(answers) == presses and len(set(answers)) == 1 and answers[0][0] in (200, 302)
    assert Report.objects.count() == 1
    assert Review.objects.filter(listing=draft).count() == 1
    record_testsuite_property("one key", f"{presses} posts with one key, twice: 1 row each, 1 answer each")
