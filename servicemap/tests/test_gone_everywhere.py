"""What is hidden is gone within a minute, whatever stands between the product and the reader, errors included.

Behind the product stand a proxy and a browser that keep as long as our headers let them, and that show a stale answer
whenever they may (RFC 9111, RFC 5861): the worst caches that are still right.
"""

from __future__ import annotations

import datetime as dt
import random

import pytest
from django.test import Client

from core import clock
from core.http import BROKEN, FRESH, MEANWHILE
from directory.management.commands import feed_face
from verification.services import hide, restore
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
MINUTE = 60
PAGE, ANSWERS = "/ru/places/{}/", ("/api/v1/places/{}/", "/api/v1/listings/", "/api/v1/listings.geojson")


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
    assert 2 * (FRESH + max(MEANWHILE, BROKEN)) + feed_face.PAUSE + feed_face.AWAY <= MINUTE


def test_what_is_hidden_is_gone_within_a_minute_100_of_100():
    """At a random moment the owner hides it; in half of the runs the product breaks just then. It is put back after."""
    dice, start, waits = random.Random(11), clock.now(), []
    house = scenarios.organization("Мост")
    listings = [scenarios.published(scenarios.place(house, name=f"Дом {number}")) for number in range(4)]
    for number in range(100):
        listing = listings[number % len(listings)]
        url = PAGE if number % 20 == 0 else ANSWERS[number % len(ANSWERS)]
        waits.append(seconds_until_gone(url.format(listing.location.public_id), listing, start, dice))
        restore(listing=listing, actor=None)
    assert len(waits) == 100 and max(waits) <= MINUTE
    assert max(waits) > FRESH, "the caches kept something at all"


def seconds_until_gone(url, listing, start, dice):
    """From the press of the owner until no cache shows it any more, looking every few seconds."""
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
    hide(listing=listing, actor=None, reason="опасно")
    now, last_seen = hidden_at, hidden_at
    while now < hidden_at + 2 * MINUTE:
        if is_shown(now):
            last_seen = now
        elif now > max(broken_until, hidden_at + FRESH + BROKEN):
            break
        now += 4
    assert not is_shown(now)
    return last_seen - hidden_at
