"""Places of one organisation that may be one: found when its people ask, who know all of them. And how places and

organisations are compared at all. Organisations are compared by what every person of the network reads of them: names,
website, phones for everybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q

from core import clock
from organizations.models import Contact, Location, Organization
from verification.coordination.alike.rule.keys import keys_of
from verification.coordination.alike.rule.likeness import Likeness, Sketch, compare
from verification.coordination.alike.rule.words import words_of
from verification.coordination.alike.sketches import basis_of, phones_in, sites_in
from verification.models import DifferentOrganizations, DifferentPlaces, PlaceMerge
from verification.snapshots import texts

if TYPE_CHECKING:
    from accounts.models import User

#: What so many share tells none of them from another; and so many places are compared at most.
_COMMON, MOST = 40, 3000


@dataclass(frozen=True)
class PlaceTwins:
    first: Location
    second: Location
    likeness: Likeness


def place_of(place: Location) -> Sketch:
    """For the organisation's own people."""
    ways = [(way.channel, way.value) for way in place.contacts.all() if way.audience == "clients"]
    return Sketch(
        kind="place",
        names=tuple(texts(place, "name").values()),
        owner=place.organization.public_id,
        country=place.country,
        cities=tuple({place.place_code, *texts(place, "city").values()} - {""}),
        addresses=tuple(texts(place, "address").values()),
        point=(place.point.x, place.point.y) if place.point else None,
        phones=phones_in(ways),
    )


def organization_of(row: Organization) -> Sketch:
    """As everybody of the network may know it; `row.contacts` are those that everybody reads."""
    ways = [(way.channel, way.value) for way in row.contacts.all()]
    return Sketch(
        kind="organization",
        names=(*texts(row, "name").values(), *texts(row, "short_name").values()),
        country=row.registration_country,
        phones=phones_in(ways),
        sites=sites_in([row.website]),
    )


def known_organizations(user: User) -> list[Organization]:
    """Those that this person may know of, with the contacts that everybody reads."""
    ways = Contact.objects.filter(location=None, audience="clients", visibility="public")
    rows = Organization.objects.visible_to(user).order_by("pk")
    return list(rows.prefetch_related(Prefetch("contacts", ways)))


def place_twins(user: User) -> list[PlaceTwins]:
    """Places of this person's own organisations that may be one, the likeliest first."""
    own = Organization.objects.kept_by(user).order_by().values("pk")
    over = PlaceMerge.objects.filter(undone_at=None).values("gone")
    places = Location.objects.filter(organization__in=own).exclude(pk__in=over).order_by("pk")
    rows = list(places.select_related("organization").prefetch_related("contacts")[:MOST])
    known = {row.pk: row for row in rows}
    sketches = {row.pk: place_of(row) for row in rows}
    said = said_different(DifferentPlaces, known)
    return [PlaceTwins(known[a], known[b], likeness) for a, b, likeness in pairs_alike(sketches, said)]


def say_places_different(*, twins: PlaceTwins, actor: User) -> None:
    """They are two, until a name, a phone or a place of either changes."""
    basis = basis_of_both(place_of(twins.first), place_of(twins.second))
    said = {"basis": basis, "said_at": clock.now(), "said_by": actor}
    DifferentPlaces.objects.update_or_create(first=twins.first, second=twins.second, defaults=said)


def likely(asked: Sketch, others: Mapping[str, Sketch]) -> list[tuple[str, Likeness]]:
    """Of these, by key, those that are probably what is being entered, the likeliest first."""
    found = [(key, compare(asked, other)) for key, other in others.items()]
    return sorted((one for one in found if one[1].is_likely), key=lambda one: (-one[1].score, one[0]))


def said_different(
    model: type[DifferentPlaces] | type[DifferentOrganizations], known: Iterable[int]
) -> dict[tuple[int, int], str]:
    keys = list(known)
    rows = model._default_manager.filter(Q(first__in=keys) & Q(second__in=keys)).order_by()
    return {(first, second): basis for first, second, basis in rows.values_list("first", "second", "basis")}


def pairs_alike(
    sketches: Mapping[int, Sketch], said: Mapping[tuple[int, int], str]
) -> Iterator[tuple[int, int, Likeness]]:
    """Pairs that are likely and not said to be two, the likeliest first. Only what shares something is compared."""
    shared: dict[object, list[int]] = defaultdict(list)
    for pk, sketch in sketches.items():
        for key in _tokens(sketch):
            shared[key].append(pk)
    pairs = {pair for keys in shared.values() if len(keys) <= _COMMON for pair in combinations(sorted(keys), 2)}
    found = [(a, b, compare(sketches[a], sketches[b])) for a, b in sorted(pairs)]
    for a, b, likeness in sorted(found, key=lambda one: -one[2].score):
        if likeness.is_likely and said.get((a, b)) != basis_of_both(sketches[a], sketches[b]):
            yield a, b, likeness


def _tokens(sketch: Sketch) -> set[object]:
    """Keys, own sites, and for organisations every long word of the names by its beginning."""
    found: set[object] = {*keys_of(sketch), *sketch.sites}
    if sketch.kind == "organization":
        found |= {word[:5] for name in sketch.names for word in words_of(name) if len(word) > 2}
    return found


def basis_of_both(one: Sketch, other: Sketch) -> str:
    return f"{basis_of(one)} {basis_of(other)}"
