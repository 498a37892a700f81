"""The same file sent twice: new rows that an import of this person has made already are none.

Rule: a row counts as made when an import that stands made one of the same id and the same values, and it is still
there. What else in the file points at it by that id finds ours.
"""

from __future__ import annotations

import json

from accounts.models import User
from exchange.books.applying import MODELS
from exchange.books.entries import BookEntry
from exchange.books.planning import BookPlan
from exchange.models import BookImport, ImportState


def leave_out_made(plan: BookPlan, user: User) -> None:
    """Count such rows as unchanged."""
    made: dict[str, BookEntry] = {}
    for kept in BookImport.objects.of(user).filter(state=ImportState.APPLIED):
        entries = [BookEntry(**row) for row in kept.rows]
        made |= {_mark(entry): entry for entry in entries if entry.verdict == "new" and entry.after}
    again = [(entry, made[_mark(entry)]) for entry in plan.entries if entry.verdict == "new" and _mark(entry) in made]
    there = [(entry, old) for entry, old in again if _is_there(old, user)]
    ids = {(old.sheet, old.key): old.public_id for _entry, old in there if old.key}
    left_out = {id(entry) for entry, _old in there}
    plan.entries = [entry for entry in plan.entries if id(entry) not in left_out]
    plan.same += len(left_out)
    for entry in plan.entries:
        for name in {"location", "service"} & set(entry.fields):
            entry.fields[name] = ids.get((name, entry.fields[name]), entry.fields[name])
            entry.texts |= {name: entry.fields[name]} if name in entry.texts else {}


def _mark(entry: BookEntry) -> str:
    return json.dumps([entry.sheet, entry.key, entry.owner, entry.fields], sort_keys=True, default=str)


def _is_there(entry: BookEntry, user: User) -> bool:
    return bool(MODELS[entry.sheet].objects.editable_by(user).filter(public_id=entry.public_id).exists())
