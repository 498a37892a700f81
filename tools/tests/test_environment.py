"""How the packages of Python and Node come."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tools.local import environment
from tools.local.shell import Failure


def test_node_packages_are_installed_when_their_lock_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "package-lock.json").write_text("{}")
    (tmp_path / "node_modules").mkdir()
    installs: list[Path] = []
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "run", lambda command, cwd: installs.append(cwd))

    assert environment.prepare_node() and not environment.prepare_node()
    (tmp_path / "package-lock.json").write_text('{"lockfileVersion": 3}')
    assert environment.prepare_node()
    assert installs == [tmp_path, tmp_path]


@pytest.mark.parametrize(("missing", "by"), [("", "uv"), ("uv.txt", "pip"), ("bin/uv", "pip")])
def test_python_packages_come_by_uv_and_else_by_pip(missing: str, by: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def run(command: Sequence[object], **options: object) -> None:
        asked.append(" ".join(map(str, command)))
        if missing and missing in asked[-1]:
            raise Failure("nothing there")

    monkeypatch.setattr(environment, "run", run)
    environment._install(environment.RUN)
    last = asked[-1]
    assert ("/bin/uv pip" in last) is (by == "uv") and ("-m pip" in last) is (by == "pip")
    assert "--require-hashes" in last and last.endswith(environment.RUN)
