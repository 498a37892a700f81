import math
from pathlib import Path

import pytest
from django.contrib.gis.gdal import gdal_version
from django.contrib.gis.geos import Point, geos_version

from servicemap.native_libs import (
    GDAL_PLACES,
    GEOS_PLACES,
    find_library,
    gdal_library_path,
    geos_library_path,
)

LAYOUTS = {
    "linux": ("pyogrio.libs/libgdal-253d08a6.so.38.3.12.4", "shapely.libs/libgeos_c-ac38a227.so.1.20.5"),
    "macos": ("pyogrio/.dylibs/libgdal.38.3.12.4.dylib", "shapely/.dylibs/libgeos_c.1.20.5.dylib"),
    "windows": ("pyogrio.libs/gdal-0f4ba1f1.dll", "shapely.libs/geos_c-8a1f.dll"),
    "windows, GEOS from pyogrio": ("pyogrio.libs/gdal.dll", "pyogrio.libs/geos_c.dll"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_both_libraries_are_found_in_every_wheel_layout(tmp_path: Path, layout: str) -> None:
    for name in LAYOUTS[layout]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    gdal, geos = LAYOUTS[layout]

    assert find_library(GDAL_PLACES, [tmp_path]) == str(tmp_path / gdal)
    assert find_library(GEOS_PLACES, [tmp_path]) == str(tmp_path / geos)


def test_libgeos_without_the_c_interface_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "shapely.libs").mkdir()
    (tmp_path / "shapely.libs" / "libgeos-d1e818bb.so.3.14.1").touch()

    assert find_library(GEOS_PLACES, [tmp_path]) is None


def test_without_wheels_the_system_is_asked(tmp_path: Path) -> None:
    assert find_library(GDAL_PLACES, [tmp_path]) is None


def test_the_installed_wheels_carry_both() -> None:
    assert gdal_library_path() is not None
    assert geos_library_path() is not None


def test_django_runs_on_the_wheels_libraries() -> None:
    """GDAL before 3.9 cannot be kept from reading files named in a hostile spatial reference."""
    assert version(gdal_version()) >= (3, 9)
    assert version(geos_version()) >= (3, 12)


def version(text: bytes) -> tuple[int, int]:
    major, minor = text.decode().split(".")[:2]
    return int(major), int(minor)


def test_projections_work_without_any_data_folder() -> None:
    """Web Mercator by its formula: x = R·λ, y = R·ln tan(π/4 + φ/2)."""
    longitude, latitude, radius = 44.79, 41.72, 6_378_137
    tbilisi = Point(longitude, latitude, srid=4326)

    tbilisi.transform(3857)

    assert tbilisi.x == pytest.approx(radius * math.radians(longitude), abs=0.01)
    assert tbilisi.y == pytest.approx(radius * math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)), abs=0.01)
