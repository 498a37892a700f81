"""How often a listing is looked at."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.phrasing.dates import day_in_words
from verification.models import ListingState
from verification.services.around.intervals import intervals_for, months_of_class
from workspace.shared.forms import Filled, PlainForm, chooser
from workspace.shared.texts import interval_words

#: No interval of its own.
OF_CLASS = "class"


def next_date(state: ListingState) -> str:
    """What came of a choice."""
    if state.due_on is None:
        return _("Done.")
    return _("Done. It is to be looked at by %(day)s.") % {"day": day_in_words(state.due_on)}


class IntervalForm(PlainForm):
    """How often a listing of this state is looked at; `with_reason` for a coordinator, whose reason the owner reads."""

    days = forms.TypedChoiceField(
        label=gettext_lazy("How often shall it be looked at?"),
        coerce=lambda value: None if value == OF_CLASS else int(value),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"), help_text=gettext_lazy("The organisation reads it."), max_length=300
    )

    def __init__(
        self,
        data: Filled | None = None,
        *,
        state: ListingState,
        with_reason: bool = False,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        own = ((str(days), interval_words(days)) for days in intervals_for(state))
        choices = [(OF_CLASS, _of_class(months_of_class(state))), *own]
        chooser(self, "days").choices = choices
        if not with_reason:
            del self.fields["reason"]


def _of_class(months: int) -> str:
    """With its number: nobody chooses a shorter one without knowing from what."""
    text = ngettext(
        "%(words)s: every month",
        "%(words)s: every %(count)d months",
        months,
    )
    return text % {"words": interval_words(None), "count": months}
