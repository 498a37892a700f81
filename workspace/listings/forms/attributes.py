"""What else a service is asked, by its kinds: one question for each attribute."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from core.phrasing.sentences import upper_first
from services.attributes import AskedAttribute, asked

PREFIX = "attribute_"


@dataclass(frozen=True)
class Question:
    """An attribute as a form asks it. What nobody is asked any more is shown where the service `holds` an answer."""

    asked: AskedAttribute
    choices: list[tuple[str, str]]
    holds: bool

    @property
    def field(self) -> str:
        return PREFIX + self.asked.attribute.code

    @property
    def kinds(self) -> str:
        """The kinds that are asked, as the page's script reads them; "" for all."""
        return " ".join(sorted(self.asked.leaves))

    def is_of(self, types: Iterable[str]) -> bool:
        return self.holds or self.asked.is_of(types)

    def value_of(self, answers: Collection[str]) -> str | list[str]:
        said = [code for code, _name in self.choices if code and code in answers]
        return said if self.asked.is_choice else "".join(said[:1])


@dataclass(frozen=True)
class ShownQuestion:
    """One question on the page."""

    field: forms.BoundField
    kinds: str
    hidden: bool


def questions_for(kept: Collection[str]) -> list[Question]:
    """Every question that can be asked; of retired answers only those that the service gives (`kept`)."""
    return [question for one in asked() if (question := _question(one, kept)).choices]


def _question(one: AskedAttribute, kept: Collection[str]) -> Question:
    codes = [code for code in one.answers if code in kept or not one.is_retired(code)]
    choices = [(code, upper_first(one.answer(code))) for code in codes]
    if choices and not one.is_choice:
        choices.append(("", _("Not said")))
    return Question(one, choices, any(code in kept for code in codes))


def field_of(question: Question) -> forms.ChoiceField:
    """Of a retired attribute it says that nobody is asked any more."""
    one = question.asked
    note = _("Nobody is asked this any more. What you said stays until you take it away.")
    help_text = note if one.attribute.is_retired else ""
    kind, widget = (
        (forms.MultipleChoiceField, forms.CheckboxSelectMultiple)
        if one.is_choice
        else (forms.ChoiceField, forms.RadioSelect)
    )
    return kind(label=one.name, choices=question.choices, required=False, help_text=help_text, widget=widget)
