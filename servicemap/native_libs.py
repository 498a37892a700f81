"""Find GDAL and GEOS inside the pyogrio and shapely wheels.

Rule: the wheels' copies win (newer than Debian's, and no package to install); where a wheel carries none,
``None`` is returned and Django looks for the system's library itself.
"""

import sysconfig
from pathlib import Path

# (folder inside site-packages, file) as the wheels of Linux, macOS and Windows lay them out.
GDAL_PLACES = (
    ("pyogrio.libs", "libgdal-*.so*"),
    ("pyogrio/.dylibs", "libgdal*.dylib"),
    ("pyogrio.libs", "gdal*.dll"),
)
GEOS_PLACES = (
    ("shapely.libs", "libgeos_c-*.so*"),
    ("shapely/.dylibs", "libgeos_c*.dylib"),
    ("shapely.libs", "geos_c*.dll"),
    ("pyogrio.libs", "geos_c*.dll"),
)


def find_library(places: tuple[tuple[str, str], ...], roots: list[Path]) -> str | None:
    """The first existing file of ``places`` under ``roots``, or None: the system's library is then used."""
    for root in roots:
        for folder, pattern in places:
            found = sorted((root / folder).glob(pattern))
            if found:
                return str(found[0])
    return None


def site_packages() -> list[Path]:
    """Where wheels of this interpreter are unpacked (one or two folders)."""
    paths = sysconfig.get_paths()
    return list(dict.fromkeys(Path(paths[key]) for key in ("platlib", "purelib")))


def gdal_library_path() -> str | None:
    return find_library(GDAL_PLACES, site_packages())


def geos_library_path() -> str | None:
    return find_library(GEOS_PLACES, site_packages())
