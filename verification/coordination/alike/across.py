"""Doors of two organisations and organisations that may be one: looked for every night, asked of coordinators.

Rule: of places only those whose door every member knows, with the phones that every member reads; of organisations what
everybody of the network reads. Whoever belongs to one of the two is not asked. "Different" holds until a name, a phone
or the place of either changes. Doors that are told alike already leave nothing to ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from core import clock
from organizations.models import Contact, Location, Membership, MemberStatus, Organization
from organizations.models.location import HIDES
from organizations.models.organization import FOR_MEMBERS
from verification.coordination.alike.others import (
    basis_of_both,
    organization_of,
    pairs_alike,
    place_of,
    said_different,
)
from verification.coordination.alike.rule.likeness import Likeness, Sketch
from verification.models import AlikeOrganizations, AlikePlaces, DifferentOrganizations, MergeState, SharedDoor

if TYPE_CHECKING:
    from accounts.models import User

PairT = TypeVar("PairT", AlikePlaces, AlikeOrganizations)
_OPEN = (MergeState.PROPOSED, MergeState.DONE)


def look_across() -> int:
    """Find all pairs anew; returns how many wait for somebody."""
    doors, houses = _places(), _organizations()
    sketches = {pk: place_of(row) for pk, row in doors.items()}
    found = {
        (a, b): likeness
        for a, b, likeness in pairs_alike(sketches, {})
        if doors[a].organization_id != doors[b].organization_id and _tell_apart(doors[a], doors[b])
    }
    _keep(AlikePlaces, found, sketches)
    sketches = {pk: organization_of(row) for pk, row in houses.items()}
    said = said_different(DifferentOrganizations, houses)
    _keep(AlikeOrganizations, {(a, b): one for a, b, one in pairs_alike(sketches, said)}, sketches)
    return sum(model._default_manager.filter(different_at=None).count() for model in (AlikePlaces, AlikeOrganizations))


def alike_places(user: User, country: str = "") -> QuerySet[AlikePlaces]:
    """Pairs of doors of which this coordinator may say something, the likeliest first."""
    rows = AlikePlaces.objects.filter(different_at=None)
    rows = rows.select_related("first__organization", "second__organization")
    if not user.is_coordinator:
        return rows.none()
    asked = SharedDoor.objects.filter(state__in=_OPEN)
    for one, other in (("first", "second"), ("second", "first")):
        rows = rows.filter(~Exists(asked.filter(kept=OuterRef(one), gone=OuterRef(other))))
        rows = rows.filter(**{f"{one}__in": Location.objects.exclude(HIDES).order_by().values("pk")})
        rows = rows.exclude(**{f"{one}__organization__member_status": MemberStatus.LEFT})
        rows = rows.filter(~_own(user, f"{one}__organization"))
        if not user.coordinates_everywhere:
            rows = rows.filter(**{f"{one}__country__in": user.countries})
    if country:
        rows = rows.filter(first__country=country)
    return rows.order_by("-likeness", "pk")


def alike_organizations(user: User, country: str = "") -> QuerySet[AlikeOrganizations]:
    """Pairs of organisations of which one at least is of this coordinator's countries, the likeliest first."""
    return _organizations_of(user, country).filter(different_at=None, same_at=None)


def one_house(user: User) -> QuerySet[AlikeOrganizations]:
    """Pairs that somebody said to be one, while both are still there: for coordinators, and for their own people."""
    told = AlikeOrganizations.objects.filter(same_at__isnull=False).select_related("first", "second", "kept", "same_by")
    told = told.exclude(first__member_status=MemberStatus.LEFT).exclude(second__member_status=MemberStatus.LEFT)
    own = Organization.objects.kept_by(user).order_by().values("pk")
    mine = Q(first__in=own) | Q(second__in=own)
    if user.is_coordinator:
        mine |= Q(pk__in=_organizations_of(user, "").order_by().values("pk"))
    return told.filter(mine).order_by("-same_at", "pk")


def doors_for(user: User) -> QuerySet[SharedDoor]:
    """Shared doors that concern this person: of their organisations, and of the countries that they coordinate.

    A door that not every member knows any more is shown to its own people alone.
    """
    rows = SharedDoor.objects.select_related("kept__organization", "gone__organization", "proposed_by")
    own = Organization.objects.kept_by(user).order_by().values("pk")
    mine, known, coordinated = Q(), Q(), Q()
    for side in ("kept", "gone"):
        theirs = Q(**{f"{side}__organization__in": own})
        mine |= theirs
        known &= theirs | Q(**{f"{side}__in": Location.objects.exclude(HIDES).order_by().values("pk")})
        if not user.coordinates_everywhere:
            coordinated &= Q(**{f"{side}__country__in": user.countries})
    return rows.filter(known, (mine | coordinated) if user.is_coordinator else mine)


