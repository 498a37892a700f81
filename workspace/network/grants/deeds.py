"""What is written about a grant: its agreement, the vote about it, its reports."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core import clock
from network.decisions.models import Decision
from network.grants import services as grants
from network.grants.models import Grant, GrantApplication, GrantReport
from network.grants.models.calls import REPORTS_AT_MOST
from network.grants.models.scores import ACTIVE
from network.grants.services.running import TRANCHES_AT_MOST
from organizations.models import Membership
from organizations.models.membership import OWN_ROLES
from verification.clocks import add_months
from workspace.network.grants.forms import area, money
from workspace.shared.forms import DayField, Filled, PlainForm
from workspace.shared.texts import worded

#: So many days a vote of the committee runs, unless somebody chooses otherwise.
VOTE_DAYS = 10


class ReviewerForm(PlainForm):
    """Whom the secretary asks to score; people with a conflict of interest are not in the list."""

    reviewer = forms.ChoiceField(label=_("Who scores it"))

    def __init__(self, data: Filled | None = None, *, row: GrantApplication) -> None:
        super().__init__(data)
        people = Membership.objects.in_network().filter(role__in=OWN_ROLES, user__is_active=True)
        people = people.exclude(organization=row.organization_id)
        people = people.exclude(user__memberships__organization=row.organization_id)
        people = people.exclude(user__in=row.conflicts.values("person"))
        people = people.exclude(organization__in=row.scores.filter(state__in=ACTIVE).values("organization"))
        rows = people.select_related("user", "organization").order_by("organization__name", "pk")
        self.people = {f"{one.organization.slug}:{one.user_id}": one for one in rows}
        field: Any = self.fields["reviewer"]
        field.choices = [(key, f"{worded(one.organization, 'name')} · {one.user}") for key, one in self.people.items()]

    def clean_reviewer(self) -> Membership:
        return self.people[self.cleaned_data["reviewer"]]


class PutForm(PlainForm):
    closes_on = DayField(label=_("The vote runs until"))
    conditions = forms.CharField(
        label=_("Conditions, if some are proposed"), max_length=1000, required=False, widget=area(2)
    )

    def __init__(self, data: Filled | None = None) -> None:
        super().__init__(data, initial={"closes_on": clock.today() + dt.timedelta(days=VOTE_DAYS)})

    def values(self) -> dict[str, Any]:
        day = self.cleaned_data["closes_on"] + dt.timedelta(days=1)
        ends = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
        return {"closes_at": ends, "conditions": self.cleaned_data["conditions"]}


class OutcomeForm(PlainForm):
    """What the organisation is told."""

    reason = forms.CharField(
        label=_("What the organisation is told: why"), max_length=1000, required=False, widget=area(3)
    )
    conditions = forms.CharField(label=_("Conditions"), max_length=1000, required=False, widget=area(2))

    def __init__(self, data: Filled | None = None, *, row: GrantApplication) -> None:
        super().__init__(data, initial={"conditions": row.conditions})


class AgreeForm(PlainForm):
    """What was signed outside."""

    amount = money(_("Agreed sum"))
    signed_on = DayField(label=_("Signed on"))
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"))

    def __init__(self, data: Filled | None = None, *, row: GrantApplication) -> None:
        today = clock.today()
        months = row.call.report_months or [6]
        initial: dict[str, Any] = {
            "amount": row.amount, "signed_on": today, "starts_on": today, "ends_on": add_months(today, months[-1]),
            "part_1": row.amount, "part_1_on": today,
        }  # fmt: skip
        initial |= {f"report_{n}": add_months(today, month) for n, month in enumerate(months, start=1)}
        super().__init__(data, initial=initial)
        for number in range(1, TRANCHES_AT_MOST // 2 + 1):
            named = {"n": number}
            self.fields[f"part_{number}"] = money(_("Part %(n)d: how much") % named, required=number == 1)
            self.fields[f"part_{number}_on"] = DayField(label=_("Part %(n)d: when") % named, required=number == 1)
        for number in range(1, min(max(len(months), 2), REPORTS_AT_MOST) + 1):
            self.fields[f"report_{number}"] = DayField(label=_("Report %(n)d") % {"n": number}, required=number == 1)

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        parts = [
            grants.TrancheSaid(said[name], said[f"{name}_on"] or said["starts_on"])
            for name in self.fields
            if name.startswith("part_") and not name.endswith("_on") and said[name]
        ]
        days = [said[name] for name in self.fields if name.startswith("report_") and said[name]]
        named = {name: said[name] for name in ("amount", "signed_on", "starts_on", "ends_on")}
        return {**named, "tranches": parts, "report_days": days}


class StopForm(PlainForm):
    decision = forms.ModelChoiceField(
        Decision.objects.none(), to_field_name="public_id", label=_("By which decision of the committee"),
        empty_label=None,
    )  # fmt: skip
    reason = forms.CharField(label=_("What the organisation is told: why"), max_length=1000, widget=area(3))

    def __init__(self, data: Filled | None = None, *, row: Grant) -> None:
        super().__init__(data)
        field: Any = self.fields["decision"]
        rows = Decision.objects.filter(body=row.application.call.body_id, decided_at__gte=row.created_at)
        field.queryset = rows.order_by("-decided_at", "-pk")


class GrantReportForm(PlainForm):
    narrative = forms.CharField(
        label=_("What was done, and what came of it"), max_length=6000, required=False, widget=area(8),
        help_text=_("No names of clients. What did not work is worth as much as what did."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("A file"), required=False,
        help_text=_("PDF, DOCX, XLSX, PNG or JPEG, ten megabytes at most. No lists of people, no documents of theirs."),
    )  # fmt: skip

    def __init__(self, data: Filled | None = None, files: Any = None, *, row: GrantReport) -> None:
        initial: dict[str, object] = {"narrative": row.narrative}
        initial |= {f"spent_{n}": value for n, value in row.spent.items()}
        initial |= {f"reading_{n}": value for n, value in row.readings.items()}
        super().__init__(data, files, initial=initial)
        application = row.grant.application
        for line in application.lines.all():
            self.fields[f"spent_{line.position}"] = money(line.name, required=False)
        for one in application.indicators.all():
            told = {"name": one.name, "from": one.baseline.normalize(), "to": one.target.normalize()}
            label = _now("%(name)s (from %(from)f to %(to)f)") % told
            self.fields[f"reading_{one.position}"] = money(label, required=False, min_value=None)

    def groups(self) -> dict[str, Any]:
        return {
            "spent": [self[name] for name in self.fields if name.startswith("spent_")],
            "readings": [self[name] for name in self.fields if name.startswith("reading_")],
        }

    def values(self) -> dict[str, Any]:
        return {
            "narrative": self.cleaned_data["narrative"],
            "spent": self._numbers("spent_"),
            "readings": self._numbers("reading_"),
        }

    def _numbers(self, prefix: str) -> dict[int, Decimal | None]:
        return {
            int(name.removeprefix(prefix)): self.cleaned_data[name] for name in self.fields if name.startswith(prefix)
        }
