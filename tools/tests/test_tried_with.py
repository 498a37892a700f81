"""What the shipped files are tried with comes by itself, alone, and where it does not come nothing fails."""

import pytest

from tools.local import apt, packages
from tools.local.shell import run as really_run


@pytest.fixture
def offered(monkeypatch, tmp_path):
    """A machine that has none of the programs; what is asked for is heard."""
    heard = []
    monkeypatch.setattr(packages, "UNPACKED", tmp_path)
    monkeypatch.setattr(packages, "_has", lambda path: False)
    monkeypatch.setattr(packages, "program", lambda *names: None)
    monkeypatch.setattr(apt, "available", lambda: True)
    monkeypatch.setattr(apt, "unpack_program", lambda package, path: heard.append(package))
    monkeypatch.setattr(apt, "install_if_offered", heard.append)
    return heard


@pytest.mark.parametrize(("root", "compose"), [(True, ["docker-compose"]), (False, [])])
def test_what_the_shipped_files_are_tried_with_is_asked_for_once_a_day_and_never_installed(
    offered, monkeypatch, root, compose
):
    monkeypatch.setattr(apt, "privilege", lambda: [] if root else None)
    left = ["nginx", "shellcheck", "promtool"]
    assert packages.bring_tried_with() == left and packages.bring_tried_with() == left
    assert offered == ["nginx", "shellcheck", "prometheus", *compose]


@pytest.mark.parametrize(("word", "kept"), [("exit 0", True), ("exit 127", False)])
def test_one_program_of_a_package_is_taken_and_one_that_does_not_start_is_left_out(monkeypatch, tmp_path, word, kept):
    def run(command, *, check, cwd=None):
        if command[0] == "apt-get":
            (cwd / "any.deb").touch()
        elif command[0] == "dpkg-deb":
            program = command[3] / "usr/sbin/any"
            program.parent.mkdir(parents=True)
            program.write_text(f"#!/bin/sh\n{word}\n")
            program.chmod(0o755)
        else:
            return really_run(command, check=check)
        return type("Done", (), {"returncode": 0})

    monkeypatch.setattr(apt, "run", run)
    monkeypatch.setattr(apt, "UNPACKED", tmp_path)
    assert apt.unpack_program("any", "usr/sbin/any") is kept
    assert [file.name for file in (tmp_path / "bin").iterdir()] == (["any"] if kept else [])
