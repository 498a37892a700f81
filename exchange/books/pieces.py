"""Which rows of an import are written together: those that need each other, and as many as make a short step."""

from __future__ import annotations

from collections.abc import Iterable

from exchange.books.entries import BookEntry

#: Rows of one step, one transaction each; what belongs together is never parted.
TOGETHER = 250


def pieces(entries: Iterable[BookEntry]) -> list[list[BookEntry]]:
    """A listing goes with its place, its service and its contacts, whether they are new or there already."""
    given = list(entries)
    leader: dict[tuple[str, str], tuple[str, str]] = {}

    def find(key: tuple[str, str]) -> tuple[str, str]:
        while leader.setdefault(key, key) != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for number, entry in enumerate(given):
        own = _own(entry, number)
        for other in _needed(entry):
            leader[find(other)] = find(own)
    groups: dict[tuple[str, str], list[BookEntry]] = {}
    for number, entry in enumerate(given):
        groups.setdefault(find(_own(entry, number)), []).append(entry)
    return _packed(groups.values())


def _own(entry: BookEntry, number: int) -> tuple[str, str]:
    return entry.sheet, entry.public_id or entry.key or f"#{number}"


def _needed(entry: BookEntry) -> list[tuple[str, str]]:
    found = [(entry.sheet, entry.key)] if entry.key else []
    found += [(name, str(entry.fields[name])) for name in ("location", "service") if entry.fields.get(name)]
    return found + [("contact", str(key)) for key in entry.fields.get("contacts") or ()]


def _packed(groups: Iterable[list[BookEntry]]) -> list[list[BookEntry]]:
    found: list[list[BookEntry]] = []
    for group in groups:
        if found and len(found[-1]) + len(group) <= TOGETHER:
            found[-1] += group
        else:
            found.append(list(group))
    return found
