"""What may be there already, told to whoever is entering it: nothing but what this person may see.

Rule: what they may not see is not looked through, so that it shows itself neither by a line nor by the time that an
answer takes. Others' listings come from the read model, under the rights of the reader, as readers have them: never
from working copies. Of one's own organisation the working copies count too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Q

from core.geo.gazetteer import city_code
from directory.access import members_read, note_read
from directory.asking.queries import current_listings
from directory.tables.listings import AbstractListing
from organizations.models import Location, Organization
from services.models import ServiceAtLocation
from verification.coordination.alike.rule.likeness import Likeness, Sketch, compare
from verification.coordination.alike.sketches import handles_in, phones_in, sites_in, sketch_of
from verification.snapshots import parts, texts

if TYPE_CHECKING:
    from accounts.models import User

#: So many rows of one kind and city are compared, and so many likely ones told.
LOOKED_THROUGH, TOLD = 400, 3
#: Sketches whose neighbours are read together.
TOGETHER = 50
RowT = TypeVar("RowT")
#: What is needed of a row.
_COLUMNS = ("id", "place_id", "organization_id", "types", "groups", "country", "city_code", "precision", "content",
            "contacts", "point")  # fmt: skip


@dataclass(frozen=True)
class Hint:
    """A listing that may be the same: its id, that of its place, whether it is the asker's own, and texts by name."""

    id: str
    place_id: str
    is_own: bool
    title: str
    organization: str
    city: str
    likeness: Likeness


def hints_for(
    user: User, organization: Organization, sketches: Iterable[Sketch], *, but: Iterable[str] = ()
) -> list[Hint]:
    """The likeliest ones that this person may see; `sketches` is what they enter, one for each place."""
    asked, left_out = list(sketches), set(but)
    found = [
        hint for hint in (*_own(organization, asked), *_of_others(user, organization, asked)) if hint.id not in left_out
    ]
    return sorted(found, key=lambda hint: (-hint.likeness.score, hint.id))[:TOLD]


def hints_each(user: User, organization: Organization, sketches: Sequence[Sketch]) -> list[list[Hint]]:
    """For each of many sketches the likeliest ones that this person may see; the organisation's own are read once."""
    own = [(row, sketch_of(row)) for row in _rows_of(organization)]
    found: list[list[Hint]] = []
    for start in range(0, len(sketches), TOGETHER):
        some = sketches[start : start + TOGETHER]
        with members_read(user):
            near = [(row, _sketch(row)) for row in _near_rows(organization, some)]
            judged = [[*_judged(own, sketch, _own_hint), *_judged(near, sketch, _hint)] for sketch in some]
            told = [sorted(each, key=lambda hint: (-hint.likeness.score, hint.id))[:TOLD] for each in judged]
            note_read({hint.id for each in told for hint in each if not hint.is_own})
        found += told
    return found


def _judged(
    rows: Iterable[tuple[RowT, Sketch]], asked: Sketch, told: Callable[[RowT, Likeness], Hint]
) -> Iterator[Hint]:
    for row, sketch in rows:
        likeness = compare(asked, sketch)
        if likeness.is_likely:
            yield told(row, likeness)


def entered(
    organization: Organization, *, names: Iterable[str], types: Iterable[str], places: Iterable[Location | None]
) -> list[Sketch]:
    """What somebody enters in a form, one for each place; None is afar. It is reached as the organisation is."""
    ways = [(way.channel, way.value) for way in organization.contacts.all() if way.audience == "clients"]
    shared = Sketch(
        kind="listing",
        names=tuple(name for name in names if name),
        owner=organization.public_id,
        owners=tuple(texts(organization, "name").values()),
        types=frozenset(types),
        phones=phones_in(ways),
        handles=handles_in(ways),
        mails=frozenset(value.lower() for channel, value in ways if channel == "email"),
        sites=sites_in([organization.website]),
    )
    return [_at(shared, place) for place in places]


def _at(shared: Sketch, place: Location | None) -> Sketch:
    if place is None:
        return replace(shared, is_remote=True)
    return replace(
        shared,
        country=place.country,
        cities=tuple({place.place_code, *texts(place, "city").values()} - {""}),
        addresses=tuple(texts(place, "address").values()),
        point=(place.point.x, place.point.y) if place.point else None,
    )


def _own(organization: Organization, asked: list[Sketch]) -> Iterable[Hint]:
    for row in _rows_of(organization):
        likeness = _best(asked, sketch_of(row))
        if likeness.is_likely:
            yield _own_hint(row, likeness)


def _rows_of(organization: Organization) -> Iterable[ServiceAtLocation]:
    return parts(ServiceAtLocation.objects.filter(service__organization=organization).order_by("pk"))


def _own_hint(row: ServiceAtLocation, likeness: Likeness) -> Hint:
    place = row.location.public_id if row.location else row.public_id
    city = row.location.city if row.location else ""
    return Hint(row.public_id, place, True, row.service.title, row.service.organization.name, city, likeness)


def _of_others(user: User, organization: Organization, asked: list[Sketch]) -> list[Hint]:
    with members_read(user):
        judged = [(row, _best(asked, _sketch(row))) for row in _near_rows(organization, asked)]
        found = [_hint(row, likeness) for row, likeness in judged if likeness.is_likely]
        note_read(hint.id for hint in found)
    return found


def _near_rows(organization: Organization, asked: Sequence[Sketch]) -> Iterable[AbstractListing]:
    rows = current_listings("members").exclude(organization_id=organization.public_id)
    return rows.filter(_near(asked)).only(*_COLUMNS).order_by("id")[:LOOKED_THROUGH]


def _near(asked: Sequence[Sketch]) -> Q:
    """Of one kind, in one city or afar."""
    found = Q(pk__in=[])
    for sketch in asked:
        codes = {*sketch.cities, *(city_code(sketch.country, name) for name in sketch.cities)}
        where = Q(location_type="") if sketch.is_remote else Q(city_code__in=codes, country=sketch.country)
        found |= where & Q(types__overlap=list(sketch.types))
    return found


def _sketch(row: AbstractListing) -> Sketch:
    """A row as its reader has it."""
    told = row.content.values()
    ways = [(way["channel"], way["value"]) for way in row.contacts if way["audience"] == "clients"]
    is_exact = row.precision == "exact"
    return Sketch(
        kind="listing",
        names=tuple(said["title"] for said in told if "title" in said),
        owner=row.organization_id,
        owners=tuple(said["organization"] for said in told if "organization" in said),
        types=frozenset(row.types),
        groups=frozenset(row.groups),
        country=row.country,
        cities=tuple({row.city_code, *(said["city"] for said in told if "city" in said)} - {""}),
        addresses=tuple(said["address"] for said in told if "address" in said),
        point=(row.point.x, row.point.y) if is_exact and row.point else None,
        is_remote=row.place_id == row.pk,
        phones=phones_in(ways),
        handles=handles_in(ways),
        mails=frozenset(value.lower() for channel, value in ways if channel == "email"),
        sites=sites_in(value for channel, value in ways if channel == "form"),
    )


def _hint(row: AbstractListing, likeness: Likeness) -> Hint:
    said = next(iter(row.content.values()), {})
    city = said.get("city", "")
    return Hint(row.pk, row.place_id, False, said.get("title", ""), said.get("organization", ""), city, likeness)


def _best(asked: Iterable[Sketch], other: Sketch) -> Likeness:
    return max((compare(sketch, other) for sketch in asked), key=lambda one: one.score, default=Likeness(0))
