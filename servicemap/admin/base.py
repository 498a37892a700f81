"""What the operators' screens share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from django import forms
from django.contrib import admin
from django.db.models import Field, Model, URLField
from django.http import HttpRequest
from django.utils.text import capfirst

from accounts.requests import person_of
from core.geo.countries import countries, country_codes, country_name
from core.spelling.collation import reading_key
from core.types import Words

Column: TypeAlias = "Field[object, object]"
#: Codes and their names.
Choices = Sequence[tuple[str, Words]]


class HouseAdmin(admin.ModelAdmin):
    """For administrators of the network; other staff need the permission by name.

    Nothing is deleted here unless a screen says so: deleting private rows would orphan what the map shows.
    """

    #: Of packages whose own screens are left out, a screen of ours may show the rows (`OperatorsSite.register`).
    is_of_the_house = True
    list_per_page = 50
    can_add = True
    can_change = True
    can_delete = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _is_administrator(request) or super().has_module_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _is_administrator(request) or super().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.can_add and (_is_administrator(request) or super().has_add_permission(request))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.can_change and (_is_administrator(request) or super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.can_delete and (_is_administrator(request) or super().has_delete_permission(request, obj))

    def formfield_for_dbfield(self, db_field: Column, request: HttpRequest, **kwargs: object) -> forms.Field | None:
        if isinstance(db_field, URLField):
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class ReadOnlyAdmin(HouseAdmin):
    """To look at. What happens to these rows has its own screens, rules and traces."""

    can_add = False
    can_change = False


def _is_administrator(request: HttpRequest) -> bool:
    person = person_of(request)
    return person is not None and person.is_administrator


def country_field(db_field: Column, *, several: bool = False) -> forms.Field:
    """Countries by name, the network's first."""
    codes = [
        *countries(),
        *sorted(country_codes() - countries().keys(), key=lambda code: reading_key(country_name(code))),
    ]
    choices = [(code, f"{country_name(code)} ({code})") for code in codes]
    return choice_field(db_field, choices, several=several)


def choice_field(db_field: Column, choices: Choices, *, several: bool = True) -> forms.Field:
    """A choice by name for a column that keeps codes."""
    label, required = capfirst(db_field.verbose_name), not db_field.blank
    if several:
        widget = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(choices=choices, widget=widget, label=label, required=required)
    known = choices if required else [("", "—"), *choices]
    return forms.ChoiceField(choices=known, label=label, required=required)
