"""Programs that are asked to stop, and those that run beside others."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from tools.local import serve, suite
from tools.local.cluster import Cluster
from tools.local.shell import Failure, ProgramBeside


def test_a_request_to_stop_reaches_the_child_and_everything_is_put_away(tmp_path: Path) -> None:
    """As when a build server ends a run: SIGTERM to us, an orderly end for the child, our own cleaning after it."""
    child = (
        "import time\ntry:\n    print('up', flush=True); time.sleep(60)\nexcept KeyboardInterrupt:\n    print('child')"
    )
    parent = (
        "import os, signal, sys; from pathlib import Path; from tools.local.shell import *\n"
        "raise_stopped_on(signal.SIGTERM)\n"
        "try:\n    attend([sys.executable, '-c', sys.argv[1]], env=os.environ, cwd=Path('/'))\n"
        "except Stopped:\n    print('parent')"
    )
    process = subprocess.Popen([sys.executable, "-c", parent, child], stdout=subprocess.PIPE, text=True, cwd=suite.ROOT)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        process.send_signal(signal.SIGTERM)

        assert process.stdout.read().split() == ["child", "parent"]


def test_a_request_to_stop_that_comes_while_a_child_is_born_reaches_it(tmp_path: Path) -> None:
    """The signal comes before anything could care for the child."""
    child = "import time\ntry:\n    time.sleep(60)\nexcept KeyboardInterrupt:\n    print('child')"
    parent = (
        "import os, signal, subprocess, sys; from pathlib import Path; from tools.local import shell\n"
        "shell.raise_stopped_on(signal.SIGTERM)\n"
        "class Late(subprocess.Popen):\n"
        "    def __init__(self, *a, **k):\n        super().__init__(*a, **k); os.kill(os.getpid(), signal.SIGTERM)\n"
        "    def send_signal(self, number):\n        import time; time.sleep(1); super().send_signal(number)\n"
        "shell.subprocess.Popen = Late\n"
        "try:\n    shell.attend([sys.executable, '-c', sys.argv[1]], env=os.environ, cwd=Path('/'))\n"
        "except shell.Stopped:\n    print('parent')"
    )
    done = subprocess.run([sys.executable, "-c", parent, child], capture_output=True, text=True, cwd=suite.ROOT)
    assert done.stdout.split() == ["child", "parent"]


def test_what_runs_beside_tells_its_words_and_ends_with_its_block(tmp_path: Path) -> None:
    with ProgramBeside(["sh", "-c", "echo words; exit 3"], env=dict(os.environ), cwd=tmp_path) as done:
        assert done.outcome() == (3, "words\n")
    with pytest.raises(Failure), ProgramBeside(["sleep", "60"], env=dict(os.environ), cwd=tmp_path) as left:
        raise Failure("something else broke")
    assert left.ended


def test_of_two_networks_that_end_at_once_the_last_one_stops_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "ROOT", tmp_path)
    stopped = []
    cluster = SimpleNamespace(stop=lambda: stopped.append(True))
    with contextlib.ExitStack() as stack:
        held = []
        for place in ("var", "var/networks/lantern"):
            monkeypatch.setattr(serve, "running", lambda place=place: tmp_path / place / "serve.json")
            held.append(stack.enter_context(serve.alone("http://127.0.0.1:8000")))
        serve.stop_if_last(cast("Cluster", cluster), held[0])
        assert not stopped, "the other one is still served"
        serve.stop_if_last(cast("Cluster", cluster), held[1])
    assert stopped == [True]
