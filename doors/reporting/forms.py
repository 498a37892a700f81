"""What a reader fills in to say that something is wrong, and to look the answer up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from doors.shared.forms import CodeForm, StrangersForm, fresh_stamp
from verification.models import ReportKind


class ReportForm(StrangersForm):
    """`services` are pairs (listing id, title) of the place as the public sees it."""

    listing = forms.ChoiceField(label=_("Which service"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("What is wrong"), choices=ReportKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Please no names and no diagnoses, neither yours nor other people's."),
    )
    contact = forms.CharField(
        label=_("How to reach you"),
        required=False,
        max_length=200,
        help_text=_("Only if you want an answer in person. It is erased when the report is closed."),
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        services: Sequence[tuple[str, str]],
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        cast(forms.ChoiceField, self.fields["listing"]).choices = list(services)
        if len(services) == 1:
            self.initial["listing"] = services[0][0]
            self.fields["listing"].widget = forms.HiddenInput()
        self.initial.setdefault("shown", fresh_stamp())


class AnswerForm(CodeForm):
    """The code that was shown when the report was sent."""

    def __init__(self, data: Mapping[str, object] | None = None) -> None:
        super().__init__(data)
        self.fields["code"].label = _("Code of your report")
