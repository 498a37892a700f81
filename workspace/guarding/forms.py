"""Asking for what an organisation hides, and naming another one for the circle."""

from __future__ import annotations

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organizations.models import Organization
from workspace.shared.forms import Filled, PlainForm, ReasonForm


class DisclosureForm(ReasonForm):
    """`organization` by its slug, of those that the person does not read already."""

    organization = forms.ModelChoiceField(
        Organization.objects.none(), to_field_name="slug", label=_("Organisation"), empty_label="—"
    )
    field_order = ("organization", "reason")

    def __init__(self, data: Filled | None = None, *, actor: User) -> None:
        super().__init__(data)
        read = Organization.objects.read_by(actor).values("pk")
        cast(forms.ModelChoiceField, self.fields["organization"]).queryset = Organization.objects.exclude(pk__in=read)


class CircleForm(PlainForm):
    """`member` by its slug, of the other organisations of the network that are not there yet."""

    member = forms.ModelChoiceField(
        Organization.objects.none(), to_field_name="slug", label=_("Organisation"), empty_label="—"
    )

    def __init__(self, data: Filled | None = None, *, organization: Organization) -> None:
        super().__init__(data)
        known = organization.circle.values("member")
        others = Organization.objects.in_network().exclude(pk=organization.pk).exclude(pk__in=known)
        cast(forms.ModelChoiceField, self.fields["member"]).queryset = others
