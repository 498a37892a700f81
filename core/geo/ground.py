"""What maps are drawn on: the world of our own, streets over it where the operator has some, or the operator's tiles.

Every map of the product (readers', the small ones, forms, operators' pages) asks `ground()`, so that none of them
stands on another ground, and none without naming whose it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _

COPYRIGHT = "https://www.openstreetmap.org/copyright"


class Streets(TypedDict):
    """`attribution` is markup."""

    url: str
    attribution: str
    is_sample: bool


class Ground(TypedDict):
    """What static/js/map/basemap.js draws; `words` are for who looks at a part without streets, or at the sample."""

    kind: str
    url: str
    attribution: str
    streets: Streets | None
    words: dict[str, str]


def ground() -> Ground:
    return {
        "kind": settings.BASEMAP["kind"],
        "url": asked_at(settings.BASEMAP["url"]),
        "attribution": settings.BASEMAP["attribution"],
        "streets": _streets(),
        "words": {
            "none": _("There is no map of streets here"),
            "sample": _("Sample streets, out of date"),
        },
    }


def _streets() -> Streets | None:
    url = settings.STREETS["url"]
    if not url or settings.BASEMAP["kind"] == "xyz":
        return None
    return {
        "url": asked_at(url),
        "attribution": format_html(
            '<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>', COPYRIGHT, settings.STREETS["attribution"]
        ),
        "is_sample": url == settings.SAMPLE,
    }


def asked_at(url: str) -> str:
    """Where a browser asks: a name without a slash before it is a file of ours."""
    return url if _is_elsewhere(url) else static(url)


def file_of(url: str, named: str) -> Path | None:
    """The file behind an address as far as this machine can tell: the one that is named, or one of ours."""
    if named:
        return Path(named)
    if _is_elsewhere(url):
        return None
    return Path(str(finders.find(url) or Path(settings.STATIC_ROOT or "") / url))


def _is_elsewhere(url: str) -> bool:
    return url.startswith(("https://", "http://", "/"))
