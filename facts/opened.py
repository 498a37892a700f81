"""Who checks a listing reads it too: what the pages of checks show beyond what everybody may know is counted like what
the members' pages show (`verification.guarding.reading`).

`facts.discretion` says what it hands out; whoever answers a person opens the count around the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from accounts.models import User
from verification.guarding.reading import note_more

_shown: ContextVar[dict[str, str] | None] = ContextVar("listings whose facts this page shows", default=None)


@contextmanager
def counted(user: User) -> Iterator[None]:
    """What is handed out inside was shown to this person; a page that failed showed nothing."""
    shown: dict[str, str] = {}
    before = _shown.set(shown)
    try:
        yield
        if shown:
            note_more(user, shown)
    finally:
        _shown.reset(before)


def note(listing_id: str, organization_id: str) -> None:
    """This listing of this organisation is shown with more than everybody may know."""
    if (shown := _shown.get()) is not None:
        shown[listing_id] = organization_id
