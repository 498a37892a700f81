"""Writing what a plan says, by the way of the forms: the one door of edits, then sent to be checked.

Rule: a trial is a whole application that is taken back, so what the page refuses is what would be refused. A row that
was changed since it was read is refused and left as it is. Nothing is written for somebody who may not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.errors import HouseError, StaleWrite
from exchange.books.entries import ORDER, BookEntry, alive, as_json
from exchange.books.making import new_rows
from organizations.contact_values import Doubt
from organizations.models import Contact, Location, Organization
from services.models import Service, ServiceAtLocation
from services.models.coverage import under_any
from verification import editing
from verification.services import Together
from verification.services.changing import lock_states
from verification.services.many.rows import Edit, Making, Rights, update_several

MODELS: dict[str, Any] = {
    "location": Location,
    "service": Service,
    "contact": Contact,
    "listing": ServiceAtLocation,
}
#: What an edit asks of the row.
_WITH: dict[str, tuple[str, ...]] = {
    "location": ("organization",),
    "service": ("organization",),
    "contact": ("organization", "location"),
    "listing": ("service__organization", "location"),
}
_GONE = gettext_lazy("This row is not there any more, or not yours to edit.")
Door = Callable[..., Any]
UPDATE: dict[str, Door] = {
    "location": editing.update_location,
    "service": editing.update_service,
    "contact": editing.update_contact,
    "listing": editing.update_listing,
}
_CREATE: dict[str, Door] = {
    "location": editing.create_location,
    "service": editing.create_service,
    "contact": editing.create_contact,
    "listing": editing.add_listing,
}


def try_out(user: User, entries: list[BookEntry]) -> None:
    """Refuse in the entries what would be refused; nothing is written."""
    with transaction.atomic():
        Writing(user, Together(user)).write(entries)  # never written: the directory hears of no trial
        transaction.set_rollback(True)
    for entry in entries:
        entry.was, entry.after = {}, 0
        if entry.version == 0:
            entry.public_id = ""


def lock_all(user: User, entries: Iterable[BookEntry]) -> None:
    """The states of all listings under the rows that are there, before the first of them is written: a place that is
    narrowed takes hold of the directory, for which somebody who holds another of these states may wait."""
    lock_states(covered_by(user, entries))


class Writing:
    """One application, whose listings are narrowed, and reach the directory, with the batch.

    Rows are written together (`verification.services.many.rows`). One that is not written so goes through the door of
    edits alone, which says why.
    """

    def __init__(self, user: User, batch: Together) -> None:
        self._user, self._batch, self._rights = user, batch, Rights(user)
        self._made: dict[tuple[str, str], str] = {}
        self._written: list[Any] = []

    @property
    def touched(self) -> set[int]:
        """The keys of the listings that the rows cover which were written."""
        return covered(self._written)

    def write(self, entries: list[BookEntry]) -> None:
        """In the order in which rows need each other. What is refused says so and stops nothing."""
        waiting = [each for each in entries if each.verdict != "refused" and not each.after]
        waiting.sort(key=lambda each: (ORDER.index(each.sheet), each.line))
        lock_all(self._user, waiting)
        for sheet in ORDER:
            self._change([each for each in waiting if each.sheet == sheet and each.verdict == "changed"])
        self._make([each for each in waiting if each.verdict == "new"])
        for sheet in ORDER:
            self._write_alone([each for each in waiting if each.sheet == sheet and not each.after])

    def _change(self, entries: list[BookEntry]) -> None:
        rows = rows_of(self._user, entries)
        there = {each.public_id: each for each in reversed(entries) if each.public_id in rows}
        edits = [Edit(rows[key], each.version, self._values(each, rows[key])) for key, each in there.items()]
        for row in update_several(actor=self._user, rights=self._rights, edits=edits, batch=self._batch):
            self._keep(there[row.public_id], row)

    def _make(self, entries: list[BookEntry]) -> None:
        rows = new_rows(Making(self._user, self._rights, self._batch), self._user, entries)
        for entry in entries:
            if row := rows.get(id(entry)):
                self._name(entry, row)
                self._keep(entry, row)

    def _write_alone(self, entries: list[BookEntry]) -> None:
        rows = rows_of(self._user, entries)
        for entry in entries:
            try:
                with transaction.atomic():
                    row = self._new(entry) if entry.verdict == "new" else self._changed(entry, rows)
            except StaleWrite:
                entry.refuse(_("Somebody has changed this row since you sent the file. Take it anew."))
            except ValidationError as error:
                _explain(entry, error)
            except HouseError as error:
                entry.refuse(str(error.message))
            else:
                self._keep(entry, row)

    def _keep(self, entry: BookEntry, row: Any) -> None:
        entry.after = row.version
        self._written.append(row)

    def _values(self, entry: BookEntry, row: Any) -> dict[str, Any]:
        """What is to be written, with what stood there before kept in the entry."""
        entry.was = {name: as_json(getattr(row, name)) for name in entry.fields}
        return {name: alive(entry.sheet, name, value) for name, value in entry.fields.items()}

    def _changed(self, entry: BookEntry, rows: Mapping[str, Any]) -> Any:
        row = rows.get(entry.public_id)
        if row is None:
            raise ValidationError(_GONE)
        named = {entry.sheet: row, "expected_version": entry.version, "batch": self._batch}
        return UPDATE[entry.sheet](actor=self._user, **named, **self._values(entry, row))

    def _new(self, entry: BookEntry) -> Any:
        fields = {name: self._alive(entry, name) for name in entry.fields}
        if entry.sheet == "listing":
            fields.setdefault("location", None)
        else:
            owners = Organization.objects.editable_by(self._user)
            fields["organization"] = owners.get(public_id=entry.owner)
        row = _CREATE[entry.sheet](actor=self._user, **fields)
        self._name(entry, row)
        return row

    def _name(self, entry: BookEntry, row: Any) -> None:
        """What else in the file points at it finds it by its key."""
        entry.public_id = row.public_id
        if entry.key:
            self._made[entry.sheet, entry.key] = row.public_id

    def _alive(self, entry: BookEntry, name: str) -> Any:
        """A row that the new one points at: of ours, or one that this import has made."""
        value = entry.fields[name]
        if name == "contacts":
            return self._contacts(value)
        if name not in ("location", "service"):
            return alive(entry.sheet, name, value)
        public_id = self._made.get((name, value), value)
        found = MODELS[name].objects.editable_by(self._user).filter(public_id=public_id).first()
        if found is None:
            raise ValidationError({name: _("No row of yours has this id; or that row was refused.")})
        return found

    def _contacts(self, keys: list[str]) -> list[Contact]:
        """One that was refused is left out: its own row says so."""
        ids = [self._made.get(("contact", key), key) for key in keys]
        return list(Contact.objects.editable_by(self._user).filter(public_id__in=ids).order_by("pk"))


def row_of(user: User, entry: BookEntry) -> Any:
    """The row of an entry. ValidationError when it is gone, or out of the person's hands."""
    row = MODELS[entry.sheet].objects.editable_by(user).filter(public_id=entry.public_id).first()
    if row is None:
        raise ValidationError(_GONE)
    return row


