"""How many reports one visitor may send: counted in memory, under a key that nobody keeps.

The address is never stored or logged. What is counted is an HMAC of it with a random key of this process that
changes every day, so the counters say nothing about yesterday and nothing to a person who reads the memory's dump.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time

PER_HOUR = 5
HOUR, DAY = 3600, 86400


class Quota:
    """At most `limit` passes within an hour for each caller."""

    def __init__(self, limit: int = PER_HOUR) -> None:
        self.limit = limit
        self._lock = threading.Lock()
        self._key, self._made, self._passes = secrets.token_bytes(32), time.monotonic(), dict[bytes, list[float]]()

    def allows(self, address: str) -> bool:
        """Count one attempt; False when the hour's share is used up."""
        now = time.monotonic()
        with self._lock:
            if now - self._made > DAY:
                self._key, self._made, self._passes = secrets.token_bytes(32), now, {}
            caller = hmac.new(self._key, address.encode(), hashlib.sha256).digest()
            recent = [moment for moment in self._passes.get(caller, []) if now - moment < HOUR]
            allowed = len(recent) < self.limit
            self._passes[caller] = [*recent, now] if allowed else recent
            return allowed


reports_quota = Quota()
answers_quota = Quota(limit=30)
