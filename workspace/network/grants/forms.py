"""What is written about calls, applications and scores."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.languages import stored
from network.decisions.models import Body
from network.decisions.models.words import Audience
from network.gaps.models import Gap
from network.grants import services as grants
from network.grants.models import GrantApplication, GrantCall
from network.grants.models.bids import INDICATORS_AT_MOST, LINES_AT_MOST
from network.grants.models.calls import CRITERIA_AT_MOST, QUESTIONS_AT_MOST, REPORTS_AT_MOST
from network.grants.models.scores import HIGHEST
from network.grants.rights import committees
from organizations.models import Organization
from workspace.network.grants.presenter import gap_choices
from workspace.shared.forms import DayField, Filled, PlainForm

#: Of an amount that a person types.
MONEY: dict[str, Any] = {"max_digits": 12, "decimal_places": 2, "min_value": 0}
CURRENCIES = ("EUR", "USD", "CHF", "GBP", "PLN", "SEK")
_TEXTS = ("title", "title_en", "text", "text_en")


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def money(label: Any, *, required: bool = True, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, required=required, **(MONEY | more))


def lines_of(text: str, most: int) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > most or any(len(line) > 300 for line in lines):
        raise forms.ValidationError(_now("At most %(n)d lines of 300 letters.") % {"n": most})
    return lines


class GapsField(forms.ModelMultipleChoiceField):
    """Gaps by their public ids, in words."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **told: Any) -> None:
        super().__init__(Gap.objects.none(), to_field_name="public_id", **told)

    def choose_from(self, rows: Any) -> None:
        self.queryset = rows
        self.choices = gap_choices(rows)


