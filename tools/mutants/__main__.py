"""`bin/check --mutants [MODULE…]`: the modules that decide, changed in one place at a time; their tests must notice.

The house is loaded once, its tests collected once. Each mutant is a fork of that process, which lays the changed
module over the loaded one and runs the tests that came through the changed function, those first that noticed others,
then the quickest (ADR 0018). `mutants.toml` names the tests of each module, and the changes that nobody has to notice,
with the reason.
"""

from __future__ import annotations

import ast
import functools
import gc
import os
import pickle
import resource
import signal
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TypeGuard, TypeVar

import coverage
import django
import pytest
from django.test import utils

from tools.mutants.making import Mutant, lay_over, mutants_of

T = TypeVar("T")
LIST = Path(__file__).with_name("mutants.toml")
#: What keeps the processor so many times as long as its tests, and so many seconds more, runs for ever. What waits for
#: ever does not keep it, and a busy machine is slow: therefore an end by the clock on the wall, too.
PATIENCE, MERCY, BUSY = 5, 3, 30
#: Nobody reads why a test failed, so pytest need not find words for it.
OPTIONS = ["-q", "-s", "-p", "no:cacheprovider", "--reuse-db", "--tb=native", "--assert=plain"]
#: What is said of a change which no test can be run with.
NOT_LOADED = "(not loaded)"


def forked(work: Callable[[], T], seconds: float = 0) -> T | None:
    """What `work` returns in a copy of this process; None when it broke, or took longer than that and was ended."""
    with tempfile.TemporaryFile() as answer:
        if not (pid := os.fork()):
            try:
                if seconds:
                    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
                    signal.alarm(int(seconds * BUSY))
                for stream in (1, 2):
                    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
                pickle.dump(work(), answer)
                answer.flush()
            finally:
                os._exit(0)
        os.waitpid(pid, 0)
        answer.seek(0)
        content = answer.read()
    return pickle.loads(content) if content else None  # noqa: S301  (written by our own copy)


# -- one database for all


def the_same_database(**_options: object) -> list[object]:
    """In place of Django's making of one: the database of the first run is there, migrated."""
    from django.db import connection

    connection.settings_dict["NAME"] = connection.settings_dict["TEST"]["NAME"]
    return []


def make_the_database() -> None:
    """As the tests have it made; from then on it stands, and what its ground was is known.

    By name, like all that is judged: tools stand below the house.
    """
    ground = import_module("servicemap.tests.ground")

    def made() -> object:
        utils.setup_databases(verbosity=0, interactive=False)
        return ground.lay_ground()

    if (kept := forked(made)) is None:
        raise SystemExit("No database could be made.")
    vars(utils)["setup_databases"] = the_same_database
    vars(ground)["lay_ground"] = functools.partial(ground.keep, kept)


# -- judging


