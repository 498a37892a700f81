"""Texts of hidden places that wait for a second person: what waits, asking somebody, and their agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import WrongState
from directory.content import Content
from organizations.models import AddressPrecision
from services.models import ServiceAtLocation
from verification.access import require_verifier
from verification.giveaways.agreed import agree, agreed_at
from verification.giveaways.finding import Piece, hides_door, pieces_of
from verification.models import ListingState, Recheck, RecheckReason
from verification.publication import publish, told_of
from verification.services.changing import audit, load, lock_state
from verification.services.rechecks import open_recheck

if TYPE_CHECKING:
    from accounts.models import User


def held_of(state: ListingState) -> list[Piece]:
    """Texts of a listing on the map, and of what lies over it, that readers do not get yet."""
    told = told_of(state) if _may_hide(state) else None
    if told is None:
        return []
    agreed = agreed_at(told[0])
    return [piece for piece in pieces_of(*told) if piece.mark not in agreed]


def _may_hide(state: ListingState) -> bool:
    """Whether it is worth a look: most places show their door to everybody who sees them."""
    place, published = state.listing.location, state.published
    if not state.is_shown or published is None or place is None:
        return False
    exact = place.public_precision == place.member_precision == AddressPrecision.EXACT
    return not exact or hides_door(published.content)


def doubtful(content: Content) -> list[Piece]:
    """Texts of a submission that nobody has agreed to: its verifier is shown them, and agrees by approving it."""
    agreed = agreed_at(content)
    return [piece for piece in pieces_of(content) if piece.mark not in agreed]


def ask_about_texts(state: ListingState) -> bool:
    """Ask for somebody's eyes when texts are held; what is held no more needs none. True when somebody is asked."""
    waiting = Recheck.objects.open().filter(listing=state.listing, reason=RecheckReason.GIVEAWAY)
    if held_of(state):
        open_recheck(listing=state.listing, reason=RecheckReason.GIVEAWAY)
        return True
    waiting.update(done_at=clock.now())
    return False


@transaction.atomic
def agree_to_texts(*, listing: ServiceAtLocation, actor: User, marks: list[str]) -> int:
    """Let these held texts go out: somebody of another organisation has read them. Returns how many."""
    fresh = load(listing)
    organization = require_verifier(fresh, actor)
    with audit("agree", actor):
        state = lock_state(fresh)
        pieces = [piece for piece in held_of(state) if piece.mark in marks]
        if not pieces:
            raise WrongState(_("The texts have changed meanwhile. Please look at them once more."))
        agree(pieces, fresh.location, actor=actor, organization=organization)
        publish(state)
        if not ask_about_texts(state):
            Recheck.objects.filter(listing=fresh, reason=RecheckReason.GIVEAWAY, done_by=None).update(done_by=actor)
    return len(pieces)
