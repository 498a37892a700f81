"""The world as a grid of squares in squares, and the order in which rows lie on it.

Rule: a row's key interleaves the bits of its square (Z-order), so the rows of any tile of any zoom lie in one piece.
The squares are those of the web's maps; what SQL calls a cell at a zoom is a tile two zooms deeper.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
#: The Mercator projection ends here.
EDGE = 85.05112878
#: Squares of the deepest grid: 2^24 from west to east, a cell of zoom 22.
DEPTH = 24
#: A tile of 64 pixels at a zoom is one of a deeper grid.
_CELL_DEPTH = 2
_MOST_TILES = 64


class Edges(NamedTuple):
    """A box whose edges themselves lie outside."""

    west: float
    south: float
    east: float
    north: float

    def hold(self, lon: Floats, lat: Floats) -> npt.NDArray[np.bool_]:
        return (lon > self.west) & (lon < self.east) & (lat > self.south) & (lat < self.north)


def edges(west: float, south: float, east: float, north: float) -> Edges:
    """As PostGIS compares boxes (`&&`): edges and points are rounded outwards to single precision first."""
    return Edges(_outside(west, -1), _outside(south, -1), _outside(east, 1), _outside(north, 1))


def _outside(value: float, way: int) -> float:
    """The first number of single precision beyond a value that was rounded that way."""
    single, far = np.float32(value), np.float32(way * np.inf)
    if (float(single) - value) * way < 0:
        single = np.nextafter(single, far)
    return float(np.nextafter(single, far))


def squares(lon: Floats, lat: Floats) -> tuple[Ints, Ints]:
    """The square of each point, from the north-west."""
    kept = np.clip(lat, -EDGE, EDGE)
    across = (lon + 180) / 360 * 2**DEPTH
    down = (1 - np.arcsinh(np.tan(np.radians(kept))) / np.pi) / 2 * 2**DEPTH
    return np.floor(across).astype(np.int64), np.floor(down).astype(np.int64)


def keys(across: Ints, down: Ints) -> Ints:
    """The place of squares in the order of rows."""
    return _spread(across) | (_spread(down) << 1)


def cell_shift(zoom: int) -> int:
    """By how many bits a square is more than a cell of that zoom."""
    return max(0, DEPTH - _CELL_DEPTH - zoom)


def ranges(box: Edges) -> list[tuple[int, int]]:
    """Pieces of the order, from and until which key, that hold everything in the box, and little else."""
    lon, lat = np.clip([box.west, box.east], -180, 180), np.clip([box.north, box.south], -90, 90)
    across, down = squares(lon, lat)
    shift = 0
    while ((across[1] >> shift) - (across[0] >> shift) + 1) * (
        (down[1] >> shift) - (down[0] >> shift) + 1
    ) > _MOST_TILES:
        shift += 1
    x, y = (np.arange(a >> shift, (b >> shift) + 1) for a, b in (across, down))
    tiles = np.sort(keys(*(part.ravel() for part in np.meshgrid(x, y))))
    found: list[tuple[int, int]] = []
    for tile in tiles.tolist():
        start, end = tile << (2 * shift), (tile + 1) << (2 * shift)
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _spread(numbers: Ints) -> Ints:
    """A zero after each bit."""
    value = numbers.astype(np.int64)
    for shift, mask in ((16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F),
                        (2, 0x3333333333333333), (1, 0x5555555555555555)):  # fmt: skip
        value = (value | (value << shift)) & mask
    return value


def on_the_sphere(lon: Floats, lat: Floats) -> Floats:
    """Points of a ball whose radius is one."""
    east, north = np.radians(lon), np.radians(lat)
    return np.stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=-1)
