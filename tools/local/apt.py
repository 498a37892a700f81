"""Debian's packages: installed where we may, unpacked into var/ where we may not."""

import contextlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tools.local.binaries import UNPACKED
from tools.local.paths import ROOT
from tools.local.shell import Failure, run

ATTEMPTS = 4
PATIENCE = ("-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3")
IMPATIENCE = ("-o", "DPkg::Lock::Timeout=30", "-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=15")
SERVERS = Path("/usr/lib/postgresql")
CREATE_CLUSTER = Path("/etc/postgresql-common/createcluster.conf")
FONTS = "<fontconfig><dir>{0}/usr/share/fonts</dir><dir>/usr/share/fonts</dir></fontconfig>\n"
POSTGIS = re.compile(r"^postgresql-(\d+)-postgis-3$")


def available() -> bool:
    return shutil.which("apt-get") is not None


def privilege() -> list[str] | None:
    """What to put before a command that needs root: nothing for root, sudo where it asks no password, else None."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and run(["sudo", "-n", "true"], check=False).returncode == 0:
        return ["sudo", "-n"]
    return None


def postgis_package(options: tuple[str, ...] = ()) -> str:
    """The PostGIS package of the newest PostgreSQL that is already installed, else of the newest on offer."""
    names = run(["apt-cache", *options, "pkgnames", "postgresql-"]).stdout.split()
    majors = {int(found[1]) for name in names if (found := POSTGIS.match(name))}
    if not majors:
        raise Failure("The package sources of this machine offer no PostGIS (postgresql-NN-postgis-3).")
    installed = {major for major in majors if (SERVERS / str(major) / "bin/initdb").exists()}
    return f"postgresql-{max(installed or majors)}-postgis-3"


# -- with root


def install(packages: list[str], *, postgis: bool = False) -> None:
    """apt-get install, waiting for whoever holds the lock. postgis: the fitting PostGIS package too."""
    _apt("update")
    if postgis:
        with no_main_cluster():
            _apt("install", "--no-install-recommends", *packages, postgis_package())
    else:
        _apt("install", "--no-install-recommends", *packages)


def install_if_offered(package: str) -> None:
    """What only makes things quicker: asked for once, without patience."""
    words = [*(privilege() or []), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-q", *IMPATIENCE]
    if run([*words, "install", "--no-install-recommends", package], check=False).returncode:
        run([*words, "update"], check=False)
        run([*words, "install", "--no-install-recommends", package], check=False)


@contextlib.contextmanager
def no_main_cluster() -> Iterator[None]:
    """Debian's server package makes and starts a cluster of its own on port 5432; for this once it does not."""
    if list(SERVERS.glob("*/bin/initdb")):
        yield
        return
    _apt("install", "--no-install-recommends", "postgresql-common")
    before = CREATE_CLUSTER.read_text()
    _write_as_root(CREATE_CLUSTER, before + "\ncreate_main_cluster = false\n")
    try:
        yield
    finally:
        _write_as_root(CREATE_CLUSTER, before)


def _write_as_root(path: Path, text: str) -> None:
    with tempfile.NamedTemporaryFile("w") as draft:
        draft.write(text)
        draft.flush()
        run([*(privilege() or []), "cp", draft.name, path])


