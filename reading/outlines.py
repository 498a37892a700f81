"""Our own ground of pictures: land, water and borders in the Mercator world, and the frame that holds what is shown.

Borders are those of the map, dashed where they are a matter of dispute. No tile of anybody else is asked for.
"""

from __future__ import annotations

import gzip
import json
import math
from dataclasses import dataclass
from functools import cache

from django.conf import settings

#: The world in which the ground is kept (fixtures/build/build_press_ground.py), and the part of it that is there.
WORLD = 16384
WINDOW = (6827.0, 4096.0, 13653.0, 7735.0)
Spot = tuple[float, float]
Line = list[Spot]


@dataclass(frozen=True)
class PictureFrame:
    """A picture of `width` × `height` over the world: its corner there and its scale."""

    left: float
    top: float
    scale: float
    width: float
    height: float

    def at(self, spot: Spot) -> Spot:
        return (spot[0] - self.left) * self.scale, (spot[1] - self.top) * self.scale

    def placed(self, lines: list[Line]) -> list[Line]:
        """Those that touch the picture, in its pixels."""
        moved = ([self.at(spot) for spot in line] for line in lines)
        return [line for line in moved if self._touches(line)]

    def holds(self, spot: Spot) -> bool:
        return 0 < spot[0] < self.width and 0 < spot[1] < self.height

    def _touches(self, line: Line) -> bool:
        xs, ys = [x for x, _y in line], [y for _x, y in line]
        return max(xs) > 0 and min(xs) < self.width and max(ys) > 0 and min(ys) < self.height


@cache
def ground() -> dict[str, list[Line]]:
    """Lines by `land`, `water`, `borders`, `disputed`."""
    with gzip.open(settings.BASE_DIR / "fixtures" / "outlines" / "press.json.gz", "rt", encoding="utf-8") as file:
        found: dict[str, list[Line]] = json.load(file)
    return found


def of_degrees(lon: float, lat: float) -> Spot:
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return (lon + 180) / 360 * WORLD, y * WORLD


def is_on_ground(spot: Spot) -> bool:
    return WINDOW[0] < spot[0] < WINDOW[2] and WINDOW[1] < spot[1] < WINDOW[3]


def frame(spots: Line, width: float, height: float, *, margin: float = 260, closest: float = 1.2) -> PictureFrame:
    """The frame in which the spots fill the picture, within the ground that there is."""
    west, north, east, south = WINDOW
    inside = [spot for spot in spots if is_on_ground(spot)]
    if inside:
        xs, ys = [x for x, _y in inside], [y for _x, y in inside]
        west, east, north, south = min(xs) - margin, max(xs) + margin, min(ys) - margin, max(ys) + margin
    scale = min(width / (east - west), height / (south - north), closest)
    scale = max(scale, width / (WINDOW[2] - WINDOW[0]), height / (WINDOW[3] - WINDOW[1]))
    left = (west + east) / 2 - width / scale / 2
    top = (north + south) / 2 - height / scale / 2
    left = min(max(left, WINDOW[0]), WINDOW[2] - width / scale)
    return PictureFrame(left, min(max(top, WINDOW[1]), WINDOW[3] - height / scale), scale, width, height)


def path(lines: list[Line], *, is_closed: bool, least: float = 0) -> str:
    """The `d` of a path in whole pixels; rings under `least` and points that say nothing go."""
    drawn = []
    for line in lines:
        if max(x for x, _y in line) - min(x for x, _y in line) < least:
            continue
        spots = [f"{x:.0f} {y:.0f}" for x, y in line]
        kept = [spot for spot, before in zip(spots, ["", *spots], strict=False) if spot != before]
        drawn.append(f"M{' '.join(kept)}{'Z' if is_closed else ''}")
    return "".join(drawn)
