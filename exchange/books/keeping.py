"""A plan from its upload to its undoing, each step of it once.

Rule: applying twice, or undoing twice, does nothing the second time. Undoing puts back what is still as the import left
it, field by field; what somebody has changed since stays and is told. Rows that it made leave the map; places, services
and contacts without a listing are nobody's business but their owner's, so they stay as drafts and are named.
"""

from __future__ import annotations

from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import HouseError, WrongState
from exchange.books.applying import UPDATE, Writing, covered, row_of, send, try_out
from exchange.books.entries import ORDER, BookEntry, alive, as_json
from exchange.books.opening import read_book
from exchange.books.planning import plan_of
from exchange.books.repeated import leave_out_made
from exchange.models import PLAN_STANDS, UNDO_STANDS, BookImport, ImportState
from services.models import ServiceAtLocation
from verification import editing
from verification.models import Review
from verification.publication import Batch
from verification.services import hide, withdraw_submission


def plan(user: User, file: IO[bytes], size: int) -> BookImport:
    """What the file would do, tried out and kept for a day. Raises BookFault."""
    found = plan_of(read_book(file, size), user)
    leave_out_made(found, user)
    try_out(user, found.entries)
    return BookImport.objects.create(
        user=user,
        rows=[entry.kept() for entry in found.entries],
        missing=found.missing,
        same=found.same,
        expires_at=clock.now() + PLAN_STANDS,
    )


def entries_of(kept: BookImport) -> list[BookEntry]:
    return [BookEntry(**row) for row in kept.rows]


@transaction.atomic
def apply(kept: BookImport, user: User) -> list[Review]:
    """Write the plan and send it. Raises WrongState when it was applied already, or is too old."""
    kept = _lock(kept, user, ImportState.PLANNED)
    entries = entries_of(kept)
    with Batch() as batch:
        writing = Writing(user, batch)
        writing.write(entries)
        reviews = send(user, writing.touched, batch)
    _keep(kept, entries, ImportState.APPLIED)
    kept.expires_at = clock.now() + UNDO_STANDS
    kept.save()
    return reviews


@transaction.atomic
def undo(kept: BookImport, user: User) -> list[Review]:
    """Put back what the import has written, latest first. Raises WrongState when there is nothing to undo."""
    kept = _lock(kept, user, ImportState.APPLIED)
    entries = entries_of(kept)
    written = [entry for entry in entries if entry.after]
    made = {entry.public_id for entry in written if entry.sheet == "listing" and entry.verdict == "new"}
    with Batch() as batch:
        touched = _take_all_back(written, user, batch)
        for review in Review.objects.open().filter(listing__in=touched, submitted_by=user).order_by("pk"):
            withdraw_submission(review=review, actor=user)
        left = ServiceAtLocation.objects.filter(pk__in=touched).exclude(public_id__in=made)
        reviews = send(user, left.values_list("pk", flat=True), batch)
    _keep(kept, entries, ImportState.UNDONE)
    kept.save()
    return reviews


def _lock(kept: BookImport, user: User, state: ImportState) -> BookImport:
    found = BookImport.objects.of(user).select_for_update().filter(pk=kept.pk).first()
    if found is None or found.state != state:
        raise WrongState(_("This was done already."))
    return found


def _keep(kept: BookImport, entries: list[BookEntry], state: ImportState) -> None:
    for entry in entries:
        entry.forget()
    kept.rows = [entry.kept() for entry in entries]
    kept.state, kept.done_at = state, clock.now()


def _take_all_back(written: list[BookEntry], user: User, batch: Batch) -> set[int]:
    """The keys of the listings that were touched."""
    touched: set[int] = set()
    for entry in sorted(written, key=lambda each: (ORDER.index(each.sheet), each.line), reverse=True):
        try:
            with transaction.atomic():
                touched |= _take_back(entry, user, batch)
        except ValidationError as error:
            entry.said = " ".join(error.messages)
        except HouseError as error:
            entry.said = str(error.message)
    return touched


def _take_back(entry: BookEntry, user: User, batch: Batch) -> set[int]:
    row = row_of(user, entry)
    touched = covered(row)
    if entry.verdict == "new":
        _take_back_new(entry, row, user)
        return touched
    still = {name: was for name, was in entry.was.items() if _is_as_left(row, entry, name)}
    if not still:
        raise ValidationError(_("Changed since: left as it is."))
    fields = {name: alive(entry.sheet, name, was) for name, was in still.items()}
    named: dict[str, Any] = {entry.sheet: row, "expected_version": row.version, "batch": batch}
    UPDATE[entry.sheet](actor=user, **named, **fields)
    entry.said = _("Put back.") if len(still) == len(entry.was) else _("Put back but for what was changed since.")
    return touched | covered(row)


def _is_as_left(row: Any, entry: BookEntry, name: str) -> bool:
    """A row of the version that the import left is as it left it, however its writer cleaned the value."""
    return row.version == entry.after or as_json(getattr(row, name)) == entry.fields[name]


def _take_back_new(entry: BookEntry, row: Any, user: User) -> None:
    if row.version != entry.after:
        raise ValidationError(_("Changed since: left as it is."))
    if entry.sheet == "contact":
        editing.delete_contact(actor=user, contact=row)
        entry.said = _("Taken out again.")
    elif entry.sheet != "listing":
        entry.said = _("It stays as a draft that nobody sees.")
    elif not row.snapshots.exists():
        editing.remove_listing(actor=user, listing=row)
        entry.said = _("Taken out again.")
    else:
        _off_the_map(row, user)
        entry.said = _("Off the map; it stays as a draft.")


def _off_the_map(row: ServiceAtLocation, user: User) -> None:
    for review in Review.objects.open().filter(listing=row):
        withdraw_submission(review=review, actor=user)
    state = getattr(ServiceAtLocation.objects.select_related("state").get(pk=row.pk), "state", None)
    if state is not None and state.published_id is not None:
        hide(listing=row, actor=user, reason=_("The import that made it was undone."))
