"""Texts of an organisation that may give away where one of its hidden places is.

Rule: the profile of an organisation that has a place whose door an audience does not know is looked through as the
texts of that place are: its short name, its description, its links and its contacts for everybody. What is found is
held from that audience until a second person has agreed to it at each of those places. The name alone stays, and is
marked for its verifier: it is critical, so somebody else reads it before it is on the map.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from core.spelling.giveaways import names_of, spot
from directory.crossing.content import ContactPart, Content, Texts
from directory.crossing.records import AUDIENCES, SEEN_BY, Audience
from directory.crossing.tiers import seen_by
from organizations.models import AddressPrecision, Location
from verification.giveaways.finding import Piece, hides_door, link_of, texts_of_contact
from verification.models import Agreement, ListingState
from verification.models.state import SHOWN
from verification.snapshots import texts

_OF_PROFILE: Final = ("name", "short_name", "description")
_NAMES_OF_REGIONS: Final = ("city", "region", "district")
#: What says who knows a door: as it is published, and as the organisation wants it now. The narrower counts.
_VISIBILITIES: Final = (
    "published__content__service__visibility",
    "published__content__location__visibility",
    "listing__service__visibility",
    "listing__location__visibility",
)
_PRECISIONS: Final[Mapping[Audience, tuple[str, str]]] = {
    "public": ("published__content__location__public_precision", "listing__location__public_precision"),
    "members": ("published__content__location__member_precision", "listing__location__member_precision"),
}
#: What is read of a hidden place, and of so many at a time.
_READ: Final = ("public_id", "address", *_NAMES_OF_REGIONS, "i18n", "organization__name", "organization__i18n")
_AT_ONCE: Final = 500
_KEYS: Final = ("listing__service__organization__public_id", "listing__location_id")


@dataclass(frozen=True)
class HidingHouse:
    """The places of one organisation whose door somebody does not know: their ids, the stems of their streets."""

    places: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()
    hidden_from: frozenset[Audience] = frozenset()


def houses(organizations: Collection[str] | None = None) -> dict[str, HidingHouse]:
    """By the public id of the organisation (of all without ids); none for those who hide nothing."""
    states = ListingState.objects.filter(
        publication__in=SHOWN, published__isnull=False, listing__location__isnull=False
    )
    if organizations is not None:
        states = states.filter(listing__service__organization__public_id__in=organizations)
    columns = (*_KEYS, *_VISIBILITIES, *(name for pair in _PRECISIONS.values() for name in pair))
    known: dict[tuple[str, int], set[Audience]] = defaultdict(set)
    for row in states.order_by().values(*columns).distinct().iterator(_AT_ONCE):
        known[row[_KEYS[0]], row[_KEYS[1]]] |= {audience for audience in AUDIENCES if _knows_door(row, audience)}
    hidden: dict[str, dict[int, set[Audience]]] = defaultdict(dict)
    for (organization, place), audiences in known.items():
        if unaware := set(AUDIENCES) - audiences:
            hidden[organization][place] = unaware
    return {
        organization: _house(places, {audience for unaware in hidden[organization].values() for audience in unaware})
        for organization, places in _places_of(hidden)
    }


def _places_of(hidden: Mapping[str, Mapping[int, object]]) -> Iterator[tuple[str, list[Location]]]:
    """The places of each organisation, of some at a time: an import has thousands, and a place is a wide row."""
    waiting: list[str] = []
    for number, organization in enumerate(hidden, start=1):
        waiting.append(organization)
        if sum(len(hidden[one]) for one in waiting) < _AT_ONCE and number < len(hidden):
            continue
        keys = [pk for one in waiting for pk in hidden[one]]
        rows = Location.objects.select_related("organization").only(*_READ).in_bulk(keys)
        yield from ((one, [rows[pk] for pk in hidden[one]]) for one in waiting)
        waiting = []


def house_of(content: Content, known: HidingHouse | None = None) -> HidingHouse:
    """That of the organisation of a listing, with the place of the listing, which may not be on the map yet.

    `known` saves the queries for many listings: what `houses` says of the organisation.
    """
    organization, place = content["organization"]["id"], content["location"]
    found = houses([organization]).get(organization, HidingHouse()) if known is None else known
    seen = seen_by(content)
    unaware = [audience for audience in AUDIENCES if audience not in seen or hides_door(content, audience)]
    if place is None or not unaware or place["id"] in found.places:
        return found
    own = _house(list(Location.objects.select_related("organization").filter(public_id=place["id"])), unaware)
    return HidingHouse(found.places | own.places, found.streets | own.streets, found.hidden_from | own.hidden_from)


def _knows_door(row: Mapping[str, str], audience: Audience) -> bool:
    seen = all(audience in SEEN_BY[row[name]] for name in _VISIBILITIES)
    return seen and all(row[name] == AddressPrecision.EXACT for name in _PRECISIONS[audience])


def _house(places: list[Location], hidden_from: Iterable[Audience]) -> HidingHouse:
    streets: set[str] = set()
    for place in places:
        known = [word for name in _NAMES_OF_REGIONS for word in texts(place, name).values()]
        streets |= names_of(texts(place, "address").values(), [*known, *texts(place.organization, "name").values()])
    return HidingHouse(frozenset(place.public_id for place in places), frozenset(streets), frozenset(hidden_from))


def pieces_of_house(content: Content, house: HidingHouse) -> list[Piece]:
    """Every text of the profile with a find in it; none of an organisation that hides nothing."""
    if not house.places:
        return []
    said = [Piece(path, code, text, tuple(spot(text, house.streets))) for path, code, text in _profile(content)]
    links = [piece for contact in _general(content) if (piece := link_of(contact))]
    return [piece for piece in [*said, *_map_links(content)] if piece.finds] + links


def held_of_house(content: Content, house: HidingHouse, audience: Audience, agreed: Collection[str]) -> list[Piece]:
    """Those that this audience does not get."""
    if audience not in house.hidden_from:
        return []
    return [piece for piece in pieces_of_house(content, house) if piece.mark not in agreed]


def agreed_in(house: HidingHouse, everywhere: Mapping[str, frozenset[str]] | None = None) -> frozenset[str]:
    """Marks that somebody has agreed to at each of these places; `everywhere` saves the query for many houses."""
    if not house.places:
        return frozenset()
    if everywhere is None:
        found: dict[str, set[str]] = {place: set() for place in house.places}
        rows = Agreement.objects.filter(location__public_id__in=house.places).order_by()
        for place, mark in rows.values_list("location__public_id", "mark"):
            found[place].add(mark)
        everywhere = {place: frozenset(marks) for place, marks in found.items()}
    return frozenset.intersection(*(everywhere.get(place, frozenset()) for place in house.places))


def _profile(content: Content) -> Iterator[tuple[str, str, str]]:
    """(path, language, text)."""
    part = content["organization"]
    names: dict[str, Texts] = {name: part[name] for name in _OF_PROFILE}  # type: ignore[literal-required]
    said = [(f"organization.{name}", found) for name, found in names.items()]
    said += [one for contact in _general(content) for one in texts_of_contact(contact)]
    yield from ((path, code, text) for path, found in said for code, text in found.items())


def _map_links(content: Content) -> Iterator[Piece]:
    """Links of the profile that lead to a place of a map; their label may name a street, too."""
    part = content["organization"]
    found = [find for find in spot(part["website"]) if find.kind == "link"]
    yield Piece("organization.website", "", part["website"], tuple(found))
    for one in part["links"]:
        text = " ".join(one.values())
        links = [find for find in spot(text) if find.kind == "link"]
        yield Piece("organization.links", "", text, (*links, *spot(one.get("label", ""))))


def _general(content: Content) -> list[ContactPart]:
    """Contacts of the whole organisation."""
    return [contact for contact in content["contacts"] if not contact["location"]]
