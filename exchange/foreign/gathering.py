"""The rows of somebody else's list after their trial: a row counts as one, whatever of it was refused."""

from __future__ import annotations

from exchange.books.entries import BookEntry


def gathered(entries: list[BookEntry]) -> list[BookEntry]:
    """A listing whose place or service was refused says why itself; what nothing needs is left out.

    A contact that was refused stays beside its row, which is written without it.
    """
    parts = {(entry.sheet, entry.key): entry for entry in entries if entry.key}
    listings = [entry for entry in entries if entry.sheet == "listing"]
    needed: set[int] = set()
    for listing in listings:
        own = [parts.get((name, str(listing.fields.get(name, "")))) for name in ("location", "service")]
        refused = [part for part in own if part is not None and part.verdict == "refused"]
        if refused:
            listing.verdict = "refused"
            listing.faults = [fault for part in refused for fault in part.faults]
        if listing.verdict != "refused":
            ways = [parts.get(("contact", str(key))) for key in listing.fields.get("contacts") or ()]
            needed |= {id(part) for part in (*own, *ways) if part is not None}
    return [entry for entry in entries if entry.sheet == "listing" or id(entry) in needed]
