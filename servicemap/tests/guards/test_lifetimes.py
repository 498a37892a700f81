"""How long what the public reads may be kept: the headers of every public route, added up as the worst caches would."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from servicemap.tests.guards.routes import EVERYBODY, ROUTES, every_route
from servicemap.tests.guards.test_matrix import arguments, ask

MINUTE = 60
#: RFC 9110 15.1: what a cache may keep without being told, unless it is told not to.
KEPT_UNTOLD = {200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501}
KNOWN = {"public", "private", "no-store", "no-cache", "must-revalidate", "max-age", "s-maxage",
         "stale-while-revalidate", "stale-if-error"}  # fmt: skip


def longest(answer) -> int:
    """Seconds after which nobody shows it any more: a browser behind a proxy, both stale for as long as they may."""
    if not answer.has_header("Cache-Control"):
        return 0 if answer.status_code not in KEPT_UNTOLD else 10**9
    words = dict(word.strip().partition("=")[::2] for word in answer["Cache-Control"].split(","))
    assert words.keys() <= KNOWN, words
    if "no-store" in words:
        return 0
    numbers = {name: int(value) for name, value in words.items() if value}
    browser = numbers.get("max-age", 10**9)
    proxy = 0 if "private" in words else numbers.get("s-maxage", browser)
    stale = max(numbers.get("stale-while-revalidate", 0), numbers.get("stale-if-error", 0))
    return proxy + browser + stale * (1 if "private" in words else 2)


#: Parts of addresses that are numbers, and one that is not there.
NUMBERS = {"sheet": "999"}


def answers(network):
    """Each public route as it is, without its ids, by HEAD, by a method it refuses, and asked again with its ETag."""
    for name, pattern in every_route():
        route = ROUTES[name]
        if route.circle != EVERYBODY:
            continue
        given = arguments(network, pattern)
        url, client = reverse(name, kwargs=given), Client()
        first = ask(client, route, url)
        yield name, first
        yield f"HEAD {name}", client.head(url)
        yield f"PATCH {name}", client.patch(url)
        if given:
            nothing = {part: NUMBERS.get(part, "nothing") for part in given}
            yield f"{name} of nothing", ask(client, route, reverse(name, kwargs=nothing))
        if first.has_header("ETag"):
            again = client.get(url, route.data, headers={"If-None-Match": first["ETag"]})
            assert again.status_code == 304
            yield f"{name} again", again
        yield f"{name} asked nonsense", client.get(url, {"bbox": "x", "page": "-1", "lang": "zz"})


def test_no_public_answer_is_shown_for_longer_than_a_minute(network):
    """Pages of accounts, reports and errors are kept by nobody at all."""
    told = [(name, answer.status_code, longest(answer)) for name, answer in answers(network)]
    assert not [line for line in told if line[2] > MINUTE]
    assert not [line for line in told if line[1] >= 400 and line[2] > 0]
    kept = {name for name, _status, seconds in told if seconds}
    assert {"maps:home", "maps:place", "maps:embed", "api:map", "api:listings again", "sitemap"} <= kept