@dataclass
class Passages:
    """Which tests run which lines of a module, and how long each keeps the processor."""

    failed: str = ""
    by_line: dict[int, list[str]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


def run(items: Sequence[pytest.Item], before: Callable[[str], None] = lambda _test: None) -> str:
    """The first test that fails; nothing when all pass."""
    for item, following in zip(items, [*items[1:], None], strict=True):
        before(item.nodeid)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if item.session.testsfailed:
            return item.nodeid
    return ""


def learn(path: str, items: Sequence[pytest.Item]) -> Passages:
    seen = coverage.Coverage(data_file=None, include=[str(Path(path).resolve())], messages=False)
    begun = dict[str, float]()

    def before(test: str) -> None:
        begun[test] = time.process_time()
        seen.switch_context(test)

    seen.start()
    failed = run(items, before)
    seen.stop()
    ends = [*list(begun.values())[1:], time.process_time()]
    seconds = {test: end - began for (test, began), end in zip(begun.items(), ends, strict=True)}
    return Passages(failed, dict(seen.get_data().contexts_by_lineno(str(Path(path).resolve()))), seconds)


def is_told_by_passages(node: ast.AST) -> TypeGuard[ast.FunctionDef]:
    """A function that runs for whoever asks it. One that remembers runs for the first alone, and all tests judge it."""
    return isinstance(node, ast.FunctionDef) and not any("cache" in ast.unparse(by) for by in node.decorator_list)


class Judged:
    """A module, the tests that come through each of its functions, and what became of its mutants."""

    def __init__(self, path: str, items: Sequence[pytest.Item]) -> None:
        self.path, self.code = path, Path(path).read_text(encoding="utf-8")
        self.items = {item.nodeid: item for item in items}
        self.passages = forked(lambda: learn(path, items)) or Passages("its tests broke")
        if not items or self.passages.failed:
            raise SystemExit(f"{path}: its own tests do not pass: {self.passages.failed or 'none found'}")
        functions = [node for node in ast.walk(ast.parse(self.code)) if is_told_by_passages(node)]
        self.bodies = [range(node.body[0].lineno, (node.end_lineno or 0) + 1) for node in functions]
        self.noticed, self.survivors, self.mutants = dict[str, int](), list[str](), 0

    def judge(self) -> None:
        for mutant in mutants_of(self.code):
            tests = self._tests_through(mutant.line)
            limit = PATIENCE * sum(self.passages.seconds[test] for test in tests) + MERCY
            noticed = forked(functools.partial(self._noticed_by, mutant, tests), limit)
            self.mutants += 1
            if noticed == "":
                self.survivors.append(mutant.change)
            elif noticed:
                self.noticed[noticed] = self.noticed.get(noticed, 0) + 1

    def _tests_through(self, line: int) -> list[str]:
        """Those first that noticed most, then the quickest; all of them for what runs when the module is loaded."""
        body = next((lines for lines in self.bodies if line in lines), ())
        seconds = self.passages.seconds
        found = {test for n in body for test in self.passages.by_line.get(n, ()) if test} or set(seconds)
        return sorted(found, key=lambda test: (-self.noticed.get(test, 0), seconds[test]))

    def _noticed_by(self, mutant: Mutant, tests: Sequence[str]) -> str:
        try:
            lay_over(self.path.removesuffix(".py").replace("/", "."), mutant.source)
        except Exception:
            return NOT_LOADED
        return run([self.items[test] for test in tests])

    def report(self, listed: set[str], seconds: float) -> bool:
        """Whether everything that survived is listed."""
        killed = self.mutants - len(self.survivors)
        share = f"{100 * killed / self.mutants:.1f} %"
        print(f"{self.path}: {self.mutants} mutants, {killed} killed ({share}), {seconds:.0f} s", flush=True)
        for change in self.survivors:
            print("  listed:  " if change in listed else "  SURVIVED:", change, flush=True)
        return listed.issuperset(self.survivors)


class Judge:
    """A plugin of pytest: in place of running the tests that were collected, mutants are judged by them."""

    def __init__(self, tests: dict[str, list[str]], listed: dict[str, set[str]]) -> None:
        self.tests, self.listed, self.good = tests, listed, True

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        gc.collect()
        gc.freeze()  # what is never touched stays shared with the copies
        for path, names in self.tests.items():
            began = time.monotonic()
            judged = Judged(path, [item for item in session.items if is_among(item.nodeid, names)])
            judged.judge()
            self.good &= judged.report(self.listed.get(path, set()), time.monotonic() - began)
        return True


def is_among(test: str, names: Sequence[str]) -> bool:
    """Whether a test is one of these, or stands in one of these files or classes."""
    return any(test == name or test.startswith((f"{name}::", f"{name}[")) for name in names)


def main(paths: list[str]) -> int:
    known = tomllib.loads(LIST.read_text(encoding="utf-8"))
    tests: dict[str, list[str]] = {path: known["tests"][path] for path in paths or known["tests"]}
    listed: dict[str, set[str]] = {}
    for entry in known.get("survivors", ()):
        listed.setdefault(entry["module"], set()).update(entry["changes"])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicemap.settings.test")
    django.setup()
    make_the_database()
    judge = Judge(tests, listed)
    names = sorted({name for of_one in tests.values() for name in of_one})
    outcome = pytest.main([*OPTIONS, *names], plugins=[judge])
    return int(outcome not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED) or not judge.good)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
