"""What a verifier decides."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from verification.models import CheckMethod
from verification.models.check import VERIFIER_METHODS
from workspace.shared.forms import Filled, PlainForm, chooser


class DecisionForm(PlainForm):
    """A verifier's decision; `reason` is asked for when all is returned, `note` when a part of it is (`paths`)."""

    method = forms.ChoiceField(label=_("How did you check?"), required=False, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note"),
        help_text=_("The organisation and the coordinators read this, the public does not."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    returned = forms.MultipleChoiceField(label=_("Return"), required=False)

    def __init__(self, data: Filled | None = None, *, paths: Iterable[str] = ()) -> None:
        super().__init__(data)
        chooser(self, "returned").choices = [(path, path) for path in paths]
        words = {
            CheckMethod.CALL: _("I called"),
            CheckMethod.MESSAGE: _("I wrote, and they answered"),
            CheckMethod.TEST_CONTACT: _("A test contact went there"),
            CheckMethod.VISIT: _("I was there"),
            CheckMethod.DOCUMENTS: _("I saw documents"),
        }
        nothing = [("", _("I read it, without a check of my own"))]
        chooser(self, "method").choices = nothing + [(method, words[method]) for method in VERIFIER_METHODS]
