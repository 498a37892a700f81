"""The few questions that a letter's page asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from messaging.models import Correspondent, Rhythm
from messaging.services import is_last_in_charge


class ChangedForm(forms.Form):
    note = forms.CharField(
        label=_("What has changed"),
        help_text=_("In a few words; your colleagues and the coordinator read it. You can correct it yourself later."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ClosedForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What happened"),
        choices=[("closed", _("Closed for good")), ("paused", _("Not working for a while"))],
        widget=forms.RadioSelect,
    )
    since = forms.DateField(
        label=_("Since when"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": _("Write the date as 12.11.2026.")},
    )

    def clean_since(self) -> dt.date | None:
        since: dt.date | None = self.cleaned_data["since"]
        if since and since.year < 1990:
            raise forms.ValidationError(_("This date is too far back."))
        if since and since > clock.today("Pacific/Auckland"):
            raise forms.ValidationError(_("This date is in the future. Choose today or an earlier day."))
        return since


class NewLinkForm(forms.Form):
    """A new link goes to the address that the old one went to, or to an address that we know."""

    token = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("The one to which our letters come."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("token") and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Write the address to which our letters come."))
        return cleaned


class RhythmForm(forms.Form):
    rhythm = forms.ChoiceField(label=_("How often shall we write?"), choices=Rhythm.choices, widget=forms.RadioSelect)

    def __init__(self, data: Mapping[str, object] | None = None, *, correspondent: Correspondent) -> None:
        super().__init__(data, initial={"rhythm": correspondent.rhythm})
        if is_last_in_charge(correspondent):
            self.fields["rhythm"].help_text = _(
                "You are the only one who answers for these services, so we cannot stop altogether. If you choose no "
                "letters, we shall write once a week and tell the coordinator, who will find somebody else with you."
            )
