"""What a workbook would change, row by row, told before anything is.

Rule: a cell counts as changed only when it says something else than the workbook would say now, so a file that comes
back untouched changes nothing, whatever a spreadsheet has done to it. What has no row in the file is named and stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from exchange.books.entries import ORDER, BookEntry, as_json
from exchange.books.rows import TOGETHER, BookRows
from exchange.books.sheets.cells import Cells, hours_of, point_of
from exchange.books.sheets.columns import BookColumn
from exchange.books.sheets.lines import BookFault, BookLine, Read
from organizations.models import Organization

#: Rows of one file that are new or changed; each is written by the way of a form.
MOST_CHANGED = 15_000
#: What says where a row belongs: it is given once, in a new row.
_PLACED = ("organization", "location", "service")
_TOLD = ("id", "service_title", "location_name")
_HOURS = (*(f"hours_{day}" for day in range(7)), "hours_always", "hours_by_appointment")
_POINT = ("lat", "lon")


@dataclass
class BookPlan:
    entries: list[BookEntry] = field(default_factory=list)
    missing: list[dict[str, str]] = field(default_factory=list)
    same: int = 0


def plan_of(read: Read, user: User) -> BookPlan:
    """Raises BookFault for a file with more changes than one import takes."""
    plan = BookPlan()
    with override(read.language):
        rows, cells = BookRows(user), Cells()
        owners = {_fold(owner.name_i18n): owner for owner in Organization.objects.editable_by(user)}
        for code in ORDER:
            if code in read.lines:
                _Sheet(read, code, rows, cells, owners, plan).read(read.lines.pop(code))
        _name_listings(plan.entries, rows)
    if len(plan.entries) > MOST_CHANGED:
        message = _("%(count)d rows are new or changed; one file may have %(most)d. Send it in parts.")
        raise BookFault(message % {"count": len(plan.entries), "most": MOST_CHANGED})
    return plan


class _Sheet:
    def __init__(
        self, read: Read, code: str, rows: BookRows, cells: Cells, owners: dict[str, Organization], plan: BookPlan
    ) -> None:
        sheet, self._is_part, self._language = read.sheets[code], read.is_part, read.language
        self._sheet, self._rows, self._cells, self._owners, self._plan = sheet, rows, cells, owners, plan
        self._columns = {column.code: column for column in sheet.columns}

    def read(self, lines: list[BookLine]) -> None:
        found: dict[str, int] = {}
        seen: set[str] = set()
        for start in range(0, len(lines), TOGETHER):
            found |= self._piece(lines[start : start + TOGETHER], seen)
        if not self._is_part:
            self._miss(set(found.values()), found.keys())

    def _piece(self, lines: list[BookLine], seen: set[str]) -> dict[str, int]:
        """Some lines, and the rows that they name with the keys of their organisations; `seen` are ids until here."""
        given = [line.texts["id"] for line in lines if line.texts["id"]]
        known = {row.public_id: row for row in self._rows.rows(self._sheet.code).filter(public_id__in=given)}
        for line in lines:
            key = line.texts["id"]
            row = known.get(key)
            entry = BookEntry(self._sheet.code, line.number, key, _name_of(line, row), "changed" if row else "new")
            entry.texts, entry.language = dict(line.texts), self._language
            entry.cells = {code: line.cell(code) for code in line.texts}
            if key and key in seen:
                entry.refuse(_("This id stands in two rows."), line.cell("id"), key)
            seen.add(key)
            if line.fault:
                entry.refuse(line.fault)
            else:
                self._fill(entry, line, row)
            if entry.faults or entry.verdict == "new" or entry.changes:
                self._plan.entries.append(entry)
            else:
                self._plan.same += 1
        return {public_id: _owner_of(row).pk for public_id, row in known.items()}

    def _miss(self, owners: set[int], known: Collection[str]) -> None:
        """Rows of the organisations of this sheet that it no longer has."""
        for row in self._rows.rows(self._sheet.code).iterator(chunk_size=TOGETHER):
            if row.public_id not in known and _owner_of(row).pk in owners:
                self._plan.missing.append(
                    {
                        "sheet": self._sheet.label,
                        "name": _called(row),
                        "code": self._sheet.code,
                        "public_id": row.public_id,
                    }
                )

    def _fill(self, entry: BookEntry, line: BookLine, row: Any) -> None:
        if row is not None:
            entry.public_id, entry.version = row.public_id, row.version
        now = {code: _plain(column.value(row)) if row is not None else "" for code, column in self._columns.items()}
        told = [code for code in line.texts if code not in _TOLD and line.texts[code] != now[code]]
        entry.formulas = [code for code in told if code in line.formulas]
        for code in entry.formulas:
            entry.refuse(_("There is a formula in this cell. Paste its value."), line.cell(code), line.texts[code])
        if entry.faults:
            return
        if row is None:
            self._belong(entry, line)
            self._need(entry, line)
        for code in told:
            self._tell(entry, line, code, row)
        if not entry.faults:
            self._composed(entry, line, row, set(told))
        told = [code for code in told if code not in _PLACED]
        if not entry.faults:
            entry.changes = [
                {"label": self._columns[code].label, "old": now[code], "new": line.texts[code]}
                for code in told
                if code in _HOURS or code in _POINT or code in entry.fields
            ]

    def _tell(self, entry: BookEntry, line: BookLine, code: str, row: Any) -> None:
        if code in (*_HOURS, *_POINT):
            return
        if code in _PLACED:
            if row is not None:
                message = _("A row does not move. Write a new row, and take this one off the map.")
                entry.refuse(message, line.cell(code), line.texts[code])
            return
        try:
            value = self._cells.value(self._sheet.code, self._columns[code], line.texts[code])
        except ValidationError as error:
            entry.refuse(" ".join(error.messages), line.cell(code), line.texts[code])
            return
        if row is None or (as_json(getattr(row, code)) != as_json(value) and (value or getattr(row, code))):
            entry.fields[code] = as_json(value)

    def _composed(self, entry: BookEntry, line: BookLine, row: Any, told: set[str]) -> None:
        """What several cells say together."""
        try:
            if told & set(_HOURS):
                entry.fields["hours"] = hours_of(line.texts, row.hours if row is not None else {})
            if told & set(_POINT):
                entry.fields["point"] = point_of(line.texts)
        except ValidationError as error:
            for code, messages in error.message_dict.items():
                entry.refuse(" ".join(messages), line.cell(code), line.texts.get(code, ""))

    def _belong(self, entry: BookEntry, line: BookLine) -> None:
        """Whose the new row is: the organisation that it names, or the only one that the person edits."""
        entry.fields |= {code: line.texts[code] for code in ("location", "service") if line.texts.get(code)}
        if "organization" not in self._columns:
            return
        text = line.texts.get("organization", "")
        owner = self._owners.get(_fold(text)) if text or len(self._owners) != 1 else next(iter(self._owners.values()))
        if owner is None:
            message = _("You edit no organisation of this name. Write it as on the page of the organisation.")
            entry.refuse(message, line.cell("organization"), text)
        else:
            entry.owner = owner.public_id

    def _need(self, entry: BookEntry, line: BookLine) -> None:
        for column in _needed(self._sheet.columns):
            if not line.texts.get(column.code):
                message = _("“%(column)s” is needed.") % {"column": column.label}
                entry.refuse(message, line.cell(column.code))


def _name_listings(entries: list[BookEntry], rows: BookRows) -> None:
    """A new listing is called as its service is, of ours or of the same file."""
    new = [entry for entry in entries if entry.sheet == "listing" and entry.verdict == "new"]
    keys = [entry.fields.get("service", "") for entry in new]
    names = {row.public_id: row.title_i18n for row in rows.rows("service").filter(public_id__in=keys)}
    names |= {entry.key: entry.name for entry in entries if entry.sheet == "service" and entry.key}
    for entry, key in zip(new, keys, strict=True):
        entry.name = names.get(key, entry.name)


def _needed(columns: Iterable[BookColumn]) -> list[BookColumn]:
    return [column for column in columns if column.is_needed and column.code != "organization"]


def _owner_of(row: Any) -> Any:
    return row.service.organization if hasattr(row, "service") else row.organization


def _called(row: Any) -> str:
    if hasattr(row, "service"):
        place = row.location.name_i18n if row.location else _("remotely")
        return f"{row.service.title_i18n}, {place}"
    return str(getattr(row, "title_i18n", "") or getattr(row, "name_i18n", "") or getattr(row, "value", ""))


def _name_of(line: BookLine, row: Any) -> str:
    if row is not None:
        return _called(row)
    names = ("title", "name", "value", "service_title", "service")
    return next((line.texts[name] for name in names if line.texts.get(name)), line.texts["id"])


def _plain(value: object) -> str:
    return "" if value in (None, "") else str(value).replace("\r\n", "\n").strip()


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()
