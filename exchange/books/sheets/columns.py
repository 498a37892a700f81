"""What the sheets of the workbook hold: one column a field of ours, named in the reader's language.

Rule: the names of fields are those of a mapping (`exchange.importing.translating.fields`), so that what left the house
by this door is known to the one that takes tables in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from core.geo.countries import country_codes, country_name
from core.languages import columns, labelled
from exchange.importing.translating.fields import COUNTRIES, PARTS, REQUIRED, known_codes, model_field, twins
from organizations.models import ContactAudience
from services.models import Welcome

#: Stands between several values of one cell.
BETWEEN = "; "
Value = Callable[[Any], object]


@dataclass(frozen=True)
class BookColumn:
    """`code` is ours and stands in the hidden row, `choices` are the words that the cell may hold."""

    code: str
    label: str
    value: Value
    choices: tuple[str, ...] = ()
    is_several: bool = False
    is_needed: bool = False
    is_locked: bool = False
    note: str = ""


@dataclass(frozen=True)
class BookSheet:
    """One kind of thing. The first column is its id."""

    code: str
    label: str
    columns: Sequence[BookColumn] = field(default_factory=tuple)


def sheets() -> dict[str, BookSheet]:
    """Every sheet in the active language; the vocabulary is read once."""
    owner = BookColumn("organization", _("organisation"), lambda row: row.organization.name_i18n, is_needed=True)
    place = BookColumn("location", _("id of the place"), _id_of("location"), note=_("As on the sheet of places."))
    found = (
        BookSheet("service", _("Services"), (_id(), owner, *_fields("service"))),
        BookSheet("location", _("Places"), (_id(), owner, *_fields("location"), *_point())),
        BookSheet("listing", _("Where and when"), (_id(), *_listing(place))),
        BookSheet("contact", _("Contacts"), (_id(), owner, place, *_fields("contact"), _audience())),
    )
    return {sheet.code: sheet for sheet in found}


def _id() -> BookColumn:
    note = _("Do not change it: it says which row of ours this is. Leave it empty in a new row.")
    return BookColumn("id", _("id"), lambda row: row.public_id, is_locked=True, note=note)


def _id_of(name: str) -> Value:
    return lambda row: getattr(getattr(row, name), "public_id", None)


def _fields(part: str) -> list[BookColumn]:
    found = []
    for name in PARTS[part][1]:
        texts = columns(name) if twins(part, name) else [(name, "")]
        found += [_field(part, name, at, language) for at, language in texts]
    return found


def _field(part: str, name: str, at: str, language: str) -> BookColumn:
    known = model_field(part, name)
    assert known is not None  # noqa: S101  (PARTS names fields of the models)
    label = str(known.verbose_name)
    words = words_of(part, name)
    is_several = isinstance(known, ArrayField) or name == "groups"
    notes = [str(known.help_text), _("Several: with a semicolon between them.") if is_several else ""]
    return BookColumn(
        at,
        labelled(label, language) if language else label,
        _groups(words) if name == "groups" else _said(at, words),
        tuple(words.values()),
        is_several,
        is_needed=at in (*REQUIRED.get(part, ()), *(("channel", "value") if part == "contact" else ())),
        note="\n".join(filter(None, notes)),
    )


def words_of(part: str, name: str) -> Mapping[str, str]:
    if name in COUNTRIES:
        return {code: country_name(code) for code in sorted(country_codes(), key=country_name)}
    kinds = model_field(part, name)
    if kinds is not None and kinds.get_internal_type() == "BooleanField":
        return {"True": _("yes"), "False": _("no")}
    return {code: str(words) for code, words in (known_codes(part, name) or {}).items()}


def _said(name: str, words: Mapping[str, str]) -> Value:
    """The value in the words that the cell may hold; what was retired keeps its code."""

    def said(row: Any) -> object:
        value = getattr(row, name)
        if isinstance(value, list):
            return BETWEEN.join(words.get(str(one), str(one)) for one in value)
        if isinstance(value, dt.date):
            return value.isoformat()
        return None if value in (None, "") else words.get(str(value), value)

    return said


def _groups(words: Mapping[str, str]) -> Value:
    """“People living with HIV: Only this group”; a group that is welcome like others is named alone."""

    def said(row: Any) -> str:
        given = [(words.get(code, code), str(how)) for code, how in row.groups.items()]
        return BETWEEN.join(
            name if how == Welcome.ALL.value else f"{name}: {Welcome(how).label}" for name, how in given
        )

    return said


def _point() -> list[BookColumn]:
    def at(row: Any, axis: str) -> object:
        return f"{getattr(row.point, axis):.6f}" if row.point else None

    note = _("In degrees, with a point: 41.715137")
    return [
        BookColumn("lat", _("Latitude"), lambda row: at(row, "y"), note=note),
        BookColumn("lon", _("Longitude"), lambda row: at(row, "x"), note=note),
    ]


def _listing(place: BookColumn) -> list[BookColumn]:
    of_service = _("As on the sheet of services.")
    hours = _("Times of this day: 09:00–13:00, 14:00–18:00. Empty: closed.")
    days = [BookColumn(f"hours_{day}", str(WEEKDAYS[day]), _times(day), note=hours) for day in range(7)]
    yes = (_("yes"), _("no"))
    return [
        BookColumn("service", _("id of the service"), _id_of("service"), is_needed=True, note=of_service),
        BookColumn("service_title", _("service"), lambda row: row.service.title_i18n),
        place,
        BookColumn("location_name", _("place"), lambda row: row.location.name_i18n if row.location else None),
        *days,
        BookColumn("hours_always", _("round the clock"), lambda row: yes[0] if row.hours.get("always") else None, yes),
        BookColumn(
            "hours_by_appointment",
            _("by appointment"),
            lambda row: yes[0] if row.hours.get("by_appointment") else None,
            yes,
        ),
        *_fields("listing"),
    ]


def _times(day: int) -> Value:
    def said(row: Any) -> str | None:
        slots = [slot for slot in row.hours.get("slots", ()) if day in slot["days"]]
        return ", ".join(f"{slot['opens']}–{slot['closes']}" for slot in slots) or None

    return said


def _audience() -> BookColumn:
    words = {str(value): str(label) for value, label in ContactAudience.choices}
    return BookColumn("audience", _("for whom"), _said("audience", words), tuple(words.values()))
