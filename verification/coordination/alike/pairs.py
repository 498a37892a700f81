"""Pairs that may be one and the same: who may look at them, and that they are two after all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet

from core import clock
from organizations.models import Organization
from services.models import ServiceAtLocation
from services.models.coverage import for_members
from verification.coordination.alike.finding import basis_of_pair
from verification.coordination.desk import duplicates, history_for
from verification.models import LikelyPair, Merge

if TYPE_CHECKING:
    from accounts.models import User


def pairs_for(user: User) -> QuerySet[LikelyPair]:
    """Pairs that this person may open: a coordinator's, and those of listings that they both edit."""
    mine = ServiceAtLocation.objects.editable_by(user).values("pk")
    rows = LikelyPair.objects.select_related("first__service__organization", "first__location")
    rows = rows.select_related("second__service__organization", "second__location")
    own = rows.open().filter(first__in=mine, second__in=mine)
    return rows.filter(pk__in=own.values("pk")) | rows.filter(pk__in=duplicates(user).order_by().values("pk"))


def merges_for(user: User) -> QuerySet[Merge]:
    """Merges that concern this person: of their organisations, and of the countries that they coordinate.

    A side that not everybody of the network may know of is known to its own people alone.
    """
    rows = Merge.objects.select_related("proposed_by", "done_by")
    own = Organization.objects.editable_by(user).order_by().values("pk")
    known, mine, coordinated = Q(), Q(), Q()
    for side in ("kept", "gone"):
        rows = rows.select_related(f"{side}__service__organization", f"{side}__location")
        theirs = Q(**{f"{side}__service__organization__in": own})
        known &= theirs | for_members(f"{side}__")
        mine |= theirs
        coordinated &= Q(**{f"{side}__in": history_for(user).order_by().values("pk")})
    return rows.filter(known, mine | coordinated)


def waits_for(organization: Organization) -> QuerySet[Merge]:
    """Merges of which this organisation has not said yet what it thinks."""
    return Merge.objects.silent(organization.pk)


@transaction.atomic
def say_different(*, pair: LikelyPair, actor: User | None) -> LikelyPair:
    """They are two. Remembered until a name, a phone or a place of either changes."""
    pair = LikelyPair.objects.select_for_update().get(pk=pair.pk)
    pair.different_at, pair.different_by = clock.now(), actor
    pair.basis = basis_of_pair(pair.first_id, pair.second_id)
    pair.save(update_fields=["different_at", "different_by", "basis"])
    return pair


@transaction.atomic
def take_back(*, pair: LikelyPair, actor: User) -> bool:
    """Whoever said that they are two may take it back. False when somebody else has said so since."""
    said = LikelyPair.objects.filter(pk=pair.pk, different_by=actor)
    return bool(said.update(different_at=None, different_by=None, basis=""))
