"""What the release before uses, so that the tables of the next one only grow (deploy/upgrade.sh).

Rule: while a new version is brought beside the old one, and after the way back, the old code works on the new tables.
So a column or a table goes one release after the code stopped using it, and a new column of an old table lets rows be
written that do not name it. `deploy/released.json` says what the release before uses (`manage.py note_release`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.migrations import operations as op
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

FILE = settings.BASE_DIR / "deploy" / "released.json"
#: SQL by hand that takes something away or gives it another name.
TAKES_AWAY = re.compile(r"(?is)\b(?:DROP\s+(?:TABLE|COLUMN)|RENAME\s+(?:TO|COLUMN))\b")


@dataclass(frozen=True)
class Released:
    """Migrations as `app.name`, columns as `table.column`."""

    migrations: frozenset[str]
    columns: frozenset[str]

    @property
    def tables(self) -> frozenset[str]:
        return frozenset(column.split(".")[0] for column in self.columns)


def read() -> Released:
    told = json.loads(FILE.read_text())
    return Released(frozenset(told["migrations"]), frozenset(told["columns"]))


def present(loader: MigrationLoader) -> Released:
    """As the code stands now: what a release that is made of it will use."""
    columns = {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
        for field in model._meta.local_concrete_fields
    }
    return Released(frozenset(_name(key) for key in _ours(loader)), frozenset(columns))


def write(found: Released) -> None:
    told = {"migrations": sorted(found.migrations), "columns": sorted(found.columns)}
    FILE.write_text(json.dumps(told, indent=1) + "\n")


def too_early(loader: MigrationLoader, released: Released) -> list[str]:
    """One sentence for each step of a migration since the release before that the code of that one would not bear."""
    found = []
    for key in sorted(_ours(loader)):
        if _name(key) not in released.migrations:
            state = loader.project_state([key], at_end=False)
            assert isinstance(state, ProjectState)  # noqa: S101  (a loader of all apps gives one)
            steps = loader.graph.nodes[key].operations
            found += [f"{_name(key)}: {words}" for words in _walk(steps, key[0], state, released)]
    return found


def _ours(loader: MigrationLoader) -> Iterator[tuple[str, str]]:
    here = {config.label for config in apps.get_app_configs() if str(config.path).startswith(f"{settings.BASE_DIR}/")}
    here -= {config.label for config in apps.get_app_configs() if "site-packages" in str(config.path)}
    return (key for key in loader.graph.nodes if key[0] in here)


def _name(key: tuple[str, str]) -> str:
    return ".".join(key)


def _walk(steps: Iterable[Operation], app: str, state: ProjectState, released: Released) -> Iterator[str]:
    for step in steps:
        if isinstance(step, op.SeparateDatabaseAndState):
            # What only the code forgets stays in the database for a release: that is the way to do it.
            yield from _walk(step.database_operations, app, state.clone(), released)
        elif words := _fault(step, app, state, released):
            yield words
        step.state_forwards(app, state)


def _fault(step: Operation, app: str, state: ProjectState, released: Released) -> str:
    if isinstance(step, op.RunSQL):
        named = [table for table in released.tables if re.search(rf"\b{table}\b", str(step.sql))]
        return f"SQL takes away or renames in {', '.join(sorted(named))}." if _takes_away(step) and named else ""
    if isinstance(step, op.DeleteModel | op.RenameModel | op.AlterModelTable):
        name = step.old_name if isinstance(step, op.RenameModel) else step.name
        table = state.apps.get_model(app, name)._meta.db_table
        return f"the release before uses the table {table}." if table in released.tables else ""
    if isinstance(step, op.RemoveField | op.RenameField):
        name = step.old_name if isinstance(step, op.RenameField) else step.name
        model = state.apps.get_model(app, step.model_name)
        column = f"{model._meta.db_table}.{model._meta.get_field(name).column}"  # type: ignore[union-attr]
        return f"the release before uses {column}." if column in released.columns else ""
    if isinstance(step, op.AddField | op.AlterField):
        return _demands(step, app, state, released)
    return ""


def _takes_away(step: op.RunSQL) -> bool:
    return bool(TAKES_AWAY.search(str(step.sql)))


def _demands(step: op.AddField | op.AlterField, app: str, state: ProjectState, released: Released) -> str:
    """Whether rows that do not name the column could not be written any more."""
    model, field = state.apps.get_model(app, step.model_name), step.field
    if model._meta.db_table not in released.tables or isinstance(field, models.ManyToManyField):
        return ""
    if field.null or field.has_db_default() or isinstance(field, models.GeneratedField):
        return ""
    if isinstance(step, op.AlterField) and not model._meta.get_field(step.name).null:  # type: ignore[union-attr]
        return ""
    return (
        f"{model._meta.db_table}.{step.name} must be given, and the release before does not: null=True or db_default."
    )
