"""The page on which a referral is composed: the need, whom to ask, consent. No field takes a free text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.languages import writing
from organizations.models import Organization
from referrals import services as referrals
from referrals.models import words
from services.models import DeliveryLanguage, TargetGroup
from workspace.shared.choices import country_choices, term_choices, type_choices
from workspace.shared.forms import DayField, Filled, PlainForm, chooser


class ReferralForm(PlainForm):
    """What is said of the person, and what they agreed to."""

    supply_kind = forms.ChoiceField(label=_("Which medicine must not run out"), choices=words.Supply.choices)
    supply_ends_on = DayField(
        label=_("Until which day it lasts"),
        required=False,
        help_text=_("The whole clock runs on this day. Count what is in the bag."),
    )
    contact_way = forms.ChoiceField(
        label=_("How they meet"), choices=words.ContactWay.choices, widget=forms.RadioSelect, initial="comes"
    )
    languages = forms.MultipleChoiceField(label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple)
    needs_interpreter = forms.BooleanField(label=_("An interpreter is needed"), required=False)
    circumstances = forms.MultipleChoiceField(
        label=_("What the other side should know"),
        required=False,
        choices=words.Circumstance.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    groups = forms.MultipleChoiceField(
        label=_("Groups"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Told only after a yes, and only with consent to that."),
    )
    from_country = forms.ChoiceField(label=_("Where the person is now"))
    organization = forms.ModelChoiceField(
        Organization.objects.none(), to_field_name="slug", label=_("From which organisation"), empty_label=None
    )
    method = forms.ChoiceField(
        label=_("How consent was given"), choices=words.ConsentMethod.choices, widget=forms.RadioSelect, initial="oral"
    )
    asked = forms.BooleanField(label=_("You may ask this organisation about me"), required=False)
    fallback = forms.BooleanField(label=_("If it cannot, you may ask another one"), required=False)
    outcome_back = forms.BooleanField(label=_("It may tell you how it ended"), required=False)
    group_told = forms.BooleanField(label=_("It may be told to which groups I belong"), required=False)
    counted = forms.BooleanField(label=_("My case may be counted, without anything about me"), required=False)
    child_cared = forms.BooleanField(label=_("Under 18: our rules of protecting children are kept"), required=False)

    def __init__(self, data: Filled | None = None, *, houses: Sequence[Organization], initial: Filled) -> None:
        super().__init__(data, initial={"from_country": houses[0].registration_country, **initial})
        self.houses = {house.slug: house for house in houses}
        chooser(self, "from_country").choices = country_choices()
        chooser(self, "languages").choices = term_choices(DeliveryLanguage)
        chooser(self, "groups").choices = term_choices(TargetGroup)
        house: Any = self.fields["organization"]
        house.queryset = Organization.objects.filter(pk__in=[one.pk for one in houses])
        self.initial.setdefault("organization", houses[0].slug)
        self.fields["supply_ends_on"].widget.attrs["min"] = clock.today().isoformat()

    def draft(self, legs: Sequence[referrals.LegDraft]) -> referrals.ReferralDraft:
        said = self.cleaned_data
        agreed = {name: said[name] for name in CONSENTS}
        return referrals.ReferralDraft(
            from_country=said["from_country"],
            legs=legs,
            consent=referrals.ConsentDraft(language=writing(), method=said["method"], **agreed),
            **{name: said[name] for name in _SAID},
        )


CONSENTS = ("asked", "fallback", "group_told", "outcome_back", "counted", "child_cared")
_SAID = (
    "supply_kind", "supply_ends_on", "languages", "needs_interpreter", "groups", "circumstances", "contact_way",
)  # fmt: skip


class LegForm(PlainForm):
    """One need: where, of which kind, by when, and who is asked."""

    country = forms.ChoiceField(label=_("Where it is needed"))
    service_type = forms.ChoiceField(label=_("What is needed"))
    mode = forms.ChoiceField(label=_("How"), choices=words.Mode.choices, initial="travels")
    expected_on = DayField(label=_("When the person arrives"), required=False)
    wanted_by = DayField(label=_("By when, if not by the medicine"), required=False)
    first = forms.CharField(required=False, max_length=10)
    fallback = forms.CharField(required=False, max_length=10)
    called_first = forms.BooleanField(label=_("We have phoned there, and they expect it"), required=False)

    def __init__(self, data: Filled | None = None, *, number: int, initial: Filled | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}), prefix=f"leg{number}")
        self.number = number
        chooser(self, "country").choices = country_choices(empty="—")
        chooser(self, "service_type").choices = [("", "—"), *type_choices()]
        for name in ("expected_on", "wanted_by"):
            self.fields[name].widget.attrs["min"] = clock.today().isoformat()

    def draft(self) -> referrals.LegDraft:
        return referrals.LegDraft(**self.cleaned_data)
