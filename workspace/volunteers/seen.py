"""What is shown of services on these pages: what everybody reads, by the public's role of the database, no more."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypedDict

from django.db.models import Case, When

from core import clock
from directory.access import public_read
from directory.asking.filters import Filters
from directory.asking.queries import current_listings, listings_page, read_rows
from directory.searching.search import search
from organizations.models import Organization
from reading.answers import place_answer
from reading.asked import Asked
from reading.presenters.cards import cards
from reading.shapes import Card, ContactTold

OLDEST, FOUND_AT_MOST = 12, 30


class SeenListing(TypedDict):
    """A card, by what its door and desk are reached, and whether it is of the organisation itself."""

    card: Card
    contacts: list[ContactTold]
    checked: str
    address: str
    is_own: bool


def waiting_longest(organization: Organization) -> list[Card]:
    """What was not checked for the longest time, of the organisation's countries first; its own is not for it."""
    with public_read():
        asked = Asked.now("public")
        here = Case(When(country__in=organization.countries_at_all, then=0), default=1)
        rows = current_listings("public", asked.at).exclude(organization_slug=organization.slug)
        rows = rows.exclude(operation="closed").order_by(here, "checked_on", "id")
        found = read_rows(rows, asked.at, part=slice(OLDEST))
        return cards(found, asked.vocabulary, asked.audience, asked.at)


def found_by(words: str) -> list[Card]:
    with public_read():
        asked = Asked.now("public")
        answer = search(asked.audience, words, Filters(), asked.at, asked.language)
        page = listings_page(asked.audience, answer.filters, asked.at, hits=answer.hits)
        return cards(page.rows[:FOUND_AT_MOST], asked.vocabulary, asked.audience, asked.at)


def seen(listing: str, organization: Organization) -> SeenListing | None:
    """One service with its place; None for what is not on everybody's map."""
    with public_read():
        row = current_listings("public").filter(pk=listing).first()
        asked = Asked.now("public")
        place = place_answer(asked, row.place_id, listing) if row else None
    if row is None or place is None:
        return None
    told = next(one for one in place["listings"] if one["id"] == listing)
    return {
        "card": told,
        "contacts": [*place["contacts"], *told["contacts"]],
        "checked": told["freshness_text"],
        "address": place["address"],
        "is_own": row.organization_slug == organization.slug,
    }


def titles(ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Name and address of the card, of what is on everybody's map now."""
    with public_read():
        asked = Asked.now("public")
        rows = read_rows(current_listings("public", asked.at).filter(pk__in=list(ids)).order_by("id"), clock.now())
        found = cards(rows, asked.vocabulary, asked.audience, asked.at)
    return {one["id"]: (f"{one['title']} · {one['organization']}", one["url"]) for one in found}
