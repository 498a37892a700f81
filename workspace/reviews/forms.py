"""What a verifier decides."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from verification.models import CheckMethod
from verification.models.check import VERIFIER_METHODS
from workspace.reviews.reasons import offered, reason_of
from workspace.shared.forms import Filled, PlainForm, chooser

#: Said instead of a check of one's own. It has to be chosen, as every check has.
READ = "read"


class DecisionForm(PlainForm):
    """A verifier's decision. Nothing is chosen for them: to approve they say how they checked.

    `reason` is asked for when all is returned (phrases, or one's own words), `note` when a part of it is (`paths`).
    """

    method = forms.ChoiceField(
        label=_("How did you check?"),
        required=False,
        widget=forms.RadioSelect(attrs={"required": True}),
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("The organisation and the coordinators read this, the public does not."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    phrases = forms.MultipleChoiceField(label=_("What is the matter"), required=False)
    reason = forms.CharField(
        label=_("In your own words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    returned = forms.MultipleChoiceField(label=_("Return"), required=False)

    def __init__(self, data: Filled | None = None, *, paths: Iterable[str] = (), action: str = "") -> None:
        super().__init__(data)
        self.action = action
        chooser(self, "returned").choices = [(path, path) for path in paths]
        chooser(self, "phrases").choices = offered(action)
        words = {
            CheckMethod.CALL: _("I called"),
            CheckMethod.MESSAGE: _("I wrote, and they answered"),
            CheckMethod.TEST_CONTACT: _("A test contact went there"),
            CheckMethod.VISIT: _("I was there"),
            CheckMethod.DOCUMENTS: _("I saw documents"),
        }
        read = [(READ, _("I read it, without a check of my own"))]
        chooser(self, "method").choices = [(str(method), words[method]) for method in VERIFIER_METHODS] + read

    def clean_method(self) -> str:
        method = str(self.cleaned_data["method"])
        if self.action == "approve" and not method:
            raise forms.ValidationError(_("Say how you checked it."), code="required")
        return "" if method == READ else method

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["reason"] = reason_of(self.action, cleaned.get("phrases", []), cleaned.get("reason", ""))
        return cleaned
