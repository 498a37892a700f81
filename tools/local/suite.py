"""bin/test and bin/check: every stage is run, each prints its outcome, the last line sums them up."""

import argparse
import contextlib
import os
import re
import signal
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.local import environment, long, packages, prepare
from tools.local.cluster import Cluster
from tools.local.paths import ROOT, TESTING
from tools.local.shell import Failure, ProgramBeside, Steps, attend, locked, raise_stopped_on, run, say

REPORT = ROOT / "var" / "test-report.xml"
#: One more than the cores of the smallest machine: a browser, a killed worker, a silent server are waited for.
PYTEST_WORKERS = 3
NODE_TESTS = "static/js/tests"
TEMPLATES = "templates"
BIOME = "node_modules/@biomejs/biome/bin/biome"


@dataclass(frozen=True)
class StageOutcome:
    passed: int
    failed: int
    skipped: int = 0


def test(arguments: list[str]) -> int:
    """Everything, or only PATH…: Python tests by pytest, .js and .mjs by node. Options go to pytest."""
    if any(word in ("-h", "--help") for word in arguments):
        say("bin/test [PATH…] [pytest's own options]")
        return 0
    with testing(packages.CHROMIUM, packages.GETTEXT, packages.POPPLER) as cluster:
        os.environ.setdefault("CHROMIUM", packages.chromium() or "")
        return summary(chosen(arguments, cluster) if arguments else everything(cluster))


def check(arguments: list[str]) -> int:
    """Style, types, contracts, migrations; with --mutants, whether tests notice changes of what decides; with --long,
    the tests that take minutes."""
    parser = argparse.ArgumentParser("bin/check", description=check.__doc__)
    words = "change these modules (or all of tools/mutants/mutants.toml) in one place at a time; minutes for each"
    parser.add_argument("--mutants", nargs="*", metavar="MODULE", help=words)
    told = f"the tests that take minutes, of these stages or all: {', '.join(long.STAGES)}"
    parser.add_argument("--long", nargs="*", metavar="STAGE", choices=[[], *long.STAGES], help=told)
    asked = parser.parse_args(arguments)
    if asked.long is not None:
        names = asked.long or list(long.STAGES)
        more = (packages.FIREFOX, packages.WEBKIT) if "browsers" in names else ()
        with testing(packages.CHROMIUM, packages.GETTEXT, packages.POPPLER, *more) as cluster:
            os.environ.setdefault("CHROMIUM", packages.chromium() or "")
            bring_template(cluster)
            return summary([catalogues(), *long_stages(names)])
    modules = asked.mutants
    if modules is not None:
        with testing() as cluster:
            bring_template(cluster)
            where = environment.variables(SERVICEMAP_TEST_DB="test_mutants", PYTHONHASHSEED="0")
            return attend(["python", "-m", "tools.mutants", *modules], env=where, cwd=ROOT)
    os.environ["SERVICEMAP_CLUSTER"] = TESTING.name
    set_up()
    with database():
        return summary(static_stages())


