"""Forms of volunteers and of whoever invites them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from core import clock
from core.geo.countries import countries, country_name
from core.languages import SOURCE, offered, writing
from directory.tables.topics import MEMBERS_ONLY, FactAnswer, Topic
from directory.vocabulary import vocabulary
from network.volunteering.models import FOUND, METHODS
from organizations.models import Organization
from organizations.volunteers import who_may_answer
from verification.models import CheckMethod, CheckOutcome
from workspace.shared.forms import DayField, Filled, PlainForm, chooser

_METHODS = {
    CheckMethod.CALL: pgettext_lazy("a volunteer looked", "I called"),
    CheckMethod.MESSAGE: pgettext_lazy("a volunteer looked", "I wrote and got an answer"),
    CheckMethod.VISIT: pgettext_lazy("a volunteer looked", "I was there"),
}
_FOUND = {
    CheckOutcome.CORRECT: pgettext_lazy("a volunteer found", "Everything is as it stands on the map"),
    CheckOutcome.WRONG: pgettext_lazy("a volunteer found", "Something is different"),
    CheckOutcome.UNREACHABLE: pgettext_lazy("a volunteer found", "Nobody could be reached"),
}
NO_CLIENTS = _("Nothing about people who come there: neither names nor what they need.")


def path_names() -> dict[str, Any]:
    """What may be compared or be different, in words."""
    return {
        "contacts": _("Phone"),
        "listing.hours": _("Hours"),
        "location.address": _("Address"),
        "service.groups": _("For whom"),
        "service.documents": _("Documents"),
        "service.cost": _("Cost"),
        "service.intake": _("How to get in"),
        "service.languages": _("Languages"),
        "operation": _("Works no more"),
        "": _("Something else"),
    }


class BroughtCheckForm(PlainForm):
    method = forms.ChoiceField(
        label=_("How did you look?"), choices=[(one, _METHODS[one]) for one in METHODS], widget=forms.RadioSelect
    )
    outcome = forms.ChoiceField(
        label=_("What did you find?"), choices=[(one, _FOUND[one]) for one in FOUND], widget=forms.RadioSelect
    )
    compared = forms.MultipleChoiceField(
        label=_("What did you compare?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    said = forms.CharField(
        label=_("In a few words"), help_text=NO_CLIENTS, max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, data: Filled | None = None) -> None:
        super().__init__(data, prefix="check")
        own = [(code, name) for code, name in path_names().items() if code not in ("", "operation")]
        chooser(self, "compared").choices = own


class BroughtEditForm(PlainForm):
    path = forms.ChoiceField(label=_("What is different?"), required=False)
    said = forms.CharField(
        label=_("How is it really, and from where do you know?"),
        help_text=NO_CLIENTS,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Filled | None = None) -> None:
        super().__init__(data, prefix="edit")
        chooser(self, "path").choices = list(path_names().items())


class BroughtFactForm(PlainForm):
    country = forms.ChoiceField(label=_("Country"))
    topic = forms.ChoiceField(
        label=_("Topic"), choices=[(code, name) for code, name in Topic.choices if code not in MEMBERS_ONLY]
    )
    answer = forms.ChoiceField(label=_("Answer"), choices=FactAnswer.choices, widget=forms.RadioSelect)
    said = forms.CharField(
        label=_("What a person should know"),
        help_text=_("Up to 500 characters, in plain words: what happens, to whom, what to do."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    source_title = forms.CharField(
        label=_("Source"), help_text=_("The law, the order or the page, by its full name."), max_length=200
    )
    source_link = forms.URLField(label=_("Link to the source"), max_length=500, required=False, assume_scheme="https")
    source_language = forms.ChoiceField(label=_("Language of the source"))

    def __init__(self, data: Filled | None = None) -> None:
        super().__init__(data, initial={"source_language": SOURCE})
        known = [code for code, one in countries().items() if one["in_network"]]
        chooser(self, "country").choices = [(code, country_name(code)) for code in sorted(known, key=country_name)]
        words = vocabulary("public")
        chooser(self, "source_language").choices = [
            (code, words.name("language", code)) for code in words.scheme("language")
        ]


class DeclineForm(PlainForm):
    reason = forms.CharField(
        label=_("Why not"),
        help_text=_("The volunteer reads this: what was missing, what to do next time."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ColleagueField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class VolunteerForm(PlainForm):
    """An invitation: the address, from when to when, and who answers."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    colleague = ColleagueField(
        User.objects.none(),
        label=_("Who answers for the volunteer"),
        help_text=_("A colleague who edits your listings. What the volunteer proposes waits for their yes or no."),
        empty_label=None,
    )
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"), help_text=_("Half a year at the most. You can prolong it any time."))
    language = forms.ChoiceField(label=_("Language of the letter"), choices=offered)

    def __init__(self, data: Filled | None = None, *, organization: Organization, user: User) -> None:
        today = clock.today()
        ahead = {"starts_on": today, "ends_on": today + dt.timedelta(days=92), "language": writing()}
        super().__init__(data, initial=ahead)
        field: Any = self.fields["colleague"]
        field.queryset = who_may_answer(organization)
        if data is None and field.queryset.filter(pk=user.pk).exists():
            self.initial["colleague"] = user.pk


class ProlongForm(PlainForm):
    ends_on = DayField(label=_("Until"))


class HandOverForm(PlainForm):
    colleague = ColleagueField(User.objects.none(), label=_("Who answers for the volunteer"), empty_label=None)

    def __init__(self, data: Filled | None = None, *, organization: Organization) -> None:
        super().__init__(data)
        field: Any = self.fields["colleague"]
        field.queryset = who_may_answer(organization)
