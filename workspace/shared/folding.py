"""Folds of a long form. Rule: what is folded away never hides a fault, and says when something stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.languages import split_column
from workspace.shared.forms import EditForm, Words


@dataclass(frozen=True)
class Fold:
    """`filled` counts what was said in it, a text and its translation once."""

    title: Words
    filled: int
    is_open: bool


def fold_of(form: EditForm, title: Words, names: tuple[str, ...], *, silent: Mapping[str, object]) -> Fold:
    """A fold over these fields. `silent` are values that say nothing, of fields that cannot be empty."""
    said = {split_column(name)[0] for name in names if form[name].value() not in (None, "", [], silent.get(name))}
    wrong = any(form[name].errors or name in form.conflicts for name in names)
    return Fold(title, len(said), wrong)