@contextlib.contextmanager
def testing(*needs: packages.Need) -> Iterator[Cluster | None]:
    """One run of tests at a time in this checkout: its packages and its database."""
    raise_stopped_on(signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    os.environ["SERVICEMAP_CLUSTER"] = TESTING.name
    with locked(ROOT / "var" / ".test.lock", "Another bin/test runs in this checkout; waiting for its end."):
        set_up(*needs)
        with database() as cluster:
            yield cluster


@contextlib.contextmanager
def database() -> Iterator[Cluster | None]:
    """The private cluster, stopped at the end if it was started here; None where DATABASE_URL names another."""
    started = prepare.start_database()
    try:
        yield started[0] if started is not None else None
    finally:
        if started is not None and started[1]:
            started[0].stop()


def set_up(*needs: packages.Need) -> None:
    step = Steps(3)
    with step("System packages"):
        prepare.bring_packages()
        packages.bring(*needs)
        if packages.CHROMIUM in needs:
            packages.bring_shell()
            packages.bring_tried_with()
    with step("Python packages"):
        environment.prepare(environment.DEVELOP)
    with step("Node packages"):
        environment.prepare_node()


def bring_template(cluster: Cluster | None) -> None:
    """A database that somebody names by DATABASE_URL is nobody's copy: there the tests migrate their own."""
    if cluster is not None:
        os.environ["SERVICEMAP_TEST_TEMPLATE"] = migrated_template(cluster)


def migrated_template(cluster: Cluster) -> str:
    """A database with all migrations applied, kept until one of them changes; each worker's database is its copy."""
    sources = prepare.files(*prepare.MIGRATIONS, "docker/roles.sql", "directory/rights.py", "requirements.txt")
    name = f"migrated_{prepare.fingerprint(sources)[:12]}"
    if name not in cluster.databases():
        for old in cluster.databases():
            if old.startswith("migrated_"):
                cluster.drop_database(old)
        cluster.drop_database("migrating")
        cluster.create_database("migrating")
        manage_now("migrate", "--no-input", SERVICEMAP_DB="migrating")
        cluster.rename_database("migrating", name)
    return name


def manage_now(*arguments: str, **variables: str) -> None:
    test_settings = environment.variables(DJANGO_SETTINGS_MODULE="servicemap.settings.test", **variables)
    run(manage(*arguments), env=test_settings, cwd=ROOT)


# -- stages


def everything(cluster: Cluster | None) -> list[StageOutcome]:
    """The types need one core and minutes: beside them the template, what is quick, and the first of the tests."""
    with types_beside() as types:
        bring_template(cluster)
        quick = [*style_stages(), catalogues(), migrations()]
        tests = pytest_stage(["-n", str(PYTEST_WORKERS)])
        quick.append(types_stage(types))
    return [*quick, tests, *([node_stage([NODE_TESTS])] if (ROOT / NODE_TESTS).exists() else [])]


def chosen(arguments: list[str], cluster: Cluster | None) -> list[StageOutcome]:
    node = [word for word in arguments if is_for_node(word)]
    rest = [word for word in arguments if word not in node]
    bring_template(cluster)
    catalogues()
    return [*([pytest_stage(rest)] if rest else []), *([node_stage(node)] if node else [])]


def is_for_node(word: str) -> bool:
    return word.endswith((".js", ".mjs")) or Path(word).as_posix().rstrip("/").endswith(NODE_TESTS)


def static_stages() -> list[StageOutcome]:
    with types_beside() as types:
        return [*style_stages(), migrations(), types_stage(types)]


def style_stages() -> list[StageOutcome]:
    return [
        stage("style", ["ruff", "check", "."]),
        stage("format", ["ruff", "format", "--check", "."]),
        stage("import contracts", ["lint-imports"]),
        stage("templates", ["djangofmt", "--check", TEMPLATES]),
        stage("templates, rules", ["djangofmt", "check", TEMPLATES]),
        stage("scripts and styles", [str(environment.node()), BIOME, "ci"]),
    ]


def migrations() -> StageOutcome:
    return stage("migrations", manage("makemigrations", "--check", "--dry-run"))


def catalogues() -> StageOutcome:
    return stage("catalogues", manage("compile_catalogues"))


def types_beside() -> ProgramBeside:
    """Minutes on one core, where mypy has read nothing yet."""
    return ProgramBeside(["mypy", "."], env=stage_variables(), cwd=ROOT)


def types_stage(types: ProgramBeside) -> StageOutcome:
    code, words = types.outcome()
    return told("types", code == 0, words)


def manage(*arguments: str) -> list[str]:
    return ["python", "manage.py", *arguments]


def stage(name: str, command: Sequence[str]) -> StageOutcome:
    """A tool that passes or fails as a whole; its words are shown when it fails."""
    began = time.monotonic()
    done = run(command, env=stage_variables(), cwd=ROOT, check=False)
    return told(f"{name}, {time.monotonic() - began:.0f} s", done.returncode == 0, done.stdout)


def stage_variables() -> dict[str, str]:
    return environment.variables(DJANGO_SETTINGS_MODULE="servicemap.settings.test")


def told(name: str, good: bool, words: str) -> StageOutcome:
    if not good:
        say(words.rstrip())
    say(f"{'passed' if good else 'FAILED'}: {name}")
    return StageOutcome(int(good), int(not good))


def pytest_stage(arguments: list[str]) -> StageOutcome:
    """pytest speaks for itself; the numbers are read from its report."""
    REPORT.unlink(missing_ok=True)
    command = ["python", "-m", "pytest", f"--junitxml={REPORT}", *arguments]
    code = attend(command, env=environment.variables(), cwd=ROOT)
    outcome = read_report(REPORT)
    if code != 0 and outcome.failed == 0:
        outcome = StageOutcome(outcome.passed, 1, outcome.skipped)  # it broke off, or found nothing to run
    say(f"{'FAILED' if outcome.failed else 'passed'}: pytest, {outcome.skipped} skipped")
    return outcome


def long_stages(names: Sequence[str]) -> list[StageOutcome]:
    """One after the other; each says what it found and how long it took, and all together keep their limit."""
    began, outcomes = time.monotonic(), []
    for name in names:
        since = time.monotonic()
        outcomes.append(pytest_stage(long.words(name, long.STAGES[name])))
        for figure in long.figures(REPORT):
            say(f"  {figure}")
        say(f"{name}: {time.monotonic() - since:.0f} s")
    minutes = (time.monotonic() - began) / 60
    say(f"All stages: {minutes:.1f} minutes of {long.LIMIT_MINUTES}")
    return [*outcomes, StageOutcome(int(minutes <= long.LIMIT_MINUTES), int(minutes > long.LIMIT_MINUTES))]


def read_report(report: Path) -> StageOutcome:
    """Sums of a JUnit report; all zero where there is none."""
    if not report.exists():
        return StageOutcome(0, 0)
    suites = ElementTree.parse(report).getroot().iter("testsuite")  # noqa: S314  (written by pytest a moment ago)
    total = failed = skipped = 0
    for each in suites:
        total += int(each.get("tests", 0))
        failed += int(each.get("failures", 0)) + int(each.get("errors", 0))
        skipped += int(each.get("skipped", 0))
    return StageOutcome(total - failed - skipped, failed, skipped)


def node_stage(paths: list[str]) -> StageOutcome:
    """node --test over files, or over the test files of a folder; its TAP report has the numbers."""
    tests = [str(test) for path in paths for test in node_files(ROOT / path)]
    if not tests:
        raise Failure(f"No test files in {', '.join(paths)}")
    command = [str(environment.node()), "--test", "--test-reporter=tap", *tests]
    done = run(command, env=environment.variables(), cwd=ROOT, check=False)
    outcome = read_tap(done.stdout)
    if done.returncode != 0:
        say(done.stdout.rstrip())
        outcome = outcome if outcome.failed else StageOutcome(outcome.passed, 1)
    say(f"{'FAILED' if outcome.failed else 'passed'}: node, {outcome.passed} of {outcome.passed + outcome.failed}")
    return outcome


def node_files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.test.*js")) if path.is_dir() else [path]


def read_tap(text: str) -> StageOutcome:
    """The closing comments of a TAP report: «# pass 12», «# fail 0», «# cancelled 0»."""
    numbers = {
        name: int(count) for name, count in re.findall(r"^# (pass|fail|cancelled|skipped) (\d+)$", text, re.MULTILINE)
    }
    return StageOutcome(
        numbers.get("pass", 0), numbers.get("fail", 0) + numbers.get("cancelled", 0), numbers.get("skipped", 0)
    )


def summary(outcomes: list[StageOutcome]) -> int:
    """Exactly «N passed, N failed» as the last line; 1 when anything failed."""
    passed = sum(outcome.passed for outcome in outcomes)
    failed = sum(outcome.failed for outcome in outcomes)
    say(f"{passed} passed, {failed} failed")
    return 1 if failed else 0
