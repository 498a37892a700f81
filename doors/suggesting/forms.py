"""What anybody fills in who misses a service on the map, or whom a page keeps out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from django import forms
from django.contrib.gis.geos import Point
from django.utils.translation import gettext_lazy as _

from core.geo.countries import countries, country_name
from core.languages import offered
from core.spelling.collation import reading_key
from core.writing import clean_text
from doors.shared.forms import StrangersForm, fresh_stamp
from services.models.vocabulary import Family, ServiceType
from verification.models import KnownFrom


class WordsField(forms.CharField):
    """One line as it is kept: of signs that nobody sees nothing is left, and what is required is missing."""

    def to_python(self, value: object) -> str:
        return clean_text(super().to_python(value))


class SuggestionForm(StrangersForm):
    """No field asks who somebody is. `lat` and `lon` are written by the map; without a script there is the city."""

    what = forms.CharField(
        label=_("What is missing"),
        max_length=160,
        help_text=_("In a few words: what people get there, and who gives it."),
    )
    kind = forms.ChoiceField(label=_("Kind of help"), required=False)
    country = forms.ChoiceField(label=_("Country"))
    city = forms.CharField(
        label=_("City or village"), required=False, max_length=120, help_text=_("Empty when help is given from afar.")
    )
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    reach = forms.CharField(
        label=_("How to reach it"),
        max_length=250,
        help_text=_("A phone, a messenger, a website or the street. Of a shelter never the street."),
    )
    known_from = forms.ChoiceField(label=_("How do you know it"), choices=KnownFrom.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What else should we know"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Please no names and no diagnoses, neither yours nor other people's."),
    )
    language = forms.ChoiceField(label=_("In which language shall we answer"))

    def __init__(self, data: Mapping[str, object] | None = None, *, initial: dict[str, object] | None = None) -> None:
        super().__init__(data, initial=initial)
        _offer(self, "country", _countries())
        _offer(self, "kind", [("", _("I do not know")), *_groups()])
        _offer(self, "language", offered())
        self.initial.setdefault("shown", fresh_stamp())

    @property
    def point(self) -> Point | None:
        """The pin, when there is a whole one."""
        lat, lon = self.cleaned_data.get("lat"), self.cleaned_data.get("lon")
        return None if lat is None or lon is None else Point(lon, lat, srid=4326)


class BarrierForm(StrangersForm):
    """No field asks who somebody is, nor what keeps them from reading as others do."""

    what = WordsField(label=_("What got in your way"), max_length=160, help_text=_("In a few words."))
    where = WordsField(
        label=_("On which page"), max_length=250, help_text=_("Its title or address, or what you wanted to do there.")
    )
    text = forms.CharField(
        label=_("What else should we know"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "What you read with, if you like: a screen reader, large letters, the keyboard. Nothing about health."
        ),
    )
    country = forms.ChoiceField(label=_("Country"), help_text=_("Its coordinator answers. Any country will do."))
    language = forms.ChoiceField(label=_("In which language shall we answer"))

    def __init__(self, data: Mapping[str, object] | None = None, *, initial: dict[str, object] | None = None) -> None:
        super().__init__(data, initial=initial)
        _offer(self, "country", _countries())
        _offer(self, "language", offered())
        self.initial.setdefault("shown", fresh_stamp())


def _offer(form: forms.Form, name: str, choices: Sequence[tuple[str, object]]) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


def _countries() -> list[tuple[str, object]]:
    named = [(code, country_name(code)) for code in countries()]
    return [("", _("Choose")), *sorted(named, key=lambda pair: reading_key(pair[1]))]


def _groups() -> list[tuple[str, str]]:
    """The groups of services that people look for, in the order of the vocabulary."""
    groups = ServiceType.objects.current().filter(parent=None).exclude(family=Family.NETWORK)
    return [(group.code, group.name_i18n) for group in groups.order_by("position", "code")]
