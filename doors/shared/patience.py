"""Before somebody is refused they are asked to wait: each further report of a crowded network waits a little longer.

Rule: nobody is asked for a script, for a picture or for a third party. The form comes back with all that was typed and
a signed ticket that says from when on it is taken; each is taken once. Whoever writes one report behind the proxy of a
whole town waits for seconds, a program that sends dozens for most of an hour.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from django.core import signing
from django.core.cache import cache

from core import clock

#: Seconds for the first report above the calm number; so many more for each that follows.
STEP = 10
#: A ticket is good for so long, in seconds.
GOOD_FOR = 3600
_SALT = "report-wait"


@dataclass(frozen=True)
class Ticket:
    """A place in the line: what the form carries, and how many seconds are left."""

    code: str
    seconds: int


def ticket_for(position: int) -> Ticket:
    """For the report that is so many above the calm number."""
    seconds = STEP * position
    until = clock.now() + dt.timedelta(seconds=seconds)
    return Ticket(signing.dumps([until.timestamp(), secrets.token_hex(8)], salt=_SALT), seconds)


def seconds_left(code: str) -> int | None:
    """Until this ticket is taken; None for what is no ticket, was taken already, or lay too long."""
    try:
        until, number = signing.loads(code, salt=_SALT)
    except signing.BadSignature:
        return None
    left = until - clock.now().timestamp()
    if left < -GOOD_FOR or cache.get(_key(number)):
        return None
    return max(0, int(left) + (left > int(left)))


def take(code: str) -> bool:
    """Whether this ticket is taken now, by this press and no other."""
    if seconds_left(code) != 0:
        return False
    _until, number = signing.loads(code, salt=_SALT)
    return bool(cache.add(_key(number), True, GOOD_FOR + STEP))


def _key(number: str) -> str:
    return f"report-ticket:{number}"
