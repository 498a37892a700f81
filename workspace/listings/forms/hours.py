"""A week at a glance: periods of each day, special dates, round the clock, by appointment.

The form works without scripts: a second period is the time after the break, empty times mean closed, "fill" copies
one line to several days on the server. A week without any time means that the hours are not known. It reads and
writes the JSON of `services.hours.OpeningHours`.

Rule: what is stored is shown and kept. There are as many fields as the fullest day needs, a note for each language,
and hours that mean what they meant are stored as they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypedDict, cast

from django import forms
from django.http import QueryDict
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.languages import by_code, columns, labelled
from directory.crossing.content import HoursJson, SlotJson
from facts.hours import strip
from services.hours import HoursError, OpeningHours
from workspace.listings.forms.clock import ClockField
from workspace.shared.forms import DayField, Filled, chooser

#: So many periods are offered on every day of the week and on every special date; stored ones may be more.
PERIODS = 3
SPECIAL_PERIODS = 2
PERIODS_AT_MOST = 48
BLANK_SPECIALS = 2
_PERIOD = re.compile(r"(d[0-6]|x\d{1,4})-(\d{1,2})-(?:opens|closes)")
_SPECIAL = re.compile(r"x(\d{1,4})-from")
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


class Period(TypedDict):
    """From and to of one period of a day, as two fields."""

    opens: forms.BoundField
    closes: forms.BoundField
    used: bool


class NoteField(TypedDict):
    """A note as a field, with the tag of its language."""

    field: forms.BoundField
    tag: str


class HoursForm(forms.Form):
    """Opening hours of one listing. `hours` are the stored ones; `json()` the new ones once the form is valid."""

    kind = forms.ChoiceField(
        label=gettext_lazy("When do you work?"), choices=KINDS, widget=forms.RadioSelect, required=False
    )
    appointment = forms.BooleanField(label=gettext_lazy("People should make an appointment first"), required=False)
    holidays = forms.ChoiceField(
        label=gettext_lazy("Public holidays"), choices=HOLIDAYS, required=False, widget=forms.RadioSelect
    )
    #: The number of the next special date, for the script that adds one.
    specials = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Filled | None = None, *, hours: HoursJson | None = None, prefix: str = "hours") -> None:
        super().__init__(data, initial=None if data is not None else raw(hours or {}), prefix=prefix)
        self._stored = hours or {}
        self.periods, self.special_periods = self._period_counts()
        for day in range(7):
            self._add_periods(f"d{day}", self.periods)
        self.special_numbers = self._special_numbers()
        for number in self.special_numbers:
            self._add_special(number)
        for name, language in columns("note"):
            label = labelled(_("Note about the hours"), language)
            self.fields[name] = forms.CharField(label=label, max_length=300, required=False)
        self._json: HoursJson = {}

    def json(self) -> HoursJson:
        return self._json

    # --- what the template shows ---

    def days(self) -> Iterator[dict[str, object]]:
        for day in range(7):
            periods = self._periods(f"d{day}", self.periods)
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
        for number in self.special_numbers:
            yield self._special_row(number)

    def notes(self) -> list[NoteField]:
        """The note in every language, with the tag of each."""
        return [{"field": self[name], "tag": by_code(language).tag} for name, language in columns("note")]

    def blank_special(self) -> dict[str, object]:
        """One empty line whose number is `__n__`, for the script to copy."""
        blank = HoursForm(hours=self._stored, prefix=self.prefix or "")
        blank.special_periods = self.special_periods
        blank._add_special("__n__")
        return blank._special_row("__n__")

    def _special_row(self, number: int | str) -> dict[str, object]:
        name = f"x{number}"
        return {
            "number": number,
            "first": self[f"{name}-from"],
            "last": self[f"{name}-to"],
            "note": self[f"{name}-note"],
            "periods": self._periods(name, self.special_periods),
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
        self._add_periods(f"x{number}", self.special_periods)
        self.fields[f"x{number}-note"] = forms.CharField(label=_("Why"), required=False, max_length=200)

    def _period_counts(self) -> tuple[int, int]:
        """Fields for periods of a day of the week and of a special date: what is stored or was sent, all of it."""
        of_days, of_specials = PERIODS, SPECIAL_PERIODS
        for name in self._names():
            found = _PERIOD.fullmatch(name)
            count = min(int(found[2]) + 1, PERIODS_AT_MOST) if found else 0
            if found and found[1].startswith("d"):
                of_days = max(of_days, count)
            elif found:
                of_specials = max(of_specials, count)
        return of_days, of_specials

    def _special_numbers(self) -> list[int]:
        if not self.is_bound:
            return list(range(_specials_in(self._stored)))
        return sorted({int(found[1]) for name in self._names() if (found := _SPECIAL.fullmatch(name))})

    def _names(self) -> list[str]:
        """The fields that were sent, or that what is stored fills."""
        return [name.removeprefix(f"{self.prefix}-") for name in self.data] if self.is_bound else [*raw(self._stored)]

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
            "holidays": cleaned.get("holidays", ""),
            "note": self._notes(cleaned),
        }
        try:
            hours = OpeningHours.from_json(data)
            is_as_it_was = hours == OpeningHours.from_json(self._stored)
            self._json = self._stored if is_as_it_was else cast(HoursJson, hours.to_json())
        except HoursError as error:
            self.add_error(None, str(error.message))

    def _notes(self, cleaned: Filled) -> dict[str, object]:
        """The note in every language; in one that is not offered now as it is stored."""
        shown = {language: cleaned.get(name, "") for name, language in columns("note")}
        return {**(self._stored.get("note") or {}), **shown}

    def _slots(self, cleaned: dict[str, str]) -> list[SlotJson]:
        """Equal periods of several days become one slot."""
        days: dict[tuple[str, str], list[int]] = {}
        for day in range(7):
            spans = self._spans(f"d{day}", self.periods, cleaned)
            if self._refuses([{"days": [day], "opens": a, "closes": b} for a, b in spans], f"d{day}-0-opens"):
                continue
            for span in spans:
                days.setdefault(span, []).append(day)
        return [{"days": found, "opens": a, "closes": b} for (a, b), found in days.items()]

    def _exceptions(self, cleaned: dict[str, Any]) -> list[dict[str, object]]:
        found = []
        for number in self.special_numbers:
            first, last = cleaned.get(f"x{number}-from"), cleaned.get(f"x{number}-to")
            spans = self._spans(f"x{number}", self.special_periods, cleaned)
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
    for number, (opens, closes) in enumerate(spans):
        values |= {f"{name}-{number}-opens": opens, f"{name}-{number}-closes": closes}
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
            for number in range(PERIODS_AT_MOST):
                opens, closes = spans[number] if number < len(spans) else ("", "")
                if opens or f"{prefix}-d{day}-{number}-opens" in data:
                    data[f"{prefix}-d{day}-{number}-opens"], data[f"{prefix}-d{day}-{number}-closes"] = opens, closes
        return data
