"""The vocabulary: words and order may change, codes may not; a term is retired, never deleted."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.db import transaction
from django.db.models import ForeignKey, Model
from django.forms import Field, ModelChoiceField, ModelForm
from django.http import HttpRequest

from core.languages import column_names
from servicemap.admin.base import Column, HouseAdmin, country_field
from services.models import DeliveryLanguage, DocumentKind, MigrationStatus, OtherMap, ServiceType, TargetGroup
from services.models.vocabulary import Term
from verification.publication import publish_vocabulary


class TermAdmin(HouseAdmin):
    """A saved term reaches the map in the same transaction."""

    list_display: tuple[str, ...] = (*column_names("name"), "code", "position", "is_retired")
    list_filter: ClassVar[tuple[str, ...]] = ("is_retired",)
    search_fields = ("name", *(f"i18n__{column}" for column in column_names("name")[1:]), "code")
    extra_fields: tuple[str, ...] = ()

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("code", *column_names("name"), *self.extra_fields, "synonyms", "position", "is_retired")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("code",) if obj else ()

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Term, form: ModelForm[Term], change: bool) -> None:
        super().save_model(request, obj, form, change)
        publish_vocabulary()


@admin.register(ServiceType)
class ServiceTypeAdmin(TermAdmin):
    list_display = (*column_names("name"), "parent", "family", "verification_class", "is_retired")
    list_filter = ("family", "verification_class", "is_retired")
    list_select_related = ("parent",)
    extra_fields = ("parent", "family", "verification_class", *column_names("hint"), "way_in")

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Model, Model], request: HttpRequest, **kwargs: object
    ) -> ModelChoiceField[Model] | None:
        if db_field.name == "parent":
            kwargs["queryset"] = ServiceType.objects.filter(parent=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(TargetGroup)
class TargetGroupAdmin(TermAdmin):
    extra_fields = tuple(column_names("short"))


@admin.register(DeliveryLanguage)
class DeliveryLanguageAdmin(TermAdmin):
    extra_fields = ("autonym",)


@admin.register(MigrationStatus, DocumentKind)
class PlainTermAdmin(TermAdmin):
    pass


@admin.register(OtherMap)
class OtherMapAdmin(TermAdmin):
    """Whether readers are offered this map, and for places of which countries."""

    list_display = (*column_names("name"), "is_off", "off_in")
    list_filter = ("is_off",)
    extra_fields = ("is_off", "off_in")

    def formfield_for_dbfield(self, db_field: Column, request: HttpRequest, **kwargs: object) -> Field | None:
        if db_field.name == "off_in":
            return country_field(db_field, several=True)
        return super().formfield_for_dbfield(db_field, request, **kwargs)
