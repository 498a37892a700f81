"""A question that is asked on more than one kind of page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from verification.models import CapacityLevel


class LevelForm(forms.Form):
    """Whether there are places: one level by one press."""

    level = forms.ChoiceField(
        choices=CapacityLevel.choices,
        error_messages={"required": _("Press one of the answers."), "invalid_choice": _("Press one of the answers.")},
    )
