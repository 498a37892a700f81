"""A service at one place: its hours, its contacts, a note. And the short forms about one listing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from facts.hours import hours_lines
from organizations.models import Contact, ContactAudience, Location
from services.models import Operation, Service, ServiceAtLocation
from workspace.listings.forms.hours import HoursForm, bound
from workspace.shared.choices import country_choices
from workspace.shared.forms import TAKE, EditForm, PlainForm


class ListingForm(EditForm):
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
    contacts = forms.ModelMultipleChoiceField(
        label=_("Contacts"),
        help_text=_("Nothing chosen means: the contacts of the place, else those of the organisation."),
        queryset=None,
        required=False,
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )
    also = forms.ModelMultipleChoiceField(
        label=_("The same hours for other services at this place"),
        queryset=None,
        required=False,
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, row: ServiceAtLocation, **options: Any) -> None:
        self.hours_form = HoursForm(data, hours=row.hours)
        super().__init__(data, row=row, **options)
        self.fields["remote_country"].choices = country_choices(empty=str(_("Any country")))
        contacts: Any = self.fields["contacts"]
        contacts.queryset = _contacts_for(row)
        contacts.label_from_instance = _contact_words
        also: Any = self.fields["also"]
        also.queryset = _neighbours(row)
        also.label_from_instance = lambda listing: listing.service.title_i18n
        if not self.is_bound:
            self.initial["contacts"] = [contact.public_id for contact in row.contacts.all()]

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.hours_form.is_valid()])

    def values(self) -> dict[str, Any]:
        return super().values() | {"contacts": self.cleaned_data["contacts"], "hours": self.hours_form.json()}

    def meet_rival(self, current: Any) -> None:
        super().meet_rival(current)
        base = self._base_hours(current)
        if current.hours in (base, self.hours_form.json()):
            return
        if base == self.hours_form.json():
            self._show_hours(current.hours)
            self.taken_over.append(str(_("Opening hours")))
        else:
            self.conflicts["hours"] = "; ".join(hours_lines(current.hours))

    def _base_hours(self, current: Any) -> Any:
        version = self.cleaned_data.get("version")
        events = ServiceAtLocation.pgh_event_model.objects.filter(pgh_obj=current.pk, version=version)
        event = events.order_by("-pgh_id").first()
        return event.hours if event else None

    def _take_chosen(self, row: Any) -> None:
        super()._take_chosen(row)
        if f"{TAKE}hours" in self.data:
            self._show_hours(row.hours)

    def _show_hours(self, hours: Any) -> None:
        self.hours_form = HoursForm(bound(hours), hours=hours)


def _contact_words(contact: Contact) -> str:
    """Value, who answers, and for whom when it is not for clients."""
    whom = contact.get_audience_display().lower() if contact.audience == ContactAudience.COLLEAGUES else ""
    return " · ".join(filter(None, [contact.value, contact.label_i18n, whom]))


def _contacts_for(listing: ServiceAtLocation) -> Any:
    contacts = Contact.objects.filter(organization_id=listing.service.organization_id)
    here = contacts.filter(location_id=listing.location_id) if listing.location_id else contacts.none()
    return (contacts.filter(location__isnull=True) | here).order_by("position", "pk")


def _neighbours(listing: ServiceAtLocation) -> Any:
    if not listing.location_id:
        return ServiceAtLocation.objects.none()
    others = ServiceAtLocation.objects.filter(location_id=listing.location_id).exclude(pk=listing.pk)
    return others.select_related("service").order_by("service__title", "pk")


class AddListingForm(PlainForm):
    """Where else a service is given."""

    place = forms.ChoiceField(label=_("Where"), widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, service: Service, **options: Any) -> None:
        super().__init__(*arguments, **options)
        taken = service.listings.values_list("location_id", flat=True)
        self.places = {p.public_id: p for p in service.organization.locations.exclude(pk__in=[t for t in taken if t])}
        choices = [(key, f"{p.name_i18n}, {p.city_i18n}".strip(", ")) for key, p in self.places.items()]
        if None not in taken:
            choices.append(("remote", _("Remotely: online, by phone, by post")))
        self.fields["place"].choices = choices

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


class ReasonForm(PlainForm):
    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
