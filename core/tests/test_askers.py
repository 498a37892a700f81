"""How often somebody asked is counted without knowing who: behind proxies too, and nothing of it is kept."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from core.pages import askers


def request(direct: str, *passed: str):
    return RequestFactory().get("/", REMOTE_ADDR=direct, HTTP_X_FORWARDED_FOR=", ".join(passed))


@pytest.mark.parametrize(
    ("trusted", "passed", "address"),
    [
        (0, ("198.51.100.7",), "10.0.0.1"),  # nobody of ours stands in front: the header is the visitor's own word
        (1, ("198.51.100.7",), "198.51.100.7"),
        (1, ("203.0.113.1", "198.51.100.7"), "198.51.100.7"),  # the visitor wrote the first one
        (2, ("203.0.113.1", "198.51.100.7", "10.0.0.2"), "198.51.100.7"),
        (2, ("198.51.100.7",), "10.0.0.1"),
        (1, (), "10.0.0.1"),
        (1, ("not an address",), "10.0.0.1"),
        (1, ("2001:db8:1:2:aaaa::1",), "2001:db8:1:2::/64"),
    ],
)
def test_the_address_is_what_our_outermost_proxy_saw(settings, trusted, passed, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = trusted
    assert askers.address_of(request("10.0.0.1", *passed)) == address


def test_visitors_behind_one_proxy_are_told_apart_and_the_name_says_nothing(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    names = {askers.asker_of(request("10.0.0.1", f"198.51.100.{number}")) for number in range(20)}
    assert len(names) == 20 and not any("198" in name[:6] and "." in name for name in names)
    assert askers.asker_of(request("10.0.0.1", "198.51.100.3")) in names


def test_tomorrows_name_is_another():
    before = askers.asker_of(request("198.51.100.7"))
    cache.delete("askers:key")  # it ends with its day
    assert askers.asker_of(request("198.51.100.7")) != before


def test_each_is_counted_alone_within_the_span():
    assert [askers.count("x", "one", 60) for _n in range(3)] == [1, 2, 3]
    assert askers.count("x", "two", 60) == 1
    assert askers.count("y", "one", 60) == 1
    cache.delete("askers:x:one")
    assert askers.count("x", "one", 60) == 1
