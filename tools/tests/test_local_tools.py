"""bin/serve and bin/test: the doors packages come through, steps that are skipped, sums that are true."""

import json
import re
import socket
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tools.local import apt, long, packages, prepare, serve, suite
from tools.local.keeping import Keeper, KeptProgram
from tools.local.paths import ROOT
from tools.local.shell import Failure, Steps, run

TAP = "TAP version 13\nok 1 - parses\n# tests 5\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 0\n# duration_ms 7\n"
REPORT = (
    '<testsuites><testsuite name="a" tests="7" failures="1" errors="1" skipped="2"/>'
    '<testsuite name="b" tests="3" failures="0" errors="0" skipped="0"/></testsuites>'
)


@pytest.fixture
def own_stamps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(prepare, "STAMPS", tmp_path / "stamps")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


# -- doors


def doors(monkeypatch: pytest.MonkeyPatch, *, apt_get: bool, root: bool, brew: bool) -> list[str]:
    """A machine with these doors; what was asked of them is collected."""
    asked: list[str] = []
    monkeypatch.setattr(apt, "available", lambda: apt_get)
    monkeypatch.setattr(apt, "privilege", lambda: [] if root else None)
    monkeypatch.setattr(apt, "install", lambda names, postgis: asked.append(f"apt {names} {postgis}"))
    monkeypatch.setattr(apt, "unpack", lambda names, postgis: asked.append(f"unpack {names} {postgis}"))
    monkeypatch.setattr(packages.shutil, "which", lambda name, **_: "/brew" if brew and name == "brew" else None)
    monkeypatch.setattr(packages, "run", lambda command: asked.append(" ".join(command)))
    monkeypatch.setattr(packages, "POSTGIS", appearing(asked, ("postgis",)))
    return asked


def appearing(asked: list[str], brew: tuple[str, ...]) -> packages.Need:
    """A need that is met as soon as anything was asked for."""
    return packages.Need("PostGIS", lambda: bool(asked), (), brew)


@pytest.mark.parametrize(
    ("machine", "door"),
    [
        ({"apt_get": True, "root": True, "brew": True}, "apt [] True"),
        ({"apt_get": True, "root": False, "brew": True}, "unpack [] True"),
        ({"apt_get": False, "root": False, "brew": True}, "brew install postgis"),
    ],
)
def test_doors_are_tried_in_order(monkeypatch: pytest.MonkeyPatch, machine: dict[str, bool], door: str) -> None:
    asked = doors(monkeypatch, **machine)

    assert packages.bring(packages.POSTGIS) == ["PostGIS"]
    assert asked == [door]


def test_without_any_door_compose_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    doors(monkeypatch, apt_get=False, root=False, brew=False)

    with pytest.raises(Failure, match="docker compose up"):
        packages.bring(packages.POSTGIS)


def test_what_is_there_is_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = doors(monkeypatch, apt_get=True, root=True, brew=False)
    present = packages.Need("sh", lambda: True, ("dash",))

    assert packages.bring(present) == []
    assert asked == []


def test_a_given_database_needs_no_server_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/map")
    monkeypatch.setattr(packages, "find_binaries", lambda: pytest.fail("looked for a server"))

    prepare.bring_packages()

    assert prepare.start_database() is None


def test_postgis_follows_the_newest_offer(monkeypatch: pytest.MonkeyPatch) -> None:
    names = "postgresql-9-postgis-3 postgresql-98-postgis-3 postgresql-99-postgis-3 postgresql-99-postgis-3-scripts"
    monkeypatch.setattr(apt, "run", lambda command: type("Done", (), {"stdout": names.replace(" ", "\n")}))

    assert apt.postgis_package() == "postgresql-99-postgis-3"


def test_debian_makes_no_cluster_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / "createcluster.conf"
    settings.write_text("ssl = on\n")
    monkeypatch.setattr(apt, "CREATE_CLUSTER", settings)
    monkeypatch.setattr(apt, "SERVERS", tmp_path)
    monkeypatch.setattr(apt, "privilege", list)
    monkeypatch.setattr(apt, "_apt", lambda *words: None)

    with apt.no_main_cluster():
        assert "create_main_cluster = false" in settings.read_text()

    assert settings.read_text() == "ssl = on\n"


# -- steps