def doors_waiting(organization: Organization) -> QuerySet[SharedDoor]:
    """Doors of which this organisation has not said yet what it thinks."""
    silent = Q(kept__organization=organization, kept_agreed_at=None)
    silent |= Q(gone__organization=organization, gone_agreed_at=None)
    return SharedDoor.objects.filter(silent, state=MergeState.PROPOSED).order_by("pk")


@transaction.atomic
def say_two(*, pair: PairT, actor: User) -> PairT:
    """They are two, until a name, a phone or the place of either changes."""
    pair = type(pair)._default_manager.select_for_update().get(pk=pair.pk)
    pair.different_at, pair.different_by, pair.basis = clock.now(), actor, _basis_now(pair)
    pair.save()
    return pair


@transaction.atomic
def say_one(*, pair: AlikeOrganizations, kept: Organization, actor: User) -> AlikeOrganizations:
    """They are one, and `kept` stays. Nothing moves by it: it says to their people what is to be done."""
    pair = AlikeOrganizations.objects.select_for_update().get(pk=pair.pk)
    pair.kept, pair.same_at, pair.same_by = kept, clock.now(), actor
    pair.save()
    return pair


def take_word_back(*, pair: PairT, actor: User) -> bool:
    """Whoever said that they are two, or one, has thought better of it."""
    rows = type(pair)._default_manager.filter(pk=pair.pk)
    found = rows.filter(different_by=actor).update(different_at=None, different_by=None, basis="")
    if isinstance(pair, AlikeOrganizations):
        found += AlikeOrganizations.objects.filter(pk=pair.pk, same_by=actor).update(
            kept=None, same_at=None, same_by=None
        )
    return bool(found)


# --- inside ------------------------------------------------------------------------------------------------------


def _organizations_of(user: User, country: str) -> QuerySet[AlikeOrganizations]:
    rows = AlikeOrganizations.objects.select_related("first", "second", "kept")
    if not user.is_coordinator:
        return rows.none()
    mine = Organization.objects.in_circle_of(user)
    here = (mine.in_countries([country]) if country else mine).order_by().values("pk")
    known = Organization.objects.visible_to(user).order_by().values("pk")
    rows = rows.filter(Q(first__in=here) | Q(second__in=here), first__in=known, second__in=known)
    return rows.filter(~_own(user, "first"), ~_own(user, "second")).order_by("-likeness", "pk")


def _own(user: User, path: str) -> Exists:
    return Exists(Membership.objects.filter(user=user, organization=OuterRef(path)))


def _places(keys: Iterable[int] | None = None) -> dict[int, Location]:
    rows = Location.objects.exclude(HIDES).exclude(organization__member_status=MemberStatus.LEFT)
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    ways = Contact.objects.filter(visibility__in=FOR_MEMBERS)
    rows = rows.select_related("organization").prefetch_related(Prefetch("contacts", ways))
    return {row.pk: row for row in rows.order_by("pk")}


def _organizations(keys: Iterable[int] | None = None) -> dict[int, Organization]:
    rows = Organization.objects.exclude(member_status=MemberStatus.LEFT)
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    ways = Contact.objects.filter(location=None, audience="clients", visibility="public")
    return {row.pk: row for row in rows.order_by("pk").prefetch_related(Prefetch("contacts", ways))}


def _tell_apart(one: Location, other: Location) -> bool:
    """Whether readers are told two doors: another pin, or another spelling of the street."""
    return (one.point, one.address, one.place_code) != (other.point, other.address, other.place_code)


def _basis_now(pair: AlikePlaces | AlikeOrganizations) -> str:
    keys = (pair.first_id, pair.second_id)
    if isinstance(pair, AlikePlaces):
        places = _places(keys)
        return basis_of_both(*(place_of(places[pk]) for pk in keys))
    rows = _organizations(keys)
    return basis_of_both(*(organization_of(rows[pk]) for pk in keys))


@transaction.atomic
def _keep(model: type[PairT], found: Mapping[tuple[int, int], Likeness], sketches: Mapping[int, Sketch]) -> None:
    """The rows are what was found. What was said of a pair holds while its basis does; that it is one, until it is."""
    now = dict(found)
    for pair in model._default_manager.select_for_update().order_by("pk"):
        key = (pair.first_id, pair.second_id)
        likeness = now.pop(key, None)
        both = [sketches[pk] for pk in key if pk in sketches]
        if getattr(pair, "same_at", None) or (
            pair.different_at and len(both) == 2 and pair.basis == basis_of_both(*both)
        ):
            continue
        if likeness is None:
            pair.delete()
        elif pair.different_at or (pair.likeness, pair.reasons) != (likeness.score, list(likeness.reasons)):
            pair.likeness, pair.reasons = likeness.score, list(likeness.reasons)
            pair.different_at, pair.different_by, pair.basis = None, None, ""
            pair.save()
    model._default_manager.bulk_create(
        model(first_id=a, second_id=b, likeness=one.score, reasons=list(one.reasons)) for (a, b), one in now.items()
    )
