"""Migrations make anew what changed alone: what code of a migration is given, and the tables that come of it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import call_command, get_commands
from django.db import connection, models
from django.db.migrations import operations as op
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from core.tests import databases
from servicemap.migrating import Forwards, only_what_changes

KEY = ("id", models.BigAutoField(primary_key=True))


@pytest.fixture
def state() -> Iterator[ProjectState]:
    """A house and a room in it, made; the block is in force."""
    with only_what_changes():
        state = ProjectState()
        op.CreateModel("House", [KEY]).state_forwards("tried", state)
        assert state.apps
        room = [KEY, ("house", models.ForeignKey("tried.house", models.CASCADE))]
        op.CreateModel("Room", room).state_forwards("tried", state)
        yield state


def test_only_the_changed_model_is_made_anew(state: ProjectState) -> None:
    room = state.apps.get_model("tried", "Room")
    house = state.apps.get_model("tried", "House")
    op.AddField("House", "name", models.TextField(default="")).state_forwards("tried", state)
    assert state.apps.get_model("tried", "House") is not house
    assert state.apps.get_model("tried", "Room") is room and state.is_delayed
    op.AddField("House", "door", models.ForeignKey("tried.room", models.CASCADE)).state_forwards("tried", state)
    assert state.apps.get_model("tried", "Room") is room
    kept = {field.related_model._meta.label for field in state.apps.get_model("tried", "House")._meta.related_objects}
    assert kept == {"tried.Room"}


def test_code_of_a_migration_is_given_a_state_that_is_whole(state: ProjectState) -> None:
    op.AddField("House", "name", models.TextField(default="")).state_forwards("tried", state)
    seen = []

    def look(apps: Any, _editor: Any) -> None:
        house = apps.get_model("tried", "Room")._meta.get_field("house").related_model
        seen.append((house is apps.get_model("tried", "House"), house._meta.get_field("name").name))

    with patch("django.db.router.allow_migrate", return_value=True):
        op.RunPython(look).database_forwards("tried", type("Editor", (), {"connection": connection})(), state, state)
    assert seen == [(True, "name")]


def test_what_touches_a_key_still_makes_all_that_points_to_it(state: ProjectState) -> None:
    room = state.apps.get_model("tried", "Room")
    op.AlterField("House", "id", models.UUIDField(primary_key=True)).state_forwards("tried", state)
    assert state.apps.get_model("tried", "Room") is not room


def test_django_is_as_it_was_afterwards() -> None:
    before = dict(vars(ProjectState))
    with only_what_changes():
        assert dict(vars(ProjectState)) != before
    assert dict(vars(ProjectState)) == before
    assert get_commands()["migrate"] == "servicemap"


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_the_tables_are_the_same_as_by_djangos_own_way() -> None:
    """Every migration from nothing, both ways: two databases whose definitions do not differ in a letter."""
    own = tables(MigrationExecutor)
    assert len(own) > 10_000
    assert tables(Forwards) == own


def tables(executor: type[MigrationExecutor]) -> list[str]:
    """What the migrations make, as `pg_dump` writes it. The grid of pins has a salt of its own."""
    name = f"{connection.settings_dict['NAME']}_migrated"
    databases.make(name)
    try:
        with databases.speaking_with(name), patch("servicemap.management.commands.migrate.Forwards", executor):
            call_command("migrate", interactive=False, verbosity=0)
        found = connection.settings_dict
        port, host = str(found["PORT"]), found["HOST"]
        told = subprocess.run(
            ["pg_dump", "-s", "-h", host, "-p", port, "-U", found["USER"], name], capture_output=True, check=True
        ).stdout.decode()
    finally:
        databases.drop(name)
    return [re.sub(r"ARRAY\[[\d., ]+\]", "", line) for line in told.splitlines() if not line.startswith("\\")]
