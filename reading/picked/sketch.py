"""Where the services of a selection are, as a small drawing in black and white: numbers, a scale, north above.

Rule: only places whose door the reader may know stand in it; what is shown as a district or a town is in no drawing. It
is drawn here: outlines of land where the places lie far from each other, and nothing but their positions in a town.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from core.phrasing.numbers import in_figures
from reading.outlines import WORLD, PictureFrame, Spot, ground, of_degrees, path

WIDTH, HEIGHT, MARGIN = 640, 210, 40
#: Units of the ground: a picture is never nearer than this, and from so much on its outlines say something.
_LEAST, _FAR = 0.6, 16.0
#: Pixels within which two places are one dot, and the longest scale.
_TOGETHER, _LONGEST_SCALE = 26, 150
_EARTH_KM = 40_075.0


@dataclass
class SketchMark:
    """Numbers of services at one spot of the picture."""

    x: float
    y: float
    numbers: list[int]


def sketch(places: Iterable[tuple[int, float, float]]) -> str:
    """SVG for services (number, lon, lat); "" where none has a door that may be known, and where all are at one spot of
    a picture without outlines, which would tell nothing."""
    spots = [(number, of_degrees(lon, lat), lat) for number, lon, lat in places]
    if not spots:
        return ""
    around = _frame([spot for _number, spot, _lat in spots])
    marks = _marks([(number, around.at(spot)) for number, spot, _lat in spots])
    if len(marks) == 1 and not _outlines(around):
        return ""
    lat = sum(lat for _number, _spot, lat in spots) / len(spots)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="Golos Text">'
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{HEIGHT - 1}" fill="#ffffff" stroke="#6e6e6e"/>'
        f"{_outlines(around)}{''.join(map(_dot, marks))}{_scale(around, lat)}{_north()}</svg>"
    )


def _frame(spots: list[Spot]) -> PictureFrame:
    xs, ys = [x for x, _y in spots], [y for _x, y in spots]
    wide, high = max(max(xs) - min(xs), _LEAST), max(max(ys) - min(ys), _LEAST)
    scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
    left = (min(xs) + max(xs)) / 2 - WIDTH / scale / 2
    top = (min(ys) + max(ys)) / 2 - HEIGHT / scale / 2
    return PictureFrame(left, top, scale, WIDTH, HEIGHT)


def _marks(spots: list[tuple[int, Spot]]) -> list[SketchMark]:
    found: list[SketchMark] = []
    for number, (x, y) in spots:
        near = next((one for one in found if math.hypot(one.x - x, one.y - y) < _TOGETHER), None)
        if near is None:
            found.append(SketchMark(x, y, [number]))
        else:
            near.numbers.append(number)
    return found


def _outlines(around: PictureFrame) -> str:
    if WIDTH / around.scale < _FAR:
        return ""
    lines = "".join(
        f'<path d="{path(around.placed(ground()[name]), is_closed=False)}" fill="none" stroke="{tone}"{more}/>'
        for name, tone, more in (
            ("land", "#6e6e6e", ""),
            ("borders", "#9a9a9a", ""),
            ("disputed", "#9a9a9a", ' stroke-dasharray="5 5"'),
        )
    )
    clip = f'<clipPath id="all"><rect width="{WIDTH}" height="{HEIGHT}"/></clipPath>'
    return f'{clip}<g clip-path="url(#all)">{lines}</g>'


def _dot(mark: SketchMark) -> str:
    """Numbers in a pill that grows with them."""
    said = ", ".join(map(str, mark.numbers))
    half = max(13.0, 5.0 + 4.2 * len(said))
    return (
        f'<rect x="{mark.x - half:.1f}" y="{mark.y - 13:.1f}" width="{2 * half:.1f}" height="26" rx="13"'
        f' fill="#16211f" stroke="#ffffff" stroke-width="2"/><text x="{mark.x:.1f}" y="{mark.y + 5:.1f}" fill="#ffffff"'
        f' font-size="14" font-weight="700" text-anchor="middle">{said}</text>'
    )


def _scale(around: PictureFrame, lat: float) -> str:
    """A line of a round length."""
    of_one = _EARTH_KM / WORLD * math.cos(math.radians(lat)) / around.scale
    most = _LONGEST_SCALE * of_one
    power = 10 ** math.floor(math.log10(most))
    km = next(step * power for step in (5, 2, 1) if step * power <= most)
    x, y = 16.0, HEIGHT - 16.0
    said = _("%(n)s km") % {"n": in_figures(km)} if km >= 1 else _("%(n)s m") % {"n": in_figures(round(km * 1000))}
    return (
        f'<path d="M{x} {y - 5}V{y}H{x + km / of_one:.1f}V{y - 5}" fill="none" stroke="#16211f" stroke-width="1.5"/>'
        f'<text x="{x + 4}" y="{y - 6}" font-size="13" fill="#16211f">{escape(said)}</text>'
    )


def _north() -> str:
    x = WIDTH - 22
    return f'<path d="M{x} 14L{x + 7} 34L{x} 29L{x - 7} 34Z" fill="#16211f"/>'
