"""A process beside the served network, in the same database: writes histories when asked.

One for all journeys, because starting the product takes longer than most of what they ask. Run as
`python -m e2e.beside.process`. A line in: JSON, the module of this package, the function, its arguments. A line out:
JSON, {"answer": …} or {"failed": traceback}. The first line says that it listens.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class Beside:
    """The process, from outside."""

    def __init__(self, root: Path, variables: Mapping[str, str]) -> None:
        command = [sys.executable, "-m", "e2e.beside.process"]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=root, env=dict(variables), stdin=pipe, stdout=pipe, text=True)
        self._hear()

    def ask(self, module: str, function: str, *words: Any) -> Any:
        """What the function of that module of this package answers; a failure there is one here."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([module, function, *words]) + "\n")
        self.process.stdin.flush()
        return self._hear()

    def end(self) -> None:
        self.process.communicate(timeout=20)

    def _hear(self) -> Any:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the process beside the network ended"
        told = json.loads(line)
        assert "failed" not in told, told["failed"]
        return told["answer"]


def _answers(say: Any) -> None:
    import django

    django.setup()
    say({"answer": None})
    for line in sys.stdin:
        module, function, *words = json.loads(line)
        try:
            say({"answer": getattr(importlib.import_module(f"e2e.beside.{module}"), function)(*words)})
        except Exception:
            say({"failed": traceback.format_exc()})


if __name__ == "__main__":
    _answers(lambda told: print(json.dumps(told), flush=True))  # noqa: T201
