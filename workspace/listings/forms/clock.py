"""A field for a time of the day."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from services.times import read_time
from workspace.shared.forms import Words

#: “9 ч 30 мин”: what people write is longer than what is kept.
LONGEST = 12


class ClockField(forms.CharField):
    """A wall-clock time, kept as "HH:MM", taken as people write it (`services.times`).

    A plain text field: the browser's own time field shows "AM" and "PM" to people whose system does.
    """

    widget = forms.TextInput(
        attrs={
            "inputmode": "numeric",
            "autocomplete": "off",
            "placeholder": "00:00",
            "class": "clock",
            "maxlength": LONGEST,
        }
    )

    def __init__(self, label: Words) -> None:
        super().__init__(required=False, max_length=LONGEST, label=label)

    def to_python(self, value: object) -> str:
        text = super().to_python(value)
        time = read_time(text) if text else ""
        if time is None:
            raise ValidationError(_("Write the time as 09:00."))
        return time
