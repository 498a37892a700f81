"""A service at one place: its hours, its contacts, a note. And the short forms about one listing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from directory.content import HoursJson
from facts.discretion import HIDDEN
from facts.hours import hours_lines
from organizations.models import Contact, ContactAudience, Location
from services.models import Operation, Service, ServiceAtLocation
from workspace.listings.forms.hours import HoursForm, bound
from workspace.shared.audit import version_of
from workspace.shared.choices import by_words, country_choices
from workspace.shared.forms import TAKE, EditForm, Filled, PlainForm, chooser
from workspace.shared.texts import worded


class ContactsField(forms.ModelMultipleChoiceField):
    """Contacts by value, who answers, and for whom when it is not for clients. `known` by their keys: those of which

    whoever has the form may read the value.
    """

    known: frozenset[int] = frozenset()

    def label_from_instance(self, contact: Contact) -> str:
        if contact.pk not in self.known:
            return HIDDEN
        whom = contact.get_audience_display().lower() if contact.audience == ContactAudience.COLLEAGUES else ""
        return " · ".join(filter(None, [contact.value, worded(contact, "label"), whom]))


class NeighboursField(forms.ModelMultipleChoiceField):
    """Other listings of the place, by the title of the service. Each value says which version of it was shown."""

    def label_from_instance(self, listing: ServiceAtLocation) -> str:
        return worded(listing.service, "title")

    def prepare_value(self, value: object) -> object:
        return f"{value.public_id}.{value.version}" if isinstance(value, ServiceAtLocation) else value

    def clean(self, value: Sequence[str]) -> QuerySet[ServiceAtLocation]:
        parts = [str(each).partition(".") for each in value or ()]
        #: The version that the page showed, by the public id; 0 where it said none.
        self.shown = {public_id: int(number) if number.isdecimal() else 0 for public_id, _dot, number in parts}
        return cast("QuerySet[ServiceAtLocation]", super().clean(list(self.shown)))


class ListingForm(EditForm[ServiceAtLocation]):
    """The form of a listing together with its opening hours (`hours_form`)."""

    columns = ("note", "note_en", "remote_country")

    note = forms.CharField(
        label=_("Note for this place"),
        help_text=_("What is different here: the entrance from the yard, the second floor."),
        max_length=300,
        required=False,
    )
    note_en = forms.CharField(label=_("The same in English"), max_length=300, required=False)
    remote_country = forms.ChoiceField(
        label=_("For people in which country"), help_text=_("Empty means: in any country."), required=False
    )
    contacts = ContactsField(
        label=_("Contacts"),
        help_text=_("Nothing chosen means: the contacts of the place, else those of the organisation."),
        queryset=None,
        required=False,
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )
    also = NeighboursField(
        label=_("The same hours for other services at this place"),
        queryset=None,
        required=False,
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Filled | None = None, *, row: ServiceAtLocation, actor: User) -> None:
        self.hours_form = HoursForm(data, hours=row.hours)
        super().__init__(data, row=row)
        chooser(self, "remote_country").choices = country_choices(empty=str(_("Any country")))
        contacts = cast(ContactsField, self.fields["contacts"])
        contacts.queryset = _contacts_for(row)
        contacts.known = frozenset(
            Contact.objects.editable_by(actor).filter(pk__in=contacts.queryset).values_list("pk", flat=True)
        )
        cast(NeighboursField, self.fields["also"]).queryset = _neighbours(row)
        if not self.is_bound:
            self.initial["contacts"] = [contact.public_id for contact in row.contacts.all()]

    def clean_also(self) -> dict[ServiceAtLocation, int]:
        """The version to expect of each that was ticked. Hours that somebody changed meanwhile are shown first."""
        shown = cast(NeighboursField, self.fields["also"]).shown
        chosen, faults = {}, []
        for row in self.cleaned_data["also"]:
            base = version_of(row, shown[row.public_id])
            if base is not None and base.hours == row.hours:
                chosen[row] = row.version
            else:
                faults.append(hours_of_rival(row))
        if faults:
            raise forms.ValidationError(faults)
        return chosen

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.hours_form.is_valid()])

    def values(self) -> dict[str, Any]:
        return super().values() | {"contacts": self.cleaned_data["contacts"], "hours": self.hours_form.json()}

    def meet_rival(self, current: ServiceAtLocation) -> None:
        super().meet_rival(current)
        base = self._base_hours(current)
        if current.hours in (base, self.hours_form.json()):
            return
        if base == self.hours_form.json():
            self._show_hours(current.hours)
            self.taken_over.append(str(_("Opening hours")))
        else:
            self.conflicts["hours"] = "; ".join(hours_lines(current.hours))

    def _base_hours(self, current: ServiceAtLocation) -> HoursJson | None:
        event = version_of(current, self.cleaned_data.get("version"))
        return event.hours if event else None

    def _take_chosen(self, row: ServiceAtLocation) -> None:
        super()._take_chosen(row)
        if f"{TAKE}hours" in self.data:
            self._show_hours(row.hours)

    def _show_hours(self, hours: HoursJson) -> None:
        self.hours_form = HoursForm(bound(hours), hours=hours)


def hours_of_rival(row: ServiceAtLocation) -> str:
    """What to say of a neighbour whose hours somebody changed meanwhile."""
    about = {"service": worded(row.service, "title"), "hours": "; ".join(hours_lines(row.hours)) or "—"}
    text = gettext("%(service)s: meanwhile its hours were changed to %(hours)s. Tick it again to put yours there too.")
    return text % about


def _contacts_for(listing: ServiceAtLocation) -> QuerySet[Contact]:
    contacts = Contact.objects.filter(organization_id=listing.service.organization_id)
    here = contacts.filter(location_id=listing.location_id) if listing.location_id else contacts.none()
    return (contacts.filter(location__isnull=True) | here).order_by("position", "pk")


def _neighbours(listing: ServiceAtLocation) -> QuerySet[ServiceAtLocation]:
    if not listing.location_id:
        return ServiceAtLocation.objects.none()
    others = ServiceAtLocation.objects.filter(location_id=listing.location_id).exclude(pk=listing.pk)
    return others.select_related("service").order_by("service__title", "pk")


def _place_words(place: Location) -> str:
    return ", ".join([worded(place, "name"), worded(place, "city")]).strip(", ")


class AddListingForm(PlainForm):
    """Where else a service is given."""

    place = forms.ChoiceField(label=_("Where"), widget=forms.RadioSelect)

    def __init__(self, data: Filled | None = None, *, service: Service) -> None:
        super().__init__(data)
        taken = service.listings.values_list("location_id", flat=True)
        self.places = {p.public_id: p for p in service.organization.locations.exclude(pk__in=[t for t in taken if t])}
        choices = by_words((key, _place_words(place)) for key, place in self.places.items())
        if None not in taken:
            choices.append(("remote", gettext("Remotely: online, by phone, by post")))
        chooser(self, "place").choices = choices

    @property
    def location(self) -> Location | None:
        return self.places.get(self.cleaned_data["place"])


class OperationForm(PlainForm):
    operation = forms.ChoiceField(label=_("How does it work now?"), choices=Operation.choices, widget=forms.RadioSelect)
    operation_note = forms.CharField(
        label=_("A word to people"), help_text=_("For example: back on Monday."), max_length=250, required=False
    )
    operation_note_en = forms.CharField(label=_("The same in English"), max_length=250, required=False)


class SubmitForm(PlainForm):
    """Sending what changed to be checked."""

    checked = forms.BooleanField(label=_("I have just checked phone, address and hours"), required=False)
    message = forms.CharField(
        label=_("A word to the person who checks"),
        help_text=_("What changed and why, how to reach you."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
