"""Contacts of a foreign row: one cell may hold several, and some cells hold none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from exchange.importing.notes import Note, Remarks
from exchange.importing.reading.rows import Row, origin
from exchange.importing.translating.expressions import Expression
from organizations import contact_values
from organizations.models import Channel

_BETWEEN = re.compile(r"\s*(?:[;,\n|]|\s/\s|/(?=\s*[+\d(])|\s(?:or|или|и|and)\s)\s*", re.IGNORECASE)
_SPACES = re.compile(r"[\s;,|]+")


@dataclass(frozen=True)
class ContactMapping:
    """What a mapping says of one contact. With `may_be_none` a cell without one is left out instead of refused."""

    fields: Mapping[str, Expression]
    may_be_none: bool = False

    def origin(self, row: Row) -> tuple[str, str]:
        return origin(row, [*self.fields["value"].paths()])


def take_apart(
    contact: ContactMapping, fields: dict[str, Any], row: Row, remarks: Remarks, *, country: str
) -> Iterator[dict[str, Any]]:
    """The contacts of one cell. ValidationError for a cell that is none, unless the mapping lets it be."""
    cell = fields["value"]
    try:
        values, rest = _values(fields["channel"], cell, country, may_be_none=contact.may_be_none)
    except ValidationError:
        if not contact.may_be_none:
            raise
        values, rest = [], [cell]
    column = contact.origin(row)[0]
    for faulty in rest:
        message = _("This is no contact of the kind that the mapping names; it was left out.")
        remarks.notes.append((row.number, Note("contacts", message, column, faulty)))
    for doubted in (value for value in values if _is_doubted(fields["channel"], value, country)):
        message = _("We do not know this short number. It was kept as it stands: somebody has to try it.")
        remarks.notes.append((row.number, Note("contacts", message, column, doubted)))
    if len(values) > 1:
        message = _("Several contacts stood in one cell: %(values)s") % {"values": "; ".join(values)}
        remarks.notes.append((row.number, Note("contacts", message, column, cell)))
    yield from (fields | {"value": value} for value in values)


def _values(channel: str, cell: str, country: str, *, may_be_none: bool) -> tuple[list[str], list[str]]:
    """(values, pieces that are none). A cell is taken apart where each of its pieces is a contact of its own."""
    if channel not in Channel.values:
        return [cell], []  # the contact itself is refused
    pieces = _pieces(channel, cell)
    if pieces == [cell]:
        _normalise(channel, cell, country)
        return pieces, []
    good = [piece for piece in pieces if _is_contact(channel, piece, country)]
    if len(pieces) > 1 and len(good) == len(pieces):
        return good, []
    try:
        _normalise(channel, cell, country)
    except ValidationError:
        if not (may_be_none and good):
            raise
        return good, [piece for piece in pieces if piece not in good]
    return [cell], []


def _pieces(channel: str, cell: str) -> list[str]:
    is_number = channel in (Channel.PHONE, Channel.WHATSAPP, Channel.SIGNAL, Channel.VIBER)
    parts = (_BETWEEN if is_number else _SPACES).split(cell)
    return [part.strip() for part in parts if part.strip()]


def _is_contact(channel: str, piece: str, country: str) -> bool:
    try:
        _normalise(channel, piece, country)
    except ValidationError:
        return False
    return True


def _normalise(channel: str, piece: str, country: str) -> None:
    """ValidationError for what is none. Nobody is there to be asked about a short number, so it is told instead."""
    contact_values.normalise(channel, piece, country=country, is_sure=contact_values.is_short(piece))


def _is_doubted(channel: str, piece: str, country: str) -> bool:
    try:
        contact_values.normalise(channel, piece, country=country)
    except contact_values.Doubt:
        return True
    except ValidationError:
        return False
    return False
