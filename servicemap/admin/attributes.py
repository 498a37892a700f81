"""Attributes: what an administrator has services of some kinds asked. No code is typed, no row deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.answers import SEPARATOR
from core.languages import SOURCE, column, column_names, columns, writing
from core.spelling.latin import in_latin
from servicemap.admin.base import Choices, Column, choice_field
from servicemap.admin.synonyms import states, synonyms_field
from servicemap.admin.vocabulary import TermAdmin, note_words
from services.models import Attribute, AttributeAnswer, HowAnswered, ServiceType
from services.models.vocabulary import Term
from verification.publication import publish_vocabulary
from verification.services.edits import tell_attribute

_LONGEST = 22
_FEWEST = 2


def _code(form_data: Mapping[str, object], taken: Sequence[str], start: str = "") -> str:
    """A code out of a name in another language, else of the name in Latin letters; never one that there is."""
    others = (form_data.get(at) for at, language in columns("name") if language != SOURCE)
    words = str(next(filter(None, others), "") or in_latin(str(form_data.get("name") or "")))
    bare = slugify(words).replace("-", "_").strip("_")[:_LONGEST].rstrip("_") or "a"
    bare = bare if start or bare[0].isalpha() else f"a_{bare}"[:_LONGEST]
    found, number = start + bare, 1
    while found in taken:
        number += 1
        found = f"{start}{bare[: _LONGEST - 3]}_{number}"
    return found


class AttributeForm(forms.ModelForm):
    """Gives a new attribute its code."""

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance._state.adding:
            taken = Attribute.objects.values_list("code", flat=True)
            self.instance.code = _code(cleaned, list(taken))
        elif self["members_only"].initial and not cleaned.get("members_only", True):
            self.add_error("members_only", _("What was answered for members stays with them: add another attribute."))
        return cleaned


#: What people type, by whom it was read over, and what this person may tick.
_WORDS = ("synonyms", "words_read_over", "read_over")


class AnswersFormSet(forms.BaseInlineFormSet):
    """An attribute has two answers of its own at least, or none where it is answered by yes or no."""

    def clean(self) -> None:
        super().clean()
        filled = [form for form in self.forms if form.has_changed() or not form.instance._state.adding]
        if self.instance.answers == HowAnswered.YES_NO and filled:
            raise ValidationError(_("Yes and no are answers enough: take these away, or choose “by its own answers”."))
        if self.instance.answers == HowAnswered.CHOICE and len(filled) < _FEWEST:
            raise ValidationError(_("Two answers at least, please."))

    def save_new(self, form: Any, commit: bool = True) -> Any:
        """The code begins with that of the attribute; the order is the one in which they were written."""
        taken = AttributeAnswer.objects.values_list("code", flat=True)
        form.instance.code = _code(form.cleaned_data, list(taken), f"{self.instance.code}{SEPARATOR}")
        form.instance.position = form.instance.position or self.instance.own_answers.count() + 1
        return super().save_new(form, commit)


class AnswersInline(admin.StackedInline):
    """The answers of an attribute, in the order in which people choose among them."""

    model = AttributeAnswer
    formset = AnswersFormSet
    fields = (*column_names("name"), "synonyms", "words_read_over", "position", "is_retired")
    readonly_fields = ("words_read_over",)
    extra = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    has_add_permission = has_change_permission = has_view_permission

    @admin.display(description=_("words of further languages"))
    def words_read_over(self, obj: AttributeAnswer) -> str:
        return states(obj) if obj.pk else "–"

    def formfield_for_dbfield(self, db_field: Column, request: HttpRequest, **kwargs: object) -> forms.Field | None:
        if db_field.name == "synonyms":
            return synonyms_field(db_field)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Attribute)
class AttributeAdmin(TermAdmin):
    """A new one is asked at once in the form of the services that it is for."""

    form = AttributeForm
    inlines = (AnswersInline,)
    list_display = (*column_names("name"), "answers", "members_only", "is_retired")
    list_filter = ("answers", "members_only", "is_filter", "is_retired")

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        words = tuple(name for name in super().get_fields(request, obj) if name in _WORDS)
        names = ("members_only", "is_filter", *words, "types", "position", "is_retired")
        return (*(("code",) if obj else ()), *column_names("name"), "answers", *names)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """What was answered stays what it is: neither the code nor the way of answering changes."""
        return ("code", "answers", "words_read_over") if obj else ("words_read_over",)

    def formfield_for_dbfield(self, db_field: Column, request: HttpRequest, **kwargs: object) -> forms.Field | None:
        if db_field.name == "types":
            return choice_field(db_field, _kinds())
        if db_field.name == "synonyms":
            return synonyms_field(db_field)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_term(self, request: HttpRequest, obj: Term, form: forms.ModelForm[Term], change: bool) -> None:
        if not change and not obj.position:
            obj.position = Attribute.objects.count() + 1
        obj.save()

    @transaction.atomic
    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The whole attribute reaches the map, and where it was narrowed, so do the services that answer it."""
        super().save_related(request, form, formsets, change)
        for one in (one for formset in formsets for one in formset.forms):
            if one.instance.pk and "synonyms" in one.changed_data:
                note_words(request, one.instance, one)
        publish_vocabulary()
        if change and "members_only" in form.changed_data:
            tell_attribute(form.instance)


def _kinds() -> Choices:
    """Each group with its kinds; the group itself stands for all of them, also for those that will come."""
    found: dict[str, list[tuple[str, str]]] = {}
    names: dict[str, str] = {}
    rows: Iterable[ServiceType] = ServiceType.objects.current()  # type: ignore[assignment]  # the manager is Term's
    for term in sorted(rows, key=lambda term: bool(term.parent_id)):
        name = getattr(term, column("name", writing())) or term.name
        if term.parent_id is None:
            names[term.code] = name
            found[term.code] = [(term.code, _("All of these"))]
        elif term.parent_id in found:
            found[term.parent_id].append((term.code, name))
    return [(names[code], kinds) for code, kinds in found.items()]  # type: ignore[misc]  # groups of choices
