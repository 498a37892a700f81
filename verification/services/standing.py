"""Taking a listing off the map and bringing it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed, WrongState
from organizations.models import Organization
from services.models import ServiceAtLocation
from verification.models import ListingState, Merge, Publication
from verification.publication import Batch
from verification.services.changing import audit, load, lock_state, need_reason, settle
from verification.transitions import move_listing

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def hide(*, listing: ServiceAtLocation, actor: User | None, reason: str, batch: Batch | None = None) -> ListingState:
    """Off the map at once, for everybody. The owner may, and a coordinator of the country."""
    return _move(listing, actor, "hide", need_reason(reason), batch)


@transaction.atomic
def archive(*, listing: ServiceAtLocation, actor: User | None, reason: str, batch: Batch | None = None) -> ListingState:
    """Off the map for good; its history stays."""
    return _move(listing, actor, "archive", need_reason(reason), batch)


@transaction.atomic
def restore(*, listing: ServiceAtLocation, actor: User | None, reason: str = "") -> ListingState:
    """Back on the map with its last approved version and its old dates: nobody has checked it meanwhile.

    A listing that another person hid comes back only by a coordinator.
    """
    listing = load(listing)
    with audit("restore", actor, reason):
        state = lock_state(listing)
        _require_owner_or_coordinator(listing, actor)
        if state.published is None:
            raise WrongState(_("This listing was never on the map."))
        if Merge.objects.standing().filter(gone=listing).exists():
            raise WrongState(_("It is one with another listing: take the two apart instead."))
        move_listing(state, "restore")
        if state.checked_on is None:
            state.publication = Publication.IMPORTED
        state.reason = ""
        settle(state)
    return state


def _move(listing: ServiceAtLocation, actor: User | None, step: str, reason: str, batch: Batch | None) -> ListingState:
    listing = load(listing)
    _require_owner_or_coordinator(listing, actor)
    with audit(step, actor, reason):
        state = lock_state(listing)
        move_listing(state, step)
        state.reason = reason
        settle(state, batch=batch)
    return state


def _require_owner_or_coordinator(listing: ServiceAtLocation, actor: User | None) -> None:
    if actor is None or actor.coordinates(listing.country):
        return
    owner = listing.service.organization
    if not Organization.objects.editable_by(actor).filter(pk=owner.pk).exists():
        raise NotAllowed(_("Only the organisation itself or a coordinator may do this."))
