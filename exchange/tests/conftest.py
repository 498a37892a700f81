"""A directory at the other end of a line, and somebody who has it read."""

from __future__ import annotations

import pytest

from exchange.sources.foreign import asking
from exchange.sources.models import ForeignSource, SourceReading
from exchange.tests.directories import BASE, Directory, at_once, told
from verification.websites import asking as line


@pytest.fixture
def directory(monkeypatch, settings):
    settings.READS_DIRECTORIES = True
    server = Directory()
    monkeypatch.setitem(line.PORTS, "http", server.port)
    monkeypatch.setattr(line, "public_addresses", lambda host, port, seconds: ["127.0.0.1"])
    monkeypatch.setattr(asking, "BETWEEN", 0)
    server.services = [told(number) for number in range(1, 6)]
    yield server
    server.close()


@pytest.fixture
def source():
    choices = {"Theirs|HT": "types.hiv_rapid_test"}
    return ForeignSource.objects.create(title="Theirs", address=BASE, language="en", choices=choices, country="GE")


@pytest.fixture
def read(source, django_capture_on_commit_callbacks):
    """Let somebody do something with the source, and the worker after them."""

    def do(what, *given, **more) -> SourceReading:
        with django_capture_on_commit_callbacks(execute=True):
            what(*given, at_once, **more)
        return source.readings.first()

    return do
