"""Small applications to stand in front of, and how to ask them."""

from __future__ import annotations

import itertools
import re

from kept.front import Front, WaitingLines
from kept.lines import WaitingLine
from kept.mark import Mark
from kept.questions import KeptRoute, Questions
from kept.store import Store

PUBLIC = "public, max-age=10"
ROUTES = [KeptRoute(re.compile(r"/page/\w*"), {"country"}.__contains__), KeptRoute(re.compile(r"/api/\w*"))]


class Application:
    """Answers with a number that grows, and whatever headers it is told to add."""

    def __init__(self, *more, caching=PUBLIC, length=2000):
        self.asked, self.more, self.caching, self.length = [], more, caching, length
        self.hook, self.numbers = lambda environ: None, itertools.count(1)

    def __call__(self, environ, start_response):
        self.asked.append(environ)
        number = next(self.numbers)
        self.hook(environ)
        start_response("200 OK", [("Content-Type", "text/html"), ("Cache-Control", self.caching), *self.more])
        return Body([f"{number} {'x' * self.length}".encode()])


class Body(list):
    streaming = False


def busy(environ, start_response):
    start_response("503 Service Unavailable", [("Retry-After", "5"), ("Cache-Control", "no-store")])
    return [b"busy"]


class World:
    def __init__(self, application=None, *, limit=10**6, public=None, own=None, listeners=50, look=None):
        self.revision, self.now = 1, 0.0
        self.application = application or Application()
        lines = WaitingLines(public or WaitingLine("p", 2, 50, 5), own or WaitingLine("o", 1, 5, 5), listeners)
        self.store, self.mark = Store(limit), Mark(look or (lambda: self.revision), None, 0)
        questions = Questions(ROUTES, lambda path, accepted: accepted[:2], frozenset({"q"}))
        self.front = Front(
            self.application,
            busy,
            questions,
            self.mark,
            self.store,
            lines,
            ("/static/",),
            lambda: self.now,
            re.compile("/own/"),
        )

    def get(self, path="/page/", query="", method="GET", **headers):
        """Status, headers, body."""
        told = {}
        environ = {f"HTTP_{name.upper()}": value for name, value in headers.items()} | {"HTTP_HOST": "map.example"}
        environ |= {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "wsgi.url_scheme": "https"}

        def start_response(status, found, exc_info=None):
            told.update(status=int(status[:3]), headers={name.lower(): value for name, value in found})

        body = b"".join(self.front(environ, start_response))
        return told["status"], told["headers"], body

    def number(self, *args, **kwargs):
        """Which of the application's answers it was."""
        return int(self.get(*args, **kwargs)[2].split()[0])
