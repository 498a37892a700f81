"""CARD: one listing in a list, in a pin's panel, in the API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from core import clock
from core.geo.countries import country_name
from core.pages.addresses import Page, path_to
from directory.asking.ordering import REACHES
from directory.crossing.records import Audience
from directory.shown import labels
from directory.shown.rows import ListingRow
from directory.vocabulary import Vocabulary
from reading.presenters import parts
from reading.presenters.capacity import capacity_told
from reading.presenters.coming import coming
from reading.presenters.contacts import client_phone
from reading.presenters.reviews import reviews_of
from reading.shapes import Card, CardNames, CardState, PinTold, ReviewTold

_PLACE_PAGE: dict[Audience, Page] = {"public": Page.PLACE, "members": Page.MEMBERS_PLACE}
_ORGANIZATION_PAGE: dict[Audience, Page] = {"public": Page.ORGANIZATION, "members": Page.MEMBERS_ORGANIZATION}

#: The page of a place opens this one of its services.
SERVICE = "service"
#: Notices that change a visit today; a change of law is told on the place's page.
_FOR_VISITORS = ("closure", "hours", "warning")


def cards(
    rows: Iterable[ListingRow], vocabulary: Vocabulary, audience: Audience = "public", at: dt.datetime | None = None
) -> list[Card]:
    at, rows = at or clock.now(), list(rows)
    reviews = reviews_of(rows, vocabulary, audience)
    return [card(row, vocabulary, audience, at, reviews.get(row.id)) for row in rows]


# long: one key a line
def card(
    row: ListingRow, vocabulary: Vocabulary, audience: Audience, at: dt.datetime, review: ReviewTold | None = None
) -> Card:
    """A row as a plain dict. Times are told for the instant `at`."""
    return {
        "id": row.id,
        "place_id": row.place_id,
        "url": f"{place_url(row.place_id, audience)}?{SERVICE}={row.id}",
        **_names(row),
        "family": row.family,
        "place_kind": parts.place_kind(row),
        "types": parts.types(row, vocabulary),
        "open": parts.opening(row, at),
        "distance_km": None
        if row.distance_km is None
        else round(row.distance_km, 1 if row.distance_km < 100 else None),
        "reach": "" if row.reach is None else REACHES[row.reach],
        "is_abroad": row.is_abroad,
        "languages": vocabulary.names("language", row.languages),
        "interpreter_languages": vocabulary.names("language", row.interpreter_languages),
        "cost": {"code": row.cost, "text": labels.label(labels.COST, row.cost)},
        "delivery": row.delivery,
        "delivery_text": [labels.label(labels.DELIVERY, code) for code in row.delivery],
        "documents_none": row.documents == ["none"],
        "anonymous": row.anonymous,
        "attributes": parts.answered(row.attributes, vocabulary),
        "operation": {"code": row.operation, "text": labels.label(labels.OPERATION, row.operation)},
        "capacity": capacity_told(row, at),
        "review": review,
        **_state(row, at),
        **coming(row, at),
        **_where(row),
    }


def place_url(place_id: str, audience: Audience) -> str:
    """Path of the place's page in the active language."""
    return path_to(_PLACE_PAGE[audience], place_id)


def organization_url(slug: str, audience: Audience) -> str:
    """Path of the organisation's page in the active language."""
    return path_to(_ORGANIZATION_PAGE[audience], slug)


def _names(row: ListingRow) -> CardNames:
    return {
        "title": parts.text(row, "title"),
        "title_lang": parts.lang_of(row, "title"),
        "summary": parts.text(row, "summary"),
        "organization": parts.text(row, "organization_short") or parts.text(row, "organization"),
        "organization_slug": row.organization_slug,
        "place": parts.text(row, "place"),
        "address": parts.place_line(row),
        "city": parts.text(row, "city"),
        "country": row.country,
        "country_name": country_name(row.country),
    }


def _state(row: ListingRow, at: dt.datetime) -> CardState:
    phone = client_phone(row.contacts, row.country)
    found = [notice for notice in parts.notices(row, at) if notice["kind"] in _FOR_VISITORS]
    return {
        "freshness": parts.freshness_of(row, at),
        "checked": parts.checked(row),
        "phone": phone["display"] if phone else None,
        "phone_href": phone["href"] if phone else None,
        "notice": found[0]["text"] if found else None,
    }


def _where(row: ListingRow) -> PinTold:
    lon, lat = (None, None) if row.lon is None or row.lat is None else (round(row.lon, 6), round(row.lat, 6))
    return {"lon": lon, "lat": lat, "precision": row.precision}
