"""A week at a glance: up to three periods a day, special dates, round the clock, by appointment.

The form works without scripts: a second period is the time after the break, empty times mean closed, "fill" copies
one line to several days on the server. A week without any time means that the hours are not known. It reads and
writes the JSON of `services.hours.OpeningHours`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypedDict, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.languages import columns
from directory.content import HoursJson, SlotJson
from facts.hours import strip
from services.hours import HoursError, OpeningHours
from workspace.shared.forms import DayField, Filled, Words, chooser

PERIODS = 3
SPECIAL_PERIODS = 2
BLANK_SPECIALS = 2
SPECIALS_AT_MOST = 60
_TIME = re.compile(r"^(\d{1,2})(?:[:. ]?(\d{2}))?$")
_MIDNIGHT = "00:00"

KINDS = [
    ("schedule", gettext_lazy("By the week")),
    ("always", gettext_lazy("Round the clock")),
    ("appointment", gettext_lazy("By appointment only, no fixed hours")),
]
HOLIDAYS = [
    ("", gettext_lazy("Not said")),
    ("closed", gettext_lazy("Closed on public holidays")),
    ("open", gettext_lazy("Open on public holidays")),
]


class ClockField(forms.CharField):
    """A wall-clock time, kept as "HH:MM". "9", "930" and "9.30" are understood too.

    A plain text field: the browser's own time field shows "AM" and "PM" to people whose system does.
    """

    widget = forms.TextInput(
        attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "00:00", "class": "clock", "maxlength": 5}
    )

    def __init__(self, label: Words) -> None:
        super().__init__(required=False, max_length=5, label=label)

    def to_python(self, value: object) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        found = _TIME.match(text)
        if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise ValidationError(_("Write the time as 09:00."))
        return f"{int(found[1]):02}:{int(found[2] or 0):02}"


class Period(TypedDict):
    """From and to of one period of a day, as two fields."""

    opens: forms.BoundField
    closes: forms.BoundField
    used: bool


class HoursForm(forms.Form):
    """Opening hours of one listing. `hours` are the stored ones; `json()` the new ones once the form is valid."""

    kind = forms.ChoiceField(
        label=gettext_lazy("When do you work?"), choices=KINDS, widget=forms.RadioSelect, required=False
    )
    appointment = forms.BooleanField(label=gettext_lazy("People should make an appointment first"), required=False)
    holidays = forms.ChoiceField(
        label=gettext_lazy("Public holidays"), choices=HOLIDAYS, required=False, widget=forms.RadioSelect
    )
    note = forms.CharField(label=gettext_lazy("Note about the hours"), max_length=300, required=False)
    note_en = forms.CharField(label=gettext_lazy("The same in English"), max_length=300, required=False)
    specials = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=SPECIALS_AT_MOST)

    def __init__(self, data: Filled | None = None, *, hours: HoursJson | None = None, prefix: str = "hours") -> None:
        super().__init__(data, initial=None if data is not None else raw(hours or {}), prefix=prefix)
        for day in range(7):
            self._add_periods(f"d{day}", PERIODS)
        self.special_count = self._special_count(hours or {})
        for number in range(self.special_count):
            self._add_special(number)
        self._json: HoursJson = {}

    def json(self) -> HoursJson:
        return self._json

    # --- what the template shows ---

    def days(self) -> Iterator[dict[str, object]]:
        for day in range(7):
            periods = self._periods(f"d{day}", PERIODS)
            spans = [(str(p["opens"].value() or ""), str(p["closes"].value() or "")) for p in periods]
            yield {
                "name": WEEKDAYS[day],
                "short": WEEKDAYS_ABBR[day],
                "index": day,
                "periods": periods,
                "strip": strip(spans),
                "faults": self._faults(f"d{day}"),
            }

    def special_days(self) -> Iterator[dict[str, object]]:
        for number in range(self.special_count):
            yield self._special_row(number)

    def blank_special(self) -> dict[str, object]:
        """One empty line whose number is `__n__`, for the script to copy."""
        blank = HoursForm(prefix=self.prefix or "")
        blank._add_special("__n__")
        return blank._special_row("__n__")

    def _special_row(self, number: int | str) -> dict[str, object]:
        name = f"x{number}"
        return {
            "number": number,
            "first": self[f"{name}-from"],
            "last": self[f"{name}-to"],
            "note": self[f"{name}-note"],
            "periods": self._periods(name, SPECIAL_PERIODS),
            "faults": self._faults(name),
        }

    def _periods(self, name: str, count: int) -> list[Period]:
        pairs = [(self[f"{name}-{n}-opens"], self[f"{name}-{n}-closes"]) for n in range(count)]
        return [
            {"opens": opens, "closes": closes, "used": bool(opens.value() or closes.value())} for opens, closes in pairs
        ]

    def _faults(self, name: str) -> list[str]:
        if not self.is_bound:
            return []
        return [str(e) for field, errors in self.errors.items() if field.startswith(f"{name}-") for e in errors]

    # --- fields ---

    def _add_periods(self, name: str, count: int) -> None:
        for number in range(count):
            self.fields[f"{name}-{number}-opens"] = ClockField(_("opens"))
            self.fields[f"{name}-{number}-closes"] = ClockField(_("closes"))

    def _add_special(self, number: int | str) -> None:
        for name, label in (("from", _("From")), ("to", _("To"))):
            self.fields[f"x{number}-{name}"] = DayField(label=label, required=False)
        self._add_periods(f"x{number}", SPECIAL_PERIODS)
        self.fields[f"x{number}-note"] = forms.CharField(label=_("Why"), required=False, max_length=200)

    def _special_count(self, hours: HoursJson) -> int:
        if not self.is_bound:
            return _specials_in(hours)
        given = str(self.data.get(self.add_prefix("specials"), ""))
        return min(int(given), SPECIALS_AT_MOST) if given.isdecimal() and len(given) <= 4 else 0

    # --- from fields to JSON ---

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        slots = self._slots(cleaned)
        exceptions = self._exceptions(cleaned)
        if not self.errors:
            self._build(cleaned, slots, exceptions)
        return cleaned

    def _build(self, cleaned: Filled, slots: list[SlotJson], exceptions: list[dict[str, object]]) -> None:
        kind = cleaned.get("kind") or "schedule"
        data = {
            "always": kind == "always",
            "by_appointment": kind == "appointment" or (kind == "schedule" and cleaned.get("appointment", False)),
            "slots": slots if kind == "schedule" else [],
            "exceptions": exceptions,
            "holidays": cleaned.get("holidays", "") if kind == "schedule" else "",
            "note": {language: cleaned.get(name, "") for name, language in columns("note")},
        }
        try:
            self._json = cast(HoursJson, OpeningHours.from_json(data).to_json())
        except HoursError as error:
            self.add_error(None, str(error.message))

    def _slots(self, cleaned: dict[str, str]) -> list[SlotJson]:
        """Equal periods of several days become one slot."""
        days: dict[tuple[str, str], list[int]] = {}
        for day in range(7):
            spans = self._spans(f"d{day}", PERIODS, cleaned)
            if self._refuses([{"days": [day], "opens": a, "closes": b} for a, b in spans], f"d{day}-0-opens"):
                continue
            for span in spans:
                days.setdefault(span, []).append(day)
        return [{"days": found, "opens": a, "closes": b} for (a, b), found in days.items()]

    def _exceptions(self, cleaned: dict[str, Any]) -> list[dict[str, object]]:
        found = []
        for number in range(self.special_count):
            first, last = cleaned.get(f"x{number}-from"), cleaned.get(f"x{number}-to")
            spans = self._spans(f"x{number}", SPECIAL_PERIODS, cleaned)
            note = cleaned.get(f"x{number}-note", "")
            if not first:
                if last or spans or note:
                    self.add_error(f"x{number}-from", _("Choose the date."))
                continue
            item = {"from": first.isoformat(), "to": (last or first).isoformat(), "slots": spans, "note": note}
            try:
                OpeningHours.from_json({"exceptions": [item]})
            except HoursError as error:
                self.add_error(f"x{number}-from", str(error.message))
            found.append(item)
        return found

    def _spans(self, name: str, count: int, cleaned: dict[str, str]) -> list[tuple[str, str]]:
        spans = []
        for number in range(count):
            opens = cleaned.get(f"{name}-{number}-opens", "")
            closes = cleaned.get(f"{name}-{number}-closes", "")
            if bool(opens) != bool(closes):
                self.add_error(f"{name}-{number}-opens", _("Fill in both times: from and to."))
            elif opens:
                spans.append((opens, "24:00" if opens == closes == _MIDNIGHT else closes))
        return spans

    def _refuses(self, slots: list[SlotJson], field: str) -> bool:
        try:
            OpeningHours.from_json({"slots": slots})
        except HoursError as error:
            self.add_error(field, str(error.message))
            return True
        return False


def raw(hours: HoursJson) -> dict[str, str]:
    """Stored hours as the values of the form's fields, without prefix."""
    kinds = {"always": bool(hours.get("always")), "appointment": bool(hours.get("by_appointment"))}
    slots = hours.get("slots", [])
    kind = "schedule" if slots else next((name for name, is_on in kinds.items() if is_on), "schedule")
    values = {"kind": kind, "holidays": hours.get("holidays", ""), "specials": str(_specials_in(hours))}
    values["appointment"] = "on" if slots and kinds["appointment"] else ""
    note = hours.get("note") or {}
    values |= {name: note.get(language, "") for name, language in columns("note")}
    for day in range(7):
        spans = sorted((slot["opens"], slot["closes"]) for slot in slots if day in slot["days"])
        values |= _raw_periods(f"d{day}", spans)
    for number, item in enumerate(hours.get("exceptions", [])):
        values |= {f"x{number}-from": item["from"], f"x{number}-to": item.get("to") or item["from"]}
        values[f"x{number}-note"] = item.get("note", "")
        values |= _raw_periods(f"x{number}", [(a, b) for a, b in item.get("slots", [])])
    return values


