"""What a reader fills in to say that something is wrong, and to look the answer up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from verification.models import ReportKind

#: A person needs longer than this to read and fill in the form, in seconds.
QUICKEST = 3
#: A form that lay open longer than this is shown again, in seconds.
SLOWEST = 12 * 3600
_SALT = "report-form"


def fresh_stamp() -> str:
    """A signed moment that says when the form was shown."""
    return signing.dumps("shown", salt=_SALT)


class ReportForm(forms.Form):
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
    website = forms.CharField(required=False, widget=forms.HiddenInput)
    shown = forms.CharField(widget=forms.HiddenInput)
    ticket = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

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

    def clean_website(self) -> str:
        """A field that no person sees: only programs fill it in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("This looks like a program. Please reload the page and try again."))
        return ""

    def clean_shown(self) -> str:
        stamp: str = self.cleaned_data["shown"]
        try:
            signing.loads(stamp, salt=_SALT, max_age=SLOWEST)
        except signing.BadSignature as error:
            raise forms.ValidationError(_("The page was open for too long. Please send it once more.")) from error
        try:
            signing.loads(stamp, salt=_SALT, max_age=QUICKEST)
        except signing.SignatureExpired:
            return stamp
        raise forms.ValidationError(_("That was very quick. Please wait a moment and send it once more."))


class AnswerForm(forms.Form):
    """The code that was shown when the report was sent."""

    code = forms.CharField(
        label=_("Code of your report"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
