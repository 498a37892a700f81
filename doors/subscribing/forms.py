"""What somebody fills in to get letters."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from core.geo.countries import countries, country_name
from core.languages import offered, writing
from doors.shared.forms import StrangersForm, fresh_stamp


class ChoiceForm(forms.Form):
    """What to write about, and in which language."""

    wants_digest = forms.BooleanField(
        label=_("News once a month"),
        help_text=_("What is new on the map, what has closed, what the network decided for everybody."),
        required=False,
    )
    countries = forms.MultipleChoiceField(
        label=_("Warnings of countries"),
        help_text=_("A danger is written to you at once, a warning comes with the news of the month."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    language = forms.ChoiceField(label=_("Language of the letters"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = [code for code, one in countries().items() if one["in_network"]]
        names = sorted((country_name(code), code) for code in inside)
        cast(forms.ChoiceField, self.fields["countries"]).choices = [(code, name) for name, code in names]
        cast(forms.ChoiceField, self.fields["language"]).choices = offered()


class SubscribeForm(ChoiceForm, StrangersForm):
    address = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We keep it encrypted, for these letters alone, and delete it when you end them."),
    )
    field_order = ("address", "wants_digest", "countries", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, value in (("shown", fresh_stamp()), ("wants_digest", True), ("language", writing())):
            self.initial.setdefault(name, value)
