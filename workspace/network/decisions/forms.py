"""What those who keep a body write down."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.languages import offered
from network.decisions.models import Body, DocumentVersion, kept_bodies, words
from organizations.models import Membership, Organization
from organizations.models.membership import OWN_ROLES
from workspace.shared.forms import DayField, Filled, PlainForm

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

#: A vote that ends on a day ends in its evening.
EVENING = dt.time(20, tzinfo=dt.UTC)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def languages() -> list[tuple[str, str]]:
    """In which a paper may be written: each by its own name."""
    return offered()


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class BodyField(forms.ModelChoiceField):
    def __init__(self) -> None:
        super().__init__(Body.objects.none(), to_field_name="public_id", label=_("Which body"), empty_label=None)


class KeptForm(PlainForm):
    """For one of the bodies that the person keeps."""

    body = BodyField()

    def __init__(self, data: Filled | None = None, files: Any = None, *, user: User, **rest: Any) -> None:
        forms.Form.__init__(self, data, files, **rest)
        if "body" in self.fields:
            field: Any = self.fields["body"]
            field.queryset = kept_bodies(user)


class PaperForm(KeptForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=words.PaperKind.choices)
    title = forms.CharField(label=_("Title"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    audience = forms.ChoiceField(
        label=_("Who reads it"),
        choices=words.Audience.choices,
        initial="members",
        widget=forms.RadioSelect,
        help_text=_("For everybody: what the public may have. As yet it is read by members, who pass it on."),
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=languages)
    text = forms.CharField(label=_("Text"), max_length=40_000, required=False, widget=_area(12))
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, Word, Excel, PNG or JPEG, up to 10 MB. No passports and no lists of people."),
    )
    valid_until = DayField(label=_("Valid until"), required=False)


class VersionForm(PlainForm):
    language = forms.ChoiceField(label=_("Language of the text"), choices=languages)
    number = forms.TypedChoiceField(label=_("Which version"), coerce=int, empty_value=None, required=False)
    text = forms.CharField(label=_("Text"), max_length=40_000, required=False, widget=_area(12))
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, Word, Excel, PNG or JPEG, up to 10 MB. No passports and no lists of people."),
    )
    valid_until = DayField(label=_("Valid until"), required=False)

    def __init__(self, data: Filled | None = None, files: Any = None, *, numbers: list[int]) -> None:
        forms.Form.__init__(self, data, files)
        field: Any = self.fields["number"]
        same = [(str(n), _("A translation of version %(n)d") % {"n": n}) for n in numbers]
        field.choices = [("", _("The next one")), *same]


class VoteForm(KeptForm):
    question = forms.CharField(
        label=_("Question"), max_length=300, help_text=_("One that is answered by “for” or “against”.")
    )
    text = forms.CharField(label=_("What it is about"), max_length=8000, required=False, widget=_area(6))
    paper = forms.ModelChoiceField(
        DocumentVersion.objects.none(),
        to_field_name="public_id",
        label=_("Which paper comes into force by it"),
        required=False,
        empty_label=_("None"),
    )
    about = forms.ModelChoiceField(
        Organization.objects.none(),
        to_field_name="slug",
        label=_("About which organisation"),
        required=False,
        empty_label=_("None"),
        help_text=_("That one has no voice."),
    )
    options = forms.CharField(
        label=_("Candidates, for an election"), required=False, widget=_area(4), help_text=_("One a line.")
    )
    is_secret = forms.BooleanField(
        label=_("A secret vote"),
        required=False,
        help_text=_(
            "For elections alone. Members never learn who chose whom; whoever watches the database itself at the very "
            "moment could. A secret voice cannot be changed."
        ),
    )
    closes_on = DayField(label=_("Until which day"), help_text=_("Until 20:00 UTC of that day."))
    quorum = forms.ChoiceField(label=_("How many have to take part"), choices=words.Quorum.choices, initial="third")
    threshold = forms.ChoiceField(
        label=_("How many have to be for"),
        choices=words.Threshold.choices,
        initial="majority",
        help_text=_("A tie is no."),
    )

    def __init__(self, data: Filled | None = None, files: Any = None, *, user: User, **rest: Any) -> None:
        super().__init__(data, files, user=user, **rest)
        paper: Any = self.fields["paper"]
        waiting = DocumentVersion.objects.filter(adopted_by__isnull=True, document__body__in=kept_bodies(user))
        paper.queryset = waiting.select_related("document").order_by("-written_at", "-pk")
        about: Any = self.fields["about"]
        about.queryset = Organization.objects.visible_to(user).order_by("name", "pk")
        self.initial.setdefault("closes_on", clock.today() + dt.timedelta(days=10))

    def clean_options(self) -> list[str]:
        options = _lines(self.cleaned_data["options"])
        if any(len(option) > 120 for option in options) or len(options) > 30:
            raise forms.ValidationError(_("At most 30 lines of 120 letters."))
        if len(options) == 1:
            raise forms.ValidationError(_("An election needs two candidates at least."))
        return options

    def clean_closes_on(self) -> dt.datetime:
        return dt.datetime.combine(self.cleaned_data["closes_on"], EVENING)


class MeetingForm(KeptForm):
    held_on = DayField(label=_("Day"))
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    agenda = forms.CharField(label=_("Agenda"), widget=_area(6), help_text=_("One item a line."))

    def clean_agenda(self) -> list[str]:
        return _lines(self.cleaned_data["agenda"])


class DecidedForm(PlainForm):
    text = forms.CharField(label=_("What was decided"), max_length=600, widget=_area(3))
    responsible = forms.ChoiceField(
        label=_("Who does it"), required=False, help_text=_("Empty when nothing is left to do.")
    )
    due_on = DayField(label=_("Until which day"), required=False)
    paper = forms.ModelChoiceField(
        DocumentVersion.objects.none(),
        to_field_name="public_id",
        label=_("Which paper comes into force by it"),
        required=False,
        empty_label=_("None"),
    )

    def __init__(self, data: Filled | None = None, *, body: Body, has_paper: bool, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.people = {f"{one.organization.slug}:{one.user_id}": one for one in _people_of_members()}
        field: Any = self.fields["responsible"]
        named = [(key, f"{one.user} · {one.organization}") for key, one in self.people.items()]
        field.choices = [("", _("Nobody")), *named]
        if has_paper:
            del self.fields["paper"]
        else:
            paper: Any = self.fields["paper"]
            paper.queryset = DocumentVersion.objects.filter(
                adopted_by__isnull=True, document__body=body
            ).select_related("document")

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        one = self.people.get(said["responsible"])
        return {
            "text": said["text"],
            "due_on": said["due_on"],
            "organization": one.organization if one else None,
            "responsible": one.user if one else None,
            "paper": said.get("paper"),
        }


class SeatForm(KeptForm):
    member = forms.ChoiceField(label=_("Who"))
    kind = forms.ChoiceField(label=_("What they do there"), choices=words.SeatKind.choices, initial="member")
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"), required=False, help_text=_("The last day. Empty: until further notice."))

    def __init__(self, data: Filled | None = None, files: Any = None, *, user: User, **rest: Any) -> None:
        super().__init__(data, files, user=user, **rest)
        self.people = {f"{one.organization.slug}:{one.user_id}": one for one in _people_of_members()}
        field: Any = self.fields["member"]
        field.choices = [(key, f"{one.user} · {one.organization}") for key, one in self.people.items()]
        self.initial.setdefault("starts_on", clock.today())

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        one = self.people[said["member"]]
        told = {name: said[name] for name in ("body", "kind", "starts_on", "ends_on")}
        return {**told, "organization": one.organization, "person": one.user}


def _people_of_members() -> list[Membership]:
    rows = Membership.objects.in_network().filter(role__in=OWN_ROLES, user__is_active=True)
    return list(rows.select_related("user", "organization").order_by("organization__name", "user__name", "pk"))


def uploaded(form: forms.Form) -> UploadedFile | None:
    return form.cleaned_data.get("file") or None
