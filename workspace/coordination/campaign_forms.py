"""The forms of a campaign: what it is about, and what can be changed while it runs."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.spelling.collation import in_reading_order
from organizations.models import Organization
from workspace.coordination.forms import OrganizationField
from workspace.shared.choices import country_ticks, type_tree
from workspace.shared.forms import DayField, Filled, PlainForm, chooser
from workspace.shared.texts import worded


class CampaignValues(TypedDict):
    """What a campaign is called, why it is, and from when to when."""

    name: str
    why: str
    starts_on: dt.date
    ends_on: dt.date


class CampaignForm(PlainForm):
    """`sections` are whole groups of the vocabulary: their kinds join those that are ticked one by one."""

    name = forms.CharField(
        label=_("Name"), help_text=_("For example: before the winter, for the evaluation."), max_length=120
    )
    why = forms.CharField(
        label=_("Why"),
        help_text=_("One sentence that the owners read on the page where they answer."),
        max_length=300,
    )
    starts_on = DayField(label=_("From"), help_text=_("Letters begin to leave on this day."))
    ends_on = DayField(label=_("To"), help_text=_("The last day for an answer."))
    countries = forms.MultipleChoiceField(
        label=_("Countries"), help_text=_("None ticked: all of yours."), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    organizations = forms.MultipleChoiceField(
        label=_("Organisations"), help_text=_("None ticked: all."), required=False, widget=forms.CheckboxSelectMultiple
    )
    sections = forms.MultipleChoiceField(label=_("Whole sections"), required=False, widget=forms.CheckboxSelectMultiple)
    types = forms.MultipleChoiceField(label=_("Kinds of service"), help_text=_("None ticked: all."), required=False)

    def __init__(self, data: Filled | None = None, *, countries: list[tuple[str, str]]) -> None:
        super().__init__(data, initial={"starts_on": clock.today()})
        chooser(self, "countries").choices = countries or country_ticks()
        rows = Organization.objects.in_network().order_by(in_reading_order("name"), "pk")
        chooser(self, "organizations").choices = [(row.slug, worded(row, "name")) for row in rows]
        self.type_groups = type_tree(chosen=set(self["types"].value() or []))
        chooser(self, "sections").choices = [(group["code"], group["name"]) for group in self.type_groups]
        leaves = [leaf for group in self.type_groups for leaf in group["leaves"]]
        chooser(self, "types").choices = [(leaf["code"], leaf["name"]) for leaf in leaves]

    def clean(self) -> dict[str, object]:
        values = super().clean() or {}
        starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The end is before the beginning."))
        elif ends_on and ends_on < clock.today():
            self.add_error("ends_on", _("Choose today or a later day."))
        of_sections = {
            leaf["code"]
            for group in self.type_groups
            if group["code"] in values.get("sections", [])
            for leaf in group["leaves"]
        }
        values["types"] = sorted({*values.get("types", []), *of_sections})
        return values

    def values(self) -> CampaignValues:
        known = self.cleaned_data
        return {
            "name": known["name"],
            "why": known["why"],
            "starts_on": known["starts_on"],
            "ends_on": known["ends_on"],
        }


class ExtendForm(PlainForm):
    ends_on = DayField(label=_("Last day"))


class AddForm(PlainForm):
    organization = OrganizationField(
        label=_("Add what an organisation has"), empty_label=_("Choose an organisation"), to_field_name="slug"
    )
