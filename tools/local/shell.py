"""Running programs and speaking to the person at the terminal."""

import contextlib
import fcntl
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType


class Failure(Exception):
    """Something a person has to know or do; printed without a traceback."""


class Stopped(KeyboardInterrupt):
    """Somebody asked for the end by a signal: what was begun is put away first."""


def raise_stopped_on(*numbers: signal.Signals) -> None:
    """From now on the first of these signals raises Stopped; later ones do not disturb the putting away."""

    def stop(number: int, frame: FrameType | None) -> None:
        for each in numbers:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    for each in numbers:
        signal.signal(each, stop)


def say(text: str) -> None:
    print(text, flush=True)


def complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


class Steps:
    """Progress: «[3/9] Database … done, 2 s», one line per step."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.number = 0

    @contextlib.contextmanager
    def __call__(self, name: str) -> Iterator[list[str]]:
        """The block may put one short remark into the list; it stands instead of «done»."""
        self.number += 1
        print(f"[{self.number}/{self.total}] {name} … ", end="", flush=True)
        began = time.monotonic()
        remarks: list[str] = []
        try:
            yield remarks
        except BaseException as reason:
            say("stopped" if isinstance(reason, KeyboardInterrupt) else "failed")
            raise
        seconds = time.monotonic() - began
        say((remarks[-1] if remarks else "done") + (f", {seconds:.0f} s" if seconds >= 1 else ""))


def run(  # long: one call that names every door of a child process
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    user: str | None = None,
    cwd: Path | None = None,
    check: bool = True,
) -> subprocess.CompletedProcess[str]:
    """Run to the end with the output kept; raises Failure that shows it.

    env: added to the environment. user: the system user to become, with that user's group and nothing of root's.
    """
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            cwd=cwd,
            env={**os.environ, **(env or {})},
            user=user,
            group=pwd.getpwnam(user).pw_gid if user else None,
            extra_groups=[] if user else None,
        )
    except FileNotFoundError as error:
        raise Failure(f"{words[0]} is not installed.") from error
    if check and done.returncode != 0:
        raise Failure(f"This failed: {' '.join(words)}\n{done.stdout.strip()[-3000:]}")
    return done


def attend(command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path) -> int:
    """Run with its words on the terminal; the exit code. A request to stop is passed on once, and its end awaited.

    The child has a session of its own: of a Ctrl-C it would hear twice, and break off its cleaning.
    """
    words = [str(word) for word in command]
    process = subprocess.Popen(words, cwd=cwd, env=dict(env), stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.send_signal(signal.SIGINT)
        process.wait()
        raise


@contextlib.contextmanager
def locked(path: Path, patience: str = "") -> Iterator[None]:
    """One process at a time; the others wait, and say ``patience``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if patience:
                complain(patience)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
