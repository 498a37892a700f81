"""Texts of hidden places that wait for a second person: what waits, asking somebody, and their agreement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import WrongState
from directory.crossing.content import Content
from organizations.models import AddressPrecision, Organization, Visibility
from services.models import ServiceAtLocation
from verification.access import require_verifier
from verification.giveaways.agreed import agree, agreed_at
from verification.giveaways.finding import Piece, hides_door, pieces_of
from verification.giveaways.house import HidingHouse, agreed_in, house_of, pieces_of_house
from verification.models import ListingState, Recheck, RecheckReason, Snapshot
from verification.profiles import shown_profile, shown_profiles
from verification.publication import publish, told_of
from verification.services.changing import audit, load, lock_state
from verification.services.rechecks import open_recheck
from verification.surroundings import Surroundings

if TYPE_CHECKING:
    from accounts.models import User


def held_of(state: ListingState) -> list[Piece]:
    """Texts of a listing on the map, of what lies over it and of its organisation, that readers do not get yet."""
    if not _may_hide(state):
        return []
    return _held(state, shown_profile(state.listing.service.organization))


def with_held(states: Iterable[ListingState]) -> list[ListingState]:
    """Those of many of which some text is held, by a number of queries that does not grow with them."""
    hiding = [state for state in states if _may_hide(state)]
    if not hiding:
        return []
    around = Surroundings({state.listing.service.organization.public_id for state in hiding})
    shown = shown_profiles({state.listing.service.organization_id for state in hiding}, around)
    return [state for state in hiding if _held(state, shown.get(state.listing.service.organization_id), around)]


def _held(state: ListingState, profile: Snapshot | None, around: Surroundings | None = None) -> list[Piece]:
    told = told_of(state, around)
    if told is None:
        return []
    agreed = around.agreed_at(told[0]) if around else agreed_at(told[0])
    house = _doubtful_of_house(profile.content, around) if profile else []
    return _once([*(piece for piece in pieces_of(*told) if piece.mark not in agreed), *house])


def _may_hide(state: ListingState) -> bool:
    """Whether it is worth a look: most places show their door to everybody."""
    place, published = state.listing.location, state.published
    if not state.is_shown or published is None or place is None:
        return False
    exact = place.public_precision == place.member_precision == AddressPrecision.EXACT
    public = place.visibility == state.listing.service.visibility == Visibility.PUBLIC
    return not (exact and public) or hides_door(published.content)


def doubtful(content: Content, around: Surroundings | None = None) -> list[Piece]:
    """Texts of a submission that nobody has agreed to: its verifier is shown them, and agrees by approving it.

    `around` saves the queries for many submissions.
    """
    agreed = around.agreed_at(content) if around else agreed_at(content)
    own = [piece for piece in pieces_of(content) if piece.mark not in agreed]
    return _once([*own, *_of_house(content, *_house_of(content, around))])


def _doubtful_of_house(content: Content, around: Surroundings | None = None) -> list[Piece]:
    return _of_house(content, *(around.house_of(content) if around else _house_of(content)))


def _of_house(content: Content, house: HidingHouse, agreed: frozenset[str]) -> list[Piece]:
    return [piece for piece in pieces_of_house(content, house) if piece.mark not in agreed]


def _house_of(content: Content, around: Surroundings | None = None) -> tuple[HidingHouse, frozenset[str]]:
    """With the place of the content, which may not be on the map yet."""
    known, agreed = around.house_of(content) if around else (None, frozenset())
    house = house_of(content, known)
    return (house, agreed) if house is known else (house, agreed_in(house))


def _once(pieces: list[Piece]) -> list[Piece]:
    return list({piece.mark: piece for piece in pieces}.values())


def agree_to(pieces: Iterable[Piece], content: Content, *, actor: User, organization: Organization) -> None:
    """For the place of the content; for what the organisation says, at all places that it hides."""
    pieces = list(pieces)
    if not pieces:
        return
    general = {f"contacts.{contact['id']}" for contact in content["contacts"] if not contact["location"]}
    house = [piece for piece in pieces if piece.path in general or piece.path.startswith("organization.")]
    agree(house, house_of(content).places, actor=actor, organization=organization)
    if place := content["location"]:
        agree(pieces, [place["id"]], actor=actor, organization=organization)


def ask_about_texts(state: ListingState) -> bool:
    """Ask for somebody's eyes when texts are held; what is held no more needs none. True when somebody is asked."""
    waiting = Recheck.objects.open().filter(listing=state.listing, reason=RecheckReason.GIVEAWAY)
    if held_of(state):
        open_recheck(listing=state.listing, reason=RecheckReason.GIVEAWAY)
        return True
    waiting.update(done_at=clock.now())
    return False


def ask_about_all(states: Sequence[ListingState]) -> None:
    """The same of many, which have their parts; somebody's eyes are asked for one by one, and that is rare."""
    held = with_held(states)
    for state in held:
        open_recheck(listing=state.listing, reason=RecheckReason.GIVEAWAY)
    others = {state.pk for state in states} - {state.pk for state in held}
    waiting = Recheck.objects.open().filter(listing__in=others, reason=RecheckReason.GIVEAWAY)
    waiting.update(done_at=clock.now())


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
        assert state.published is not None  # noqa: S101  (nothing is held of what is not published)
        agree_to(pieces, state.published.content, actor=actor, organization=organization)
        publish(state)
        asked = Recheck.objects.open().filter(reason=RecheckReason.GIVEAWAY)
        asked = asked.filter(listing__service__organization=fresh.service.organization)
        answered = [one.pk for one in asked.select_related("listing") if not held_of(_state_of(one.listing))]
        Recheck.objects.filter(pk__in=answered).update(done_at=clock.now(), done_by=actor)
    return len(pieces)


def _state_of(listing: ServiceAtLocation) -> ListingState:
    parts = ("published", "listing__service__organization", "listing__location")
    return ListingState.objects.select_related(*parts).get(pk=listing.pk)
