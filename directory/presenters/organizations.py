"""An organisation and its places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from core.countries import country_name
from directory import labels
from directory.listings import AbstractOrganization
from directory.presenters import parts
from directory.presenters.cards import card, place_url
from directory.presenters.contacts import contacts
from directory.records import Audience
from directory.vocabulary import Vocabulary


def organization(row: AbstractOrganization, vocabulary: Vocabulary) -> dict[str, Any]:
    """{slug, name, short_name, description, countries, languages, community_led, website, links, is_member, contacts}."""
    return {
        "slug": row.slug,
        "name": parts.text(row, "name"),
        "short_name": parts.text(row, "short_name"),
        "description": parts.text(row, "description"),
        "description_lang": parts.lang_of(row, "description"),
        "countries": [{"code": code, "name": country_name(code)} for code in row.countries],
        "languages": vocabulary.names("language", row.working_languages),
        "community_led": [labels.label(labels.COMMUNITY_LED, code) for code in row.community_led],
        "website": row.website if _is_web(row.website) else "",
        "links": [link for link in map(_link, row.links) if link],
        "is_member": row.is_member,
        "contacts": contacts(row.contacts, vocabulary, row.countries[0] if row.countries else ""),
    }


def places_of(
    rows: Iterable[Any], vocabulary: Vocabulary, audience: Audience, at: dt.datetime
) -> list[dict[str, Any]]:
    """Places with their cards, in the order of the rows (`queries.listings_of_organization`)."""
    places = []
    for place_id, group in groupby(rows, key=lambda row: row.place_id):
        listings = list(group)
        first = listings[0]
        places.append(
            {
                "id": place_id,
                "url": place_url(place_id, audience),
                "title": parts.text(first, "place") or parts.text(first, "title"),
                "address": parts.place_line(first),
                "city": parts.text(first, "city"),
                "country": first.country,
                "country_name": country_name(first.country),
                "family": first.family,
                "cards": [card(row, vocabulary, audience, at) for row in listings],
            }
        )
    return places


def _is_web(address: Any) -> bool:
    return isinstance(address, str) and urlsplit(address).scheme in ("http", "https")


def _link(link: Any) -> dict[str, str] | None:
    """A link is an address, or {url, label}."""
    given = link if isinstance(link, dict) else {"url": link}
    url = given.get("url")
    if not _is_web(url):
        return None
    return {"url": url, "label": str(given.get("label") or urlsplit(url).hostname or url)}
