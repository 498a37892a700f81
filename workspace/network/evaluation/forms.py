"""What is written about a cycle: its plan, findings, recommendations, what was decided."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.phrasing.dates import day_in_words
from network.decisions.models import Decision
from network.evaluation.indicators import SPECS
from network.evaluation.models import (
    QUESTIONS_AT_MOST,
    CoreQuestion,
    CycleKind,
    EvaluationCycle,
    EvaluationIndicator,
    Finding,
    SurveyAnswer,
)
from workspace.network.evaluation.presenter import question_words
from workspace.shared.forms import DayField, EditForm, Filled, PlainForm

_OWN_AT_MOST = QUESTIONS_AT_MOST - len(CoreQuestion)
_NUMBER: dict[str, Any] = {"max_digits": 12, "decimal_places": 2, "required": False}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CycleForm(EditForm[EvaluationCycle]):
    columns = ("kind", "starts_on", "ends_on", "survey_until", "questions")

    kind = forms.ChoiceField(label=_("Kind"), choices=CycleKind.choices)
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"), help_text=_("The last day. Figures are frozen after it."))
    questions = forms.CharField(
        label=_("What we want to know"), max_length=1000, required=False, widget=_area(3),
        help_text=_("Members read it. Two or three questions in plain words are enough."),
    )  # fmt: skip
    survey_until = DayField(
        label=_("The survey runs until"), required=False, help_text=_("Of a year alone. Managers of members are asked.")
    )
    asked = forms.CharField(
        label=_("Questions of your own, one a line"), required=False, widget=_area(3),
        help_text=_("Five are asked every year. All are answered by yes, in part, no, cannot say."),
    )  # fmt: skip
    asked_en = forms.CharField(label=_("The same in English, one a line"), required=False, widget=_area(3))

    def __init__(self, data: Filled | None = None, *, row: EvaluationCycle | None = None) -> None:
        super().__init__(data, row=row, initial=None if row else _last_year())
        known = {one.code: one for one in row.indicators.all()} if row else {}
        for code, spec in SPECS.items():
            for name, label in (("baseline", _("at the beginning")), ("target", _("wanted"))):
                field = forms.DecimalField(label=f"{spec.name}: {label}", **_NUMBER)
                field.initial = getattr(known.get(code), name, None)
                field.widget.attrs |= {"step": "any", "class": "input"}
                self.fields[f"{name}_{code}"] = field

    def initial_of(self, row: EvaluationCycle) -> dict[str, object]:
        own = [one for one in row.asked.all() if not one.code] if isinstance(row, EvaluationCycle) else []
        texts = {"asked": [one.text for one in own], "asked_en": [getattr(one, "text_en", "") or "" for one in own]}
        return super().initial_of(row) | {name: "\n".join(lines) for name, lines in texts.items()}

    @property
    def plain(self) -> list[forms.BoundField]:
        """Everything but the numbers."""
        return [self[name] for name in (*self.columns, "asked", "asked_en", "version")]

    @property
    def aims(self) -> list[tuple[str, str, forms.BoundField, forms.BoundField]]:
        return [
            (str(spec.name), spec.unit, self[f"baseline_{code}"], self[f"target_{code}"])
            for code, spec in SPECS.items()
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("kind") == CycleKind.YEAR and not said.get("survey_until") and "survey_until" not in self.errors:
            self.add_error("survey_until", _now("Of a year, say until which day the survey runs."))
        if len(self._lines("asked")) > _OWN_AT_MOST:
            self.add_error("asked", _now("At most %(n)d questions of your own.") % {"n": _OWN_AT_MOST})
        for name in ("asked", "asked_en"):
            if any(len(line) > 200 for line in self._lines(name)):
                self.add_error(name, _now("A question has at most 200 letters."))
        return said

    def _lines(self, name: str) -> list[str]:
        return [line.strip() for line in str(self.cleaned_data.get(name) or "").splitlines() if line.strip()]

    def values(self) -> dict[str, Any]:
        english = self._lines("asked_en")
        asked = [(text, english[n] if n < len(english) else "") for n, text in enumerate(self._lines("asked"))]
        aims: dict[str, tuple[Decimal | None, Decimal | None]] = {
            code: (self.cleaned_data[f"baseline_{code}"], self.cleaned_data[f"target_{code}"]) for code in SPECS
        }
        return super().values() | {"asked": asked, "aims": aims}


def _last_year() -> dict[str, object]:
    """The last twelve months that are over, and three weeks for the survey."""
    today = clock.today()
    ends = today.replace(day=1) - dt.timedelta(days=1)
    starts = (ends + dt.timedelta(days=1)).replace(year=ends.year - 1 if ends.month < 12 else ends.year)
    return {"kind": CycleKind.YEAR, "starts_on": starts, "ends_on": ends, "survey_until": today + dt.timedelta(days=21)}


class FindingForm(PlainForm):
    text = forms.CharField(label=_("What was found"), max_length=1000, widget=_area(3))
    text_en = forms.CharField(label=_("The same in English"), max_length=1000, required=False, widget=_area(3))
    indicator = forms.ModelChoiceField(
        EvaluationIndicator.objects.none(), to_field_name="code", label=_("About which indicator"), required=False,
        empty_label=_("About all of them"),
    )  # fmt: skip

    def __init__(self, data: Filled | None = None, *, cycle: EvaluationCycle) -> None:
        super().__init__(data)
        field: Any = self.fields["indicator"]
        field.queryset = cycle.indicators.all()
        field.label_from_instance = lambda row: str(SPECS[row.code].name)


class CorrectionForm(FindingForm):
    """A finding as it is written, to be written better. `version` is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data: Filled | None = None, *, row: Finding) -> None:
        super().__init__(data, cycle=row.cycle)
        #: Several of them stand on one page.
        self.auto_id = f"id_{row.public_id}_%s"
        about = row.indicator.code if row.indicator else None
        self.initial = {
            "text": row.text, "text_en": getattr(row, "text_en", ""), "indicator": about, "version": row.version,
        }  # fmt: skip

    def values(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return said | {"expected_version": said.pop("version")}


class RecommendationForm(PlainForm):
    text = forms.CharField(label=_("What is recommended"), max_length=600, widget=_area(2))
    text_en = forms.CharField(label=_("The same in English"), max_length=600, required=False, widget=_area(2))


class TakeUpForm(PlainForm):
    """A decision that was written down after the freezing."""

    decision = forms.ModelChoiceField(
        Decision.objects.none(), to_field_name="public_id", label=_("Which decision"), empty_label=_("Choose")
    )

    def __init__(self, data: Filled | None = None, *, cycle: EvaluationCycle, user: User) -> None:
        super().__init__(data)
        field: Any = self.fields["decision"]
        rows = Decision.objects.visible_to(user).filter(decided_at__gte=cycle.frozen_at or clock.now())
        field.queryset = rows.select_related("body").order_by("-decided_at", "-pk")[:50]
        field.queryset = Decision.objects.filter(pk__in=[row.pk for row in field.queryset]).order_by("-decided_at")
        field.label_from_instance = lambda row: f"{row.text[:90]} · {day_in_words(row.decided_at.date())}"


class WhyNotForm(PlainForm):
    reason = forms.CharField(label=_("Why it is not taken up"), max_length=500, widget=_area(2))


class WithdrawForm(PlainForm):
    reason = forms.CharField(label=_("Why it is withdrawn"), max_length=500, widget=_area(2))


class AddedForm(PlainForm):
    """A value beside the frozen one."""

    code = forms.ChoiceField(label=_("Indicator"))
    value = forms.DecimalField(label=_("Value"), max_digits=12, decimal_places=2)
    n = forms.IntegerField(label=_("Of how many"), min_value=0, max_value=10_000_000)
    note = forms.CharField(label=_("Why it is added"), max_length=500, widget=_area(2))

    def __init__(self, data: Filled | None = None, *, cycle: EvaluationCycle) -> None:
        super().__init__(data)
        field: Any = self.fields["code"]
        field.choices = [(one.code, str(SPECS[one.code].name)) for one in cycle.indicators.all()]


class SurveyForm(PlainForm):
    """Answers of a survey, under its code."""

    code = forms.CharField(label=_("Code of the survey"), max_length=40)

    def __init__(self, data: Filled | None = None, *, cycle: EvaluationCycle, code: str = "") -> None:
        super().__init__(data, initial={"code": code})
        self.names = {}
        for one in cycle.asked.all():
            name = f"question_{one.position}"
            self.names[name] = one.position
            self.fields[name] = forms.ChoiceField(
                label=question_words(one), choices=SurveyAnswer.choices, widget=forms.RadioSelect,
                error_messages={"required": _now("Choose an answer.")},
            )  # fmt: skip

    def said(self) -> dict[int, str]:
        return {position: self.cleaned_data[name] for name, position in self.names.items()}

    def take(self, error: ValidationError) -> None:
        for key, faults in error.message_dict.items():
            name = f"question_{key}" if f"question_{key}" in self.fields else None
            for fault in faults:
                self.add_error(name, fault)
