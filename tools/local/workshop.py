"""Commands of manage.py, one after another in one process: the house is loaded once, not for every step.

The process is `manage.py workshop` (`tools/management/commands/workshop.py`): it reads one command a line, as a JSON
list of words, and answers each with `{"failed": …, "output": …}`.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from types import TracebackType

from tools.local.environment import PYTHON, variables
from tools.local.paths import ROOT
from tools.local.shell import Failure


class Workshop:
    """Started by the first command, ended with the block."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._complaints = tempfile.TemporaryFile("w+", errors="replace")  # noqa: SIM115  (closed by __exit__)

    def __enter__(self) -> Workshop:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._process is not None:
            if error is not None:
                self._process.kill()
            self._process.communicate()
        self._complaints.close()

    def manage(self, *arguments: str) -> str:
        """Run a command of manage.py to its end; its output, or a Failure that shows it."""
        process = self._process = self._process or self._begin()
        assert process.stdin is not None and process.stdout is not None  # noqa: S101  (both are pipes)
        try:
            process.stdin.write(json.dumps(arguments) + "\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
        except (BrokenPipeError, ValueError):
            answer = {"failed": True, "output": f"The process ended with code {process.wait()}."}
        if answer["failed"]:
            self._complaints.seek(0)
            words = f"{self._complaints.read()}\n{answer['output']}".strip()
            raise Failure(f"This failed: manage.py {' '.join(arguments)}\n{words[-3000:]}")
        return str(answer["output"])

    def _begin(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(PYTHON), str(ROOT / "manage.py"), "workshop"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            text=True,
            errors="replace",
            env=variables(),
        )
