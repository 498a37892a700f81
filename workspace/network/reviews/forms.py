"""What is written about rounds and actions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from network.reviews.models import YearlyReview
from network.reviews.models.words import Support
from workspace.coordination.doors import countries_of
from workspace.shared.forms import DayField, Filled, PlainForm


class RoundForm(PlainForm):
    country = forms.ChoiceField(label=_("Country"))
    starts_on = DayField(label=_("First day"), help_text=_("Organisations write for 21 days from then."))

    def __init__(self, data: Filled | None = None, *, user: User) -> None:
        super().__init__(data, initial={"starts_on": clock.today()})
        self.fields["country"] = forms.ChoiceField(label=_("Country"), choices=countries_of(user))


class ActionForm(PlainForm):
    text = forms.CharField(label=_("What"), max_length=300)
    due_on = DayField(label=_("Until"))
    responsible = forms.ModelChoiceField(label=_("Who"), queryset=User.objects.none())
    support = forms.ChoiceField(label=_("What would help"), choices=Support.choices)

    def __init__(self, data: Filled | None = None, *, review: YearlyReview) -> None:
        super().__init__(data)
        people = User.objects.filter(memberships__organization=review.organization, is_active=True)
        self.fields["responsible"] = forms.ModelChoiceField(
            label=_("Who"), queryset=people.distinct().order_by("name", "pk")
        )
