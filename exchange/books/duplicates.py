"""New rows that are probably there already: asked about in the plan, as a form asks whoever fills it in.

Rule: nothing is told that this person may not see (`verification.coordination.alike.hints`), and nothing that is asked
is written before somebody has answered.
"""

from __future__ import annotations

from accounts.models import User
from exchange.books.entries import BookEntry


def look_for_twins(user: User, entries: list[BookEntry]) -> None:
    """Write into the new listings what is like them."""
