"""What every form for strangers has: a field that only programs fill in, a signed moment, a place in the line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

#: A person needs longer than this to read and fill in the form, in seconds.
QUICKEST = 3
#: A form that lay open longer than this is shown again, in seconds.
SLOWEST = 12 * 3600
_SALT = "report-form"


def fresh_stamp() -> str:
    """A signed moment that says when the form was shown."""
    return signing.dumps("shown", salt=_SALT)


class StrangersForm(forms.Form):
    """Base of the forms that anybody may send."""

    website = forms.CharField(required=False, widget=forms.HiddenInput)
    shown = forms.CharField(widget=forms.HiddenInput)
    ticket = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        """A browser calls what is required and still empty invalid, and a screen reader says so before anything is

        wrong: only a fault of ours says it.
        """
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.widget.attrs.setdefault("aria-invalid", "false")

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


class CodeForm(forms.Form):
    """The code that was shown when something was sent."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
