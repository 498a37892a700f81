"""Which PostgreSQL programs with PostGIS this machine has."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from tools.local.paths import ROOT

UNPACKED = ROOT / "var" / "packages"
# Never the ``initdb`` of PATH first: Debian keeps several versions side by side, outside it.
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    f"{UNPACKED}/usr/lib/postgresql/*/bin",
)


@dataclass(frozen=True)
class Binaries:
    """The programs of one major version."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        return str(self.folder / name)

    @property
    def unpacked(self) -> bool:
        return self.folder.is_relative_to(UNPACKED)

    @property
    def env(self) -> dict[str, str]:
        """What packages that were unpacked, not installed, need to find their libraries."""
        if not self.unpacked:
            return {}
        libraries = (UNPACKED / "library-path").read_text()
        return {"LD_LIBRARY_PATH": libraries, "PROJ_DATA": str(UNPACKED / "usr/share/proj")}


def find_binaries(major: int | None = None, places: tuple[str, ...] = PLACES) -> Binaries | None:
    """The newest version that has PostGIS (or that very ``major``), or None."""
    found = [
        Binaries(folder, version)
        for folder in _folders(places)
        if (version := _major(folder)) and (folder / "initdb").exists() and _has_postgis(folder, version)
    ]
    fitting = [each for each in found if major in (None, each.major)]
    return max(fitting, key=lambda each: (not each.unpacked, each.major), default=None)


def _folders(places: tuple[str, ...]) -> list[Path]:
    folders = [folder for pattern in places for folder in Path("/").glob(pattern.lstrip("/"))]
    on_path = shutil.which("initdb")
    if on_path and places == PLACES:
        folders.append(Path(on_path).resolve().parent)
    return list(dict.fromkeys(folders))


def _major(folder: Path) -> int | None:
    """15 of /usr/lib/postgresql/15/bin, /usr/pgsql-15/bin or /…/postgresql@15/bin (links are followed)."""
    for name in (folder.parent.name, folder.resolve().parent.name):
        digits = name.rpartition("@")[2].rpartition("-")[2].partition(".")[0]
        if digits.isdigit():
            return int(digits)
    return None


def _has_postgis(folder: Path, major: int) -> bool:
    base = folder.parent
    shares = (
        base / "share" / "extension",
        base / "share" / "postgresql" / "extension",
        base / "share" / f"postgresql@{major}" / "extension",
        base.parent.parent.parent / "share" / "postgresql" / str(major) / "extension",
        base.parent.parent / "share" / f"postgresql@{major}" / "extension",
    )
    return any((share / "postgis.control").exists() for share in shares)
