"""One action hides an organisation, a place or a country from the public; another brings it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed, WrongState
from directory.asking.queries import current_listings
from organizations.models import Location, Organization
from services.models import ServiceAtLocation
from services.models.coverage import subject_of
from verification.models import Takedown
from verification.publication import publish, states_shown
from verification.services.changing import audit, lock_states, need_reason

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def take_down(
    *,
    actor: User,
    reason: str,
    organization: Organization | None = None,
    location: Location | None = None,
    country: str = "",
) -> Takedown:
    """Hide the scope from the public in this transaction: page, map, lists, counts, search, embed, API."""
    reason = need_reason(reason)
    takedown = Takedown(organization=organization, location=location, country=country, reason=reason, ordered_by=actor)
    _require(takedown, actor)
    takedown.full_clean(exclude=["organization", "location", "ordered_by"])
    if Takedown.objects.in_force().filter(organization=organization, location=location, country=country).exists():
        raise WrongState(_("This is hidden already."))
    with audit("take_down", actor, reason):
        takedown.save()
        _publish_again(takedown)
    return takedown


@transaction.atomic
def lift(*, takedown: Takedown, actor: User, reason: str) -> Takedown:
    """End a takedown; what is current comes back with the dates that it had."""
    reason = need_reason(reason)
    takedown = Takedown.objects.select_for_update().get(pk=takedown.pk)
    _require(takedown, actor)
    if takedown.lifted_at:
        raise WrongState(_("This was lifted already."))
    with audit("lift_takedown", actor, reason):
        takedown.lifted_at, takedown.lifted_by, takedown.lift_reason = clock.now(), actor, reason
        takedown.save()
        _publish_again(takedown)
    return takedown


def in_force_for(actor: User) -> list[Takedown]:
    """Takedowns that this person may lift, the newest first."""
    rows = Takedown.objects.in_force().select_related("organization", "location__organization", "ordered_by")
    return [takedown for takedown in rows if may_order(takedown, actor)]


def would_vanish(takedown: Takedown) -> int:
    """How many listings the public sees now in the scope of a takedown that is not in force yet."""
    ids = listings_of(takedown).values_list("public_id", flat=True)
    return current_listings("public").filter(id__in=list(ids)).count()


def listings_of(takedown: Takedown) -> QuerySet[ServiceAtLocation]:
    """The listings in the scope of a takedown."""
    return ServiceAtLocation.objects.under(subject_of(takedown))


def may_order(takedown: Takedown, actor: User) -> bool:
    """Coordinators of a country in which the organisation works or the place lies; of the country for a country."""
    if takedown.location:
        return actor.coordinates(takedown.location.country)
    if takedown.organization:
        return actor.coordinates_any(takedown.organization.countries_at_all)
    return actor.coordinates(takedown.country)


def _require(takedown: Takedown, actor: User) -> None:
    if not may_order(takedown, actor):
        raise NotAllowed(_("Only the coordinator of the country may do this."))


def _publish_again(takedown: Takedown) -> None:
    listings = list(listings_of(takedown).values_list("pk", flat=True))
    lock_states(listings)
    for state in states_shown().filter(listing__in=listings):
        publish(state)
