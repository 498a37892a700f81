"""Programs that are asked to stop, and those that run beside others."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tools.local import suite
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
