"""The demonstration network, loaded once in a run of the tests and copied for those who ask for it.

Run as `python -m demonstration.tests.ready LOGINS` it loads the network into the database of its settings.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from core.tests import databases

ROOT = Path(__file__).resolve().parent.parent.parent


def copy(database: str, logins: Path) -> None:
    """Make the database a copy of the network; what its people log in with is written to `logins`."""
    with _held() as note:
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
        if note.read() != run:
            _load()
            note.seek(0)
            note.truncate()
            note.write(run)
        databases.make(database, _NAME)
        shutil.copy(_LOGINS, logins)


def forget() -> None:
    """At the end of a run, which may not have asked for it."""
    if _NOTE.exists():
        with _held():
            databases.drop(_NAME)
            _LOGINS.unlink(missing_ok=True)
            _NOTE.unlink()


_NAME = f"{os.environ.get('SERVICEMAP_TEST_DB', 'test_servicemap')}_demonstration"
_FOLDER = Path(tempfile.gettempdir()) / f"{_NAME}_{os.getuid()}"
#: Of which run the database is.
_NOTE, _LOGINS = _FOLDER / "run", _FOLDER / "logins.json"


@contextmanager
def _held() -> Iterator[IO[str]]:
    """One process at a time; the others wait until it is loaded."""
    _FOLDER.mkdir(mode=0o700, exist_ok=True)
    with _NOTE.open("a+", encoding="utf-8") as note:
        fcntl.flock(note, fcntl.LOCK_EX)
        note.seek(0)
        yield note


def _load() -> None:
    databases.make(_NAME, databases.migrated())
    variables = {"DJANGO_SETTINGS_MODULE": "servicemap.settings.e2e", "SERVICEMAP_DB": _NAME, "E2E_DIR": str(_FOLDER)}
    command = [sys.executable, "-m", "demonstration.tests.ready", str(_LOGINS)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | variables, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def _main(logins: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_vocabulary", verbosity=0)
    call_command("load_demo", logins=Path(logins), verbosity=0)


if __name__ == "__main__":
    _main(*sys.argv[1:])
