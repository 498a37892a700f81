"""Asking for what an organisation hides."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organizations.models import Organization
from workspace.shared.forms import ReasonForm


class DisclosureForm(ReasonForm):
    """`organization` by its slug, of those that the person does not read already."""

    organization = forms.ModelChoiceField(
        Organization.objects.none(), to_field_name="slug", label=_("Organisation"), empty_label="—"
    )
    field_order = ("organization", "reason")

    def __init__(self, *args: object, actor: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        read = Organization.objects.read_by(actor).values("pk")
        self.fields["organization"].queryset = Organization.objects.exclude(pk__in=read)  # type: ignore[attr-defined]