def test_a_step_is_repeated_only_when_its_inputs_change(own_stamps: Path) -> None:
    source = own_stamps / "source.po"
    source.write_text("one")
    prepare.Stamp("step", [source]).set()
    assert prepare.Stamp("step", [source]).is_current()

    source.write_text("two")

    assert not prepare.Stamp("step", [source]).is_current()


def test_a_new_database_forgets_what_was_done(own_stamps: Path) -> None:
    prepare.Stamp("migrate", []).set()
    prepare.Stamp("static", [], of_database=False).set()

    prepare.forget_stamps()

    assert not prepare.Stamp("migrate", []).is_current()
    assert prepare.Stamp("static", [], of_database=False).is_current()


def test_nothing_is_remembered_about_somebody_elses_database(own_stamps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/map")

    prepare.Stamp("migrate", []).set()

    assert not prepare.Stamp("migrate", []).is_current()


def test_a_failed_step_says_so_on_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    step = Steps(2)
    with step("Tables") as remark:
        remark.append("nothing new")
    with pytest.raises(Failure), step("Server"):
        raise Failure("no")

    assert capsys.readouterr().out == "[1/2] Tables … nothing new\n[2/2] Server … failed\n"


def test_a_failed_program_shows_its_words() -> None:
    with pytest.raises(Failure, match="no such vocabulary"):
        run(["sh", "-c", "echo no such vocabulary; exit 3"])


def test_a_missing_program_is_named() -> None:
    with pytest.raises(Failure, match="no-such-program is not installed"):
        run(["no-such-program"])


# -- one server


def test_a_second_serve_is_told_where_the_first_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "var").mkdir()
    monkeypatch.setattr(serve, "ROOT", tmp_path)
    monkeypatch.setattr(serve, "running", lambda: tmp_path / "var" / "serve.json")

    with serve.alone("http://127.0.0.1:8000"):
        with pytest.raises(Failure, match=r"runs already: http://127\.0\.0\.1:8000"), serve.alone("http://x"):
            pass
        assert json.loads(serve.running().read_text())["address"] == "http://127.0.0.1:8000"

    with serve.alone("http://127.0.0.1:8001"):
        pass
    assert not serve.running().exists()


def test_a_taken_port_is_named_with_a_way_out() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(Failure, match=f"--port {port + 1}"):
            serve.refuse_taken_port("127.0.0.1", port)


def test_the_server_listens_where_it_was_told() -> None:
    words = [str(word) for word in serve.server_command(serve.parse(["--host", "0.0.0.0"]), 9001)]

    assert {"--host=0.0.0.0", "--port=9001"} <= set(words)
    assert "--access-log" not in words


def test_two_faces_are_two_servers_and_the_public_one_gets_nothing_of_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "of members")
    monkeypatch.setenv("EMAIL_URL", "smtp://of.members")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    options = serve.parse(["--faces", "--port", "9001"])
    addresses = serve.addresses_of(options)
    assert addresses == ["http://127.0.0.1:9001", "http://127.0.0.1:9002"]
    started = Keeper()
    monkeypatch.setattr(KeptProgram, "start", lambda program: None)

    public, members = serve.start_servers(started, options, addresses)

    assert public.env["SERVICEMAP_FACE"] == "public" and members.env["SERVICEMAP_FACE"] == "members"
    assert not {"SECRET_KEY", "EMAIL_URL"} & public.env.keys() and members.env["SECRET_KEY"] == "of members"
    assert public.env["MEMBERS_ADDRESS"] == addresses[1] and members.env["PUBLIC_ADDRESS"] == addresses[0]
    assert "--port=9001" in public.command and "--port=9002" in members.command
    monkeypatch.setenv("DATABASE_URL", "postgis://servicemap@db/map")
    with pytest.raises(Failure, match="PUBLIC_DATABASE_URL"):
        serve.parse(["--faces"])


# -- sums


def test_node_counts_are_read_from_its_report() -> None:
    assert suite.read_tap(TAP) == suite.StageOutcome(passed=3, failed=2)


def test_pytest_counts_are_read_from_its_report(tmp_path: Path) -> None:
    (tmp_path / "report.xml").write_text(REPORT)

    assert suite.read_report(tmp_path / "report.xml") == suite.StageOutcome(passed=6, failed=2, skipped=2)


def test_a_tool_that_breaks_off_counts_as_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suite, "REPORT", tmp_path / "none.xml")
    monkeypatch.setattr(suite, "attend", lambda command, **_: 4)

    assert suite.pytest_stage(["no/such/file.py"]) == suite.StageOutcome(0, 1)


