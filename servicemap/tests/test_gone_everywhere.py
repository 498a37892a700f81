"""What is hidden is gone within a minute, whatever stands between the product and the reader, errors included.

Behind the product stand a proxy and a browser that keep as long as our headers let them, and that show a stale answer
whenever they may (RFC 9111, RFC 5861): the worst caches that are still right.
"""

from __future__ import annotations

import datetime as dt
import random

import pytest
from django.db import transaction
from django.test import Client

from core import clock
from core.pages.http import BROKEN, FRESH, MEANWHILE
from directory.management.commands import feed_face
from kept import mark
from services.models import Service
from verification.services import hide
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
MINUTE = 60
ANSWER, OTHERS = "/api/v1/places/{}/", ("/ru/places/{}/", "/api/v1/listings/", "/api/v1/listings.geojson")


class Cache:
    """A cache in front of `ask`. It says nothing of an answer's age to whoever asks it, as nginx does."""

    def __init__(self, ask, shared):
        self.ask, self.shared = ask, shared
        self.kept = {}

    def get(self, url, now):
        if url in self.kept:
            answer, since, rules = self.kept[url]
            age, fresh = now - since, rules["s-maxage" if self.shared and "s-maxage" in rules else "max-age"]
            if age < fresh:
                return answer
            newer = self.ask(url, now)
            if newer[0] >= 500 and age < fresh + rules.get("stale-if-error", 0):
                return answer
            if age < fresh + rules.get("stale-while-revalidate", 0):
                self._keep(url, newer, now)
                return answer
        else:
            newer = self.ask(url, now)
        self._keep(url, newer, now)
        return newer

    def _keep(self, url, answer, now):
        self.kept.pop(url, None)
        words = answer[2].split(", ")
        if answer[0] == 200 and "no-store" not in words:
            rules = {name: int(value) for name, _equals, value in (word.partition("=") for word in words) if value}
            self.kept[url] = (answer, now, rules)


def test_the_sum_of_what_headers_allow_stays_within_a_minute():
    """Also where a face has a database of its own, which home looks after every PAUSE seconds."""
    fed = feed_face.PAUSE + feed_face.AWAY
    assert 2 * (FRESH + max(MEANWHILE, BROKEN)) + fed + mark.SECONDS <= MINUTE


def test_what_is_hidden_is_gone_within_a_minute_100_of_100():
    """At a random moment the owner hides it; in half of the runs the product breaks just then."""
    dice, start, waits = random.Random(11), clock.now(), []
    listing = scenarios.published(scenarios.place(scenarios.organization("Мост")))
    for number in range(100):
        url = OTHERS[number // 10 % len(OTHERS)] if number % 10 == 0 else ANSWER
        press = by_the_owner if number % 5 == 0 else by_whatever_else
        with transaction.atomic():
            waits.append(seconds_until_gone(url.format(listing.location.public_id), listing, press, start, dice))
            transaction.set_rollback(True)
    assert len(waits) == 100 and max(waits) <= MINUTE
    assert max(waits) > FRESH + BROKEN and len(set(waits)) > 50, "the caches kept something"


def by_the_owner(listing):
    hide(listing=listing, actor=None, reason="опасно")


def by_whatever_else(listing):
    """What the database's triggers notice."""
    Service.objects.filter(pk=listing.service_id).update(visibility="members")


def seconds_until_gone(url, listing, press, start, dice):
    """From the press until no cache shows it any more, looking every few seconds."""
    hidden_at, broken_until = dice.uniform(5, 12), 0.0
    if dice.random() < 0.5:
        broken_until = hidden_at + dice.uniform(1, 40)

    def product(asked, now):
        if hidden_at <= now < broken_until:
            return 503, b"", "no-store"
        with clock.travel(start + dt.timedelta(seconds=now)):
            answer = Client().get(asked)
        return answer.status_code, answer.content, answer["Cache-Control"]

    def is_shown(now):
        status, content, _rules = browser.get(url, now)
        return status == 200 and listing.location.public_id in content.decode()

    proxy = Cache(product, shared=True)
    browser = Cache(proxy.get, shared=False)
    assert is_shown(dice.uniform(0, 4))
    press(listing)
    now = last_seen = hidden_at
    while now < hidden_at + MINUTE:
        now += dice.uniform(1, 4)
        if is_shown(now):
            last_seen = now
        elif now >= broken_until:
            break
    assert press is by_whatever_else or not is_shown(hidden_at + MINUTE)
    return last_seen - hidden_at
