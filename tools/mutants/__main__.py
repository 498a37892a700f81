"""`bin/check --mutants [MODULE…]`: the modules that decide, changed in one place at a time; their tests must notice.

The house is loaded once. Each mutant is a fork of that process, which lays the changed module over the loaded one and
runs the tests that came through the changed function, the quickest first (ADR 0018). `mutants.toml` names the tests of
each module, and the changes that nobody has to notice, with the reason.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import io
import os
import pickle
import signal
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import coverage
import pytest
from django.test import utils

from tools.mutants.making import Mutant, lay_over, mutants_of

LIST = Path(__file__).with_name("mutants.toml")
#: What pytest says when tests failed, or when a test file could not even be collected.
NOTICED = (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED)
#: What takes so many times as long as its tests, and so many seconds more, runs for ever.
PATIENCE, MERCY = 10, 60


def forked(work: Callable[[], Any], seconds: float = 0) -> Any:
    """What `work` returns in a copy of this process; None when it broke, or took longer than that and was ended."""
    with tempfile.TemporaryFile() as answer:
        if not (pid := os.fork()):
            try:
                signal.alarm(int(seconds))
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


def run(tests: Sequence[str], *options: str, plugins: Sequence[Any] = ()) -> int:
    return int(pytest.main(["-q", "-p", "no:cacheprovider", "--reuse-db", *options, *tests], plugins=plugins))


def the_same_database(**_options: Any) -> list[Any]:
    """In place of Django's making of one: the database of the first run is there, migrated."""
    from django.db import connection

    connection.settings_dict["NAME"] = connection.settings_dict["TEST"]["NAME"]
    return []


class Passages:
    """A plugin of pytest that learns which tests run which lines of a module, and how long each takes."""

    def __init__(self, path: str) -> None:
        self.path, self.seconds = str(Path(path).resolve()), dict[str, float]()
        self.coverage = coverage.Coverage(data_file=None, include=[self.path], messages=False)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        began = time.monotonic()
        self.coverage.start()
        self.coverage.switch_context(item.nodeid)
        yield
        self.coverage.stop()
        self.seconds[item.nodeid] = time.monotonic() - began

    def learn(self, tests: Sequence[str]) -> tuple[int, dict[int, list[str]], dict[str, float]]:
        outcome = run(tests, plugins=[self])
        return outcome, dict(self.coverage.get_data().contexts_by_lineno(self.path)), self.seconds


class Judged:
    """A module, the tests that come through each of its functions, and what became of its mutants."""

    def __init__(self, path: str, tests: Sequence[str]) -> None:
        self.path, self.code = path, Path(path).read_text(encoding="utf-8")
        outcome, self.by_line, self.seconds = forked(lambda: Passages(path).learn(tests)) or (-1, {}, {})
        if outcome:
            raise SystemExit(f"{path}: its own tests do not pass ({outcome}): {' '.join(tests)}")
        functions = [node for node in ast.walk(ast.parse(self.code)) if isinstance(node, ast.FunctionDef)]
        self.bodies = [range(node.body[0].lineno, (node.end_lineno or 0) + 1) for node in functions]
        self.killed, self.survivors = 0, list[str]()

    def judge(self) -> None:
        for mutant in mutants_of(self.code):
            tests = self._tests_through(mutant.line)
            limit = PATIENCE * sum(self.seconds[test] for test in tests) + MERCY
            outcome = forked(functools.partial(self._outcome, mutant, tests), limit)
            if outcome == pytest.ExitCode.OK:
                self.survivors.append(mutant.change)
            elif outcome is None or outcome in NOTICED:
                self.killed += 1
            else:
                raise SystemExit(f"{self.path}: pytest broke ({outcome}) at {mutant.change}")

    def _tests_through(self, line: int) -> list[str]:
        """The quickest first; all of them for what runs when the module is loaded."""
        body = next((lines for lines in self.bodies if line in lines), ())
        found = {test for number in body for test in self.by_line.get(number, ()) if test} or set(self.seconds)
        return sorted(found, key=lambda test: self.seconds[test])

    def _outcome(self, mutant: Mutant, tests: Sequence[str]) -> int:
        try:
            lay_over(self.path.removesuffix(".py").replace("/", "."), mutant.source)
        except Exception:
            return pytest.ExitCode.INTERRUPTED  # nobody could load it
        return run(tests, "-x")

    def report(self, listed: set[str], seconds: float) -> bool:
        """Whether everything that survived is listed."""
        total = self.killed + len(self.survivors)
        share = f"{100 * self.killed / total:.0f} %"
        print(f"{self.path}: {total} mutants, {self.killed} killed ({share}), {seconds:.0f} s", flush=True)
        for change in self.survivors:
            print("  listed:  " if change in listed else "  SURVIVED:", change)
        return listed.issuperset(self.survivors)


def main(paths: list[str]) -> int:
    known = tomllib.loads(LIST.read_text(encoding="utf-8"))
    tests: dict[str, list[str]] = {path: known["tests"][path] for path in paths or known["tests"]}
    forked(lambda: run(next(iter(tests.values())), "--create-db", "--maxfail=1"))
    with contextlib.redirect_stdout(io.StringIO()):
        run(sorted({file for files in tests.values() for file in files}), "--collect-only")
    vars(utils)["setup_databases"] = the_same_database
    good = True
    for path, files in tests.items():
        began, judged = time.monotonic(), Judged(path, files)
        judged.judge()
        listed = {
            change for entry in known.get("survivors", ()) if entry["module"] == path for change in entry["changes"]
        }
        good &= judged.report(listed, time.monotonic() - began)
    return int(not good)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
