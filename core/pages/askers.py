"""Who asks, without knowing it: how often one visitor did something, counted under a key that nobody keeps.

The address is never stored or logged. Counters stand in the cache, which all processes share where there is one, under
an HMAC of the address; its random key lives there too, for a day, and is never written to a disk of ours.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

DAY = 24 * 60 * 60


def address_of(request: HttpRequest) -> str:
    """The visitor's address: the one that the outermost of our own proxies saw (TRUSTED_PROXY_COUNT).

    What stands further left in X-Forwarded-For was written by the visitor. An IPv6 visitor is their network (/64).
    """
    trusted = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    direct = str(request.META.get("REMOTE_ADDR", ""))
    passed = [part.strip() for part in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",") if part.strip()]
    found = passed[-trusted] if trusted and len(passed) >= trusted else direct
    try:
        address = ipaddress.ip_address(found)
    except ValueError:
        return direct
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def asker_of(request: HttpRequest) -> str:
    """A name for the visitor that is good for today and says nothing of the address."""
    key = cache.get_or_set("askers:key", lambda: secrets.token_hex(32), DAY)
    return hmac.new(str(key).encode(), address_of(request).encode(), hashlib.sha256).hexdigest()[:32]


def count(what: str, who: str, seconds: int) -> int:
    """One more; how many there are within the present span of so many seconds."""
    name = f"askers:{what}:{who}"
    cache.add(name, 0, seconds)
    try:
        return cache.incr(name)
    except ValueError:  # it ended between the two
        cache.set(name, 1, seconds)
        return 1


def counted(what: str, who: str) -> int:
    """How many there are within the present span, without one more."""
    return int(cache.get(f"askers:{what}:{who}", 0))
