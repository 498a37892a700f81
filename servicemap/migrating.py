"""Migrations render the model that an operation changes, not every model that is related to it.

Django keeps the models of the past as classes and makes anew, at each operation, the changed one and all that is
related to it: here everything is related to an organisation or to a person, so that an operation made about fifty
classes. A statement of SQL asks a related class for nothing but its table and its key. What touches keys, renames or
takes away still makes all of them, and code of a migration (`RunPython`) is given a state that is made whole before it
runs: that is what Django's own mark of a delayed state is for. Measured in docs/adr/0091.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState

Key = tuple[str, str]


def _itself_alone(self: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[Key]:
    """The models to make anew: the one, where the rest may wait; else whatever Django would."""
    if not delay:
        return _RELATED(self, app_label, model_name)
    self.is_delayed = True
    return {(app_label, model_name)}


def _add_model(self: ProjectState, model_state: ModelState) -> None:
    """A new model changes no other; what points back to it finds it by its name."""
    key = model_state.app_label, model_state.name_lower
    self.models[key] = model_state
    if self._relations is not None:  # type: ignore[attr-defined]  # the stubs leave its inner part out
        self.resolve_model_relations(key)
    self.reload_model(*key, delay=True)


def _add_field(self: ProjectState, app_label: str, model_name: str, name: str, *rest: Any) -> None:
    """A new field, a relation too, changes its own model alone."""
    whole = self.__dict__.pop("apps", None)
    _FIELD(self, app_label, model_name, name, *rest)
    if whole is not None:
        self.__dict__["apps"] = whole
        self.reload_model(app_label, model_name, delay=True)


_RELATED, _FIELD = vars(ProjectState)["_find_reload_model"], ProjectState.add_field
_INSTEAD = {"_find_reload_model": _itself_alone, "add_model": _add_model, "add_field": _add_field}


@contextmanager
def only_what_changes() -> Iterator[None]:
    """Within the block, operations that only add make the one model anew that they add to."""
    before = {name: getattr(ProjectState, name) for name in _INSTEAD}
    for name, instead in _INSTEAD.items():
        setattr(ProjectState, name, instead)
    try:
        yield
    finally:
        for name, own in before.items():
            setattr(ProjectState, name, own)


class Forwards(MigrationExecutor):
    """On the way up alone: the way back reads states of which no code was told that they wait."""

    def _migrate_all_forwards(self, *arguments: Any, **named: Any) -> Any:
        with only_what_changes():
            return super()._migrate_all_forwards(*arguments, **named)  # type: ignore[misc]  # not in the stubs either
