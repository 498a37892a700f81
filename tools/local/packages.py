"""What this machine must have, and the doors through which it comes.

Order: what is there → apt (root, or sudo without a password) → the same packages unpacked into var/ → brew →
a sentence that names docker compose.
"""

import importlib.util
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass

from tools.local import apt
from tools.local.binaries import UNPACKED, find_binaries
from tools.local.shell import Failure, run

SHELL = "chromium-headless-shell"


@dataclass(frozen=True)
class Need:
    """name: for people. present: is it here? debian, brew: packages that bring it."""

    name: str
    present: Callable[[], bool]
    debian: tuple[str, ...]
    brew: tuple[str, ...] = ()


def search_path() -> str:
    """PATH with the unpacked programs at its end."""
    return os.environ.get("PATH", os.defpath) + os.pathsep + str(UNPACKED / "bin")


def program(*names: str) -> str | None:
    """The full path of the first that is there."""
    found = (shutil.which(name, path=search_path()) for name in names)
    return next(filter(None, found), None)


def chromium() -> str | None:
    """Chromium; its shell without windows first: a page of a test costs it a third of what the whole browser asks."""
    return program(SHELL, "chromium", "chromium-browser", "google-chrome")


def has_pip_for_venv() -> bool:
    """Debian keeps ensurepip apart from Python; a wheel of pip will do as well."""
    return importlib.util.find_spec("ensurepip") is not None or bool(pip_wheels())


def pip_wheels() -> list[str]:
    return sorted(str(wheel) for wheel in (UNPACKED / "usr/share/python-wheels").glob("pip-*.whl"))


# PostGIS is listed without packages: which one depends on the versions that the machine's sources offer.
POSTGIS = Need("PostgreSQL with PostGIS", lambda: find_binaries() is not None, (), ("postgresql@17", "postgis"))
VENV = Need("Python's venv", has_pip_for_venv, ("python3-venv",))
CHROMIUM = Need(
    "Chromium",
    lambda: chromium() is not None,
    (SHELL,),
    ("--cask", "chromium"),
)
FIREFOX = Need("Firefox", lambda: program("firefox-esr") is not None, ("firefox-esr",))
WEBKIT = Need(
    "WebKitGTK with a screen",
    lambda: program("WebKitWebDriver") is not None and program("xvfb-run") is not None,
    ("webkit2gtk-driver", "xvfb", "xauth"),
)
GETTEXT = Need("gettext", lambda: program("msgfmt") is not None, ("gettext",), ("gettext",))
#: Reads back the papers that we make.
POPPLER = Need("poppler-utils", lambda: program("pdftotext") is not None, ("poppler-utils",), ("poppler",))

#: What some tests try the shipped files with, and skip without: package → its one program. Unpacked alone and never
#: installed: as a package nginx would answer at port 80, and prometheus brings a service and twelve libraries.
TRIED_WITH = {"nginx": "usr/sbin/nginx", "shellcheck": "usr/bin/shellcheck", "prometheus": "usr/bin/promtool"}
#: A client of containers is thirteen packages in Python: for whoever may install, and without a service.
COMPOSE = "docker-compose"
A_DAY = 24 * 60 * 60


def bring(*needs: Need) -> list[str]:
    """Install what is missing; the names of what was. Raises Failure where no door opens."""
    missing = [need for need in needs if not need.present()]
    if missing:
        _through_a_door(missing)
    still = [need.name for need in missing if not need.present()]
    if still:
        raise Failure(f"{', '.join(still)}: installed, but still not found. Try: docker compose up")
    return [need.name for need in missing]


def bring_shell() -> None:
    """Chromium's shell where the whole browser is there already; where it does not come, the browser does as well."""
    if program(SHELL) is None and apt.available() and apt.privilege() is not None:
        apt.install_if_offered(SHELL)


def bring_tried_with() -> list[str]:
    """Names of the programs that are not here afterwards. What does not come is asked for again a day later."""
    missing = {debian: path for debian, path in TRIED_WITH.items() if not _has(path)}
    compose = program(COMPOSE) is None and apt.available() and apt.privilege() is not None
    marker = UNPACKED / ".not-offered"
    is_recent = marker.exists() and time.time() - marker.stat().st_mtime < A_DAY
    if (missing or compose) and apt.available() and not is_recent:
        for debian, path in missing.items():
            apt.unpack_program(debian, path)
        if compose:
            apt.install_if_offered(COMPOSE)
    left = [path.rpartition("/")[2] for path in missing.values() if not _has(path)]
    if left and not is_recent:
        marker.parent.mkdir(parents=True, exist_ok=True)
        marker.touch()
    return left


def _has(path: str) -> bool:
    return shutil.which(path.rpartition("/")[2], path=f"{search_path()}{os.pathsep}/usr/sbin") is not None


def _through_a_door(missing: list[Need]) -> None:
    packages = [package for need in missing for package in need.debian]
    postgis = POSTGIS in missing
    if apt.available() and apt.privilege() is not None:
        apt.install(packages, postgis=postgis)
    elif apt.available():
        # The wheel itself: an unpacked ensurepip would look for it under /usr.
        apt.unpack([{"python3-venv": "python3-pip-whl"}.get(each, each) for each in packages], postgis=postgis)
    elif shutil.which("brew"):
        for need in missing:
            run(["brew", "install", *need.brew])
    else:
        names = ", ".join(need.name for need in missing)
        raise Failure(f"This machine lacks {names}, and has neither apt nor brew. Try: docker compose up")