def rows_of(user: User, entries: Iterable[BookEntry]) -> dict[str, Any]:
    """The rows of the entries of one sheet, by their ids: of those that the person may edit."""
    wanted = {entry.public_id: entry.sheet for entry in entries if entry.public_id}
    if not wanted:
        return {}
    sheet = next(iter(wanted.values()))
    found = MODELS[sheet].objects.editable_by(user).filter(public_id__in=wanted).order_by("pk")
    return {row.public_id: row for row in found.select_related(*_WITH[sheet])}


def covered_by(user: User, entries: Iterable[BookEntry]) -> set[int]:
    """The keys of the listings that rows of an import cover, as far as they are there."""
    by_sheet: dict[str, list[BookEntry]] = {}
    for entry in entries:
        by_sheet.setdefault(entry.sheet, []).append(entry)
    return covered([row for given in by_sheet.values() for row in rows_of(user, given).values()])


def covered(rows: Iterable[Any]) -> set[int]:
    """The keys of the listings under these rows."""
    listings = ServiceAtLocation.objects.filter(under_any(rows))
    return set(listings.order_by().values_list("pk", flat=True))


def _explain(entry: BookEntry, error: ValidationError) -> None:
    faults = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
    for name, given in faults.items():
        value = entry.fields.get(name, "")
        said = " ".join(message for one in given for message in one.messages)
        if any(isinstance(one, Doubt) for one in given):
            said = _("Write the number with the codes of country and city. A short number is entered on its own page.")
        entry.refuse(said, entry.cells.get(name, ""), value if isinstance(value, str) else "")
