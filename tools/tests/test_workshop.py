"""Commands in one process: each answers as if it were alone, and a failure says as much as before."""

import sys
from pathlib import Path

import pytest
from django.core.management.base import BaseCommand, CommandError

from tools.local import environment, workshop
from tools.local.shell import Failure
from tools.local.workshop import Workshop
from tools.management.commands.workshop import done


@pytest.fixture(autouse=True)
def this_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop, "PYTHON", Path(sys.executable))


def test_commands_follow_each_other_in_one_process() -> None:
    with Workshop() as shop:
        assert "5." in shop.manage("version")
        first = shop._process
        assert "servicemap" in shop.manage("diffsettings")
        assert shop._process is first is not None
    assert first.returncode == 0


def test_a_failure_says_which_command_and_why_and_the_others_go_on() -> None:
    with Workshop() as shop:
        with pytest.raises(Failure, match=r"manage\.py no_such_command\n[\s\S]*Unknown command"):
            shop.manage("no_such_command")
        assert "5." in shop.manage("version")


def test_a_process_that_does_not_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "servicemap.settings.nowhere")
    with Workshop() as shop, pytest.raises(Failure, match="nowhere"):
        shop.manage("version")


def test_nothing_is_started_for_nothing() -> None:
    with Workshop() as shop:
        pass
    assert shop._process is None


def test_an_error_in_the_block_ends_the_process() -> None:
    with pytest.raises(KeyboardInterrupt), Workshop() as shop:
        shop.manage("version")
        raise KeyboardInterrupt
    assert shop._process is not None and shop._process.returncode is not None


@pytest.mark.parametrize(
    ("error", "failed", "said"),
    [
        (None, False, "told"),
        (CommandError("no such folder"), True, "no such folder"),
        (ZeroDivisionError("by nothing"), True, "Traceback"),
    ],
)
def test_what_a_command_says_and_how_it_ends(
    monkeypatch: pytest.MonkeyPatch, error: Exception | None, failed: bool, said: str
) -> None:
    class Command(BaseCommand):
        requires_system_checks: list[str] = []

        def handle(self, *args: object, **options: object) -> None:
            self.stdout.write("told")
            if error:
                raise error

    monkeypatch.setattr("django.core.management.load_command_class", lambda app, name: Command())
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    outcome = done(["migrate"])
    assert outcome[0] is failed and said in outcome[1]


def test_bytecode_goes_into_var_where_it_may_not_lie_beside_the_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    told = environment.variables()
    assert "PYTHONDONTWRITEBYTECODE" not in told
    assert told["PYTHONPYCACHEPREFIX"] == str(environment.ROOT / "var" / "bytecode")
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE")
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    assert "PYTHONPYCACHEPREFIX" not in environment.variables()
