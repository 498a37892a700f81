"""Peers from the registries, at pinned versions, in a folder of their own that can be thrown away."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.local import environment
from tools.local.paths import ROOT
from tools.local.shell import Failure

HOME = ROOT / "var" / "bench-peers"
#: By peer, what pip is asked for. drf-gis runs inside our own Django, so what it needs beside it is there but for one.
PACKAGES: dict[str, tuple[str, ...]] = {
    "drf-gis": ("djangorestframework-gis==1.3.0", "django-filter==26.2"),
    "tipg": ("tipg==1.6.1", "uvicorn==0.54.0"),
    "pygeoapi": (
        "pygeoapi==0.21.0", "SQLAlchemy==2.1.9", "GeoAlchemy2==0.20.0", "psycopg2-binary==2.9.13", "gunicorn==27.0.1",
    ),
}  # fmt: skip
#: A lock for npm, and what runs beside its packages.
WEB = Path(__file__).with_name("web")
_PATIENCE = 900
_QUIET = ("--quiet", "--disable-pip-version-check", "--no-input")


class Missing(Exception):
    """A peer that is not here, and why."""


def bring_folder(peer: str) -> Path:
    """Its packages in a folder for `sys.path`, without what they depend on: that is ours already."""
    folder, wanted = HOME / peer, PACKAGES[peer]
    if not _is_there(folder, wanted):
        pip = [sys.executable, "-m", "pip", "install", *_QUIET, "--no-deps", "--upgrade", "--target", str(folder)]
        _run([*pip, *wanted])
        _note(folder, wanted)
    return folder


def bring_environment(peer: str) -> Path:
    """Its own virtual environment: what it needs may contradict what we need. The folder of its programs."""
    folder, wanted = HOME / peer, PACKAGES[peer]
    if not _is_there(folder, wanted):
        _run([sys.executable, "-m", "venv", "--clear", str(folder)])
        _run([str(folder / "bin" / "python"), "-m", "pip", "install", *_QUIET, *wanted])
        _note(folder, wanted)
    return folder / "bin"


def bring_node_modules() -> Path:
    """What the lock beside this file names, in a folder where our own scripts and pages lie beside it."""
    folder = HOME / "web"
    shutil.copytree(WEB, folder, dirs_exist_ok=True)
    try:
        environment.install_node_modules(folder)
    except Failure as failure:
        raise Missing(f"npm: {failure}") from failure
    return folder


def _is_there(folder: Path, wanted: Sequence[str]) -> bool:
    note = folder / "installed.json"
    return note.exists() and json.loads(note.read_text()) == list(wanted)


def _note(folder: Path, wanted: Sequence[str]) -> None:
    (folder / "installed.json").write_text(json.dumps(list(wanted)))


def _run(command: list[str], folder: Path = ROOT) -> None:
    given = environment.variables()
    # What pip makes for our own Python must not be told to another one.
    given = {name: value for name, value in given.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    try:
        done = subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True, timeout=_PATIENCE)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Missing(f"{os.path.basename(command[0])}: {error}") from error  # noqa: PTH119
    if done.returncode:
        raise Missing(f"{' '.join(command[:4])} …: {(done.stderr or done.stdout).strip()[-300:]}")
