"""Running programs and speaking to the person at the terminal."""

import contextlib
import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path


class Failure(Exception):
    """Something a person has to know or do; printed without a traceback."""


def say(text: str) -> None:
    print(text, flush=True)


def complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def run(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    user: str | None = None,
    cwd: Path | None = None,
    check: bool = True,
) -> subprocess.CompletedProcess[str]:
    """Run to the end with the output kept; raises Failure that shows it.

    user: the system user to become (only root can), with that user's groups and nothing of root's.
    env: added to the environment.
    """
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        cwd=cwd,
        env={**os.environ, **(env or {})},
        **({"user": user, "group": _group_of(user), "extra_groups": []} if user else {}),  # type: ignore[arg-type]
    )
    if check and done.returncode != 0:
        raise Failure(f"{' '.join(str(part) for part in command)}\n{done.stdout.strip()[-4000:]}")
    return done


def _group_of(user: str) -> int:
    import pwd

    return pwd.getpwnam(user).pw_gid


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """One process at a time; the others wait."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
