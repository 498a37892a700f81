"""Tables only grow between two releases: what the release before uses goes one release later."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import models
from django.db.migrations import operations as op
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.models import F

from servicemap.upkeep import released
from servicemap.upkeep.released import read, too_early

HOW = "One release later; until then out of the code alone (SeparateDatabaseAndState): docs/operations/upgrade.md"


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    return MigrationLoader(None)


def test_no_migration_since_the_release_before_takes_from_it_what_it_uses(loader: MigrationLoader) -> None:
    assert not (found := too_early(loader, read())), "\n".join([*found, HOW])


def told(loader: MigrationLoader, *steps: op.base.Operation) -> list[str]:
    """What is said of one migration of `accounts` more."""
    last = max(key for key in loader.graph.leaf_nodes() if key[0] == "accounts")
    key = ("accounts", "9999_tried")
    state = loader.project_state([last])
    one = Migration(key[1], "accounts")
    one.operations = list(steps)
    graph = SimpleNamespace(nodes={key: one})
    stand_in = SimpleNamespace(graph=graph, project_state=lambda *_given, **_more: state.clone())
    return too_early(stand_in, read())  # type: ignore[arg-type]


TEXT = models.TextField()


@pytest.mark.parametrize(
    "step",
    [
        op.RemoveField("user", "name"),
        op.RenameField("user", "name", "called"),
        op.DeleteModel("SentForm"),
        op.RenameModel("SentForm", "DoneForm"),
        op.AlterModelTable("SentForm", "forms"),
        op.RemoveField("session", "user"),
        op.AddField("user", "nick", TEXT),
        op.AddField("user", "nick", models.TextField(default="")),
        op.AlterField("sentform", "answer", models.BinaryField()),
        op.RunSQL("ALTER TABLE accounts_user DROP COLUMN name"),
        op.RunSQL("alter table accounts_user rename column name to called"),
    ],
    ids=lambda step: f"{type(step).__name__}",
)
def test_what_the_release_before_could_not_bear_is_said(loader: MigrationLoader, step: op.base.Operation) -> None:
    (words,) = told(loader, step)
    assert words.startswith("accounts.9999_tried: ")


@pytest.mark.parametrize(
    "steps",
    [
        [op.AddField("user", "nick", models.TextField(null=True))],
        [op.AddField("user", "nick", models.TextField(db_default=""))],
        [op.AddField("user", "twice", models.GeneratedField(expression=F("name"), output_field=TEXT, db_persist=True))],
        [op.AddField("user", "nick", models.TextField(null=True)), op.RemoveField("user", "nick")],
        [op.CreateModel("Fresh", [("id", models.BigAutoField(primary_key=True)), ("text", TEXT)])],
        [op.SeparateDatabaseAndState(state_operations=[op.RemoveField("user", "name")])],
        [op.AlterField("user", "name", models.CharField(max_length=200))],
        [op.RunSQL("UPDATE accounts_user SET name = '' WHERE name IS NULL")],
    ],
    ids=lambda steps: "+".join(type(step).__name__ for step in steps),
)
def test_what_only_grows_is_let_through(loader: MigrationLoader, steps: list[op.base.Operation]) -> None:
    assert told(loader, *steps) == []


def test_what_the_code_forgot_a_release_ago_may_go(loader: MigrationLoader, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read()
    without = released.Released(before.migrations, before.columns - {"accounts_user.name"})
    monkeypatch.setitem(globals(), "read", lambda: without)
    assert told(loader, op.RemoveField("user", "name")) == []
