"""The picture that a messenger shows beside a link: the map in small, drawn here, with no tile of anybody else.

Rule: only places whose door is public stand in it. What is shown as a district, a town or a country only is in no
picture, nor is anything that members alone may read. The map's pictures are made once for each revision; those of
places are kept as every answer of the public is, no longer than there is room (`kept.store`).
"""

from __future__ import annotations

from collections import Counter

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from core.geo.countries import country_name
from directory.asking import queries
from reading import kept
from reading.asked import Asked
from reading.outlines import Spot, of_degrees
from reading.presenters.parts import text
from reading.press import as_png, picture_of
from reading.shapes import PlaceTold

#: What messengers and networks ask for.
WIDTH, HEIGHT = 1200, 630
#: Services are one dot within such a part of what is shown, and within so many units of the ground (a
#: sixteen-thousandth of the world) in any case.
_PART, _TOGETHER = 18, 24
#: The letters that the picture can write.
_WRITTEN = (("\u0000", "\u024f"), ("\u0400", "\u052f"), ("\u2010", "\u203a"))


def map_png(asked: Asked, country: str = "") -> bytes:
    """Of the country; of the whole map where the public has nothing there."""
    shown = country if country in kept.by_country(asked) else ""
    return kept.once(asked, ("share", asked.language, shown), lambda: _map(asked, shown))


def place_png(asked: Asked, place: PlaceTold) -> bytes:
    """Of a place whose door is public; of any other one the picture of the map."""
    if place["precision"] != "exact" or place["lat"] is None or place["lon"] is None:
        return map_png(asked)
    return _place(asked, place)


def organization_png(asked: Asked, slug: str) -> bytes:
    """Of an organisation with a public door; of any other one the picture of the map."""
    profile = queries.organization("public", slug, asked.at)
    spots = _spots(asked, organization_slug=slug) if profile else []
    if profile is None or not spots:
        return map_png(asked)
    number = sum(count for _spot, count in spots)
    services = ngettext("%(n)d service", "%(n)d services", number) % {"n": number}
    return _drawn(spots, asked.language, name=text(profile, "name"), under=services)


def _map(asked: Asked, country: str) -> bytes:
    spots = _spots(asked, country=country) if country else _spots(asked)
    return _drawn(spots, asked.language, country=country, number=sum(count for _spot, count in spots))


def _spots(asked: Asked, **of: str) -> list[tuple[Spot, int]]:
    """Public doors, those that are close together as one, with their services."""
    rows = queries.current_listings("public", asked.at).filter(precision="exact", point__isnull=False, **of)
    doors = [of_degrees(point.x, point.y) for point in rows.order_by().values_list("point", flat=True) if point]
    wide = max((x for x, _y in doors), default=0) - min((x for x, _y in doors), default=0)
    each = max(wide / _PART, _TOGETHER)
    found = Counter((round(x / each), round(y / each)) for x, y in doors)
    return [((x * each, y * each), count) for (x, y), count in sorted(found.items())]


def _place(asked: Asked, place: PlaceTold) -> bytes:
    spots = [(of_degrees(float(place["lon"] or 0), float(place["lat"] or 0)), len(place["listings"]))]
    return _drawn(spots, asked.language, name=place["title"], under=", ".join(filter(None, (place["city"],))))


def _drawn(
    spots: list[tuple[Spot, int]], language: str, *, country: str = "", number: int = 0, name: str = "", under: str = ""
) -> bytes:
    """In the language of the page, where its letters can be written, else in English."""
    for code in (language, "en"):
        with override(code):
            services = ngettext("%(n)d service", "%(n)d services", number) % {"n": number}
            whole = f"{country_name(country)}. {services}" if country else f"{_('Service map')}. {services}"
            title = name if name and _can_write(name) else _("Service map") if name else whole
            foot = ". ".join(part for part in (under, str(settings.NETWORK_NAME), _("Outlines: Natural Earth")) if part)
        if _can_write(title + foot):
            break
    return as_png(picture_of(spots, title, foot, WIDTH, HEIGHT))


def _can_write(words: str) -> bool:
    return all(any(first <= letter <= last for first, last in _WRITTEN) for letter in words)
