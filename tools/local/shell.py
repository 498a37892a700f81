"""Running programs and speaking to the person at the terminal."""

import contextlib
import fcntl
import os
import pwd
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
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
    with _unstopped() as as_before:

        def hears() -> None:
            """Before its program, in the child: a shell that began us with `&` had us ignore Ctrl-C, and our heirs."""
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            as_before()

        process = subprocess.Popen(  # (one thread here: what runs in the child before its program is safe)
            words, cwd=cwd, env=dict(env), stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=hears
        )
        try:
            as_before()
            return process.wait()
        except KeyboardInterrupt:
            process.send_signal(signal.SIGINT)
            process.wait()
            raise


@contextlib.contextmanager
def _unstopped() -> Iterator[Callable[[], object]]:
    """No request to stop is heard until the given function is called: between a child's birth and the care for it one

    would leave the child alone.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})

    def as_before() -> object:
        return signal.pthread_sigmask(signal.SIG_SETMASK, before)

    try:
        yield as_before
    finally:
        as_before()


class ProgramBeside:
    """A program that runs beside what its block does; it ends with the block at the latest."""

    def __init__(self, command: Sequence[str], *, env: Mapping[str, str], cwd: Path) -> None:
        self._said = tempfile.TemporaryFile("w+", errors="replace")  # noqa: SIM115  (closed with the block)
        self._process = subprocess.Popen(
            command, cwd=cwd, env=dict(env), stdin=subprocess.DEVNULL, stdout=self._said, stderr=subprocess.STDOUT
        )

    def __enter__(self) -> "ProgramBeside":
        return self

    def __exit__(self, *reason: object) -> None:
        self._process.kill()
        self._process.wait()
        self._said.close()

    @property
    def ended(self) -> bool:
        return self._process.poll() is not None

    def outcome(self) -> tuple[int, str]:
        """Waits for its end: its exit code and its words."""
        code = self._process.wait()
        self._said.seek(0)
        return code, self._said.read()


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