def _apt(command: str, *arguments: str) -> None:
    """One apt-get command; the lock of the package lists has no waiting of its own, hence the attempts."""
    words = [*(privilege() or []), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-q", *PATIENCE]
    for attempt in range(ATTEMPTS):
        done = run([*words, command, *arguments], check=False)
        if done.returncode == 0:
            return
        if attempt < ATTEMPTS - 1:
            time.sleep(5 * (attempt + 1))
    raise Failure(f"apt-get {command} failed {ATTEMPTS} times. Its last words:\n{done.stdout.strip()[-2000:]}")


# -- without root


def unpack(packages: list[str], *, postgis: bool = False) -> None:
    """Download packages with what they need and this machine lacks, and unpack them under var/packages.

    postgis: PostGIS with a PostgreSQL of its own, even where one is installed: only together do they start.
    """
    options = _private_lists()
    run(["apt-get", *options, *PATIENCE, "-q", "update"])
    wanted = [*packages, *([postgis_package(options)] if postgis else [])]
    simulated = run(["apt-get", *options, "-s", "-q", "--no-install-recommends", "install", *wanted]).stdout
    names = re.findall(r"^Inst (\S+)", simulated, re.MULTILINE)
    archives = ROOT / "var" / "apt" / "archives"
    archives.mkdir(parents=True, exist_ok=True)
    for archive in archives.glob("*.deb"):
        archive.unlink()
    run(["apt-get", *options, *PATIENCE, "-q", "download", *names], cwd=archives)
    UNPACKED.mkdir(parents=True, exist_ok=True)
    for archive in sorted(archives.glob("*.deb")):
        run(["dpkg-deb", "-x", archive, UNPACKED])
        archive.unlink()
    _finish_unpacked()


def unpack_program(package: str, path: str) -> bool:
    """One program of a package into var/packages/bin, without what the package needs; False where it does not come.

    A program that does not start here is taken away again.
    """
    target = UNPACKED / "bin" / Path(path).name
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if run(["apt-get", "-q", *IMPATIENCE, "download", package], cwd=place, check=False).returncode:
            options = (*_private_lists(), *IMPATIENCE)
            run(["apt-get", *options, "-q", "update"], check=False)
            run(["apt-get", *options, "-q", "download", package], cwd=place, check=False)
        for archive in place.glob("*.deb"):
            run(["dpkg-deb", "-x", archive, place / "all"], check=False)
        if not (place / "all" / path).exists():
            return False
        shutil.copy2(place / "all" / path, target)
    if not any(run([target, word], check=False).returncode == 0 for word in ("--version", "-v")):
        target.unlink()
        return False
    return True


def _private_lists() -> tuple[str, ...]:
    """Options that keep apt's lists and caches in var/: the system's may be empty, and only root may fill them."""
    base = ROOT / "var" / "apt"
    for folder in ("lists/partial", "cache/archives/partial"):
        (base / folder).mkdir(parents=True, exist_ok=True)
    installed = Path("/var/lib/dpkg/status").read_text(errors="replace").split("\n\n")
    status = base / "status"
    status.write_text("\n\n".join(each for each in installed if not each.startswith("Package: postgresql")))
    settings = {"Dir::State::Lists": base / "lists", "Dir::Cache": base / "cache", "Dir::State::status": status}
    return tuple(word for name, value in settings.items() for word in ("-o", f"{name}={value}"))


def _finish_unpacked() -> None:
    """What the packages' own scripts would have done: links made by update-alternatives, and where libraries are."""
    for control in UNPACKED.glob("usr/share/postgresql/*/extension/postgis-3.control"):
        link = control.with_name("postgis.control")
        if not link.exists():
            link.symlink_to(control.name)
    found = [library for folder in ("usr/lib", "lib") for library in (UNPACKED / folder).rglob("*.so*")]
    libraries = sorted({str(library.parent) for library in found})
    (UNPACKED / "library-path").write_text(":".join(libraries))
    (UNPACKED / "fonts.conf").write_text(FONTS.format(UNPACKED))
    (UNPACKED / "bin").mkdir(exist_ok=True)
    for place in ("usr/bin/msgfmt", "usr/lib/chromium/chromium-headless-shell"):
        if (UNPACKED / place).exists():
            _wrap(UNPACKED / place)


def _wrap(program: Path) -> None:
    """A script in var/packages/bin that starts the program with its own libraries and fonts."""
    libraries = f'LD_LIBRARY_PATH="$(cat "{UNPACKED}/library-path")"'
    script = UNPACKED / "bin" / program.name
    script.write_text(f'#!/bin/sh\n{libraries} FONTCONFIG_FILE="{UNPACKED}/fonts.conf" exec "{program}" "$@"\n')
    script.chmod(0o755)
