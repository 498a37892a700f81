"""A picture of the map for newspapers: what everybody may see today, over a ground of our own. SVG and PNG.

Rule: it is drawn from the public's clusters, so it shows no door more exactly than the map does, and no tile of anybody
else is asked for. Borders are those of the map, dashed where they are a matter of dispute.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, pairwise
from xml.sax.saxutils import escape

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import Image, ImageDraw, ImageFont

from core.geo.ground import file_of
from core.phrasing.dates import day_in_words
from directory.asking.filters import Filters
from directory.asking.mapview import map_view
from reading import kept
from reading.asked import Asked
from reading.outlines import Line, Spot, frame, ground, of_degrees, path

WIDTH, HEIGHT, FOOT = 1600, 1000, 84
_ZOOM = 4
_PNG_SCALE = 2
_WATER, _LAND, _LINE, _INK, _PIN, _PAPER = "#d3e1e4", "#f4f0e6", "#b3a892", "#16211f", "#0c6b62", "#ffffff"


@dataclass(frozen=True)
class Dot:
    """A group of services; `x` and `y` are of the picture."""

    x: float
    y: float
    count: int

    @property
    def radius(self) -> float:
        return 9 + 5.2 * math.log2(1 + self.count)


@dataclass(frozen=True)
class PressPicture:
    """What is drawn, in the pixels of the picture."""

    land: list[Line]
    water: list[Line]
    borders: list[Line]
    disputed: list[Line]
    dots: list[Dot]
    title: str
    foot: str
    width: int = WIDTH
    height: int = HEIGHT


def svg(asked: Asked) -> bytes:
    return kept.once(asked, ("press svg", asked.language), lambda: _as_svg(_picture(asked)).encode())


def png(asked: Asked) -> bytes:
    return kept.once(asked, ("press png", asked.language), lambda: as_png(_picture(asked)))


def _picture(asked: Asked) -> PressPicture:
    families = list(asked.vocabulary.scheme("family"))
    seen = map_view("public", Filters(), _ZOOM, families, asked.language, asked.at)
    spots = [(of_degrees(one["lon"], one["lat"]), one["count"]) for one in (*seen.clusters, *seen.points)]
    number = seen.totals.listings
    services = ngettext("%(n)d service", "%(n)d services", number) % {"n": number}
    name, day, source = _("Service map"), day_in_words(asked.at.date()), _("Outlines: Natural Earth")
    return picture_of(spots, f"{name}. {services}, {day}", f"{settings.NETWORK_NAME}. {source}", WIDTH, HEIGHT)


def picture_of(spots: Sequence[tuple[Spot, int]], title: str, foot: str, width: int, height: int) -> PressPicture:
    """Spots of the world with how many services are at each, over the ground around them."""
    around = frame([spot for spot, _count in spots], width, height - FOOT)
    dots = [Dot(*around.at(spot), count) for spot, count in spots if around.holds(around.at(spot))]
    whole = replace(around, height=height)
    return PressPicture(
        land=whole.placed(ground()["land"]),
        water=whole.placed(ground()["water"]),
        borders=whole.placed(ground()["borders"]),
        disputed=whole.placed(ground()["disputed"]),
        dots=sorted(dots, key=lambda dot: -dot.count),
        title=title,
        foot=foot,
        width=width,
        height=height,
    )


# --- SVG ----------------------------------------------------------------------------------------------------------


def _as_svg(picture: PressPicture) -> str:
    land, water = (path(lines, is_closed=True) for lines in (picture.land, picture.water))
    borders, disputed = (path(lines, is_closed=False) for lines in (picture.borders, picture.disputed))
    dots = "".join(
        f'<circle cx="{dot.x:.0f}" cy="{dot.y:.0f}" r="{dot.radius:.0f}" fill="{_PIN}" stroke="{_PAPER}"'
        f' stroke-width="2"/><text x="{dot.x:.0f}" y="{dot.y + 6:.0f}" fill="{_PAPER}" text-anchor="middle"'
        f' font-weight="600">{dot.count}</text>'
        for dot in picture.dots
    )
    line = f'fill="none" stroke="{_LINE}" stroke-width="1.4"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        ' font-family="Golos Text, Noto Sans, sans-serif" font-size="17">'
        f"<title>{escape(picture.title)}</title>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_WATER}"/><path d="{land}" fill="{_LAND}"/>'
        f'<path d="{water}" fill="{_WATER}"/>'
        f'<path d="{borders}" {line}/><path d="{disputed}" {line} stroke-dasharray="5 5"/>{dots}'
        f'<rect y="{HEIGHT - FOOT}" width="{WIDTH}" height="{FOOT}" fill="{_PAPER}"/>'
        f'<text x="32" y="{HEIGHT - FOOT + 36}" font-size="26" font-weight="600" fill="{_INK}">'
        f"{escape(picture.title)}</text>"
        f'<text x="32" y="{HEIGHT - FOOT + 66}" fill="{_INK}">{escape(picture.foot)}</text></svg>'
    )


# --- PNG ----------------------------------------------------------------------------------------------------------


def as_png(picture: PressPicture) -> bytes:
    """Drawn larger and made smaller, so that edges are smooth."""
    many = _PNG_SCALE
    image = Image.new("RGB", (picture.width * many, picture.height * many), _WATER)
    draw = ImageDraw.Draw(image)

    def grown(line: Line) -> Line:
        return [(x * many, y * many) for x, y in line]

    for line in picture.land:
        draw.polygon(grown(line), fill=_LAND)
    for line in picture.water:
        draw.polygon(grown(line), fill=_WATER)
    for line in picture.borders:
        draw.line(grown(line), fill=_LINE, width=2 * many)
    for line in picture.disputed:
        _dashed(draw, grown(line), 6 * many, 2 * many)
    for dot in picture.dots:
        x, y, r = dot.x * many, dot.y * many, dot.radius * many
        draw.ellipse((x - r, y - r, x + r, y + r), fill=_PIN, outline=_PAPER, width=2 * many)
        draw.text((x, y), str(dot.count), fill=_PAPER, font=_font("latin", 17 * many, 600), anchor="mm")
    draw.rectangle((0, (picture.height - FOOT) * many, picture.width * many, picture.height * many), fill=_PAPER)
    for text, size, weight, y in ((picture.title, 26, 600, 36), (picture.foot, 17, 400, 66)):
        _write(draw, (32 * many, (picture.height - FOOT + y) * many), text, size * many, weight, _INK)
    out = io.BytesIO()
    image.resize((picture.width, picture.height), Image.Resampling.LANCZOS).save(out, "PNG")
    return out.getvalue()


def _dashed(draw: ImageDraw.ImageDraw, line: Line, dash: float, width: int) -> None:
    """Every other stretch of this length along the line."""
    gone = 0.0
    for (x1, y1), (x2, y2) in pairwise(line):
        length = math.hypot(x2 - x1, y2 - y1)
        at = 0.0
        while at < length:
            step = min(dash - gone % dash, length - at)
            if int(gone // dash) % 2 == 0:
                first, second = at / length, (at + step) / length
                ends = [(x1 + (x2 - x1) * part, y1 + (y2 - y1) * part) for part in (first, second)]
                draw.line(ends, fill=_LINE, width=width)
            at, gone = at + step, gone + step + 1e-6


def _write(draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, size: int, weight: int, fill: str) -> None:
    """From left to right around the middle of the line: Golos keeps Cyrillic and Latin in files of their own."""
    x, y = at
    for is_cyrillic, letters in groupby(text, key=lambda letter: "\u0400" <= letter <= "\u04ff"):
        run, font = "".join(letters), _font("cyrillic" if is_cyrillic else "latin", size, weight)
        draw.text((x, y), run, fill=fill, font=font, anchor="ls")
        x += font.getlength(run)


@cache
def _font(script: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    path = file_of(f"fonts/golos-text-{script}.woff2", "")
    font = ImageFont.truetype(str(path), size)
    font.set_variation_by_axes([weight])
    return font
