"""Two processes: what one of them hid is gone from the other before whoever hid it has their answer."""

from __future__ import annotations

import itertools
import subprocess
import sys
import textwrap
import time
from contextlib import ExitStack

import pytest

from kept.mark import Mark, Unknown

PROCESS = textwrap.dedent("""
    import pathlib, sys
    from kept.mark import Mark
    from kept.tests.worlds import World
    data, shared, seconds = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), float(sys.argv[3])
    world = World()
    world.front._mark = Mark(lambda: int(data.read_text()), shared, seconds)
    def hide(environ):
        if environ["REQUEST_METHOD"] == "POST":
            data.write_text(str(int(data.read_text()) + 1))
    world.application.hook = hide
    for line in sys.stdin:
        print(world.number(*line.split()), flush=True)
""")


class Process:
    def __init__(self, stack, *arguments):
        self.process = stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-c", PROCESS, *map(str, arguments)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        stack.callback(self.process.kill)

    def ask(self, line="/page/"):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@pytest.fixture
def processes(tmp_path):
    """Makes processes that share a mark and believe it for so many seconds."""
    (tmp_path / "data").write_text("1")
    with ExitStack() as stack:
        yield lambda seconds: [Process(stack, tmp_path / "data", tmp_path / "mark", seconds) for _time in range(2)]


def test_what_one_process_hid_is_gone_from_the_other_at_once(processes):
    first, second = processes(60)
    assert [first.ask(), second.ask(), first.ask(), second.ask()] == [1, 1, 1, 1]
    first.ask("/letter/ - POST")
    assert [second.ask(), first.ask()] == [2, 3]


def test_what_was_hidden_elsewhere_is_gone_within_the_time(processes, tmp_path):
    first, _second = processes(0.2)
    assert [first.ask(), first.ask()] == [1, 1]
    (tmp_path / "data").write_text("2")
    time.sleep(0.25)
    assert first.ask() == 2


def test_the_data_are_looked_at_once_for_all(tmp_path):
    looks = itertools.count(1)
    both = [Mark(lambda: next(looks), tmp_path / "mark", 60) for _time in range(2)]
    assert [mark.current() for mark in both * 50] == [1] * 100
    both[0].look()
    assert [mark.current() for mark in both] == [2, 2]


def test_after_a_look_that_failed_everybody_looks(tmp_path):
    state = {"mark": 7}
    both = [Mark(lambda: state["mark"] or 1 // 0, tmp_path / "mark", 60) for _time in range(2)]
    assert both[1].current() == 7
    state["mark"] = 0
    both[0].look()
    with pytest.raises(Unknown):
        both[1].current()
    state["mark"] = 8
    assert both[1].current() == 8


def test_the_file_is_ours_alone(tmp_path):
    (tmp_path / "elsewhere").write_text("")
    (tmp_path / "mark").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic"):
        Mark(lambda: 1, tmp_path / "mark")
    Mark(lambda: 1, tmp_path / "own")
    assert (tmp_path / "own").stat().st_mode & 0o777 == 0o600