def _specials_in(hours: HoursJson) -> int:
    return len(hours.get("exceptions", [])) + BLANK_SPECIALS


def _raw_periods(name: str, spans: list[tuple[str, str]]) -> dict[str, str]:
    values = {}
    for number, (opens, closes) in enumerate(spans[:PERIODS]):
        values[f"{name}-{number}-opens"] = opens
        values[f"{name}-{number}-closes"] = _MIDNIGHT if closes == "24:00" else closes
    return values


def bound(hours: HoursJson, *, prefix: str = "hours") -> dict[str, str]:
    """Stored hours as the data that a browser would send."""
    return {f"{prefix}-{name}": value for name, value in raw(hours).items() if value}


class FillForm(forms.Form):
    """One line that is copied to several days: works on the server, and in the page when scripts run."""

    days = forms.MultipleChoiceField(
        label=gettext_lazy("Days"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(self, data: Filled | None = None) -> None:
        super().__init__(data, prefix="fill", initial={"days": ["0", "1", "2", "3", "4"]})
        chooser(self, "days").choices = [(str(day), WEEKDAYS_ABBR[day]) for day in range(7)]
        for name, label in (
            ("opens", _("From")),
            ("closes", _("To")),
            ("break_from", _("Break from")),
            ("break_to", _("Break to")),
        ):
            self.fields[name] = ClockField(label)

    def fill(self, data: QueryDict, *, prefix: str = "hours") -> QueryDict:
        """The data of the hours form with this line in every chosen day, unchanged when a time cannot be read."""
        if not self.is_valid() or not self.cleaned_data["opens"] or not self.cleaned_data["closes"]:
            return data
        clean = self.cleaned_data
        spans = [(clean["opens"], clean["closes"])]
        if clean["break_from"] and clean["break_to"]:
            spans = [(clean["opens"], clean["break_from"]), (clean["break_to"], clean["closes"])]
        data = data.copy()
        data[f"{prefix}-kind"] = "schedule"
        for day in clean["days"]:
            for number in range(PERIODS):
                opens, closes = spans[number] if number < len(spans) else ("", "")
                data[f"{prefix}-d{day}-{number}-opens"], data[f"{prefix}-d{day}-{number}-closes"] = opens, closes
        return data