class GrantCallForm(PlainForm):
    body = forms.ModelChoiceField(
        Body.objects.none(), to_field_name="public_id", label=_("Committee that decides"), empty_label=None
    )
    title = forms.CharField(label=_("Title"), max_length=160)
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)
    text = forms.CharField(
        label=_("What it is for"), max_length=6000, widget=area(6),
        help_text=_("Name no organisation and no address: when the call is for everybody, anybody reads this."),
    )  # fmt: skip
    text_en = forms.CharField(label=_("The same in English"), max_length=6000, required=False, widget=area(6))
    gaps = GapsField(label=_("About which gaps"))
    budget = money(_("For all together"))
    ceiling = money(_("For one application at most"))
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])
    opens_on = DayField(label=_("From"))
    closes_on = DayField(label=_("Until"), help_text=_("This day is the last one, until midnight in the zone below."))
    timezone = forms.CharField(
        label=_("Time zone of the call"), max_length=64, help_text=_("For example Europe/Warsaw or Asia/Tbilisi.")
    )
    report_months = forms.CharField(
        label=_("Reports, in months after the beginning"), max_length=40, help_text=_("For example: 3, 6")
    )
    audience = forms.ChoiceField(label=_("Who reads it"), choices=Audience.choices)
    questions = forms.CharField(
        label=_("Questions"), required=False, widget=area(4), help_text=_("One a line, ten at most.")
    )
    questions_en = forms.CharField(
        label=_("The same questions in English"), required=False, widget=area(4), help_text=_("In the same order.")
    )

    def __init__(self, data: Filled | None = None, *, user: User, row: GrantCall | None = None, gap: str = "") -> None:
        super().__init__(data, initial=_call_initial(row) if row else _new_call(gap))
        field: Any = self.fields["body"]
        field.queryset = committees(user)
        gaps: Any = self.fields["gaps"]
        gaps.choose_from(_open_gaps(user, row))
        for number in range(1, CRITERIA_AT_MOST + 1):
            self._add_criterion(number, row)

    def _add_criterion(self, number: int, row: GrantCall | None) -> None:
        rows = {one.position: one for one in row.criteria.all()} if row else {}
        one = rows.get(number)
        named = {"n": number}
        self.fields[f"criterion_{number}"] = forms.CharField(
            label=_("Criterion %(n)d") % named, max_length=160, required=number == 1, initial=one.name if one else ""
        )
        self.fields[f"criterion_{number}_en"] = forms.CharField(
            label=_("Criterion %(n)d in English") % named, max_length=160, required=False,
            initial=one.name_en if one else "",
        )  # fmt: skip
        self.fields[f"weight_{number}"] = forms.IntegerField(
            label=_("Weight of criterion %(n)d") % named, min_value=1, max_value=10, required=False,
            initial=one.weight if one else 1,
        )  # fmt: skip

    def clean_questions(self) -> list[str]:
        return lines_of(self.cleaned_data["questions"], QUESTIONS_AT_MOST)

    def clean_questions_en(self) -> list[str]:
        return lines_of(self.cleaned_data["questions_en"], QUESTIONS_AT_MOST)

    def clean_report_months(self) -> list[int]:
        said = self.cleaned_data["report_months"].replace(";", ",").split(",")
        try:
            months = sorted({int(one) for one in said if one.strip()})
        except ValueError:
            months = []
        if not 1 <= len(months) <= REPORTS_AT_MOST or not all(1 <= month <= 36 for month in months):
            raise forms.ValidationError(_now("One to six whole numbers from 1 to 36, with commas."))
        return months

    def clean_timezone(self) -> str:
        name = str(self.cleaned_data["timezone"]).strip()
        if not clock.is_zone(name):
            raise forms.ValidationError(_now("Unknown time zone."))
        return name

    def values(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        criteria = []
        for number in range(1, CRITERIA_AT_MOST + 1):
            name, name_en = said.pop(f"criterion_{number}"), said.pop(f"criterion_{number}_en")
            criteria.append(grants.CriterionSaid(name, said.pop(f"weight_{number}") or 1, name_en))
        for name in ("title_en", "text_en"):
            said[stored(name)] = said.pop(name) or None
        return said | {"criteria": criteria, "gaps": list(said["gaps"])}


def _open_gaps(user: User, row: GrantCall | None) -> Any:
    rows = Gap.objects.visible_to(user).live()
    rows = rows | Gap.objects.filter(grant_calls=row) if row else rows
    return rows.distinct().order_by("country", "service_type", "pk")


def _new_call(gap: str) -> dict[str, object]:
    return {"opens_on": clock.today(), "timezone": "UTC", "report_months": "3, 6", "gaps": [gap] if gap else []}


def _call_initial(row: GrantCall) -> dict[str, object]:
    names = (*_TEXTS, "budget", "ceiling", "currency", "opens_on", "closes_on", "timezone", "audience")
    found: dict[str, object] = {name: getattr(row, stored(name)) for name in names}
    return found | {
        "body": row.body.public_id,
        "gaps": [gap.public_id for gap in row.gaps.all()],
        "report_months": ", ".join(map(str, row.report_months)),
        "questions": "\n".join(row.questions),
        "questions_en": "\n".join(row.questions_en),
    }


class BeginForm(PlainForm):
    """The first press: for whom, and in one line what."""

    organization = forms.ModelChoiceField(
        Organization.objects.none(), to_field_name="slug", label=_("In whose name"), empty_label=None
    )
    title = forms.CharField(label=_("In one line: what it is about"), max_length=160)

    def __init__(self, data: Filled | None = None, *, houses: list[Organization]) -> None:
        super().__init__(data)
        field: Any = self.fields["organization"]
        field.queryset = Organization.objects.filter(pk__in=[house.pk for house in houses]).order_by("name", "pk")


class ApplicationWriteForm(PlainForm):
    """Everything may be left out until it is sent."""

    title = forms.CharField(label=_("In one line: what it is about"), max_length=160)
    gaps = GapsField(label=_("Which gap it is about"), required=False)
    plan = forms.CharField(
        label=_("What you will do, for whom, and how"), max_length=6000, required=False, widget=area(8),
        help_text=_("No names of clients and of nobody who did not agree to it."),
    )  # fmt: skip
    amount = money(_("How much you ask for"), required=False)

    def __init__(self, data: Filled | None = None, *, row: GrantApplication) -> None:
        super().__init__(data, initial=_initial(row))
        self.row = row
        gaps: Any = self.fields["gaps"]
        gaps.choose_from(row.call.gaps.order_by("country", "service_type", "pk"))
        for number in range(1, LINES_AT_MOST + 1):
            named = {"n": number}
            self.fields[f"line_{number}"] = forms.CharField(
                label=_("Line %(n)d: what for") % named, max_length=160, required=False
            )
            self.fields[f"line_{number}_amount"] = money(_("Line %(n)d: how much") % named, required=False)
        for number in range(1, INDICATORS_AT_MOST + 1):
            named = {"n": number}
            self.fields[f"indicator_{number}"] = forms.CharField(
                label=_("Number %(n)d: what is counted") % named, max_length=200, required=False
            )
            told: dict[str, Any] = {"required": False, "min_value": None}
            self.fields[f"indicator_{number}_baseline"] = money(_("Number %(n)d: now") % named, **told)
            self.fields[f"indicator_{number}_target"] = money(_("Number %(n)d: to be reached") % named, **told)
        for number, question in enumerate(row.call.asked, start=1):
            self.fields[f"answer_{number}"] = forms.CharField(
                label=question, max_length=2000, required=False, widget=area(3)
            )

    def groups(self) -> dict[str, Any]:
        """The fields as the page shows them."""
        lines = [[self[f"line_{n}"], self[f"line_{n}_amount"]] for n in range(1, LINES_AT_MOST + 1)]
        numbers = [
            [self[f"indicator_{n}"], self[f"indicator_{n}_baseline"], self[f"indicator_{n}_target"]]
            for n in range(1, INDICATORS_AT_MOST + 1)
        ]
        answers = [self[name] for name in self.fields if name.startswith("answer_")]
        return {"lines": lines, "numbers": numbers, "answers": answers}

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(1, LINES_AT_MOST + 1):
            name, amount = said.get(f"line_{number}"), said.get(f"line_{number}_amount")
            if bool(name) != bool(amount):
                missing = f"line_{number}" if amount else f"line_{number}_amount"
                self.add_error(missing, _now("A line has both: what for, and how much."))
        for number in range(1, INDICATORS_AT_MOST + 1):
            self._whole_number(said, f"indicator_{number}")
        return said

    def _whole_number(self, said: dict[str, Any], name: str) -> None:
        parts = [said.get(name) or None, said.get(f"{name}_baseline"), said.get(f"{name}_target")]
        if any(part is not None for part in parts) and not all(part is not None for part in parts):
            self.add_error(name, _now("A number has all three: what is counted, how it is now, and what is to be."))

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        lines = [
            grants.BudgetSaid(said[f"line_{n}"], said[f"line_{n}_amount"])
            for n in range(1, LINES_AT_MOST + 1)
            if said[f"line_{n}"]
        ]
        names = [f"indicator_{n}" for n in range(1, INDICATORS_AT_MOST + 1)]
        indicators = [
            grants.IndicatorSaid(said[name], said[f"{name}_baseline"], said[f"{name}_target"])
            for name in names
            if said[name]
        ]
        answers = [said[name] for name in self.fields if name.startswith("answer_")]
        return {
            "title": said["title"], "plan": said["plan"], "amount": said["amount"] or 0, "gaps": list(said["gaps"]),
            "lines": lines, "indicators": indicators, "answers": answers,
        }  # fmt: skip


def _initial(row: GrantApplication) -> dict[str, object]:
    found: dict[str, object] = {"title": row.title, "plan": row.plan, "amount": row.amount or None}
    found["gaps"] = [gap.public_id for gap in row.gaps.all()]
    for line in row.lines.all():
        found |= {f"line_{line.position}": line.name, f"line_{line.position}_amount": line.amount}
    for one in row.indicators.all():
        name = f"indicator_{one.position}"
        found |= {name: one.name, f"{name}_baseline": one.baseline, f"{name}_target": one.target}
    return found | {f"answer_{number}": text for number, text in enumerate(row.answers, start=1)}


class ScoreForm(PlainForm):
    """From 0 to 4 by each criterion, and why."""

    reason = forms.CharField(
        label=_("Why, in a few words"), max_length=2000, widget=area(4),
        help_text=_("The committee reads it; the organisation that applies does not."),
    )  # fmt: skip

    def __init__(self, data: Filled | None = None, *, row: GrantApplication, initial: Filled | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        words = {0: _("0: not at all"), 1: "1", 2: _("2: in part"), 3: "3", HIGHEST: _("4: fully")}
        marks: dict[str, forms.Field] = {}
        for one in row.call.criteria.all():
            marks[f"mark_{one.position}"] = forms.TypedChoiceField(
                label=_("%(name)s (weight %(n)d)") % {"name": one.told, "n": one.weight},
                choices=list(words.items()), coerce=int, widget=forms.RadioSelect,
            )  # fmt: skip
        self.fields = {**marks, **self.fields}

    def values(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        marks = {int(name[5:]): mark for name, mark in said.items() if name.startswith("mark_")}
        return {"marks": marks, "reason": said["reason"]}
