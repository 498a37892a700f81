"""Whether there are places: one level by one press, with a note where there is a field for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.languages import stored
from facts.forms import LevelForm
from verification.models.capacity import NOTE_LENGTH
from workspace.shared.forms import PlainForm


class CapacityForm(LevelForm, PlainForm):
    note = forms.CharField(
        label=_("A word to people"),
        help_text=_("For example: two places for women. It goes on the map with the answer that you press."),
        max_length=NOTE_LENGTH,
        required=False,
    )
    note_en = forms.CharField(label=_("The same in English"), max_length=NOTE_LENGTH, required=False)

    def said(self) -> dict[str, Any]:
        """Values for the service. A page without the fields of the note leaves the note alone."""
        values = dict(self.cleaned_data)
        for name in ("note", "note_en"):
            if name not in self.data:
                values[name] = None
        return {stored(name): value for name, value in values.items()}
