"""Putting back what an import has written, field by field, latest first."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import HouseError
from exchange.books.applying import UPDATE, covered, lock_all, row_of, rows_of
from exchange.books.entries import ORDER, BookEntry, alive, as_json
from services.models import ServiceAtLocation
from verification import editing
from verification.models import Review
from verification.services import Together, hide, submit_differing, withdraw_all, withdraw_submission
from verification.services.many.rows import Edit, Rights, update_several


def take_back(user: User, written: list[BookEntry], batch: Together) -> list[Review]:
    """Each says what became of it; what is still on the map is sent as it was before."""
    made = {entry.public_id for entry in written if entry.sheet == "listing" and entry.verdict == "new"}
    latest_first = sorted(written, key=lambda each: (ORDER.index(each.sheet), each.line), reverse=True)
    lock_all(user, latest_first)
    touched = _put_back(latest_first, user, batch)
    touched |= _take_all_back([entry for entry in latest_first if not entry.said], user, batch)
    batch.narrow()
    withdraw_all(listings=touched, actor=user, bulk=batch)
    left = ServiceAtLocation.objects.filter(pk__in=touched).exclude(public_id__in=made)
    return submit_differing(listings=left.values_list("pk", flat=True), actor=user, bulk=batch)


def _put_back(written: list[BookEntry], user: User, batch: Together) -> set[int]:
    """Changed rows of which something is as the import left it, those of a sheet together."""
    rights, put_back = Rights(user), []
    for sheet in reversed(ORDER):
        entries = {each.public_id: each for each in written if each.sheet == sheet and each.verdict == "changed"}
        rows = rows_of(user, entries.values())
        edits = {
            key: Edit(row, row.version, values) for key, row in rows.items() if (values := _left(entries[key], row))
        }
        for row in update_several(actor=user, rights=rights, edits=list(edits.values()), batch=batch):
            _say(entries[row.public_id], len(edits[row.public_id].fields))
            put_back.append(row)
    return covered(put_back)


def _take_all_back(written: list[BookEntry], user: User, batch: Together) -> set[int]:
    """One by one: what is new, and what could not be put back together. The keys of the listings that were touched."""
    touched: set[int] = set()
    for entry in written:
        try:
            with transaction.atomic():
                touched |= _take_back(entry, user, batch)
        except ValidationError as error:
            entry.said = " ".join(error.messages)
        except HouseError as error:
            entry.said = str(error.message)
    return touched


def _take_back(entry: BookEntry, user: User, batch: Together) -> set[int]:
    row = row_of(user, entry)
    touched = covered([row])
    if entry.verdict == "new":
        _take_back_new(entry, row, user)
        return touched
    fields = _left(entry, row)
    if not fields:
        raise ValidationError(_("Changed since: left as it is."))
    named: dict[str, Any] = {entry.sheet: row, "expected_version": row.version, "batch": batch}
    UPDATE[entry.sheet](actor=user, **named, **fields)
    _say(entry, len(fields))
    return touched | covered([row])


def _left(entry: BookEntry, row: Any) -> dict[str, Any]:
    """What stood there before, of the values that are still as the import left them."""
    still = {name: was for name, was in entry.was.items() if _is_as_left(row, entry, name)}
    return {name: alive(entry.sheet, name, was) for name, was in still.items()}


def _say(entry: BookEntry, count: int) -> None:
    entry.said = _("Put back.") if count == len(entry.was) else _("Put back but for what was changed since.")


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
