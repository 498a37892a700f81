"""A service at one place: its hours, its contacts, a note. And the short forms about one listing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.languages import stored
from core.phrasing.direction import left_to_right
from directory.crossing.content import HoursJson
from facts.coming import stop_lines
from facts.discretion import HIDDEN
from facts.hours import hours_lines
from organizations.models import Contact, ContactAudience, Location
from services.models import Operation, Service, ServiceAtLocation
from workspace.listings.forms.area import LONGEST_DRAWN, drawn_of, has_area, has_stops, lines_of, read_drawn, read_lines
from workspace.listings.forms.hours import HoursForm, bound
from workspace.listings.forms.stops import StopsForm
from workspace.listings.forms.stops import bound as bound_stops
from workspace.shared.audit import version_of
from workspace.shared.choices import by_words, country_choices
from workspace.shared.forms import TAKE, EditForm, Filled, PlainForm, Words, chooser
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
        return " · ".join(filter(None, [left_to_right(contact.value), worded(contact, "label"), whom]))


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

    area = forms.CharField(
        label=_("Where you come to, or for whom you work from afar"),
        help_text=_("One a line. A country, a city, its districts (“Tbilisi: Vera, Vake”), a circle (“30 km: Rustavi”, "
                    "or “30 km” around this place), a region (“Kakheti”, or by its city: “region: Rustavi”)."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    drawn = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST_DRAWN)

    def __init__(self, data: Filled | None = None, *, row: ServiceAtLocation, actor: User) -> None:
        self.hours_form = HoursForm(data, hours=row.hours)
        self.stops_form = StopsForm(data, stops=row.stops) if has_stops(row) else None
        self._home = row.country or row.service.organization.registration_country
        super().__init__(data, row=row)
        if not has_area(row):
            del self.fields["area"], self.fields["drawn"]
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
        parts = [self.hours_form, *([self.stops_form] if self.stops_form else [])]
        return all([super().is_valid(), *(part.is_valid() for part in parts)])

    def initial_of(self, row: ServiceAtLocation) -> dict[str, object]:
        found = super().initial_of(row)
        if "area" in getattr(self, "fields", self.base_fields):
            found |= {"area": lines_of(row.area, self._home), "drawn": drawn_of(row.area)}
        return found

    def clean_area(self) -> list[Mapping[str, Any]]:
        return read_lines(self.cleaned_data["area"], self._home)

    def clean_drawn(self) -> list[Mapping[str, Any]]:
        return read_drawn(self.cleaned_data["drawn"])

    def values(self) -> dict[str, Any]:
        found = super().values() | {"contacts": self.cleaned_data["contacts"], "hours": self.hours_form.json()}
        if "area" in self.fields:
            found["area"] = [*self.cleaned_data["area"], *self.cleaned_data["drawn"]]
        if self.stops_form:
            found["stops"] = self.stops_form.json()
        return found

    def meet_rival(self, current: ServiceAtLocation) -> None:
        super().meet_rival(current)
        event = version_of(current, self.cleaned_data.get("version"))
        mine, base = self.hours_form.json(), event.hours if event else None
        if self._meets("hours", _("Opening hours"), mine, base, current.hours, hours_lines(current.hours)):
            self._show_hours(current.hours)
        if self.stops_form:
            stops, before = self.stops_form.json(), event.stops if event else None
            if self._meets("stops", _("Stops"), stops, before, current.stops, stop_lines(current.stops)):
                self.stops_form = StopsForm(bound_stops(current.stops), stops=current.stops)

    def _meets(self, name: str, label: Words, mine: object, base: object, theirs: object, words: list[str]) -> bool:
        """Whether theirs are shown from now on; where both changed them, theirs stand beside."""
        if theirs in (base, mine):
            return False
        if base == mine:
            self.taken_over.append(str(label))
            return True
        self.conflicts[name] = "; ".join(words)
        return False

    def _take_chosen(self, row: ServiceAtLocation) -> None:
        super()._take_chosen(row)
        if f"{TAKE}hours" in self.data:
            self._show_hours(row.hours)
        if f"{TAKE}stops" in self.data:
            self.stops_form = StopsForm(bound_stops(row.stops), stops=row.stops)

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

    def values(self) -> dict[str, Any]:
        return {stored(name): value for name, value in self.cleaned_data.items()}


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
