"""What a phone takes along: what everybody may read, and no more, whatever else the person may know.

Rule: a listing that is not on the public map stays at home, the person's own ones too: a phone may be taken away, and
nobody confirms what they do not see.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypedDict

from directory.asking.queries import current_listings, read_rows
from directory.crossing.content import Content
from directory.freshness import freshness
from facts.capacity import CapacityAnswer, answers, question
from facts.critical import critical_facts
from facts.discretion import contents_by_link
from organizations.models import MembershipRole
from reading import presenters
from reading.asked import Asked
from reading.shapes import Card
from services.models import Operation, ServiceAtLocation
from services.models.listing import ListingQuerySet
from verification.coordination.queues import my_listings
from workspace.desk.standing import DatedState

if TYPE_CHECKING:
    from accounts.models import User

OWN_AT_MOST, NEAR_AT_MOST = 60, 150


class FactLines(TypedDict):
    label: str
    lines: list[str]


class PlacesAsked(TypedDict):
    """Whether there are places: the question and its answers."""

    text: str
    answers: list[CapacityAnswer]


class OutreachRow(TypedDict):
    """One listing on the phone. `seen` is the version that stands there; "" where it cannot be confirmed."""

    id: str
    title: str
    where: str
    seen: str
    is_due: bool
    facts: list[FactLines]
    places: PlacesAsked | None


class TakenAlong(TypedDict):
    """`own` can be confirmed, `near` is for visits alone. At home stay `left` that are not for everybody, and `over`
    that are too many."""

    own: list[OutreachRow]
    near: list[OutreachRow]
    left: int
    over: int


def rows_for(user: User) -> TakenAlong:
    mine = list(own_listings(user))
    cards = _public_cards([listing.public_id for listing in mine])
    public = sorted((listing for listing in mine if listing.public_id in cards), key=lambda one: not _is_due(one))
    own = _own_rows(public[:OWN_AT_MOST], cards)
    shown = [listing for listing in mine if listing.state.is_shown]
    over = max(len(public) - OWN_AT_MOST, 0)
    return {"own": own, "near": _near(cards), "left": len(shown) - len(own) - over, "over": over}


def own_listings(user: User) -> ListingQuerySet:
    """Those of the person's own organisations for which they speak: not what they keep for the network."""
    members = user.memberships.in_network().exclude(role=MembershipRole.KEEPER)
    mine = my_listings(user).filter(service__organization__in=members.values("organization"))
    return mine.filter(state__published__isnull=False)


def _is_due(listing: ServiceAtLocation) -> bool:
    return freshness(DatedState(listing, listing.state)) in {"due", "overdue", "lapsed"}


def _own_rows(listings: Iterable[ServiceAtLocation], cards: dict[str, Card]) -> list[OutreachRow]:
    """Without those whose title is held: nobody reads them on the map."""
    said = [(listing, published) for listing in listings if (published := listing.state.published)]
    shown = contents_by_link((listing, published.content) for listing, published in said)
    return [
        _own(listing, published.public_id, content, cards[listing.public_id])
        for (listing, published), content in zip(said, shown, strict=True)
        if content["service"]["title"] == published.content["service"]["title"]
    ]


def _own(listing: ServiceAtLocation, seen: str, content: Content, card: Card) -> OutreachRow:
    facts = [_told(fact["label"], [*fact["lines"], *_values(fact["links"])]) for fact in critical_facts(content)]
    row = _row(card)
    row["seen"], row["facts"], row["is_due"] = seen, facts, _is_due(listing)
    if listing.service.operation not in (Operation.PAUSED, Operation.CLOSED):
        types = listing.service.types
        row["places"] = {"text": question(types), "answers": answers(types)}
    return row


def _told(label: str, lines: list[str]) -> FactLines:
    return {"label": label, "lines": lines}


def _values(links: Iterable[object]) -> list[str]:
    return [str(link["value"]) for link in links]  # type: ignore[index]  # FactLink


def _near(cards: dict[str, Card]) -> list[OutreachRow]:
    """Others in the countries of the own places, their cities first: where clients of an outreach worker go."""
    asked = Asked.now("public")
    everything = current_listings("public", asked.at)
    mine = everything.filter(id__in=list(cards))
    cities = set(mine.exclude(city_code="").values_list("city_code", flat=True))
    countries = {card["country"] for card in cards.values()} - {""}
    others = everything.filter(country__in=countries).exclude(id__in=list(cards)).order_by("organization_slug", "id")
    found: list[OutreachRow] = []
    for part in (others.filter(city_code__in=cities), others.exclude(city_code__in=cities)):
        rows = read_rows(part[: NEAR_AT_MOST - len(found)], asked.at)
        told = [_row(card) for card in presenters.cards(rows, asked.vocabulary, asked.audience, asked.at)]
        found += sorted(told, key=lambda row: (row["where"], row["title"]))
    return found


def _public_cards(ids: list[str]) -> dict[str, Card]:
    asked = Asked.now("public")
    rows = read_rows(current_listings("public", asked.at).filter(id__in=ids), asked.at)
    return {card["id"]: card for card in presenters.cards(rows, asked.vocabulary, asked.audience, asked.at)}


def _row(card: Card) -> OutreachRow:
    where = " · ".join(filter(None, (card["organization"], card["place"], card["city"])))
    return {
        "id": card["id"],
        "title": card["title"],
        "where": where,
        "seen": "",
        "is_due": False,
        "facts": [],
        "places": None,
    }
