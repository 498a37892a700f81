"""What is offered for learning, and who comes."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.geo.countries import countries, country_name
from core.spelling.collation import reading_key
from directory.tables.learning import LearningTopic, MaterialKind
from facts.names import names
from network.gaps.models import Gap
from network.learning.models import Material, ResourceCentre, Training
from network.learning.rights import organizations_of
from organizations.models import Location, Organization
from workspace.shared.forms import DayField, EditForm, Filled, PlainForm

Choice = tuple[str, str]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def language_choices() -> list[Choice]:
    found = [(code, term.name()) for code, term in names().scheme("language").items() if not term.is_retired]
    return sorted(found, key=lambda pair: reading_key(pair[1]))


def country_choices(empty: str) -> list[Choice]:
    found = sorted(((code, country_name(code)) for code in countries()), key=lambda pair: reading_key(pair[1]))
    return [("", empty), *found]


def zone_choices() -> list[Choice]:
    """Those in which the network has places, and UTC."""
    known = {*Location.objects.order_by().values_list("timezone", flat=True).distinct(), "UTC"}
    return [(name, name.replace("_", " ")) for name in sorted(known)]


class _Offered(forms.Form):
    """In whose name; asked of a new row alone, and by nobody who writes for one organisation only."""

    fields: Any

    def offer(self, user: User, *, is_new: bool) -> None:
        own = list(organizations_of(user))
        self.own = {one.slug: one for one in own}
        self.fields["organization"].choices = [(one.slug, str(one)) for one in own]
        if not is_new or len(own) < 2:
            del self.fields["organization"]

    def chosen(self) -> Organization:
        slug = self.cleaned_data.get("organization") or next(iter(self.own))
        return self.own[slug]


class MaterialForm(EditForm[Material], _Offered):
    columns: ClassVar = (
        *("title", "title_en", "summary", "summary_en", "kind", "language", "topics", "country", "link"),
        *("valid_until", "is_public"),
    )

    organization = forms.ChoiceField(label=_("In whose name"))
    title = forms.CharField(label=_("Title"), max_length=160)
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)
    summary = forms.CharField(label=_("What it is about"), max_length=400, required=False, widget=_area(3))
    summary_en = forms.CharField(label=_("The same in English"), max_length=400, required=False, widget=_area(3))
    kind = forms.ChoiceField(label=_("Kind"), choices=MaterialKind.choices)
    language = forms.ChoiceField(label=_("In which language"), choices=language_choices, initial="ru")
    topics = forms.MultipleChoiceField(
        label=_("Topics"), choices=LearningTopic.choices, widget=forms.CheckboxSelectMultiple
    )
    country = forms.ChoiceField(label=_("For which country"), required=False)
    link = forms.URLField(
        label=_("Link"), max_length=500, required=False, assume_scheme="https",
        help_text=_("Or add a file below: one of the two is enough."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, Word, Excel, PNG or JPEG, up to 10 MB. No passports and no lists of people."),
    )
    valid_until = DayField(label=_("Good until"), required=False, help_text=_("Where a law or a protocol will change."))
    is_public = forms.BooleanField(
        label=_("Everybody may read it, without a login"),
        required=False,
        help_text=_("Leave this out for what only members should see."),
    )

    def __init__(
        self, data: Filled | None = None, files: Any = None, *, user: User, row: Material | None = None
    ) -> None:
        super().__init__(data, row=row)
        if files is not None:
            self.files = files
        country: Any = self.fields["country"]
        country.choices = country_choices(gettext("Of use everywhere"))
        self.offer(user, is_new=self.row is None)


class TrainingForm(EditForm[Training], _Offered):
    """Days and times are those of the chosen zone."""

    columns: ClassVar = (
        *("title", "title_en", "summary", "summary_en", "audience", "audience_en", "timezone", "is_online", "country"),
        *("city", "city_en", "place", "join_link", "language", "topics", "places", "trainers_words", "is_public"),
    )

    organization = forms.ChoiceField(label=_("In whose name"))
    title = forms.CharField(label=_("Title"), max_length=160)
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)
    summary = forms.CharField(label=_("What it is about"), max_length=400, required=False, widget=_area(3))
    summary_en = forms.CharField(label=_("The same in English"), max_length=400, required=False, widget=_area(3))
    audience = forms.CharField(label=_("For whom"), max_length=160, required=False)
    audience_en = forms.CharField(label=_("For whom, in English"), max_length=160, required=False)
    topics = forms.MultipleChoiceField(
        label=_("Topics"), choices=LearningTopic.choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever completes the training gets a certificate for each."),
    )  # fmt: skip
    starts_on = DayField(label=_("First day"))
    starts_time = forms.TimeField(label=_("Begins at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends_on = DayField(label=_("Last day"))
    ends_time = forms.TimeField(label=_("Ends at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    timezone = forms.ChoiceField(label=_("Time zone"))
    is_online = forms.BooleanField(label=_("Online, or online too"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    city = forms.CharField(label=_("Town"), max_length=80, required=False)
    city_en = forms.CharField(label=_("Town, in English"), max_length=80, required=False)
    place = forms.CharField(
        label=_("Address"), max_length=200, required=False, help_text=_("Only those who come read it.")
    )
    join_link = forms.URLField(
        label=_("Link to join"), max_length=500, required=False, assume_scheme="https",
        help_text=_("Only those who come read it."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("In which language"), choices=language_choices, initial="ru")
    places = forms.IntegerField(label=_("How many can come"), min_value=1, max_value=500, initial=15)
    trainers_words = forms.CharField(
        label=_("Who teaches"),
        max_length=200,
        required=False,
        help_text=_("Members read it; it is not in the public calendar."),
    )
    gaps = forms.MultipleChoiceField(
        label=_("Which gaps it helps to close"), required=False, widget=forms.CheckboxSelectMultiple
    )
    is_public = forms.BooleanField(
        label=_("In the calendar for everybody"),
        required=False,
        help_text=_("The town stands there, never the address, the link or names."),
    )

    def __init__(self, data: Filled | None = None, *, user: User, row: Training | None = None, gap: str = "") -> None:
        super().__init__(data, row=row, initial=None if row else {"timezone": _zone_of(user)})
        country: Any = self.fields["country"]
        country.choices = country_choices(gettext("Online only"))
        zone: Any = self.fields["timezone"]
        zone.choices = zone_choices()
        live = Gap.objects.live().order_by("country", "service_type", "pk")[:100]
        linked = set(row.gaps.values_list("gap__public_id", flat=True)) if row else {gap}
        self.known_gaps = {gap.public_id: gap for gap in live}
        gaps: Any = self.fields["gaps"]
        gaps.choices = [(key, _gap_name(gap)) for key, gap in self.known_gaps.items()]
        gaps.initial = sorted(linked)
        if not self.known_gaps:
            del self.fields["gaps"]
        self.offer(user, is_new=self.row is None)

    def initial_of(self, row: Training) -> dict[str, object]:
        zone = clock.zone(row.timezone)
        starts, ends = row.starts_at.astimezone(zone), row.ends_at.astimezone(zone)
        times = {"starts_on": starts.date(), "starts_time": starts.time().replace(second=0, microsecond=0)}
        times |= {"ends_on": ends.date(), "ends_time": ends.time().replace(second=0, microsecond=0)}
        return super().initial_of(row) | times

    def values(self) -> dict[str, Any]:
        said, values = self.cleaned_data, super().values()
        zone = clock.zone(said["timezone"])
        for name in ("starts", "ends"):
            values[f"{name}_at"] = dt.datetime.combine(said[f"{name}_on"], said[f"{name}_time"], tzinfo=zone)
        return values

    def field_for(self, name: str) -> str:
        return {"starts_at": "starts_on", "ends_at": "ends_on"}.get(name, name)

    def chosen_gaps(self) -> list[Gap]:
        return [self.known_gaps[key] for key in self.cleaned_data.get("gaps", [])]


def _zone_of(user: User) -> str:
    place = Location.objects.filter(organization__in=organizations_of(user)).order_by("pk").first()
    return place.timezone if place else "UTC"


def _gap_name(gap: Gap) -> str:
    return f"{names().name('service', gap.service_type)} · {country_name(gap.country)}"


class CentreForm(EditForm[ResourceCentre]):
    columns: ClassVar = ("rooms", "rooms_en", "seats", "topics")

    rooms = forms.CharField(
        label=_("Rooms and equipment"), max_length=400, widget=_area(3),
        help_text=_("A hall, a kitchen, a projector, a room for interviews: what colleagues and people can use."),
    )  # fmt: skip
    rooms_en = forms.CharField(label=_("The same in English"), max_length=400, required=False, widget=_area(3))
    seats = forms.IntegerField(label=_("Seats in the largest room"), min_value=1, max_value=2000, required=False)
    topics = forms.MultipleChoiceField(
        label=_("What can be learnt here"), choices=LearningTopic.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


class ReasonOfReturn(PlainForm):
    reason = forms.CharField(label=_("What should be changed"), max_length=300, widget=_area(2))
