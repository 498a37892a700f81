"""The codes that put the map into a page: for hands, for oEmbed, for a printed sheet."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

#: Pixels, in which a frame may be asked for.
NARROWEST, WIDEST = 200, 2000
LOWEST, HIGHEST = 160, 3000
WIDTH, HEIGHT = 800, 600
SIZES = ("wide", "fixed", "grow")


@dataclass(frozen=True)
class Size:
    """`kind`: `wide` takes the width of its column, `fixed` its own, `grow` becomes as tall as its cards."""

    kind: str = SIZES[0]
    width: int = WIDTH
    height: int = HEIGHT


def within(number: int, least: int, most: int) -> int:
    return min(max(number, least), most)


def frame(address: str, title: str, size: Size) -> SafeString:
    """An `<iframe>`: without a style, which policies of careful sites refuse."""
    width = str(size.width) if size.kind == "fixed" else "100%"
    grows = SafeString(" data-service-map") if size.kind == "grow" else ""
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" allow="geolocation" '
        'referrerpolicy="strict-origin-when-cross-origin" frameborder="0"{}></iframe>',
        address, title, width, size.height, grows,
    )  # fmt: skip


def with_script(framed: SafeString, script: str) -> SafeString:
    """The frame with the script that makes it as tall as what is in it."""
    return format_html('{}\n<script src="{}" async></script>', framed, script)


def oembed_of(endpoint: str, address: str) -> str:
    """Where a consumer of oEmbed asks for a page; it holds the page and the format, and nothing else."""
    return f"{endpoint}?url={quote(address, safe='')}&format=json"


def qr(address: str) -> str:
    """A QR code as the address of a picture."""
    return str(segno.make(address, error="m").svg_data_uri(scale=4, border=2, omitsize=False))
