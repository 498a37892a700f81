"""Who gets a listing at all, and which country its rows for members of a country are for."""

from __future__ import annotations

from directory.crossing.content import Content
from directory.crossing.records import SEEN_BY, TIERS, Tier, visibilities


def seen_by(content: Content) -> set[Tier]:
    """Who gets the listing at all, whatever its state."""
    return set(TIERS).intersection(*(SEEN_BY[visibility] for visibility in visibilities(content)))


def country_key(content: Content) -> str:
    """The country whose members get the row for a country; "" for a service that is for any country."""
    place = content["location"]
    return place["country"] if place else content["listing"]["remote_country"]
