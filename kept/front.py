"""The WSGI application in front of the other one."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from kept.lines import Full, WaitingLine
from kept.mark import Mark, Unknown
from kept.packed import Headers, Made, Packed, packed_once, way_of
from kept.questions import PageAsked, Questions
from kept.store import Store

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
#: Seconds that somebody waits for what another one has asked already.
PATIENCE = 10.0
#: Of hosts and languages.
MOST_REFUSALS = 64


@dataclass
class WaitingLines:
    """The public's line for pages, that for questions of the map, and one of those with a letter, a login or something
    to write; none takes from another.

    `listeners` may wait for an answer that is being made for somebody else.
    """

    public: WaitingLine
    own: WaitingLine
    listeners: int
    questions: WaitingLine | None = None

    def of(self, question: PageAsked) -> WaitingLine:
        return self.questions if self.questions and question.is_of_a_program else self.public


class Flight:
    """One makes an answer, the others wait until it has landed."""

    def __init__(self) -> None:
        self.landed = threading.Event()
        self.answer: Packed | Made | None = None


class Front:
    """Answers what is kept; everything else is asked of `application` and, where it says so itself, kept.

    `busy` answers whoever finds no room; addresses that begin as one of `straight` stand in no line. Pages of somebody
    at a path of `packed` are packed for them where they are asked for without a query: then nothing that a stranger
    may have put into the question stands beside what is theirs (BREACH).
    """

    def __init__(
        self,
        application: Application,
        busy: Application,
        questions: Questions,
        mark: Mark,
        store: Store,
        lines: WaitingLines,
        straight: tuple[str, ...] = (),
        clock: Callable[[], float] = time.time,
        packed: re.Pattern[str] | None = None,
    ) -> None:
        self._application, self._busy = application, busy
        self._questions, self._mark, self._store, self._lines = questions, mark, store, lines
        self._straight, self._packed, self._clock = straight, packed, clock
        self._lock, self._listening = threading.Lock(), 0
        self._refusals: dict[tuple[str, str, str, bool], Made] = {}
        self._flights: dict[tuple[PageAsked, int, int], Flight] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").startswith(self._straight):
            return self._application(environ, start_response)
        question = self._questions(environ)
        try:
            if question is None:
                return self._of_somebody(environ, start_response)
            return self._of_everybody(question, environ, start_response)
        except Full:
            return self._refuse(question, environ, start_response)

    def _refuse(self, question: PageAsked | None, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """At once, and without working for it each time: whoever is refused must not keep the others waiting."""
        if question is None:
            return self._busy(environ, start_response)
        key = (question.host, question.scheme, question.language, question.is_of_a_program)
        if (made := self._refusals.get(key)) is None:
            captured = _Captured()
            asked = {**environ, "QUERY_STRING": "", "REQUEST_METHOD": "GET"}
            body = _joined(self._busy(asked, captured))
            made = Made(captured.status, captured.headers, body)
            if len(self._refusals) < MOST_REFUSALS:
                self._refusals[key] = made
        return _hand_on(made, environ, start_response)

    def _of_somebody(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Never kept. Whatever was changed is known to every process before this is answered."""
        captured = _Captured()
        answer = self._lines.own.run(lambda: self._application(environ, captured))
        self._mark.look()
        if getattr(answer, "streaming", True):
            start_response(captured.status, captured.headers)
            return answer
        made = Made(captured.status, captured.headers, _joined(answer))
        if made.may_be_kept and environ["REQUEST_METHOD"] == "GET":  # nothing of theirs is in it: packed for them
            return _told(Packed(made, 0, 0), environ, start_response)
        if environ["REQUEST_METHOD"] == "GET" and self._is_packed(environ):
            made = packed_once(made, way_of(environ.get("HTTP_ACCEPT_ENCODING", "")))
        return _hand_on(made, environ, start_response)

    def _is_packed(self, environ: Environ) -> bool:
        is_named = self._packed is not None and self._packed.fullmatch(environ.get("PATH_INFO", ""))
        return bool(is_named) and not environ.get("QUERY_STRING")

    def _of_everybody(self, question: PageAsked, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        try:
            mark = self._mark.current()
        except Unknown:  # then nothing that is kept may be shown
            return _hand_on(self._lines.of(question).run(lambda: self._ask(question, environ)), environ, start_response)
        minute = int(self._clock() // 60)
        found: Packed | Made | None = self._store.get(question, mark)
        if not isinstance(found, Packed) or found.minute != minute:
            found = self._make(question, environ, mark, minute)
        if isinstance(found, Made):
            return _hand_on(found, environ, start_response)
        return self._answer(question, found, environ, start_response)

    def _make(self, question: PageAsked, environ: Environ, mark: int, minute: int) -> Packed | Made:
        """By the first who asks. The others are given that of the minute before, or wait."""
        key = (question, mark, minute)
        with self._lock:
            before = self._store.get(question, mark)
            if before is not None and before.minute == minute:
                return before
            before = before if before is not None and before.minute == minute - 1 else None
            flight = self._flights.get(key)
            if flight is None:
                mine = self._flights[key] = Flight()
            elif before is None:
                if self._listening >= self._lines.listeners:
                    raise Full
                self._listening += 1
        if flight is not None:
            return before or self._listen(flight, question, environ)
        try:
            mine.answer = answer = self._made(question, environ, mark, minute)
            return answer
        except Full:
            if before is None:
                raise
            return before
        finally:
            with self._lock:
                del self._flights[key]
            mine.landed.set()

    def _made(self, question: PageAsked, environ: Environ, mark: int, minute: int) -> Packed | Made:
        made = self._lines.of(question).run(lambda: self._ask(question, environ))
        if not made.may_be_kept:
            return made
        found = Packed(made, mark, minute)
        self._store.put(question, found)
        return found

    def _listen(self, flight: Flight, question: PageAsked, environ: Environ) -> Packed | Made:
        """What was made for another one; what may not be kept is made for each."""
        try:
            flight.landed.wait(PATIENCE)
        finally:
            with self._lock:
                self._listening -= 1
        if isinstance(flight.answer, Packed):
            return flight.answer
        return self._lines.of(question).run(lambda: self._ask(question, environ))

    def _answer(
        self, question: PageAsked, found: Packed, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        size = found.size
        told = _told(found, environ, start_response)
        if found.size != size:
            self._store.put(question, found)
        return told

    def _ask(self, question: PageAsked, environ: Environ) -> Made:
        """In canonical form, without conditions: what is made is for everybody."""
        asked = {
            name: value
            for name, value in environ.items()
            if name not in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
        }
        asked |= {"QUERY_STRING": question.query, "REQUEST_METHOD": "GET"}
        captured = _Captured()
        answer = self._application(asked, captured)
        return Made(captured.status, captured.headers, _joined(answer))


class _Captured:
    """A `start_response` that remembers."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: Headers = []

    def __call__(self, status: str, headers: Headers, exc_info: object = None) -> None:
        self.status, self.headers = status, list(headers)


def _joined(answer: Iterable[bytes]) -> bytes:
    try:
        return b"".join(answer)
    finally:
        close = getattr(answer, "close", None)
        if close is not None:
            close()


def _hand_on(made: Made, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    start_response(made.status, made.headers)
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else made.body]


def _told(found: Packed, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """As the asker understands it packed, or that it is as they have it."""
    if found.is_known_to(environ.get("HTTP_IF_NONE_MATCH", "")):
        start_response("304 Not Modified", list(found.unchanged))
        return [b""]
    headers, body = found.packed(way_of(environ.get("HTTP_ACCEPT_ENCODING", "")))
    start_response(found.made.status, list(headers))
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]
