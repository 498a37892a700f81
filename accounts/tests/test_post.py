"""Letters about accounts wait for the worker, sealed; a page takes as long for a stranger's address as for ours."""

from __future__ import annotations

import datetime as dt
import statistics
import time

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import post
from accounts.models import User, WaitingLetter
from core import clock

QUEUED = "accounts.post.QueuedBackend"
ADDRESS = "/ru/accounts/password/reset/"


@pytest.fixture(autouse=True)
def quick_worker():
    """Here the worker takes its time."""


def test_a_letter_waits_sealed_and_is_sent_by_the_worker(settings, db):
    settings.EMAIL_BACKEND = QUEUED
    letter = EmailMultiAlternatives("Тема", "Тайное слово", "map@example.org", ["lena@example.org"])
    letter.attach_alternative("<p>Тайное слово</p>", "text/html")
    assert letter.send() == 1
    (row,) = WaitingLetter.objects.all()
    assert "Тайное" not in row.sealed and "lena" not in row.sealed and not mail.outbox
    assert post.send_waiting() == 1
    (sent,) = mail.outbox
    assert (sent.subject, sent.body, sent.to, sent.from_email) == (
        "Тема", "Тайное слово", ["lena@example.org"], "map@example.org",
    )  # fmt: skip
    assert sent.alternatives[0][0] == "<p>Тайное слово</p>" and not WaitingLetter.objects.exists()


@pytest.mark.first_network("a page without a language speaks Russian")
def test_a_wish_for_a_password_is_looked_up_by_the_worker_alone(client: Client, person: User):
    for email in (person.email, "nobody@example.org"):
        client.post(ADDRESS, {"email": email})
    assert WaitingLetter.objects.count() == 2 and not mail.outbox
    assert post.send_waiting() == 2
    assert [letter.to for letter in mail.outbox] == [[person.email]]
    assert "http://testserver/ru/accounts/password/reset/key/" in mail.outbox[0].body


def test_both_addresses_do_the_same_work(client: Client, person: User):
    client.post(ADDRESS, {"email": "first@example.org"})  # the worker's job is asked for by the first
    counts = []
    for email in (person.email, "nobody@example.org"):
        with CaptureQueriesContext(connection) as asked:
            client.post(ADDRESS, {"email": email})
        counts.append([query["sql"].split(" ")[0] for query in asked])
    assert counts[0] == counts[1]


def gap_between(known: str, unknown: str) -> float:
    """Seconds by which one is answered later, in the middle of pairs that begin with the one and the other in turn."""
    gaps = []
    for number in range(20):
        took = {}
        for email in (known, unknown) if number % 2 else (unknown, known):
            began = time.perf_counter()
            answer = Client().post(ADDRESS, {"email": email})
            took[email] = time.perf_counter() - began
            assert answer.status_code == 302
        gaps.append(took[known] - took[unknown])
    return statistics.median(gaps)


def test_a_known_address_takes_no_longer(settings, person: User):
    """Side channel: what tells the two apart does so every time, and a mood of the machine does not."""
    settings.ACCOUNT_RATE_LIMITS = False  # who is refused for asking too often is answered before all work
    rounds = (abs(gap_between(person.email, "nobody@example.org")) for _round in range(3))
    assert any(gap < 0.005 for gap in rounds)


def test_a_server_that_is_away_is_tried_again_and_given_up_after_a_day(settings, client: Client, person: User):
    settings.POST_BACKEND = "accounts.tests.test_post.Away"
    settings.EMAIL_BACKEND = QUEUED
    client.post(ADDRESS, {"email": person.email})
    now, tries = clock.now(), 0
    assert post.send_waiting() == 1  # the wish became a letter, which is tried at once
    while WaitingLetter.objects.exists() and tries < 20:
        now, tries = now + dt.timedelta(hours=13), tries + 1
        with clock.travel(now):
            post.send_waiting()
    assert tries == len(post.BACKOFF) and not mail.outbox


class Away(post.BaseEmailBackend):
    def send_messages(self, email_messages):
        raise OSError("no route")
