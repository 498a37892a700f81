"""What a coordinator decides about a missing service: whose it is, and what its draft says first."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.geo import gazetteer
from core.spelling.collation import in_reading_order
from organizations.models import Channel, MemberStatus, Organization
from organizations.models.organization import OrganizationQuerySet, works_in
from verification.models import Suggestion, SuggestionAbout, SuggestionState
from workspace.shared.choices import type_choices
from workspace.shared.forms import Filled, PlainForm, chooser
from workspace.shared.texts import worded

NEW = "new"


class KeeperField(forms.ModelChoiceField):
    """An organisation of the network, or one outside it that is known already."""

    def label_from_instance(self, organization: Organization) -> str:
        name = worded(organization, "name")
        if organization.member_status != MemberStatus.EXTERNAL:
            return name
        return _("%(name)s (outside the network)") % {"name": name}


class TakeInForm(PlainForm):
    """The draft as it begins. Everything else is written in the ordinary forms of the workspace."""

    organization = KeeperField(
        label=gettext_lazy("Whose service is it"),
        queryset=Organization.objects.none(),
        required=False,
        to_field_name="slug",
        empty_label=gettext_lazy("An organisation that the map does not know yet"),
    )
    new_organization = forms.CharField(
        label=gettext_lazy("Its name"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "It stays outside the network, and you keep its listing until it has people of its own."
        ),
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    type = forms.ChoiceField(label=gettext_lazy("Type of service"))
    city = forms.CharField(
        label=gettext_lazy("City or village"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Empty when help is given from afar."),
    )
    channel = forms.ChoiceField(label=gettext_lazy("Channel"), choices=Channel.choices)
    value = forms.CharField(label=gettext_lazy("Number, address or link"), max_length=250)
    answer = forms.CharField(
        label=gettext_lazy("Answer to whoever suggested it"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("They read it by their code; no names of clients or staff."),
    )

    def __init__(self, data: Filled | None = None, *, suggestion: Suggestion) -> None:
        super().__init__(data, initial=_first_words(suggestion))
        self.country = suggestion.country
        self.place_code = ""
        field = self.fields["organization"]
        field.queryset = offered(suggestion.country)  # type: ignore[attr-defined]  # it chooses among rows
        chooser(self, "type").choices = [("", _("Choose")), *type_choices()]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not values.get("organization") and not values.get("new_organization", "").strip():
            self.add_error("new_organization", _("Choose an organisation, or write the name of a new one."))
        if city := values.get("city", ""):
            found = gazetteer.namesakes(city, self.country).only
            self.place_code = found.id if found else ""
        return values


CLOSING_WORDS = {
    SuggestionAbout.SERVICE: [
        (SuggestionState.KNOWN, gettext_lazy("It is known already")),
        (SuggestionState.DECLINED, gettext_lazy("It is not taken in")),
    ],
    SuggestionAbout.ACCESS: [
        (SuggestionState.MENDED, gettext_lazy("The barrier is gone")),
        (SuggestionState.KNOWN, gettext_lazy("It is known, and stands among the gaps of the statement")),
        (SuggestionState.DECLINED, gettext_lazy("We found no barrier")),
    ],
}


class CloseSuggestionForm(PlainForm):
    state = forms.ChoiceField(label=gettext_lazy("What came out"), widget=forms.RadioSelect)
    answer = forms.CharField(
        label=gettext_lazy("Why, in words"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("They read it by their code; no names of clients or staff."),
    )

    def __init__(self, data: Filled | None = None, *, suggestion: Suggestion) -> None:
        super().__init__(data)
        chooser(self, "state").choices = CLOSING_WORDS[SuggestionAbout(suggestion.about)]


def offered(country: str) -> OrganizationQuerySet:
    """Those of the network, and those outside it that work in the country."""
    outside = Q(member_status=MemberStatus.EXTERNAL) & works_in([country])
    statuses = [MemberStatus.MEMBER, MemberStatus.ASSOCIATE]
    rows = Organization.objects.filter(Q(member_status__in=statuses) | outside)
    return rows.order_by(in_reading_order("name"), "pk")


def _first_words(suggestion: Suggestion) -> dict[str, object]:
    """What the suggestion says already, so that a coordinator corrects it instead of copying it."""
    return {
        "title": suggestion.what,
        "city": suggestion.city,
        "channel": _channel_of(suggestion.reach),
        "value": suggestion.reach,
    }


def _channel_of(reach: str) -> str:
    low = reach.lower()
    if "t.me/" in low or low.startswith("@"):
        return Channel.TELEGRAM
    if "://" in low or low.startswith("www."):
        return Channel.FORM
    return Channel.EMAIL if "@" in low else Channel.PHONE
