"""What the map says of countries: the line and the notices of those that are chosen, dangers wherever they are.

All of them stand in the page, and what is not asked for is hidden: the map changes its question without the server.
"""

from __future__ import annotations

from typing import TypedDict

from django.urls import reverse

from core.geo.countries import country_name
from directory.asking.filters import Filters
from directory.crossing.records import Audience
from reading.asked import Asked
from reading.presenters import lands
from reading.presenters.lands import BannerTold

_COUNTRY: dict[Audience, str] = {"public": "maps:country", "members": "workspace:country"}
_CORRIDOR: dict[Audience, str] = {"public": "maps:corridor", "members": "workspace:corridor"}
#: Stand for two countries in an address that the browser completes.
_HERE, _THERE = "here", "there"


class BannerShown(BannerTold):
    """`is_hidden`: another kind of service is looked for. `is_elsewhere`: about another region than what is near."""

    is_hidden: bool
    is_elsewhere: bool


class LandShown(TypedDict):
    code: str
    name: str
    url: str
    line: str
    loud: list[BannerShown]
    quiet: list[BannerShown]
    news: int
    is_chosen: bool
    is_shown: bool


class LandsShown(TypedDict):
    """`corridor_url` leads from the first to the second of two chosen countries, "" unless there are two."""

    each: list[LandShown]
    corridor_url: str
    corridor_pattern: str


def lands_shown(asked: Asked, filters: Filters) -> LandsShown:
    chosen = list(filters.country)
    told = lands.lands(asked)
    for code in chosen:
        told.setdefault(code, {"name": country_name(code), "line": "", "banners": []})
    pattern = reverse(_CORRIDOR[asked.audience], args=[_HERE, _THERE])
    return {
        "each": [_shown(asked.audience, code, one, filters) for code, one in sorted(told.items())],
        "corridor_url": _between(asked.audience, chosen),
        "corridor_pattern": pattern,
    }


def _shown(audience: Audience, code: str, one: lands.LandTold, filters: Filters) -> LandShown:
    chosen = list(filters.country)
    banners: list[BannerShown] = [
        {**banner, "is_hidden": _is_hidden(banner, filters), "is_elsewhere": _is_elsewhere(banner, filters)}
        for banner in one["banners"]
    ]
    loud = [banner for banner in banners if banner["level"] == "danger"]
    return {
        "code": code,
        "name": one["name"],
        "url": reverse(_COUNTRY[audience], args=[code.lower()]),
        "line": one["line"],
        "loud": loud,
        "quiet": [banner for banner in banners if banner["level"] == "warning"],
        "news": sum(banner["level"] == "info" for banner in banners),
        "is_chosen": code in chosen,
        "is_shown": code in chosen or (not chosen and not all(banner["is_hidden"] for banner in loud)),
    }


def _is_hidden(banner: BannerTold, filters: Filters) -> bool:
    """What is about a kind of service is for those who look for it, or for nothing in particular."""
    asked, kinds = set(filters.service), set(banner["types"].split())
    return bool(asked and kinds and not asked & kinds)


def _is_elsewhere(banner: BannerTold, filters: Filters) -> bool:
    near = filters.near
    return bool(banner["region"] and near and near.country == banner["country"] and near.region != banner["region"])


def _between(audience: Audience, chosen: list[str]) -> str:
    if len(chosen) != 2:
        return ""
    return reverse(_CORRIDOR[audience], args=[code.lower() for code in chosen])
