"""The profile of an organisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization, Visibility
from organizations.models.organization import CommunityLed
from services.models import DeliveryLanguage
from workspace.shared.choices import country_choices, country_ticks, term_choices
from workspace.shared.forms import EditForm, Filled, chooser

Ticks = forms.CheckboxSelectMultiple


class OrganizationForm(EditForm[Organization]):
    columns = (
        "name",
        "name_en",
        "name_local",
        "short_name",
        "short_name_en",
        "description",
        "description_en",
        "legal_form",
        "registration_country",
        "countries",
        "working_languages",
        "website",
        "links",
        "community_led",
        "default_visibility",
    )

    name = forms.CharField(label=_("Name"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    name_local = forms.CharField(label=_("Name in the local language"), max_length=200, required=False)
    short_name = forms.CharField(label=_("Short name"), max_length=60, required=False)
    short_name_en = forms.CharField(label=_("Short name in English"), max_length=60, required=False)
    description = forms.CharField(
        label=_("About the organisation"),
        help_text=_("Two or three sentences: who you are, whom you help, since when."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    description_en = forms.CharField(
        label=_("The same in English"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    legal_form = forms.CharField(label=_("Legal form"), max_length=120, required=False)
    registration_country = forms.ChoiceField(label=_("Country of registration"))
    countries = forms.MultipleChoiceField(label=_("Countries of work"), required=False, widget=Ticks)
    working_languages = forms.MultipleChoiceField(label=_("Languages of your team"), required=False, widget=Ticks)
    website = forms.CharField(label=_("Website"), max_length=200, required=False)
    links = forms.CharField(
        label=_("Other pages"),
        help_text=_("Social networks, channels: one address on each line, at most ten."),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3, "inputmode": "url"}),
    )
    community_led = forms.MultipleChoiceField(
        label=_("Led by the community itself"), choices=CommunityLed.choices, required=False, widget=Ticks
    )
    default_visibility = forms.ChoiceField(
        label=_("Who sees new services and places"),
        help_text=_("You can choose otherwise for each service and each place. Shelters are never public by default."),
        choices=Visibility.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Filled | None = None, *, row: Organization) -> None:
        super().__init__(data, row=row)
        chooser(self, "registration_country").choices = country_choices()
        chooser(self, "countries").choices = country_ticks()
        kept = self.row.working_languages if self.row else []
        chooser(self, "working_languages").choices = term_choices(DeliveryLanguage, kept=kept)

    def initial_of(self, row: Organization) -> dict[str, object]:
        return super().initial_of(row) | {"links": "\n".join(_line(link) for link in row.links)}

    def values(self) -> dict[str, Any]:
        lines = (line.strip() for line in self.cleaned_data["links"].splitlines())
        return super().values() | {"links": [_link(line) for line in lines if line]}


def _line(link: dict[str, str]) -> str:
    return f"{link.get('label', '')} {link['url']}".strip()


def _link(line: str) -> dict[str, str]:
    """The last word is the address, what stands before it is its label."""
    label, _space, url = line.rpartition(" ")
    return {"label": label, "url": url}
