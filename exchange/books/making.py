"""The new rows of a piece, which point at each other and at rows of ours, written together.

Rule: what cannot be made here, and whatever points at it, is left to whoever writes rows one by one and says why.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from exchange.books.entries import ORDER, BookEntry, alive
from organizations.models import Contact, Location, Organization
from services.models import Service
from verification.services.many.rows import Making

_POINTED_AT: dict[str, Any] = {"location": Location, "service": Service, "contact": Contact}
Named = dict[tuple[str, str], Any]


class _LeftOut(Exception):
    """A row that is not known here."""


def new_rows(making: Making, user: User, entries: list[BookEntry]) -> dict[int, Any]:
    """The rows that were made, by the identities of their entries; none where the database refuses one of them."""
    named = _there(user, entries)
    made: dict[int, Any] = {}
    for entry in sorted(entries, key=lambda each: ORDER.index(each.sheet)):
        try:
            row = made[id(entry)] = _row(making, entry, named)
        except (ValidationError, _LeftOut):
            named[entry.sheet, entry.key] = None
        else:
            named[entry.sheet, entry.key] = row
    return made if made and making.write() else {}


def _row(making: Making, entry: BookEntry, named: Named) -> Any:
    fields = {name: _value(entry, name, named) for name in entry.fields}
    if entry.sheet == "listing":
        return making.listing(fields.pop("service"), fields.pop("location", None), **fields)
    return getattr(making, entry.sheet)(_known(named, "organization", entry.owner), **fields)


def _value(entry: BookEntry, name: str, named: Named) -> Any:
    value = entry.fields[name]
    if name == "contacts":
        return [_known(named, "contact", key) for key in value]
    return _known(named, name, value) if name in _POINTED_AT else alive(entry.sheet, name, value)


def _known(named: Named, sheet: str, key: str) -> Any:
    if (row := named.get((sheet, key))) is None:
        raise _LeftOut
    return row


def _there(user: User, entries: list[BookEntry]) -> Named:
    """Rows of ours that the new ones name by their ids, as far as this person may edit them."""
    owners = Organization.objects.editable_by(user).filter(public_id__in={entry.owner for entry in entries})
    found: Named = {("organization", owner.public_id): owner for owner in owners}
    for sheet, model in _POINTED_AT.items():
        ids = {str(entry.fields[sheet]) for entry in entries if entry.fields.get(sheet)}
        if sheet == "contact":
            ids = {str(key) for entry in entries for key in entry.fields.get("contacts") or ()}
        rows = model.objects.editable_by(user).filter(public_id__in=ids).select_related("organization")
        found |= {(sheet, row.public_id): row for row in rows} if ids else {}
    return found
