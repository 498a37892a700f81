"""Adding another directory, and how often it is read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.geo.countries import country_name
from core.languages import SOURCE, offered
from exchange.sources.foreign.asking import base_of
from exchange.sources.foreign.faults import SourceFault
from exchange.sources.models import ForeignSource, Refresh
from workspace.shared.choices import by_words, country_choices
from workspace.shared.forms import PlainForm

_PACKAGE = {"accept": ".zip,application/zip"}


class PackageForm(PlainForm):
    file = forms.FileField(
        label=gettext_lazy("Package (.zip)"),
        widget=forms.ClearableFileInput(attrs=_PACKAGE),
        help_text=gettext_lazy("The tables of HSDS as a zip, of version 1, 2 or 3. At most 20 MB."),
    )


class ForeignSourceForm(PlainForm):
    """What a person may choose is what they coordinate: a directory of all countries is for whoever has them all."""

    title = forms.CharField(label=gettext_lazy("Name of the directory"), max_length=60)
    address = forms.CharField(
        label=gettext_lazy("Address of its API"),
        max_length=500,
        required=False,
        widget=forms.URLInput(attrs={"placeholder": "https://directory.example/hsds/", "inputmode": "url"}),
    )
    file = forms.FileField(
        label=gettext_lazy("or its package (.zip)"),
        required=False,
        widget=forms.ClearableFileInput(attrs=_PACKAGE),
        help_text=gettext_lazy("The tables of HSDS as a zip, of version 1, 2 or 3. At most 20 MB."),
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country"),
        help_text=gettext_lazy("Services elsewhere are left out. Rows that name no country belong to this one."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of its texts"), choices=offered, initial=SOURCE)
    every = forms.TypedChoiceField(
        label=gettext_lazy("Read it again"), choices=Refresh.choices, coerce=int, initial=Refresh.WEEKLY
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].required = not user.coordinates_everywhere
        self.fields["country"].choices = (  # type: ignore[attr-defined]
            country_choices(empty=str(_("All countries")))
            if user.coordinates_everywhere
            else by_words([(code, country_name(code)) for code in user.countries])
        )

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"]).strip()
        if not address:
            return ""
        if not settings.READS_DIRECTORIES:
            raise ValidationError(
                _("This server asks no other directories (READS_DIRECTORIES). Send the package instead.")
            )
        try:
            base = base_of(address)
        except SourceFault as error:
            raise ValidationError(str(error.message)) from error
        if ForeignSource.objects.filter(address=base).exists():
            raise ValidationError(_("This directory is in the list already."))
        return base

    def clean(self) -> None:
        if not self.errors and not self.cleaned_data["address"] and not self.cleaned_data["file"]:
            raise ValidationError(_("Write an address, or choose a package."))


class SourceRhythmForm(PlainForm):
    title = forms.CharField(label=gettext_lazy("Name of the directory"), max_length=60)
    every = forms.TypedChoiceField(label=gettext_lazy("Read it again"), choices=Refresh.choices, coerce=int)
