"""Processes that have to run as long as bin/serve does: what ends by itself is started again."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tools.local.paths import ROOT
from tools.local.shell import Failure, complain

GRACE_SECONDS = 8
#: Whoever lived so long had a good start: the next pause begins small again.
GOOD_START_SECONDS = 60
LONGEST_PAUSE_SECONDS = 30
PAUSE_SECONDS = 1
#: A database that was killed may hold its socket for a moment longer.
REVIVE_SECONDS = 3


@dataclass
class KeptProgram:
    """A program that is started again after each end, every time after twice the pause.

    log: a file for its words; without one they go to the terminal.
    """

    name: str
    command: list[str | Path]
    env: Mapping[str, str]
    log: Path | None = None
    process: subprocess.Popen[bytes] | None = None
    _born: float = 0
    _pause: float = PAUSE_SECONDS
    _next: float = 0

    def start(self) -> None:
        """A child in a session of its own: Ctrl-C reaches us alone, and we stop the children in order."""
        with contextlib.ExitStack() as stack:
            output = stack.enter_context(self.log.open("ab" if self.process else "wb")) if self.log else None
            self.process = subprocess.Popen(
                [str(word) for word in self.command],
                cwd=ROOT,
                env=dict(self.env),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if output else None,
                start_new_session=True,
                preexec_fn=die_with_parent if sys.platform == "linux" else None,
            )
        self._born, self._next = time.monotonic(), 0

    def look_after(self, now: float) -> None:
        """Start it again when it has ended and its pause is over."""
        if self.process is None or self.process.poll() is None:
            return
        if not self._next:
            if now - self._born > GOOD_START_SECONDS:
                self._pause = PAUSE_SECONDS
            where = f" Its words: {self.log}" if self.log else ""
            complain(
                f"{self.name} ended ({self.process.returncode}); it is started again in {self._pause:.0f} s.{where}"
            )
            self._next = now + self._pause
            self._pause = min(2 * self._pause, LONGEST_PAUSE_SECONDS)
        elif now >= self._next:
            self.start()

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@dataclass
class Keeper:
    """Looks after programs, and after the database by `revive`, which starts it when it does not answer."""

    revive: Callable[[], None] = lambda: None
    programs: list[KeptProgram] = field(default_factory=list)
    _revive_again: float = 0

    def start(self, program: KeptProgram) -> KeptProgram:
        program.start()
        self.programs.append(program)
        return program

    def round(self, now: float) -> None:
        if now >= self._revive_again:
            try:
                self.revive()
            except Failure as failure:
                complain(str(failure))
                self._revive_again = now + REVIVE_SECONDS
        for program in self.programs:
            program.look_after(now)

    def stop(self) -> None:
        for program in reversed(self.programs):
            program.stop()


def die_with_parent() -> None:
    """Should bin/serve be killed outright, the kernel ends its children too."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)
