"""What an organisation that wants to join fills in. A draft may be as unfinished as it likes; what is sent is whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.geo.countries import countries, country_codes, country_name
from core.spelling.collation import in_reading_order, reading_key
from doors.shared.forms import StrangersForm, fresh_stamp
from doors.shared.texts import worded
from network.joining.models import Application, Call
from organizations.contact_values import web_address
from organizations.models import Organization
from services.models import ServiceType, TargetGroup
from services.models.vocabulary import Family

#: What has to be there when it is sent.
NEEDED = ("name", "registration_country", "countries", "services", "about", "declared_by")
#: A referee that is not on the list is described in words.
_TICKS = forms.CheckboxSelectMultiple


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class AddressForm(StrangersForm):
    """The only thing that is asked before the letter."""

    call = forms.ModelChoiceField(
        Call.objects.none(), to_field_name="public_id", widget=forms.RadioSelect, label=gettext_lazy("Which call")
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail of your organisation"),
        max_length=254,
        help_text=gettext_lazy("The link to your application goes there. Nobody else gets the address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, data: Mapping[str, object] | None = None) -> None:
        super().__init__(data)
        field = cast("forms.ModelChoiceField[Call]", self.fields["call"])
        field.queryset = Call.objects.open()
        field.empty_label = None
        self.initial.setdefault("shown", fresh_stamp())
        only = list(field.queryset[:2])
        if len(only) == 1:
            field.widget = forms.HiddenInput()
            self.initial["call"] = only[0].public_id


class ApplicationForm(forms.Form):
    """One page, saved or sent. `sending` asks for everything."""

    name = forms.CharField(label=gettext_lazy("Name of the organisation"), max_length=200, required=False)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=200, required=False)
    website = forms.CharField(
        label=gettext_lazy("Website or page"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("If there is one. We look there for a number by which to call you."),
    )
    registration_country = forms.ChoiceField(label=gettext_lazy("Where you are registered"), required=False)
    countries = forms.MultipleChoiceField(label=gettext_lazy("Where you help"), required=False, widget=_TICKS)
    groups = forms.MultipleChoiceField(label=gettext_lazy("Whom you help"), required=False, widget=_TICKS)
    about = forms.CharField(
        label=gettext_lazy("What you do"),
        max_length=4000,
        required=False,
        widget=_area(5),
        help_text=gettext_lazy("Members read it before they vote. Please no names of clients or staff."),
    )
    services = forms.MultipleChoiceField(label=gettext_lazy("Which services you give"), required=False, widget=_TICKS)
    referee_one = forms.ModelChoiceField(
        Organization.objects.none(),
        label=gettext_lazy("Who in the network knows you"),
        to_field_name="slug",
        required=False,
        empty_label=gettext_lazy("Choose"),
    )
    referee_two = forms.ModelChoiceField(
        Organization.objects.none(),
        label=gettext_lazy("And who else"),
        to_field_name="slug",
        required=False,
        empty_label=gettext_lazy("Choose"),
    )
    referees_note = forms.CharField(
        label=gettext_lazy("They are not on the list"),
        max_length=500,
        required=False,
        widget=_area(2),
        help_text=gettext_lazy(
            "Not every member is named to everybody. Write which two organisations know you; we ask them."
        ),
    )
    declared_by = forms.CharField(
        label=gettext_lazy("Who accepts the declaration for the organisation"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Name and post. Only those who work on the application read it."),
    )

    def __init__(
        self, data: Mapping[str, object] | None = None, *, application: Application, sending: bool = False
    ) -> None:
        super().__init__(data, initial=_initial(application))
        self.sending = sending
        self.asked = application.call.asked
        self._offer("registration_country", [("", _("Choose")), *_countries(sorted(country_codes()))])
        self._offer("countries", _countries(list(countries())))
        self._offer("groups", [(row.code, worded(row, "name")) for row in TargetGroup.objects.current()])
        self._offer("services", _leaves())
        named = Organization.objects.in_network().filter(named__isnull=False).order_by(in_reading_order("name"), "pk")
        for name in ("referee_one", "referee_two"):
            cast("forms.ModelChoiceField[Organization]", self.fields[name]).queryset = named
        for number, question in enumerate(self.asked):
            given = application.answers[number] if number < len(application.answers) else ""
            self.fields[f"answer_{number}"] = forms.CharField(
                label=question, max_length=2000, required=False, widget=_area(3), initial=given
            )
        for name in (*NEEDED, *self._answers()):
            self.fields[name].is_needed = True  # type: ignore[attr-defined]  # for the template: sending asks for it

    def _offer(self, name: str, choices: Any) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def _answers(self) -> list[str]:
        return [f"answer_{number}" for number in range(len(self.asked))]

    @property
    def answers(self) -> list[forms.BoundField]:
        return [self[name] for name in self._answers()]

    @property
    def service_groups(self) -> list[tuple[str, list[tuple[str, str, bool]], int]]:
        """Groups of leaves with what is ticked, and how many of each are."""
        chosen = set(self["services"].value() or [])
        found = []
        for group, leaves in cast("list[tuple[str, list[tuple[str, str]]]]", self.fields["services"].choices):  # type: ignore[attr-defined]
            rows = [(code, name, code in chosen) for code, name in leaves]
            found.append((group, rows, sum(is_chosen for _code, _name, is_chosen in rows)))
        return found

    def clean_website(self) -> str:
        value: str = self.cleaned_data["website"].strip()
        return web_address(value) if value else ""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("referee_one") and said.get("referee_one") == said.get("referee_two"):
            self.add_error("referee_two", _("Choose two different organisations."))
        if self.sending:
            self._ask_for_all(said)
        return said

    def _ask_for_all(self, said: dict[str, Any]) -> None:
        for name in (*NEEDED, *self._answers()):
            if not said.get(name) and name not in self.errors:
                self.add_error(name, _("We need this before you can send it."))
        both = said.get("referee_one") and said.get("referee_two")
        if not both and not said.get("referees_note"):
            self.add_error("referee_two", _("Choose two organisations that know you, or write who they are."))

    def values(self) -> dict[str, Any]:
        """What is good enough to be kept: a field with a fault keeps what it was."""
        said = self.cleaned_data
        found = {name: said[name] for name in said if not name.startswith("answer_")}
        found["answers"] = [str(said.get(name, "")) for name in self._answers()]
        return found


class ReplyForm(forms.Form):
    answer = forms.CharField(label=gettext_lazy("Your answer"), max_length=4000, widget=_area(4))


def _initial(row: Application) -> dict[str, object]:
    names = ("name", "name_en", "website", "registration_country", "countries", "groups", "services", "about")
    found = {name: getattr(row, name) for name in (*names, "referees_note", "declared_by")}
    return found | {
        "referee_one": row.referee_one.slug if row.referee_one else None,
        "referee_two": row.referee_two.slug if row.referee_two else None,
    }


def _countries(codes: list[str]) -> list[tuple[str, str]]:
    return sorted(((code, country_name(code)) for code in codes), key=lambda pair: reading_key(pair[1]))


def _leaves() -> list[tuple[str, list[tuple[str, str]]]]:
    """What people look for, by groups; members' services for each other are no part of it."""
    groups = ServiceType.objects.current().filter(parent=None).exclude(family=Family.NETWORK)
    found: dict[str, list[tuple[str, str]]] = {}
    names = {group.code: worded(group, "name") for group in groups.order_by("position", "code")}
    for leaf in ServiceType.objects.current().filter(parent__in=list(names)).order_by("position", "code"):
        found.setdefault(names[leaf.parent_id or ""], []).append((leaf.code, worded(leaf, "name")))
    return [(name, found[name]) for name in names.values() if name in found]
