"""A difference of two snapshots as rows of a table: what is on the map now, what is proposed, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import cast

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from core.geo.distance import kilometres
from core.languages import codes, labelled
from core.pages.links import href
from directory.crossing.content import ContactPart, HoursJson
from directory.vocabulary import localised
from facts.discretion import HIDDEN
from facts.hours import day_texts, hours_lines, rest_lines
from facts.wording import LABELS, contact_items, is_text, items, label_of
from verification.snapshots import FieldChange

#: Kind of a piece: "" stays, "del" goes, "ins" comes.
Piece = tuple[str, str]
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
#: Texts that share less than this are shown whole, old beside new.
_ALIKE = 0.4
#: Derived from the city and the point, which stand in rows of their own.
_IMPLIED = {"location.place_code", "location.district_point", "location.settlement_point"}
_ORDER = {path: number for number, path in enumerate(LABELS)}
#: Contacts stand before the organisation.
_CONTACTS_AT = _ORDER["organization.slug"] - 0.5
#: What a new listing need not say: technical, or the same for everything of the organisation.
_DULL = {"location.timezone", "organization.slug", "organization.member_status"}
_SAYS_NOTHING = ("unknown", "any")


@dataclass(frozen=True)
class ChangeRow:
    """One line of the table. `old` and `new` are lines of pieces; `links` what a tap on the new value opens."""

    path: str
    label: str
    critical: bool
    old: list[list[Piece]]
    new: list[list[Piece]]
    note: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    language: str = ""
    is_first: bool = True  # of the rows that speak of one field: it is returned as a whole


def rows_of(changes: Iterable[FieldChange]) -> list[ChangeRow]:
    """All rows, the critical ones first, otherwise in reading order."""
    ordered = sorted(changes, key=lambda change: (_ORDER.get(change.path, _CONTACTS_AT), change.path))
    rows = [row for change in ordered if change.path not in _IMPLIED for row in _of_one_field(change)]
    return sorted(rows, key=lambda row: not row.critical)


def _of_one_field(change: FieldChange) -> Iterator[ChangeRow]:
    for number, row in enumerate(_rows(change)):
        yield replace(row, is_first=number == 0)


def names_of(paths: Iterable[str]) -> list[str]:
    """Fields by name, in reading order; contacts count as one."""
    known = [path for path in paths if path not in _IMPLIED]
    ordered = sorted(known, key=lambda path: (_ORDER.get(path, _CONTACTS_AT), path))
    return list(dict.fromkeys(_("Contacts") if path.startswith("contacts.") else label_of(path) for path in ordered))


def rows_of_new(changes: Iterable[FieldChange]) -> list[ChangeRow]:
    """Rows of a listing that was never on the map: what it says, without what nobody filled in."""
    said = [change for change in changes if change.path not in _DULL and change.new not in _SAYS_NOTHING]
    return sorted(_joined(rows_of(said)), key=lambda row: _ORDER.get(row.path, _CONTACTS_AT))


def _joined(rows: Iterable[ChangeRow]) -> list[ChangeRow]:
    """All languages of one text in one row."""
    found: dict[str, ChangeRow] = {}
    for row in rows:
        key = row.path if row.language else f"{row.path} {row.label}"
        first = found.get(key)
        found[key] = replace(first, new=[*first.new, *row.new]) if first else row
    return list(found.values())


def signature(changes: Iterable[FieldChange]) -> frozenset[str]:
    """What tells two sets of changes apart: equal for "the same change in another listing"."""
    return frozenset(f"{c.path}|{c.old!r}|{c.new!r}" for c in changes)


def _rows(change: FieldChange) -> Iterator[ChangeRow]:
    if HIDDEN in (change.old, change.new):
        old, new = _hidden_items(change.path, change.old), _hidden_items(change.path, change.new)
        yield ChangeRow(change.path, label_of(change.path), change.critical, *_item_pieces(old, new))
    elif change.path == "listing.hours":
        yield from _hours_rows(change)
    elif is_text(change.old) or is_text(change.new):
        yield from _text_rows(change)
    elif change.part == "contacts":
        yield _contact_row(change)
    else:
        old, new = items(change.path, change.old), items(change.path, change.new)
        yield ChangeRow(
            change.path, label_of(change.path), change.critical, *_item_pieces(old, new), note=_moved(change)
        )


def _hidden_items(path: str, value: object) -> list[str]:
    if value == HIDDEN:
        return [_("not shown to other organisations")]
    return [localised(value)] if is_text(value) else items(path, value)


def _text_rows(change: FieldChange) -> Iterator[ChangeRow]:
    old, new = change.old or {}, change.new or {}
    for language in codes():
        was, now = old.get(language, ""), new.get(language, "")
        if was == now:
            continue
        name = labelled(label_of(change.path), language)
        before, after = word_pieces(was, now)
        was_lines, now_lines = ([found] if found else [] for found in (before, after))
        yield ChangeRow(change.path, name, change.critical, was_lines, now_lines, language=language)


def _hours_rows(change: FieldChange) -> Iterator[ChangeRow]:
    """One row for each day that changes, then one for all that is not a day of the week."""
    old, new = cast(HoursJson, change.old or {}), cast(HoursJson, change.new or {})
    if not (old.get("slots") and new.get("slots")):
        yield ChangeRow(
            change.path, label_of(change.path), True, *_item_pieces(items(change.path, old), hours_lines(new))
        )
        return
    for day, (was, now) in enumerate(zip(day_texts(old), day_texts(new), strict=True)):
        if was != now:
            name = _("Hours, %(day)s") % {"day": WEEKDAYS_ABBR[day]}
            yield ChangeRow(change.path, name, True, [[("del", was)]], [[("ins", now)]])
    before, after = rest_lines(old), rest_lines(new)
    if before != after:
        yield ChangeRow(change.path, _("Hours: special days and notes"), True, *_item_pieces(before, after))


def _contact_row(change: FieldChange) -> ChangeRow:
    old: ContactPart | None = change.old
    new: ContactPart | None = change.new
    name = _("Contact") if old and new else _("New contact") if new else _("Contact removed")
    before, after = contact_items(old) if old else [], contact_items(new) if new else []
    link = href(new["channel"], new["value"]) if new else ""
    links = [(link, new["value"])] if new and link else []
    return ChangeRow(change.path, name, change.critical, *_item_pieces(before, after), links=links)


def _item_pieces(old: list[str], new: list[str]) -> tuple[list[list[Piece]], list[list[Piece]]]:
    before = [[("" if item in new else "del", item)] for item in old]
    after = [[("" if item in old else "ins", item)] for item in new]
    return before, after


def word_pieces(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Old and new text with the words marked that go and come."""
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    is_alike = old in new or new in old or matcher.ratio() >= _ALIKE
    if not a or not b or not is_alike:
        return [("del", old)] if old else [], [("ins", new)] if new else []
    before: list[Piece] = []
    after: list[Piece] = []
    blocks = matcher.get_opcodes()
    for position, (kind, i1, i2, j1, j2) in enumerate(blocks):
        gap = kind == "equal" and 0 < position < len(blocks) - 1 and not "".join(a[i1:i2]).strip()
        same = kind == "equal" and not gap
        _add(before, "" if same else "del", a[i1:i2])
        _add(after, "" if same else "ins", b[j1:j2])
    return before, after


def _add(found: list[Piece], kind: str, words: list[str]) -> None:
    """Append the words, to the last piece when it is of the same kind."""
    text = "".join(words)
    if found and found[-1][0] == kind:
        found[-1] = (kind, found[-1][1] + text)
    elif text:
        found.append((kind, text))


def _moved(change: FieldChange) -> str:
    if not change.field.endswith("point") or not change.old or not change.new:
        return ""
    metres = 1000 * kilometres(change.old[::-1], change.new[::-1])
    if metres < 1000:
        return _("moved by %(metres)d m") % {"metres": round(metres)}
    return _("moved by %(km)d km") % {"km": round(metres / 1000)}
