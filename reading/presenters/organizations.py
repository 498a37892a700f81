"""An organisation and its places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from core.geo.countries import country_name
from core.phrasing.dates import day_in_words
from directory.crossing.records import Audience
from directory.shown import labels
from directory.shown.profiles import Profile
from directory.shown.rows import ListingRow
from directory.vocabulary import Vocabulary
from reading.presenters import parts
from reading.presenters.cards import organization_url, place_url
from reading.presenters.contacts import contacts
from reading.shapes import OrganizationTold, PlaceInList, WebLink


def organization(row: Profile, vocabulary: Vocabulary, audience: Audience) -> OrganizationTold:
    """Texts of the organisation, its countries and languages by name, links and contacts that are safe to follow.

    `checked` says when the profile was confirmed, `note` what a reader should know about that; each may be "".
    """
    return {
        "slug": row.slug,
        "url": organization_url(row.slug, audience),
        "name": parts.text(row, "name"),
        "short_name": parts.text(row, "short_name"),
        "description": parts.text(row, "description"),
        "description_lang": parts.lang_of(row, "description"),
        "countries": [country_name(code) for code in row.countries],
        "working_languages": vocabulary.names("language", row.working_languages),
        "community_led": [labels.label(labels.COMMUNITY_LED, code) for code in row.community_led],
        "website": parts.web_address(row.website),
        "links": [link for link in map(_link, row.links) if link],
        "is_member": row.is_member,
        "contacts": contacts(row.contacts, vocabulary, row.countries[0] if row.countries else ""),
        "is_told": row.is_told,
        "freshness": row.freshness,
        "checked": {"text": _checked(row)},
        "note": _note(row, audience),
    }


def places_of(rows: Iterable[ListingRow], audience: Audience, at: dt.datetime) -> list[PlaceInList]:
    """Places that have an address, in the order of the rows (`queries.listings_of_organization`)."""
    places: list[PlaceInList] = []
    for place_id, group in groupby(rows, key=lambda row: row.place_id):
        listings = list(group)
        first = listings[0]
        if not first.location_type:
            continue
        states = {parts.freshness_of(row, at) for row in listings}
        places.append(
            {
                "id": place_id,
                "url": place_url(place_id, audience),
                "title": parts.text(first, "place") or parts.text(first, "title"),
                "address": parts.place_line(first),
                "city": parts.text(first, "city"),
                "country_name": country_name(first.country),
                "family": first.family,
                "count": len(listings),
                "freshness": parts.of_place(states),
            }
        )
    return places


def _link(link: object) -> WebLink | None:
    """A link is an address, or {url, name}."""
    given = link if isinstance(link, dict) else {"url": link}
    url = parts.web_address(given.get("url"))
    return {"url": url, "name": str(given.get("name") or urlsplit(url).hostname)} if url else None


def _checked(row: Profile) -> str:
    """When the profile was confirmed; nothing beside a bare name."""
    if not row.is_told:
        return ""
    if row.checked_on is None or row.freshness == "unchecked":
        return _("Nobody has confirmed these details yet")
    words = {
        "overdue": _("Not confirmed for a long time, last on %(date)s"),
        "lapsed": _("Not confirmed since %(date)s"),
    }.get(row.freshness, _("Details confirmed on %(date)s"))
    return words % {"date": day_in_words(row.checked_on)}


def _note(row: Profile, audience: Audience) -> str:
    if not row.is_told:
        if row.freshness == "unchecked":
            return _(
                "This organisation has not confirmed its details yet, so only its name is shown. Its services are "
                "checked separately: each has a date of its own."
            )
        return _(
            "This organisation has not confirmed its details for a long time, so only its name is shown. Its services "
            "are checked separately: each has a date of its own."
        )
    if audience == "members" and row.freshness in ("lapsed", "unchecked"):
        return _("Visitors of the public map do not see these details. Ask the organisation before you rely on them.")
    return ""
