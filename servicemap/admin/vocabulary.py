"""The vocabulary: words and order may change, codes may not; a term is retired, never deleted."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import ForeignKey, Model
from django.forms import CheckboxSelectMultiple, Field, ModelChoiceField, ModelForm, MultipleChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.requests import signed_in
from core.languages import column_names
from servicemap.admin.base import Column, HouseAdmin, country_field
from servicemap.admin.synonyms import states, synonyms_field, waiting, without_taken
from services.models import DeliveryLanguage, DocumentKind, MigrationStatus, OtherMap, ServiceType, TargetGroup
from services.models.vocabulary import Term
from services.spoken import read_over, spoken, wrote
from verification.publication import publish_vocabulary


class TermAdmin(HouseAdmin):
    """A saved term reaches the map in the same transaction."""

    list_display: tuple[str, ...] = (*column_names("name"), "code", "position", "is_retired")
    list_filter: ClassVar[tuple[str, ...]] = ("is_retired",)
    search_fields = ("name", *(f"i18n__{column}" for column in column_names("name")[1:]), "code")
    extra_fields: tuple[str, ...] = ()

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        words = ("synonyms", "words_read_over", *(("read_over",) if obj and _waiting(request, obj) else ()))
        return ("code", *column_names("name"), *self.extra_fields, *words, "position", "is_retired")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("code", "words_read_over") if obj else ("words_read_over",)

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[Term]]:
        """With the languages that this person speaks and whose words nobody has read over."""
        asked = _waiting(request, obj) if obj else []
        kwargs["form"] = type("TermForm", (self.form,), {"read_over": _read_over(asked)}) if asked else self.form
        return super().get_form(request, obj, change, **kwargs)

    def formfield_for_dbfield(self, db_field: Column, request: HttpRequest, **kwargs: object) -> Field | None:
        if db_field.name == "synonyms":
            return synonyms_field(db_field)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("words of further languages"))
    def words_read_over(self, obj: Term) -> str:
        return states(obj) if obj.pk else "–"

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Term, form: ModelForm[Term], change: bool) -> None:
        obj.synonyms = without_taken(obj, form.initial.get("synonyms") or {})
        self.save_term(request, obj, form, change)
        note_words(request, obj, form)
        publish_vocabulary()

    def save_term(self, request: HttpRequest, obj: Term, form: ModelForm[Term], change: bool) -> None:
        super().save_model(request, obj, form, change)


def note_words(request: HttpRequest, obj: Term, form: ModelForm[Any]) -> None:
    """Whose words they are now, and which of them this person has read over."""
    actor = signed_in(request)
    wrote(actor=actor, term=obj, before=form.initial.get("synonyms") or {})
    theirs = {one.language for one in spoken(obj) if one.writer == actor}
    ticked = set(form.cleaned_data.get("read_over", ()))
    if ticked & theirs:
        messages.warning(request, _("Somebody else reads words over, never whoever wrote them."))
    read_over(actor=actor, term=obj, languages=ticked - theirs)


def _waiting(request: HttpRequest, obj: Model) -> list[tuple[str, str]]:
    return waiting(obj, signed_in(request)) if isinstance(obj, Term) else []


def _read_over(choices: list[tuple[str, str]]) -> Field:
    return MultipleChoiceField(
        choices=choices,
        widget=CheckboxSelectMultiple,
        required=False,
        label=_("I speak this language and have read these words over: people type them"),
    )


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
