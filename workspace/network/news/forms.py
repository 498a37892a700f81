"""The opening of a digest, the month to assemble, and what a person gets by letter."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.geo.countries import countries, country_name
from core.phrasing.dates import month_in_words
from network.news.models import Digest, DigestAudience
from workspace.shared.forms import EditForm, PlainForm, chooser

#: So many months back something may be assembled.
MONTHS = 3


class OpeningForm(EditForm[Digest]):
    columns = ("opening", "opening_en")

    opening = forms.CharField(
        label=_("Opening"),
        help_text=_(
            "A few sentences that stand in the letter too: name no service, no illness and nobody. It may stay empty."
        ),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    opening_en = forms.CharField(
        label=_("The same in English"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )


class AssembleForm(PlainForm):
    month = forms.ChoiceField(label=_("Month"))
    audience = forms.ChoiceField(label=_("For whom"), choices=DigestAudience.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = clock.today().replace(day=1)
        months = [first]
        while len(months) < MONTHS:
            months.append((months[-1] - dt.timedelta(days=1)).replace(day=1))
        for field in self.fields.values():
            field.widget.attrs["class"] = "input fit"
        chooser(self, "month").choices = [(f"{month:%Y-%m}", month_in_words(month)) for month in months]

    @property
    def chosen_month(self) -> dt.date:
        year, month = self.cleaned_data["month"].split("-")
        return dt.date(int(year), int(month), 1)


class LettersForm(PlainForm):
    wants_digest = forms.BooleanField(
        label=_("What happened in the network, once a month"),
        help_text=_("It is one of the six letters that you get in a month at the most."),
        required=False,
    )
    countries = forms.MultipleChoiceField(
        label=_("Dangers at once, by e-mail"),
        help_text=_("As soon as a coordinator announces a danger in one of these countries, at any hour."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = [code for code, one in countries().items() if one["in_network"]]
        names = sorted((country_name(code), code) for code in inside)
        chooser(self, "countries").choices = [(code, name) for name, code in names]
