"""Maps in which somebody may open a place to find the way there: plain links, each to one address of another company.

Rule: of exact places alone, and with nothing but the coordinates: a name says "shelter", an address tells more than a
point. Nothing is fetched from anybody before it is pressed. An administrator takes a company's map away, everywhere or
for places of some countries (services.OtherMap); the app on the phone and OpenStreetMap stay.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django.utils.translation import gettext as _

from directory.shown.rows import ListingRow
from directory.vocabulary import Vocabulary
from reading.shapes import WayTold

SCHEME = "map"
#: Where 2GIS has cities, and with Yandex is what people have on the phone; its own site in some of them.
_OF_THE_REGION = frozenset({"AM", "AZ", "BY", "GE", "KG", "KZ", "RU", "TJ", "UZ"})
_TWO_GIS = {"AM": "2gis.am", "BY": "2gis.by", "GE": "2gis.ge", "KZ": "2gis.kz"}
_FIRST_THERE = ("two_gis", "yandex", "google", "apple")
_FIRST_ELSEWHERE = ("google", "apple", "yandex")
_Address = Callable[[str, str, str], str]

#: code → (latitude, longitude, country) → address; Yandex and 2GIS take the longitude first.
_ADDRESSES: dict[str, _Address] = {
    "google": lambda lat, lon, _in: f"https://www.google.com/maps/search/?api=1&query={quote(f'{lat},{lon}')}",
    "apple": lambda lat, lon, _in: f"https://maps.apple.com/?ll={quote(f'{lat},{lon}')}&q={quote(f'{lat},{lon}')}",
    "yandex": lambda lat, lon, _in: f"https://yandex.ru/maps/?pt={quote(f'{lon},{lat}')}&z=17&l=map",
    "two_gis": lambda lat, lon, at: (
        f"https://{_TWO_GIS.get(at, '2gis.ru')}/geo/{lon},{lat}?m={quote(f'{lon},{lat}/17')}"
    ),
}


def is_exact(row: ListingRow) -> bool:
    return row.precision == "exact" and row.lat is not None and row.lon is not None


def coordinates(row: ListingRow) -> str:
    """“41.72916, 44.77878”, as every map takes it; "" where the door is not public."""
    return f"{row.lat:.5f}, {row.lon:.5f}" if is_exact(row) else ""


def ways(row: ListingRow, vocabulary: Vocabulary) -> list[WayTold]:
    """The likeliest first; none for a place whose door is not public."""
    if not is_exact(row):
        return []
    lat, lon = f"{row.lat:.6f}", f"{row.lon:.6f}"
    known = vocabulary.scheme(SCHEME)
    order = _FIRST_THERE if row.country in _OF_THE_REGION else _FIRST_ELSEWHERE
    offered = [known[code] for code in order if code in known and not _is_off(vocabulary, code, row.country)]
    links = [WayTold(name=term.name(), url=_ADDRESSES[term.code](lat, lon, row.country)) for term in offered]
    return [
        *links,
        {"name": "OpenStreetMap", "url": f"https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=18/{lat}/{lon}"},
        {"name": _("Maps app on the phone"), "url": f"geo:{lat},{lon}"},
    ]


def _is_off(vocabulary: Vocabulary, code: str, country: str) -> bool:
    term = vocabulary.scheme(SCHEME)[code]
    return term.is_retired or bool(term.data.get("is_off")) or country in term.data.get("off_in", ())
