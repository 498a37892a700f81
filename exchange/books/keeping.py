"""A plan from its upload to its undoing, each step of it once.

Rule: applying twice, or undoing twice, does nothing the second time. Undoing puts back what is still as the import left
it, field by field; what somebody has changed since stays and is told. Rows that it made leave the map; places, services
and contacts without a listing are nobody's business but their owner's, so they stay as drafts and are named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import IO, Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import WrongState
from exchange.books import duplicates, mending, working
from exchange.books.entries import BookEntry
from exchange.books.planning import BookPlan, plan_of
from exchange.books.repeated import leave_out_made
from exchange.books.sheets.opening import read_book
from exchange.models import PLAN_STANDS, BookImport, ImportState
from verification.models import Review

#: So many rows are answered at once; more of them are the worker's.
AT_ONCE = 100
#: Puts an import into the worker's hands: its key and the language of whoever reads of it.
Defer = Callable[[int, str], None]


def plan(user: User, file: IO[bytes], size: int, defer: Defer | None = None) -> BookImport:
    """What the file would do, tried out and kept for a day. Raises BookFault."""
    found = plan_of(read_book(file, size), user)
    leave_out_made(found, user)
    return keep(user, found, defer)


def keep(user: User, found: BookPlan, defer: Defer | None = None, **more: Any) -> BookImport:
    """Keep what is planned and try it out, at once or by the worker."""
    kept = BookImport.objects.create(
        user=user,
        state=ImportState.PLANNING,
        rows=[entry.kept() for entry in found.entries],
        missing=found.missing,
        same=found.same,
        expires_at=clock.now() + PLAN_STANDS,
        **{"total": len(found.entries), **more},
    )
    go(kept, defer)
    kept.refresh_from_db()
    return kept


def entries_of(kept: BookImport) -> list[BookEntry]:
    return working.entries_of(kept)


def apply(kept: BookImport, user: User, defer: Defer | None = None) -> list[Review]:
    """Write the plan and send it. Raises WrongState when it was applied already, or is too old.

    What the worker is to write gives no reviews: they come with its steps.
    """
    return go(_begin(kept, user, ImportState.PLANNED, ImportState.APPLYING), defer)


def undo(kept: BookImport, user: User, defer: Defer | None = None) -> list[Review]:
    """Put back what the import has written, latest first. Raises WrongState when there is nothing to undo."""
    return go(_begin(kept, user, ImportState.APPLIED, ImportState.UNDOING), defer)


def mend(kept: BookImport, user: User, cells: Mapping[str, str], defer: Defer | None = None) -> BookImport:
    """Plan anew with these cells (by `mending.name_of`) in place of what was refused. Raises WrongState."""
    with transaction.atomic():
        found = BookImport.objects.of(user).select_for_update().filter(pk=kept.pk).first()
        if found is None or found.state != ImportState.PLANNED or found.title:
            raise WrongState(_("This was done already."))
        entries = working.entries_of(found)
        planned = plan_of(mending.mended(entries, cells), user)
        leave_out_made(planned, user)
        mending.keep_answers(entries, planned.entries)
        found.rows = [entry.kept() for entry in planned.entries]
        found.same += planned.same
        found.state, found.done, found.total = ImportState.PLANNING, 0, len(planned.entries)
        found.save()
    go(found, defer)
    found.refresh_from_db()
    return found


@transaction.atomic
def answer(kept: BookImport, user: User, key: str, same: str) -> None:
    """Whether a row is there already. Raises WrongState when that was answered, or the plan is applied."""
    found = BookImport.objects.of(user).select_for_update().filter(pk=kept.pk).first()
    if found is None or found.state != ImportState.PLANNED:
        raise WrongState(_("This was done already."))
    entries = duplicates.answer(working.entries_of(found), key, user, same)
    found.rows = [entry.kept() for entry in entries]
    found.save(update_fields=["rows"])


def go(kept: BookImport, defer: Defer | None) -> list[Review]:
    """Do it now, or leave it to the worker."""
    if defer is not None and kept.total > AT_ONCE:
        transaction.on_commit(lambda: defer(kept.pk, get_language() or ""))
        return []
    with transaction.atomic():
        return working.work(kept.pk)


@transaction.atomic
def _begin(kept: BookImport, user: User, state: ImportState, then: ImportState) -> BookImport:
    found = BookImport.objects.of(user).select_for_update().filter(pk=kept.pk).first()
    if found is None or found.state != state:
        raise WrongState(_("This was done already."))
    found.state, found.done = then, 0
    found.total = len(working.waiting(found, working.entries_of(found)))
    found.save(update_fields=["state", "done", "total"])
    return found
