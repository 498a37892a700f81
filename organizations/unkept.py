"""A place whose address is not kept: its door leaves the row and the row's whole history (ADR 0158)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from core.constraints import save_version
from core.errors import WrongState
from core.languages import column_names
from core.writing import one_write
from organizations.models import AddressPrecision, Location
from organizations.models.location import ADDRESS_FIELDS, PRECISION_ORDER, TIERS
from organizations.services import Actor, may_edit

#: Shorter words say nothing of a door, and stand in half of all texts.
SHORTEST_WORD = 6
_COLUMNS = ("postal_code", *column_names(*(name for name in ADDRESS_FIELDS if name != "postal_code")))


def words_of(location: Location) -> list[str]:
    """The sentences and numbers that say where the door is, or ever did, the longest first."""
    rows = [location, *_history().filter(pgh_obj_id=location.pk)]
    told = {head for row in rows for text in _told(row) for head in _heads(text)}
    return sorted((text for text in told if len(text) >= SHORTEST_WORD), key=len, reverse=True)


def _heads(text: str) -> Iterator[str]:
    """“A street, 17, flat 5”, and what others write of it: “A street, 17”."""
    while text:
        yield text
        text = text.rpartition(",")[0].rstrip()
        if not any(sign.isdigit() for sign in text):
            return


def _told(row: Any) -> Iterator[str]:
    """Of the place, or of one row of its history, which knows its translations as they are kept."""
    translated = row.i18n or {}
    yield from (str(getattr(row, name, "") or translated.get(name) or "") for name in _COLUMNS)
    if row.point is not None:
        yield from (f"{degrees:.{digits}f}" for degrees in row.point.coords for digits in (6, 5, 4))


@one_write
def stop_keeping_address(*, actor: Actor, location: Location, expected_version: int) -> Location:
    """Empty all that says where the door is; of who may know more than the city, nobody is left."""
    may_edit(actor, location.organization)
    location.is_address_kept = False
    location.point = None
    for name in _COLUMNS:
        setattr(location, name, "")
    least = AddressPrecision.SETTLEMENT if location.place_code else AddressPrecision.COUNTRY
    for name in (f"{tier}_precision" for tier in TIERS):
        said = getattr(location, name)
        if said and PRECISION_ORDER.index(said) < PRECISION_ORDER.index(least):
            setattr(location, name, least)
    columns = ("is_address_kept", "point", *ADDRESS_FIELDS, *(f"{tier}_precision" for tier in TIERS), "i18n")
    saved = save_version(location, expected=expected_version, fields=columns)
    _empty_history(saved)
    return saved


@one_write
def keep_address_again(*, actor: Actor, location: Location, expected_version: int) -> Location:
    """From now on an address may be written again. Nothing comes back: there is nothing left that could."""
    may_edit(actor, location.organization)
    if location.is_address_kept:
        raise WrongState(_("The address of this place is kept already."))
    location.is_address_kept = True
    return save_version(location, expected=expected_version, fields=("is_address_kept",))


def _empty_history(location: Location) -> None:
    events = _history()
    rows = list(events.filter(pgh_obj_id=location.pk))
    for row in rows:
        row.point = row.district_point = row.settlement_point = None
        row.i18n = dict(_without_door(row.i18n or {}))
        for name in ADDRESS_FIELDS:
            setattr(row, name, "")
    fields = ["point", "district_point", "settlement_point", "i18n", *ADDRESS_FIELDS]
    events.bulk_update(rows, fields, batch_size=200)


def _history() -> Any:
    return Location.pgh_event_model.objects  # type: ignore[attr-defined]  # added by pghistory


def _without_door(translated: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((name, text) for name, text in translated.items() if name not in _COLUMNS)
