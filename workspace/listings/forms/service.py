"""A service: what it is, for whom, on which terms."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from core.languages import columns, shown
from core.spelling.collation import in_reading_order
from organizations import careful
from organizations.models import Location, Organization, Visibility
from services.models import (
    Cost,
    Delivery,
    DeliveryLanguage,
    DocumentKind,
    Gender,
    Insurance,
    Intake,
    MigrationStatus,
    Service,
    TargetGroup,
    WaitingTime,
    Welcome,
)
from services.plainness import advice
from workspace.listings.forms.attributes import ShownQuestion, field_of, questions_for
from workspace.shared.choices import TypeGroup, term_choices, type_choices, type_tree
from workspace.shared.folding import Fold, fold_of
from workspace.shared.forms import EditForm, Filled, Words, chooser
from workspace.shared.texts import worded

Ticks = forms.CheckboxSelectMultiple
Dots = forms.RadioSelect
GROUP = "group_"
YES_NO = {None: "", True: "yes", False: "no"}
#: What is folded, by meaning; the twelve that matter stand open.
FOLDS: dict[str, tuple[Words, tuple[str, ...]]] = {
    "story": (_("The details: what happens, how long it takes"), ("text", "text_en")),
    "limits": (
        _("Age, gender, insurance"),
        ("age_from", "age_to", "gender", "insurance", "eligibility_note", "eligibility_note_en"),
    ),
    "terms": (
        _("Waiting time, and more about documents and cost"),
        ("waiting", "documents_note", "documents_note_en", "cost_note", "cost_note_en"),
    ),
    "interpreters": (_("Languages with an interpreter"), ("interpreter_languages",)),
    "risks": (
        _("Confidentiality and legal risks"),
        ("confidentiality_note", "confidentiality_note_en", "legal_risk_note", "legal_risk_note_en", "risk_visibility"),
    ),
    "dates": (_("From when, until when"), ("starts_on", "ends_on")),
}
#: Values that say nothing, of fields that cannot be empty.
SILENT = {
    "risk_visibility": Visibility.MEMBERS,
    "gender": Gender.ANY,
    "insurance": Insurance.UNKNOWN,
    "waiting": WaitingTime.UNKNOWN,
}


def _text(label: Words, limit: int, *, rows: int = 0, required: bool = False, help_text: Words = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput
    return forms.CharField(label=label, max_length=limit, required=required, help_text=help_text, widget=widget)


def _ticks(
    label: Words, *, choices: Collection[tuple[str, Words]] = (), help_text: Words = ""
) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=Ticks, help_text=help_text)


class ServiceForm(EditForm[Service]):
    """Target groups are one select each (`group_<code>`): not meant, welcome, first of all, only this group."""

    columns = (
        "title",
        "title_en",
        "summary",
        "summary_en",
        "text",
        "text_en",
        "types",
        "delivery",
        "statuses",
        "insurance",
        "age_from",
        "age_to",
        "gender",
        "eligibility_note",
        "eligibility_note_en",
        "documents",
        "documents_note",
        "documents_note_en",
        "cost",
        "cost_note",
        "cost_note_en",
        "intake",
        "waiting",
        "languages",
        "interpreter_languages",
        "anonymous",
        "confidentiality_note",
        "confidentiality_note_en",
        "legal_risk_note",
        "legal_risk_note_en",
        "risk_visibility",
        "visibility",
        "starts_on",
        "ends_on",
    )
    proposed = ("visibility",)

    title = _text(
        _("Title"), 160, required=True, help_text=_("As a person who needs it would say: “somewhere to sleep”.")
    )
    title_en = _text(_("Title in English"), 160)
    types = forms.MultipleChoiceField(label=_("Kinds of service"), widget=Ticks)
    summary = _text(_("In one sentence"), 200)
    summary_en = _text(_("The same in English"), 200)
    text = _text(_("Details"), 6000, rows=6, help_text=_("What happens, how long it takes, what people get."))
    text_en = _text(_("The same in English"), 6000, rows=6)

    statuses = _ticks(_("Migration status"), help_text=_("Nothing chosen means: everybody, whatever their status."))
    gender = forms.ChoiceField(label=_("Gender"), choices=Gender.choices, widget=Dots)
    age_from = forms.IntegerField(label=_("Age from"), required=False, min_value=0, max_value=120)
    age_to = forms.IntegerField(label=_("Age to"), required=False, min_value=0, max_value=120)
    insurance = forms.ChoiceField(label=_("Insurance or citizenship"), choices=Insurance.choices)
    eligibility_note = _text(_("More about who may come"), 500)
    eligibility_note_en = _text(_("The same in English"), 500)

    delivery = _ticks(_("How it is given"), choices=Delivery.choices)
    intake = _ticks(_("How to get in"), choices=Intake.choices)
    waiting = forms.ChoiceField(label=_("Waiting time"), choices=WaitingTime.choices)
    documents = _ticks(_("Documents"), help_text=_("Nothing chosen means: not known."))
    documents_note = _text(_("More about documents"), 300)
    documents_note_en = _text(_("The same in English"), 300)
    cost = forms.ChoiceField(label=_("Cost"), choices=Cost.choices, widget=Dots)
    cost_note = _text(_("More about the cost"), 300)
    cost_note_en = _text(_("The same in English"), 300)
    languages = _ticks(_("Languages in which you work"))
    interpreter_languages = _ticks(_("Languages with an interpreter"))
    anonymous = forms.TypedChoiceField(
        label=_("Can people stay anonymous?"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("", _("Not known"))],
        coerce=lambda value: {"yes": True, "no": False}.get(value),
        empty_value=None,
        required=False,
        widget=Dots,
    )
    confidentiality_note = _text(_("About confidentiality"), 500)
    confidentiality_note_en = _text(_("The same in English"), 500)

    visibility = forms.ChoiceField(label=_("Who sees this service"), choices=Visibility.choices, widget=Dots)
    legal_risk_note = _text(_("Legal risks"), 500, help_text=_("Never for everybody: below you choose who reads this."))
    legal_risk_note_en = _text(_("The same in English"), 500)
    risk_visibility = forms.ChoiceField(
        label=_("Who reads about legal risks"),
        choices=[(code, label) for code, label in Visibility.choices if code != Visibility.PUBLIC],
        required=False,
        widget=Dots,
    )
    starts_on = forms.DateField(
        label=_("Begins on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=_("Funded until"),
        help_text=_("The listing will ask to be checked before this day."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Filled | None = None, *, row: Service | None = None, organization: Organization) -> None:
        self._groups = term_choices(TargetGroup, kept=row.groups if row else ())
        self._questions = questions_for(kept=row.attributes if row else ())
        super().__init__(data, row=row)
        chooser(self, "types").choices = type_choices(kept=row.types if row else ())
        for name, model in (
            ("statuses", MigrationStatus),
            ("languages", DeliveryLanguage),
            ("interpreter_languages", DeliveryLanguage),
            ("documents", DocumentKind),
        ):
            chooser(self, name).choices = term_choices(model, kept=getattr(row, name) if row else ())
        welcome = [("", _("not chosen")), *Welcome.choices]
        for code, label in self._groups:
            self.fields[GROUP + code] = forms.ChoiceField(label=label, choices=welcome, required=False)
        for question in self._questions:
            self.fields[question.field] = field_of(question)
        if not row:
            self._propose(organization)

    def _propose(self, organization: Organization) -> None:
        proposals = {
            "visibility": careful.for_service(organization, is_delicate=lambda: False),
            "risk_visibility": Visibility.MEMBERS,
            "gender": Gender.ANY,
            "cost": Cost.UNKNOWN,
            "insurance": Insurance.UNKNOWN,
            "waiting": WaitingTime.UNKNOWN,
            "languages": organization.working_languages,
            "delivery": [Delivery.ON_SITE],
        }
        self.initial = {**proposals, **self.initial}

    def advice(self) -> list[tuple[str, list[str]]]:
        """(label, what would make it plainer) of each summary that is there; nothing of it stops a press."""
        fields = [(self[shown(column)], code) for column, code in columns("summary")]
        told = [(str(field.label), advice(str(field.value() or ""), code)) for field, code in fields]
        return [(label, said) for label, said in told if said]

    def initial_of(self, row: Service) -> dict[str, object]:
        groups = {GROUP + code: row.groups.get(code, "") for code, _label in self._groups}
        answers = {question.field: question.value_of(row.attributes) for question in self._questions}
        return super().initial_of(row) | groups | answers | {"anonymous": YES_NO[row.anonymous]}

    def clean_risk_visibility(self) -> str:
        """Where nothing was chosen, as it is."""
        return self.cleaned_data["risk_visibility"] or (self.row.risk_visibility if self.row else Visibility.MEMBERS)

    def values(self) -> dict[str, Any]:
        chosen = {code: self.cleaned_data[GROUP + code] for code, _label in self._groups}
        groups = {code: welcome for code, welcome in chosen.items() if welcome}
        return super().values() | {"groups": groups, "attributes": self._answers(self.cleaned_data["types"])}

    def _answers(self, types: Collection[str]) -> list[str]:
        """Of the questions that services of these kinds are asked."""
        given = [self.cleaned_data[question.field] for question in self._questions if question.is_of(types)]
        return [code for answer in given for code in ([answer] if isinstance(answer, str) else answer) if code]

    def attribute_fields(self) -> list[ShownQuestion]:
        """Every question; the page hides those that these kinds of service are not asked."""
        types = {str(value) for value in self["types"].value() or []}
        return [ShownQuestion(self[one.field], one.kinds, hidden=not one.is_of(types)) for one in self._questions]

    def has_attributes(self) -> bool:
        return any(not shown.hidden for shown in self.attribute_fields())

    def group_fields(self) -> Iterator[forms.BoundField]:
        return (self[GROUP + code] for code, _label in self._groups)

    def chosen_groups(self) -> int:
        return sum(bool(field.value()) for field in self.group_fields())

    def has_wrong_groups(self) -> bool:
        return any(field.errors or field.name in self.conflicts for field in self.group_fields())

    def folds(self) -> dict[str, Fold]:
        return {key: fold_of(self, title, names, silent=SILENT) for key, (title, names) in FOLDS.items()}

    def type_groups(self) -> list[TypeGroup]:
        """The tree of types for the template, each leaf with `chosen`, each group with the number of chosen ones."""
        chosen = {str(value) for value in self["types"].value() or []}
        return type_tree(kept=chosen, chosen=chosen)


class PlacesField(forms.ModelMultipleChoiceField):
    """Places of one organisation, by name and city."""

    def label_from_instance(self, place: Location) -> str:
        return ", ".join(filter(None, [worded(place, "name"), worded(place, "city")]))


class WhereForm(forms.Form):
    """At which places a new service is given. No place and no "remotely" is a fault: nobody would ever see it."""

    places = PlacesField(label=_("Places"), queryset=None, required=False, to_field_name="public_id", widget=Ticks)
    remote = forms.BooleanField(label=_("Remotely: online, by phone, by post"), required=False)

    def __init__(
        self, data: Filled | None = None, *, organization: Organization, initial: dict[str, object] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        places = cast(PlacesField, self.fields["places"])
        places.queryset = organization.locations.order_by(in_reading_order("city"), in_reading_order("name"), "pk")

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        if "places" in cleaned and not cleaned["places"] and not cleaned.get("remote"):
            self.add_error("places", _("Choose a place, or say that the service is given remotely."))
        return cleaned
