"""How many questions a chat may ask in a minute. In memory alone, under a key that nobody else has and that goes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from enum import Enum

MOST, SECONDS = 20, 60
#: Seconds between two messages to one chat; Telegram asks for one.
BETWEEN = 1.05
#: Messages a second to all chats together; Telegram takes about thirty, and a slow line lets some arrive at once.
TOGETHER = 20
#: A key lives for a day; then nobody can say which chat a number stood for.
_DAY = 86_400
#: More chats than this in one minute are a flood; who comes then begins a new count.
_MOST_CHATS = 50_000


class Verdict(Enum):
    """What a question gets."""

    ANSWER = 1
    SAY_ONCE = 2
    SILENCE = 3


class Patience:
    """Counts of this process; another one begins at nothing."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._key, self._made = secrets.token_bytes(32), clock()
        self._minute, self._counts = -1, dict[bytes, int]()
        self._free_at: dict[bytes, float] = {}
        self._all_free_at = 0.0

    def ask(self, chat: int) -> Verdict:
        now = self._clock()
        if now - self._made > _DAY:
            self._key, self._made, self._counts, self._free_at = secrets.token_bytes(32), now, {}, {}
        if int(now // SECONDS) != self._minute or len(self._counts) > _MOST_CHATS:
            self._minute, self._counts = int(now // SECONDS), {}
        name = self._name(chat)
        count = self._counts[name] = self._counts.get(name, 0) + 1
        if count <= MOST:
            return Verdict.ANSWER
        return Verdict.SAY_ONCE if count == MOST + 1 else Verdict.SILENCE

    def pause(self, chat: int) -> float:
        """Seconds until the next message may go to this chat: one a second. Its turn is taken by asking."""
        now = self._clock()
        if len(self._free_at) > _MOST_CHATS:
            self._free_at = {}
        name = self._name(chat)
        turn = max(now, self._free_at.get(name, now))
        self._free_at[name] = turn + BETWEEN
        return turn - now

    def came_through(self, chat: int) -> None:
        """Telegram counts what arrives: the second begins when a message was answered, however long it was held up."""
        name = self._name(chat)
        self._free_at[name] = max(self._free_at.get(name, 0.0), self._clock() + BETWEEN)

    def pause_of_all(self) -> float:
        """Seconds until a message may go to any chat. Its turn is taken by asking."""
        now = self._clock()
        turn = max(now, self._all_free_at)
        self._all_free_at = turn + 1 / TOGETHER
        return turn - now

    def _name(self, chat: int) -> bytes:
        return hmac.digest(self._key, str(chat).encode(), hashlib.sha256)
