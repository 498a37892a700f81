"""Which listings a country's notice means, where it is about one region or one kind of service."""

from __future__ import annotations

from core.geo import gazetteer
from directory.crossing.content import Content, LocationPart, NoticeOver


def is_meant(notice: NoticeOver, content: Content, *, knows: bool) -> bool:
    """`knows`: whether the audience knows the settlement. Where it does not, a region would tell where the place is."""
    if notice["types"] and not set(notice["types"]) & set(content["service"]["types"]):
        return False
    if not notice["region"]:
        return True
    location = content["location"]
    return location is not None and knows and _region(location) == notice["region"]


def _region(location: LocationPart) -> str:
    """By its settlement; one that no list knows lies in the region of the nearest town."""
    lon, lat = location["settlement_point"] or location["point"] or (0.0, 0.0)
    return gazetteer.region_at(lat, lon, location["place_code"])
