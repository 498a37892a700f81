"""The form of an absence: from, to, who stands in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.phrasing.dates import days_in_words
from messaging.absences import Colleague
from messaging.models import Absence
from workspace.absences.presenter import Picture, place_of
from workspace.shared.forms import DayField, EditForm, Filled, chooser

#: With more colleagues than this a list is easier than dots.
DOTS_AT_MOST = 6


class AbsenceForm(EditForm[Absence]):
    """`picture` says whose absence it is and who may stand in; for no others the service would take it."""

    columns = ("starts_on", "ends_on", "delegate")

    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), help_text=_("This day is included."))
    delegate = forms.ChoiceField(
        label=_("Who stands in"),
        error_messages={
            "required": _("Choose who stands in."),
            "invalid_choice": _("Choose somebody from the list."),
        },
    )

    def __init__(self, data: Filled | None = None, *, picture: Picture, row: Absence | None = None) -> None:
        self.people = {str(colleague.user.pk): colleague.user for colleague in picture.colleagues}
        super().__init__(data, row=row)
        choices = [(str(one.user.pk), _words(one, picture)) for one in picture.colleagues]
        delegate = chooser(self, "delegate")
        if len(choices) <= DOTS_AT_MOST:
            delegate.widget = forms.RadioSelect()
            delegate.choices = choices
        else:
            delegate.choices = [("", gettext("Choose")), *choices]
        if len(choices) == 1:
            self.initial.setdefault("delegate", choices[0][0])
        for name in ("starts_on", "ends_on"):
            self.fields[name].widget.attrs["min"] = picture.today.isoformat()
        if row is None and not any(shown.is_now for shown in picture.absences):
            self.initial.setdefault("starts_on", picture.today)
        if row is not None and row.starts_on < picture.today:
            self.fields["starts_on"].disabled = True
            self.fields["starts_on"].widget.attrs.pop("min")
            self.fields["starts_on"].help_text = gettext("It has begun: this day stays.")

    def initial_of(self, row: Absence) -> dict[str, object]:
        return {"starts_on": row.starts_on, "ends_on": row.ends_on, "delegate": str(row.delegate_id)}

    def values(self) -> dict[str, Any]:
        values = super().values()
        return values | {"delegate": self.people[values["delegate"]]}


def _words(colleague: Colleague, picture: Picture) -> str:
    """The name; where, when that is not everywhere; and when the colleague is away as well."""
    parts = [str(colleague.user)]
    if picture.has_several_posts:
        parts.append(", ".join(place_of(post) for post in colleague.here))
    for absence in picture.stand_ins.absences_of(colleague.user.pk)[:1]:
        days = days_in_words(absence.starts_on, absence.ends_on)
        parts.append(gettext("away %(days)s") % {"days": days})
    return " · ".join(parts)
