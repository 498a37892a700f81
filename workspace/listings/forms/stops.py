"""The timetable of a mobile point: one row for a place and a time, as it would stand on a sheet of paper.

A row is a stop with days of the week, or with a date of its own, and from when until when; or its holiday, from a date
until a date, in which it is not stood at. Rows of one name and point are one stop; a row without a point is at that of
its name. It works without scripts: there are empty rows, and an emptied row is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypedDict

from django import forms
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from core.geo.coordinates import PointNotRead, read_point
from core.languages import BESIDE, SOURCE
from directory.crossing.content import StopJson
from services.stops import MOST_STOPS, Stop, StopError, clean_stops
from workspace.listings.forms.clock import ClockField
from workspace.shared.forms import DayField, Filled

BLANK_ROWS = 2
_ROW = re.compile(r"r(\d{1,3})-name")
_FIELDS = ("id", "name", "name_en", "point", "days", "on", "opens", "closes", "rests", "until")


class StopRow(TypedDict):
    """One row of the form: its number, its fields by name, and whether nothing stands in it."""

    number: int | str
    fields: dict[str, forms.BoundField]
    is_blank: bool
    faults: list[str]


class StopsForm(forms.Form):
    """`stops` are the stored ones; `json()` the new ones once the form is valid."""

    def __init__(self, data: Filled | None = None, *, stops: Sequence[StopJson] = (), prefix: str = "stops") -> None:
        self._stored = stops
        super().__init__(data, initial=None if data is not None else raw(stops), prefix=prefix)
        self.numbers = self._numbers()
        for number in self.numbers:
            self._add(number)
        self._json: list[Stop] = []

    def json(self) -> list[Stop]:
        return self._json

    def rows(self) -> Iterator[StopRow]:
        return (self._row(number) for number in self.numbers)

    def blank(self) -> StopRow:
        """An empty row whose number is `__n__`, for the script to copy."""
        form = StopsForm(prefix=self.prefix or "")
        form._add("__n__")
        return form._row("__n__")

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        rows = [self._stop(number, cleaned) for number in self.numbers if self._is_said(number)]
        if not self.errors:
            try:
                self._json = clean_stops([row for row in rows if row])
            except StopError as error:
                self.add_error(None, str(error.message))
        return cleaned

    def _stop(self, number: int, cleaned: dict[str, Any]) -> dict[str, object] | None:
        said = {name: cleaned.get(f"r{number}-{name}") for name in _FIELDS}
        try:
            lat, lon = read_point(said["point"] or self._beside(said["name"], "point", cleaned))
        except PointNotRead:
            self.add_error(f"r{number}-point", _("Put it on the map, or paste its coordinates."))
            return None
        hours = self._rest(number, said) if said["rests"] else self._times(number, said)
        if hours is None:
            return None
        name = {SOURCE: said["name"], BESIDE: said["name_en"] or self._beside(said["name"], "name_en", cleaned)}
        return {"id": said["id"], "name": name, "lat": lat, "lon": lon, "hours": hours}

    def _times(self, number: int | str, said: dict[str, Any]) -> dict[str, object] | None:
        if not (said["opens"] and said["closes"]) or not (said["days"] or said["on"]):
            self.add_error(f"r{number}-opens", _("Say on which days, and from when until when."))
            return None
        hours: dict[str, object] = {}
        if said["days"]:
            days = [int(day) for day in said["days"]]
            hours["slots"] = [{"days": days, "opens": said["opens"], "closes": said["closes"]}]
        if said["on"]:
            date = said["on"].isoformat()
            hours["exceptions"] = [{"from": date, "to": date, "slots": [[said["opens"], said["closes"]]]}]
        return hours

    def _rest(self, number: int | str, said: dict[str, Any]) -> dict[str, object] | None:
        """A holiday of the stop; one day where no other end is said."""
        first, last = said["on"], said["until"] or said["on"]
        if first is None:
            self.add_error(f"r{number}-on", _("Say from which day on it is not stood at."))
            return None
        if last < first:
            self.add_error(f"r{number}-until", _("The holiday ends before it begins."))
            return None
        return {"exceptions": [{"from": first.isoformat(), "to": last.isoformat(), "slots": []}]}

    def _beside(self, name: object, field: str, cleaned: dict[str, Any]) -> str:
        """What the first row of that name says; "" where none does."""
        mine = (number for number in self.numbers if name and cleaned.get(f"r{number}-name") == name)
        return next(filter(None, (cleaned.get(f"r{number}-{field}") for number in mine)), "")

    def _is_said(self, number: int) -> bool:
        return any(self.data.get(f"{self.prefix}-r{number}-{name}") for name in _FIELDS if name != "id")

    def _numbers(self) -> list[int]:
        if not self.is_bound:
            return list(range(_rows_in(self._stored) + BLANK_ROWS))
        names = (name.removeprefix(f"{self.prefix}-") for name in self.data)
        return sorted({int(found[1]) for name in names if (found := _ROW.fullmatch(name))})[: 3 * MOST_STOPS]

    def _add(self, number: int | str) -> None:
        days = [(str(day), WEEKDAYS_ABBR[day]) for day in range(7)]
        self.fields |= {
            f"r{number}-id": forms.CharField(
                widget=forms.HiddenInput({"data-stop-id": True}), required=False, max_length=20
            ),
            f"r{number}-name": forms.CharField(label=_("Stop"), required=False, max_length=120),
            f"r{number}-name_en": forms.CharField(label=_("The same in English"), required=False, max_length=120),
            f"r{number}-point": forms.CharField(label=_("Point on the map"), required=False, max_length=2000),
            f"r{number}-days": forms.MultipleChoiceField(
                label=_("Days"), choices=days, required=False, widget=forms.CheckboxSelectMultiple
            ),
            f"r{number}-on": DayField(label=_("or on this day only"), required=False),
            f"r{number}-rests": forms.BooleanField(label=_("Holiday: nobody stands here"), required=False),
            f"r{number}-until": DayField(label=_("until this day, included"), required=False),
            f"r{number}-opens": ClockField(_("From")),
            f"r{number}-closes": ClockField(_("To")),
        }

    def _row(self, number: int | str) -> StopRow:
        fields = {name: self[f"r{number}-{name}"] for name in _FIELDS}
        is_blank = not any(field.value() for name, field in fields.items() if name != "id")
        faults = [str(fault) for field in fields.values() for fault in field.errors] if self.is_bound else []
        return {"number": number, "fields": fields, "is_blank": is_blank, "faults": faults}


def raw(stops: Sequence[StopJson]) -> dict[str, object]:
    """Stored stops as the values of the form's fields, without prefix."""
    values: dict[str, object] = {}
    for number, (stop, times) in enumerate(_rows(stops)):
        about = {
            "id": stop["id"],
            "name": stop["name"].get(SOURCE, ""),
            "name_en": stop["name"].get(BESIDE, ""),
            "point": f"{stop['lat']:.6f}, {stop['lon']:.6f}",
        }
        values |= {f"r{number}-{name}": value for name, value in {**about, **times}.items()}
    return values


def bound(stops: Sequence[StopJson], *, prefix: str = "stops") -> dict[str, object]:
    """Stored stops as the data that a browser would send."""
    return {f"{prefix}-{name}": value for name, value in raw(stops).items() if value}


def _rows(stops: Sequence[StopJson]) -> Iterator[tuple[StopJson, dict[str, object]]]:
    for stop in stops:
        for slot in stop["hours"].get("slots", []):
            yield stop, {"days": [str(d) for d in slot["days"]], "opens": slot["opens"], "closes": slot["closes"]}
        for special in stop["hours"].get("exceptions", []):
            if not special.get("slots"):
                yield stop, {"rests": True, "on": special["from"], "until": special["to"]}
            for opens, closes in special.get("slots", []):
                yield stop, {"on": special["from"], "opens": opens, "closes": closes}


def _rows_in(stops: Sequence[StopJson]) -> int:
    return sum(1 for _row in _rows(stops))
