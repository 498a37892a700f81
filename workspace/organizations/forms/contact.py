"""One way to reach an organisation or a place."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.spelling.collation import in_reading_order
from organizations.models import Channel, Contact, ContactAudience, Location, Organization, Visibility
from services.models import DeliveryLanguage
from workspace.shared.choices import term_choices
from workspace.shared.forms import EditForm, Filled, chooser
from workspace.shared.texts import worded


class PlaceChoiceField(forms.ModelChoiceField):
    """A place of the organisation, chosen by its public id."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Location.objects.none(), to_field_name="public_id", **options)

    def label_from_instance(self, place: Location) -> str:
        return ", ".join(filter(None, [worded(place, "name"), worded(place, "city")]))


class ContactForm(EditForm[Contact]):
    columns = (
        "location",
        "channel",
        "value",
        "label",
        "label_en",
        "audience",
        "visibility",
        "person",
        "languages",
        "hours_note",
        "hours_note_en",
        "is_crisis",
    )

    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices)
    value = forms.CharField(
        label=_("Number, address or link"),
        help_text=_("A phone with the code of the country; Telegram as @name or a t.me link."),
        max_length=250,
    )
    label = forms.CharField(
        label=_("Who answers"), help_text=_("For example: front desk, night duty."), max_length=120, required=False
    )
    label_en = forms.CharField(label=_("The same in English"), max_length=120, required=False)
    audience = forms.ChoiceField(label=_("For whom"), choices=ContactAudience.choices, widget=forms.RadioSelect)
    visibility = forms.ChoiceField(
        label=_("Who sees it"),
        help_text=_("A contact for colleagues is never shown to the public."),
        choices=Visibility.choices,
        widget=forms.RadioSelect,
    )
    person = forms.CharField(
        label=_("Name of the person"),
        help_text=_("Only for colleagues, and only with the person's consent."),
        max_length=120,
        required=False,
    )
    location = PlaceChoiceField(
        label=_("Where"), required=False, empty_label=_("For the whole organisation"), help_text=""
    )
    languages = forms.MultipleChoiceField(label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple)
    hours_note = forms.CharField(
        label=_("When somebody answers"), help_text=_("For example: weekdays 10–18."), max_length=120, required=False
    )
    hours_note_en = forms.CharField(label=_("The same in English"), max_length=120, required=False)
    is_crisis = forms.BooleanField(label=_("This is a crisis line: for people in danger now"), required=False)
    #: The value that was doubted: whoever sends it once more, unchanged, is sure of it.
    doubted = forms.CharField(widget=forms.HiddenInput, max_length=250, required=False)

    def __init__(
        self,
        data: Filled | None = None,
        *,
        row: Contact | None = None,
        organization: Organization,
        initial: Filled | None = None,
    ) -> None:
        super().__init__(data, row=row, initial=initial)
        cast(PlaceChoiceField, self.fields["location"]).queryset = organization.locations.order_by(
            in_reading_order("name"), "pk"
        )
        kept = self.row.languages if self.row else []
        chooser(self, "languages").choices = term_choices(DeliveryLanguage, kept=kept)
        if not self.row:
            self.initial.setdefault("audience", ContactAudience.CLIENTS)
            self.initial.setdefault("visibility", organization.default_visibility)

    def initial_of(self, row: Contact) -> dict[str, object]:
        return super().initial_of(row) | {"location": row.location}

    def values(self) -> dict[str, Any]:
        return super().values() | {"is_sure": self.cleaned_data["doubted"] == self.cleaned_data["value"]}

    def take_faults(self, error: ValidationError) -> None:
        super().take_faults(error)
        if any(fault.code == "doubt" for fault in self.errors.as_data().get("value", [])):
            data = cast(QueryDict, self.data).copy()
            data[self.add_prefix("doubted")] = self.cleaned_value
            self.data = data

    def clean(self) -> dict[str, object]:
        """A contact for colleagues with "everybody" is a slip: the safe reading is "members"."""
        cleaned = super().clean() or self.cleaned_data
        is_for_colleagues = cleaned.get("audience") == ContactAudience.COLLEAGUES
        if is_for_colleagues and cleaned.get("visibility") == Visibility.PUBLIC:
            cleaned["visibility"] = Visibility.MEMBERS
        self.cleaned_value = str(cleaned.get("value", ""))
        return cleaned
