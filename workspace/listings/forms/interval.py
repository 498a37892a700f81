"""How often a listing is looked at."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.phrasing.dates import day_in_words
from verification.models import ListingState
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
    """`allowed` are intervals in days; `with_reason` for a coordinator, whose reason the owner reads."""

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
        allowed: Iterable[int],
        with_reason: bool = False,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        choices = [(OF_CLASS, interval_words(None)), *((str(days), interval_words(days)) for days in allowed)]
        chooser(self, "days").choices = choices
        if not with_reason:
            del self.fields["reason"]
