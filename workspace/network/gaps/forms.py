"""What is written about a cell and a gap."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from network.gaps.models import Gap, Priority
from network.gaps.rights import organizations_of
from organizations.models import Membership, Organization
from organizations.models.membership import OWN_ROLES
from workspace.shared.forms import DayField, Filled, PlainForm


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class GapForm(PlainForm):
    """A gap of the cell."""

    priority = forms.ChoiceField(
        label=_("How urgent it is"), choices=Priority.choices, initial=Priority.SOON, widget=forms.RadioSelect
    )
    why = forms.CharField(label=_("Why it matters"), max_length=500, widget=_area(3))


class AbsentForm(PlainForm):
    """We have looked and found none."""

    organization = forms.ModelChoiceField(
        Organization.objects.none(), to_field_name="slug", label=_("In whose name"), empty_label=None
    )
    how = forms.CharField(
        label=_("Whom we asked"),
        max_length=300,
        widget=_area(2),
        help_text=_("Organisations, clinics, offices: no names of people. It counts for a year."),
    )

    def __init__(self, data: Filled | None = None, *, user: User) -> None:
        super().__init__(data)
        field: Any = self.fields["organization"]
        field.queryset = organizations_of(user)


class PlanForm(PlainForm):
    """Who does what, and until when."""

    who = forms.ChoiceField(label=_("Who does it"))
    action = forms.CharField(label=_("What is done"), max_length=300, widget=_area(2))
    due_on = DayField(label=_("Until which day"))
    priority = forms.ChoiceField(label=_("How urgent it is"), choices=Priority.choices)

    def __init__(self, data: Filled | None = None, *, gap: Gap, leads: bool) -> None:
        super().__init__(data, initial=_initial(gap))
        people = Membership.objects.in_network().filter(role__in=OWN_ROLES, user__is_active=True)
        people = people if leads else people.filter(organization=gap.organization)
        people = people.select_related("user", "organization").order_by("organization__name", "pk")
        self.people = {f"{one.organization.slug}:{one.user_id}": one for one in people}
        field: Any = self.fields["who"]
        field.choices = [(key, f"{one.organization} · {one.user}") for key, one in self.people.items()]

    def values(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        one = self.people[said.pop("who")]
        return {**said, "organization": one.organization, "responsible": one.user}


def _initial(gap: Gap) -> dict[str, object]:
    who = f"{gap.organization.slug}:{gap.responsible_id}" if gap.organization else ""
    return {"who": who, "action": gap.action, "due_on": gap.due_on, "priority": gap.priority}


class PutOffForm(PlainForm):
    reason = forms.CharField(label=_("Why it cannot be changed now"), max_length=500, widget=_area(2))
    review_on = DayField(label=_("When to look again"))


class DropForm(PlainForm):
    reason = forms.CharField(label=_("Why it is dropped"), max_length=500, widget=_area(2))
