"""What is written about calls, checks and standings."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.languages import stored
from network.joining.models import Call
from network.joining.models.calls import QUESTIONS_AT_MOST
from workspace.shared.forms import DayField, Filled, PlainForm


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CallForm(PlainForm):
    title = forms.CharField(label=_("Title"), max_length=160)
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)
    text = forms.CharField(label=_("Whom we look for"), max_length=4000, widget=_area(5))
    text_en = forms.CharField(label=_("The same in English"), max_length=4000, required=False, widget=_area(5))
    criteria = forms.CharField(label=_("What we look at"), max_length=4000, required=False, widget=_area(4))
    criteria_en = forms.CharField(
        label=_("What we look at, in English"), max_length=4000, required=False, widget=_area(4)
    )
    questions = forms.CharField(
        label=_("Questions"), required=False, widget=_area(6), help_text=_("One a line, twelve at most.")
    )
    questions_en = forms.CharField(
        label=_("The same questions in English"), required=False, widget=_area(6), help_text=_("In the same order.")
    )
    opens_on = DayField(label=_("From"))
    closes_on = DayField(label=_("Until"), required=False, help_text=_("The last day. Empty: always open."))

    def __init__(self, data: Filled | None = None, *, row: Call | None = None) -> None:
        super().__init__(data, initial=_initial(row) if row else {"opens_on": clock.today()})

    def clean_questions(self) -> list[str]:
        return self._lines("questions")

    def clean_questions_en(self) -> list[str]:
        return self._lines("questions_en")

    def _lines(self, name: str) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()]
        if len(lines) > QUESTIONS_AT_MOST or any(len(line) > 300 for line in lines):
            raise forms.ValidationError(_("At most twelve lines of 300 letters."))
        return lines

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        opens, closes = said.get("opens_on"), said.get("closes_on")
        if isinstance(opens, dt.date) and isinstance(closes, dt.date) and closes < opens:
            self.add_error("closes_on", _("The end is before the beginning."))
        return said

    def values(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        for name in ("title_en", "text_en", "criteria_en"):
            said[stored(name)] = said.pop(name) or None
        return said


def _initial(row: Call) -> dict[str, object]:
    names = ("title", "title_en", "text", "text_en", "criteria", "criteria_en", "opens_on", "closes_on")
    found = {name: getattr(row, stored(name)) for name in names}
    return found | {"questions": "\n".join(row.questions), "questions_en": "\n".join(row.questions_en)}
