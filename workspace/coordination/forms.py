"""The forms of the coordinators' pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.spelling.collation import in_reading_order
from facts.capacity import CapacityQuestion
from organizations.models import Organization
from organizations.models.organization import OrganizationQuerySet
from verification.models import CheckMethod, CheckOutcome, NotServedReason, ReportState
from verification.models.check import VERIFIER_METHODS
from verification.services.checks import FINDINGS
from verification.services.rechecks import newcomer_words
from verification.services.told.evidence import check_content
from workspace.shared.choices import FieldChoices
from workspace.shared.forms import DayField, Filled, PlainForm, ReasonForm, chooser
from workspace.shared.texts import worded

METHOD_WORDS = {
    CheckMethod.CALL: _("I called"),
    CheckMethod.MESSAGE: _("I wrote, and they answered"),
    CheckMethod.TEST_CONTACT: _("A test contact went there"),
    CheckMethod.VISIT: _("I was there"),
    CheckMethod.DOCUMENTS: _("I saw documents"),
}
OUTCOME_WORDS = {
    CheckOutcome.CORRECT: _("Everything is right"),
    CheckOutcome.WRONG: _("Something is wrong"),
    CheckOutcome.UNREACHABLE: _("Nobody could be reached"),
}


class OrganizationField(forms.ModelChoiceField):
    """A member of the network, by its name in the language of the page."""

    def __init__(self, **options: Any) -> None:  # those of the base field
        super().__init__(queryset=Organization.objects.none(), **options)

    def __deepcopy__(self, memo: dict[int, Any]) -> OrganizationField:
        """Of each form its own, so that standings are those of the press and not of the start of the program."""
        field: OrganizationField = super().__deepcopy__(memo)
        field.queryset = self.offered().order_by(in_reading_order("name"), "pk")
        return field

    def offered(self) -> OrganizationQuerySet:
        return Organization.objects.in_network()

    def label_from_instance(self, organization: Organization) -> str:
        return worded(organization, "name")


class CheckerField(OrganizationField):
    """One that checks others, by its slug: not in its first half a year."""

    def offered(self) -> OrganizationQuerySet:
        return super().offered().exclude(pk__in=Organization.objects.newcomers())

    def to_python(self, value: Any) -> Organization | None:  # whatever a browser sends
        try:
            return super().to_python(value)  # type: ignore[no-any-return]
        except ValidationError:
            if value in list(Organization.objects.newcomers().values_list("slug", flat=True)):
                raise ValidationError(newcomer_words()) from None
            raise


class AssignForm(PlainForm):
    organization = CheckerField(
        label=_("Who shall check"), empty_label=_("Choose an organisation"), to_field_name="slug"
    )

    def __init__(self, data: Filled | None = None) -> None:
        super().__init__(data)
        if Organization.objects.in_network().newcomers().exists():
            self.fields["organization"].help_text = gettext(
                "Whoever is in the network for less than half a year checks nobody yet and is not in the list."
            )


class WordForm(PlainForm):
    """What an organisation's own people said on the phone."""

    note = forms.CharField(
        label=_("Note"),
        help_text=_("Who answered, in which role. Only coordinators read it."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TakedownForm(ReasonForm):
    """`scope` is "country:GE", "organization:<slug>" or "place:<id>"."""

    scope = forms.ChoiceField(label=_("What shall disappear"))

    field_order = ("scope", "reason")

    def __init__(
        self, data: Filled | None = None, *, scopes: FieldChoices, initial: dict[str, object] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        chooser(self, "scope").choices = [("", gettext("Choose")), *scopes]


class CheckForm(PlainForm):
    """A remote check. `paths` are the facts on the page; an "all right" needs at least one that was asked about.

    `asked` is the question whether there are places; None where the service takes nobody.
    """

    fields_asked = forms.MultipleChoiceField(label=_("What you asked about"), required=False)
    method = forms.ChoiceField(
        label=_("How did you check?"),
        choices=[(method, METHOD_WORDS[method]) for method in VERIFIER_METHODS],
        widget=forms.RadioSelect,
        initial=CheckMethod.CALL,
    )
    outcome = forms.ChoiceField(
        label=_("What did you find?"),
        choices=[(outcome, OUTCOME_WORDS[outcome]) for outcome in FINDINGS],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("What is different, who answered in which role. Only coordinators read it; no names of clients."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    capacity = forms.ChoiceField(
        help_text=_("If you asked. It stands on the map at once, as what was said today."), required=False
    )
    evidence = forms.FileField(
        label=_("Evidence"),
        help_text=_("PDF, PNG or JPEG up to 10 MB. Only coordinators open it; it is deleted after a year."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )

    def __init__(
        self,
        data: Filled | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        *,
        paths: list[str],
        asked: CapacityQuestion | None = None,
    ) -> None:
        super().__init__(data, files)
        chooser(self, "fields_asked").choices = [(path, path) for path in paths]
        if asked is None:
            del self.fields["capacity"]
            return
        self.fields["capacity"].label = asked.question
        known = [(answer["level"], answer["text"]) for answer in asked.answers if answer["level"] != "unknown"]
        chooser(self, "capacity").choices = [("", gettext("I did not ask")), *known]

    def clean_evidence(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["evidence"]
        if file:
            check_content(file)
        return file

    def clean(self) -> dict[str, object]:
        values = super().clean() or {}
        if values.get("outcome") == CheckOutcome.CORRECT and not values.get("fields_asked"):
            self.add_error("fields_asked", _("Tick what you asked about, at least one."))
        if values.get("outcome") == CheckOutcome.WRONG and not values.get("note", "").strip():
            self.add_error("note", _("Say what is wrong, so that the organisation can correct it."))
        return values


class CloseReportForm(PlainForm):
    state = forms.ChoiceField(
        label=_("What came out"),
        choices=[
            (ReportState.FIXED, _("They were right, and it is corrected")),
            (ReportState.UNFOUNDED, _("Checked: the listing is right")),
            (ReportState.DUPLICATE, _("Somebody reported it before")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Answer to the reporter"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class VisitForm(PlainForm):
    """How a client's visit went. No data about the client."""

    visited_on = DayField(label=_("Day of the visit"))
    was_served = forms.TypedChoiceField(
        label=_("Was the service given?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=_("If not, why?"), choices=NotServedReason.choices, required=False, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("Nothing by which the client could be recognised: no name, no phone, no story."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_visited_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["visited_on"]
        if not clock.today() - dt.timedelta(days=366) <= day <= clock.today() + dt.timedelta(days=1):
            raise ValidationError(_("Choose a day within the last year."))
        return day

    def clean(self) -> dict[str, object]:
        values = super().clean() or {}
        if values.get("was_served") is False and not values.get("reason"):
            self.add_error("reason", _("Say why the service was not given."))
        return values