@pytest.mark.parametrize(
    ("outcomes", "line", "code"),
    [
        ([suite.StageOutcome(1, 0), suite.StageOutcome(40, 0, 2)], "41 passed, 0 failed", 0),
        ([suite.StageOutcome(0, 1), suite.StageOutcome(40, 2)], "40 passed, 3 failed", 1),
    ],
)
def test_the_last_line_sums_up(
    capsys: pytest.CaptureFixture[str], outcomes: list[suite.StageOutcome], line: str, code: int
) -> None:
    assert suite.summary(outcomes) == code
    assert capsys.readouterr().out.splitlines()[-1] == line


def test_paths_go_to_the_runner_they_belong_to(monkeypatch: pytest.MonkeyPatch) -> None:
    called: dict[str, Any] = {}
    monkeypatch.setattr(suite, "stage", lambda name, command: suite.StageOutcome(1, 0))
    monkeypatch.setattr(suite, "pytest_stage", lambda words: called.setdefault("pytest", words))
    monkeypatch.setattr(suite, "node_stage", lambda words: called.setdefault("node", words))

    suite.chosen(["core", "-k", "hours", "static/js/tests/state.test.js"], None)

    assert called == {"pytest": ["core", "-k", "hours"], "node": ["static/js/tests/state.test.js"]}


# -- what takes minutes


def test_every_long_test_belongs_to_a_stage_and_every_stage_is_there() -> None:
    marked = {
        str(path.relative_to(ROOT))
        for room in ROOT.iterdir()
        if room.is_dir() and not room.name.startswith(".") and room.name not in ("node_modules", "var")
        for path in room.rglob("test_*.py")
        if re.search(r"pytest\.mark\.long\b", path.read_text(encoding="utf-8"))
    }
    named = {name for stage in long.STAGES.values() for name in stage}
    assert not [name for name in named if not (ROOT / name).exists()]
    assert not [name for name in marked if not any(name.startswith(one) for one in named)]


def test_the_figures_of_a_report_are_read(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    said = '<properties><property name="a" value="b"/></properties>'
    report.write_text(f"<testsuites><testsuite>{said}</testsuite></testsuites>")
    assert long.figures(report) == ["a: b"] and long.figures(tmp_path / "none") == []


def test_no_room_with_tests_is_left_out_of_a_run() -> None:
    named = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]
    patterns = ("*/tests", "e2e/*/test_*.py", "network/*/tests")
    found = [path for pattern in patterns for path in ROOT.glob(pattern)]
    rooms = {path.relative_to(ROOT).parts[0] for path in found}
    assert rooms == set(named["testpaths"])


@pytest.mark.parametrize(
    ("there", "root", "asked"),
    [([], True, ["chromium-headless-shell"]), (["chromium-headless-shell"], True, []), ([], False, [])],
)
def test_the_shell_without_windows_is_asked_for_once_and_only_by_who_may(monkeypatch, tmp_path, there, root, asked):
    for name in there:
        (tmp_path / name).touch(mode=0o755)
    monkeypatch.setattr(packages, "search_path", lambda: str(tmp_path))
    monkeypatch.setattr(apt, "available", lambda: True)
    monkeypatch.setattr(apt, "privilege", lambda: [] if root else None)
    heard = []
    monkeypatch.setattr(apt, "install_if_offered", heard.append)
    packages.bring_shell()
    assert heard == asked


def test_where_the_shell_is_not_offered_the_lists_are_asked_for_once_and_nothing_fails(monkeypatch):
    asked = []

    def run(command, *, check):
        asked.append(command[-1])
        return type("Done", (), {"returncode": 100})()

    monkeypatch.setattr(apt, "run", run)
    monkeypatch.setattr(apt, "privilege", list)
    apt.install_if_offered("chromium-headless-shell")
    assert asked == ["chromium-headless-shell", "update", "chromium-headless-shell"]


def test_the_shell_is_what_journeys_run_in(monkeypatch, tmp_path):
    for name in ("chromium", "chromium-headless-shell"):
        (tmp_path / name).touch(mode=0o755)
    monkeypatch.setattr(packages, "search_path", lambda: str(tmp_path))
    assert packages.chromium() == str(tmp_path / "chromium-headless-shell")
    (tmp_path / "chromium-headless-shell").unlink()
    assert packages.chromium() == str(tmp_path / "chromium")
