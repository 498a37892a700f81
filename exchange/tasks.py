"""What the worker does of an import that is too long for a page."""

from __future__ import annotations

import contextlib

from django.utils.translation import override
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from core.languages import SOURCE
from exchange.books import working


@app.task
def go_on(book: int, language: str) -> int:
    """Any number of these may run: each begins after the last step that is there. Returns how many were sent."""
    with override(language or SOURCE):
        return len(working.work(book))


def defer(book: int, language: str) -> None:
    """Ask the worker to go on with it; once is enough."""
    with contextlib.suppress(AlreadyEnqueued):
        go_on.configure(queueing_lock=f"exchange.{book}").defer(book=book, language=language)
