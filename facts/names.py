"""The vocabulary of one private page, as members know it: looked up once, however many rows the page has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from directory.vocabulary import Vocabulary, vocabulary

_page: ContextVar[list[Vocabulary] | None] = ContextVar("page", default=None)


@contextmanager
def one_page() -> Iterator[None]:
    """Within the block `names` asks the database at most once."""
    token = _page.set([])
    try:
        yield
    finally:
        _page.reset(token)


def names() -> Vocabulary:
    """The vocabulary of the page; outside of one, the present one."""
    page = _page.get()
    if page is None:
        return vocabulary("members")
    if not page:
        page.append(vocabulary("members"))
    return page[0]
