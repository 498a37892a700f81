"""The corridors of a quarter as lines between countries, over our own ground.

Rule: it is drawn from the rows of the table beside it, so a way that the table does not name has no line here, and a
country that no shown way touches has no name. A country is a point of its capital: nothing here is a place of a person.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from core.geo.countries import country_name
from core.phrasing.sentences import one_to_another
from reading.outlines import Line, PictureFrame, Spot, frame, ground, is_on_ground, of_degrees, path
from referrals.desk import Corridor

WIDTH, HEIGHT = 720, 440
#: Letters of a name on a phone, in units of the picture; the widest and the thinnest line.
_LETTER, _HIGH = 15.0, 30.0
_THIN, _THICK = 3.0, 14.0
#: Left, top, right, bottom.
_Box = tuple[float, float, float, float]
#: Degrees of each capital, east and north.
_CAPITALS: dict[str, Spot] = {
    "AD": (1.5, 42.5), "AL": (19.8, 41.3), "AM": (44.5, 40.2), "AT": (16.4, 48.2), "AZ": (49.9, 40.4),
    "BA": (18.4, 43.9), "BE": (4.4, 50.8), "BG": (23.3, 42.7), "BY": (27.6, 53.9), "CH": (7.4, 46.9),
    "CY": (33.4, 35.2), "CZ": (14.4, 50.1), "DE": (13.4, 52.5), "DK": (12.6, 55.7), "EE": (24.8, 59.4),
    "ES": (-3.7, 40.4), "FI": (24.9, 60.2), "FR": (2.4, 48.9), "GB": (-0.1, 51.5), "GE": (44.8, 41.7),
    "GR": (23.7, 38.0), "HR": (16.0, 45.8), "HU": (19.0, 47.5), "IE": (-6.3, 53.3), "IS": (-21.9, 64.1),
    "IT": (12.5, 41.9), "KG": (74.6, 42.9), "KZ": (71.4, 51.2), "LI": (9.5, 47.1), "LT": (25.3, 54.7),
    "LU": (6.1, 49.6), "LV": (24.1, 56.9), "MC": (7.4, 43.7), "MD": (28.9, 47.0), "ME": (19.3, 42.4),
    "MK": (21.4, 42.0), "MT": (14.5, 35.9), "NL": (4.9, 52.4), "NO": (10.8, 59.9), "PL": (21.0, 52.2),
    "PT": (-9.1, 38.7), "RO": (26.1, 44.4), "RS": (20.5, 44.8), "RU": (37.6, 55.8), "SE": (18.1, 59.3),
    "SI": (14.5, 46.1), "SK": (17.1, 48.1), "SM": (12.4, 43.9), "TJ": (68.8, 38.6), "TM": (58.4, 37.9),
    "TR": (32.9, 39.9), "UA": (30.5, 50.5), "UZ": (69.3, 41.3), "VA": (12.5, 41.9), "XK": (21.2, 42.7),
}  # fmt: skip


@dataclass(frozen=True)
class Flow:
    """An arc; every number is written as SVG reads it."""

    shape: str
    head: str
    width: str
    x: str
    y: str
    count: int
    title: str


@dataclass(frozen=True)
class Name:
    """A country: its point, and where its name stands beside it."""

    x: str
    y: str
    text_x: str
    text_y: str
    anchor: str
    text: str


@dataclass(frozen=True)
class Flows:
    """`outside` are ways of which one end lies on no part of the ground: they are in the table alone."""

    land: str
    water: str
    borders: str
    disputed: str
    flows: list[Flow]
    names: list[Name]
    most: int
    least: int
    outside: int


def flows(rows: Sequence[Corridor]) -> Flows | None:
    """None where nothing can be drawn."""
    spots = {code: of_degrees(*at) for code, at in _CAPITALS.items()}
    spots = {code: spot for code, spot in spots.items() if is_on_ground(spot)}
    drawn = [row for row in rows if row.from_country in spots and row.to_country in spots]
    if not drawn:
        return None
    codes = sorted({code for row in drawn for code in (row.from_country, row.to_country)})
    around = frame([spots[code] for code in codes], WIDTH, HEIGHT, margin=170, closest=0.5)
    at = {code: around.at(spots[code]) for code in codes}
    counts = [row.total or 0 for row in drawn]
    lines: list[Flow] = []
    for row in drawn:
        lines.append(_flow(row, at, max(counts), [_badge(float(line.x), float(line.y)) for line in lines]))
    taken = [_badge(float(line.x), float(line.y)) for line in lines]
    land, water, borders, disputed = _ground(around)
    return Flows(
        land, water, borders, disputed, lines, _names(at, taken), max(counts), min(counts), len(rows) - len(drawn)
    )


def _ground(around: PictureFrame) -> tuple[str, str, str, str]:
    kept = ground()
    land, water = (path(around.placed(kept[name]), is_closed=True, least=2) for name in ("land", "water"))
    borders, disputed = (path(around.placed(kept[name]), is_closed=False) for name in ("borders", "disputed"))
    return land, water, borders, disputed


def _flow(row: Corridor, at: dict[str, Spot], most: int, taken: list[_Box]) -> Flow:
    """It bends to the right of who goes, so that there and back are two lines; within a country it is a loop."""
    (x1, y1), (x2, y2) = at[row.from_country], at[row.to_country]
    width = _THIN + (_THICK - _THIN) * (row.total or 0) / most
    away = math.hypot(x2 - x1, y2 - y1)
    if away < 1:
        bend, end = (x1, y1 - 40.0), (x1 - 8, y1 - 10)
        shape = f"M{x1:.0f} {y1:.0f}C{x1 + 50:.0f} {y1 - 60:.0f} {x1 - 50:.0f} {y1 - 60:.0f} {end[0]:.0f} {end[1]:.0f}"
        middle = (x1, y1 - 46)
    else:
        side = ((y1 - y2) / away, (x2 - x1) / away)
        bulge = 0.2 * away + 12
        bend = ((x1 + x2) / 2 + side[0] * bulge, (y1 + y2) / 2 + side[1] * bulge)
        end = _short((x2, y2), bend, width + 8)
        shape = f"M{x1:.0f} {y1:.0f}Q{bend[0]:.0f} {bend[1]:.0f} {end[0]:.0f} {end[1]:.0f}"
        on_it = [_along((x1, y1), bend, (x2, y2), part) for part in (0.5, 0.32, 0.68)]
        middle = min(on_it, key=lambda spot: sum(_covered(_badge(*spot), other) for other in taken))
    return Flow(
        shape=shape,
        head=_head(end, bend, width),
        width=f"{width:.1f}",
        x=f"{middle[0]:.0f}",
        y=f"{middle[1]:.0f}",
        count=row.total or 0,
        title=f"{one_to_another(country_name(row.from_country), country_name(row.to_country))}: {row.total}",
    )


def _along(start: Spot, bend: Spot, end: Spot, part: float) -> Spot:
    """Where on the curve so large a part of it lies behind."""
    rest = 1 - part
    x, y = (rest * rest * start[i] + 2 * rest * part * bend[i] + part * part * end[i] for i in (0, 1))
    return x, y


def _short(end: Spot, before: Spot, by: float) -> Spot:
    """So far from the end, towards where the line comes from."""
    away = math.hypot(end[0] - before[0], end[1] - before[1]) or 1
    part = min(by / away, 0.5)
    return end[0] + (before[0] - end[0]) * part, end[1] + (before[1] - end[1]) * part


def _head(end: Spot, before: Spot, width: float) -> str:
    """The point of the arrow, a little wider than its line."""
    angle = math.atan2(end[1] - before[1], end[0] - before[0])
    half = width / 2 + 4
    tip = (end[0] + math.cos(angle) * (width / 2 + 7), end[1] + math.sin(angle) * (width / 2 + 7))
    across = (-math.sin(angle) * half, math.cos(angle) * half)
    corners: Line = [tip, (end[0] + across[0], end[1] + across[1]), (end[0] - across[0], end[1] - across[1])]
    return f"M{' '.join(f'{x:.1f} {y:.1f}' for x, y in corners)}Z"


# --- names --------------------------------------------------------------------------------------------------------


def _badge(x: float, y: float) -> _Box:
    return x - 24, y - 16, x + 24, y + 16


def _names(at: dict[str, Spot], taken: list[_Box]) -> list[Name]:
    """Each name where it covers least: beside its point, under or over it. Sizes are those of a phone, the largest."""
    found = []
    taken = [*taken, *((x - 8, y - 8, x + 8, y + 8) for x, y in at.values())]
    for code, (x, y) in at.items():
        text = country_name(code)
        ways = [_beside(x, y, len(text) * _LETTER, way) for way in ("start", "end", "under", "over")]
        name = min(ways, key=lambda way: sum(_covered(way[2], other) for other in [*taken, *_edges()]))
        taken.append(name[2])
        found.append(
            Name(f"{x:.0f}", f"{y:.0f}", f"{name[0][0]:.0f}", f"{name[0][1]:.0f}", name[1], text)
        )  # fmt: skip
    return found


def _beside(x: float, y: float, long: float, way: str) -> tuple[Spot, str, _Box]:
    if way == "start":
        return (x + 13, y + 8), "start", (x + 13, y - _HIGH / 2, x + 13 + long, y + _HIGH / 2)
    if way == "end":
        return (x - 13, y + 8), "end", (x - 13 - long, y - _HIGH / 2, x - 13, y + _HIGH / 2)
    line = y + 34 if way == "under" else y - 16
    return (x, line), "middle", (x - long / 2, line - _HIGH + 6, x + long / 2, line + 6)


def _edges() -> list[_Box]:
    """What lies outside of the picture is taken."""
    far = 1000.0
    return [
        (-far, -far, 0, far * 2),
        (WIDTH, -far, far * 2, far * 2),
        (-far, -far, far * 2, 0),
        (-far, HEIGHT, far * 2, far * 2),
    ]


def _covered(one: _Box, other: _Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0
