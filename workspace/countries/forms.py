"""A fact about a country, its check, and a notice of a whole country."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.geo import gazetteer
from core.geo.countries import countries, country_name
from directory.tables.topics import FactAnswer, Risk, Topic
from directory.vocabulary import vocabulary
from network.countries.models import CountryDesk, CountryFact, FactVisibility
from organizations.models import Visibility
from services.models import Notice, NoticeLevel
from workspace.shared.choices import by_words, type_tree
from workspace.shared.forms import DayField, EditForm, PlainForm, chooser


class FactForm(EditForm[CountryFact]):
    columns = (
        *("country", "topic", "answer", "brief", "brief_en", "statement", "statement_en", "risk", "visibility"),
        *("source_title", "source_link", "source_article", "source_language"),
    )

    country = forms.ChoiceField(label=_("Country"))
    topic = forms.ChoiceField(label=_("Topic"), choices=Topic.choices)
    answer = forms.ChoiceField(label=_("Answer"), choices=FactAnswer.choices, widget=forms.RadioSelect)
    brief = forms.CharField(
        label=_("The answer in a few words"),
        help_text=_("If yes or no says too little: “up to 90 days”."),
        max_length=60,
        required=False,
    )
    brief_en = forms.CharField(label=_("The same in English"), max_length=60, required=False)
    statement = forms.CharField(
        label=_("What a person should know"),
        help_text=_("Up to 500 characters, in plain words: what happens, to whom, what to do."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    statement_en = forms.CharField(
        label=_("The same in English"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    risk = forms.ChoiceField(label=_("Risk for whoever asks"), choices=Risk.choices, widget=forms.RadioSelect)
    visibility = forms.ChoiceField(label=_("Who sees it"), choices=FactVisibility.choices, widget=forms.RadioSelect)
    source_title = forms.CharField(
        label=_("Source"), help_text=_("The law, the order or the page, by its full name."), max_length=200
    )
    source_link = forms.URLField(label=_("Link to the source"), max_length=500, required=False, assume_scheme="https")
    source_article = forms.CharField(label=_("Article or page"), max_length=120, required=False)
    source_language = forms.ChoiceField(label=_("Language of the source"))
    organization = forms.ChoiceField(label=_("In the name of"))

    def __init__(self, *args: object, choices: list[tuple[str, str]] | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as EditForm takes them
        known = [code for code, one in countries().items() if one["in_network"]]
        chooser(self, "country").choices = [(code, country_name(code)) for code in sorted(known, key=country_name)]
        chooser(self, "source_language").choices = [
            (code, vocabulary("members").name("language", code)) for code in vocabulary("members").scheme("language")
        ]
        if choices is None or len(choices) < 2:
            del self.fields["organization"]
        else:
            chooser(self, "organization").choices = choices


class SourceForm(PlainForm):
    """What somebody of another organisation says after reading the source."""

    has_read_source = forms.BooleanField(label=_("I have opened the source, and it says this"), required=False)
    valid_until = DayField(
        label=_("Look again by"), help_text=_("Empty: in half a year. A year at the most."), required=False
    )


class RemarkForm(PlainForm):
    remark = forms.CharField(
        label=_("What to change"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class CountryDeskForm(EditForm[CountryDesk]):
    columns = ("line", "line_hours", "line_hours_en", "chat_link", "protocol", "protocol_en")

    line = forms.CharField(
        label=_("Emergency line for members"),
        help_text=_("A phone that somebody of the coordinators picks up. Only people of the network see it."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    line_hours = forms.CharField(label=_("When it is answered"), max_length=120, required=False)
    line_hours_en = forms.CharField(label=_("The same in English"), max_length=120, required=False)
    chat_link = forms.URLField(
        label=_("Group chat"),
        help_text=_("The link by which a colleague joins. Never write there who a client is."),
        max_length=200,
        required=False,
        assume_scheme="https",
    )
    protocol = forms.CharField(
        label=_("What to do in an emergency"),
        help_text=_("Step by step: whom to call first, what not to say, where it is written down."),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    protocol_en = forms.CharField(
        label=_("The same in English"), max_length=1500, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )


class CountryNoticeForm(EditForm[Notice]):
    columns = (
        *("level", "topic", "region", "service_type", "text", "text_en", "source_title", "source_link"),
        *("starts_on", "ends_on", "visibility"),
    )

    level = forms.ChoiceField(
        label=_("How loud"),
        help_text=_("A danger needs a second person within a day; without one it goes on as a warning."),
        choices=NoticeLevel.choices,
        widget=forms.RadioSelect,
    )
    topic = forms.ChoiceField(
        label=_("Topic"),
        help_text=_("The facts on this topic are then asked to be checked again."),
        choices=[("", _("none of them")), *Topic.choices],
        required=False,
    )
    region = forms.ChoiceField(
        label=_("Where in the country"),
        help_text=_("Cards of other regions, and those that keep their region to themselves, do not carry it."),
        required=False,
    )
    service_type = forms.ChoiceField(
        label=_("Which help it is about"), help_text=_("Only cards of this kind of help carry it."), required=False
    )
    text = forms.CharField(label=_("Text"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    text_en = forms.CharField(
        label=_("The same in English"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    source_title = forms.CharField(label=_("Source"), max_length=200, required=False)
    source_link = forms.URLField(label=_("Link to the source"), max_length=500, required=False, assume_scheme="https")
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("To"), help_text=_("Empty: until you take it down."), required=False)
    visibility = forms.ChoiceField(
        label=_("Who sees it"),
        choices=[pair for pair in Visibility.choices if pair[0] in ("public", "members")],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: object, country: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as EditForm takes them
        regions = by_words((code, gazetteer.region_in_words(code)) for code in gazetteer.regions_of(country))
        chooser(self, "region").choices = [("", _("everywhere")), *regions]
        kept = [str(self["service_type"].value() or "")]
        groups = [
            (
                group["name"],
                [(group["code"], _("all of it")), *((leaf["code"], leaf["name"]) for leaf in group["leaves"])],
            )
            for group in type_tree(kept)
        ]
        chooser(self, "service_type").choices = [("", _("any")), *groups]
