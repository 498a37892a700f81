"""What a verifier of another organisation decides about a submission."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed, WrongState
from organizations.models import Organization
from services.models import ServiceAtLocation
from verification.access import require_verifier, speaks_for
from verification.errors import TakenByAnother
from verification.models import Check, CheckMethod, ListingState, Review, ReviewState, Snapshot
from verification.models.check import LEVEL_OF, VERIFIER_METHODS
from verification.narrowing import narrower
from verification.publication import Batch
from verification.services.around.partial import merge, placed, wanted_back
from verification.services.around.profiles import start_profile
from verification.services.changing import (
    audit,
    load,
    lock_state,
    lock_states,
    need_reason,
    set_class,
    settle,
    take_snapshot,
)
from verification.services.checks import write_check
from verification.services.held import agree_to, doubtful
from verification.snapshots import difference, freeze
from verification.transitions import OFF_THE_MAP, move_listing, move_review

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User


@transaction.atomic
def take(*, review: Review, actor: User) -> Review:
    """Say "I am checking this", so that two people do not call the same desk."""
    review, state, _organization = _lock(review, actor)
    with audit("take", actor):
        move_review(review, "take")
        review.taken_by, review.taken_at = actor, clock.now()
        review.save()
        move_listing(state, "take")
        settle(state)
    return review


@transaction.atomic
def release(*, review: Review, actor: User) -> Review:
    """Give a taken review back to the queue. The one who took it may, and a coordinator of the country."""
    review, state, _organization = _lock(review, actor, may_be_taken=actor.coordinates(review.listing.country))
    with audit("release", actor):
        move_review(review, "release")
        review.taken_by, review.taken_at = None, None
        review.save()
        move_listing(state, "release")
        settle(state)
    return review


@transaction.atomic
def approve(
    *,
    review: Review,
    actor: User,
    note: str = "",
    method: str = "",
    also: Iterable[Review] = (),
    returned: Collection[str] = (),
    batch: Batch | None = None,
) -> Review:
    """Publish exactly the snapshot that the verifier saw, and others of the same batch with it.

    With a method (call, visit …) the approval is also a check by the verifier's organisation, of level 2 or 3.
    Without one, the listing keeps its level and dates; a listing that never had any gets level 1, because the
    owner sent it and another organisation read it. Approving agrees to the texts that were marked, too.
    `returned` are the paths that stay as they were on the map:
    the owner gets them back with the note, which must then say why.
    """
    if method and method not in VERIFIER_METHODS:
        raise ValueError(f"{method} is not a verifier's method")
    if returned:
        note = need_reason(note, field="note")
    for other in _locked_mates(review, also):
        _approve_one(other, actor, note, method, (), batch)
    return _approve_one(review, actor, note, method, returned, batch)


@transaction.atomic
def ask_for_changes(*, review: Review, actor: User, reason: str, also: Iterable[Review] = ()) -> Review:
    """Return a submission, and others of its batch, to the owner with a question. What is on the map stays."""
    return _return_all(review, actor, "ask_for_changes", need_reason(reason), also)


@transaction.atomic
def reject(*, review: Review, actor: User, reason: str, also: Iterable[Review] = ()) -> Review:
    """Refuse a submission, and others of its batch. What is on the map stays."""
    return _return_all(review, actor, "reject", need_reason(reason), also)


def _return_all(review: Review, actor: User, step: str, reason: str, also: Iterable[Review]) -> Review:
    for other in _locked_mates(review, also):
        _return(other, actor, step, reason)
    return _return(review, actor, step, reason)


def _locked_mates(review: Review, also: Iterable[Review]) -> list[Review]:
    """Those of `also` that were sent together with the review, with the states of all of them locked in one order."""
    mates = [other for other in also if other.batch == review.batch and other.pk != review.pk]
    lock_states(one.listing_id for one in [review, *mates])
    return mates


def _lock(review: Review, actor: User, *, may_be_taken: bool = False) -> tuple[Review, ListingState, Organization]:
    listing: ServiceAtLocation = load(review.listing)
    organization = require_verifier(listing, actor)
    state = lock_state(listing)
    review = Review.objects.select_for_update().get(pk=review.pk)
    review.listing = listing
    someone_else = review.state == ReviewState.IN_REVIEW and review.taken_by_id not in (None, actor.pk)
    if someone_else and not may_be_taken:
        raise TakenByAnother(_("%(person)s is checking this just now.") % {"person": review.taken_by})
    return review, state, organization


def close(review: Review, step: str, actor: User, organization: Organization, reason: str) -> None:
    """The review is decided, for an organisation that is not the owner; the caller saves it."""
    move_review(review, step)
    review.decided_by, review.decided_for, review.decided_at = actor, organization, clock.now()
    review.reason = reason[:500]


def _return(review: Review, actor: User, step: str, reason: str) -> Review:
    review, state, organization = _lock(review, actor)
    with audit(step, actor, reason):
        close(review, step, actor, organization, reason)
        review.save()
        move_listing(state, step)
        state.reason = reason
        settle(state)
    return review


def _approve_one(
    review: Review, actor: User, note: str, method: str, returned: Collection[str], batch: Batch | None
) -> Review:
    review, state, organization = _lock(review, actor)
    if review.submitted_by_id == actor.pk:  # an administrator edits the listings of others, too
        raise NotAllowed(_("You sent this yourself, so somebody else has to check it."))
    if not method and state.checked_on is None:
        _require_a_word(review)
    with audit("approve", actor, note):
        review.returned = sorted(_wanted_back(review, returned))
        close(review, "approve", actor, organization, note.strip())
        review.save()
        accepted = _accepted(review, actor, review.returned)
        agree_to(doubtful(accepted.content), accepted.content, actor=actor, organization=organization)
        publish_snapshot(state, accepted)
        start_profile(review=review)
        if method:
            check = write_check(state, actor, organization, method, note=note)
            settle(state, check=check, actor=actor, batch=batch)
        elif review.owner_checked or state.checked_on is None:
            settle(state, **owners_look(state, review), actor=review.submitted_by, batch=batch)
        else:
            settle(state, batch=batch)
    return review


def _require_a_word(review: Review) -> None:
    """What somebody keeps for the network was said by nobody of the organisation: only a call or a visit counts."""
    if not speaks_for(review.listing.service.organization, review.submitted_by):
        raise WrongState(_("Nobody of the organisation has said this. Call there, and say how you checked it."))


def _wanted_back(review: Review, returned: Collection[str]) -> set[str]:
    if not returned:
        return set()
    if review.base is None:
        raise WrongState(_("A new listing is accepted as a whole."))
    return wanted_back(difference(review.base.content, review.snapshot.content), returned)


def _accepted(review: Review, actor: User, returned: Collection[str]) -> Snapshot:
    """What goes on the map: the frozen snapshot, without what was returned, and no wider than it is wanted now."""
    content = review.snapshot.content
    if returned and review.base is not None:
        content = placed(merge(review.base.content, content, returned))
    narrowed = narrower(content, freeze(review.listing))
    return review.snapshot if narrowed == review.snapshot.content else take_snapshot(review.listing, actor, narrowed)


def publish_snapshot(state: ListingState, snapshot: Snapshot) -> None:
    """Make this snapshot the published one, with the class that it asks for."""
    put_on_the_map(state, snapshot)
    set_class(state)


def put_on_the_map(state: ListingState, snapshot: Snapshot) -> None:
    """Its class is for the caller. What was taken off on purpose comes back by `restore` only."""
    if state.publication not in OFF_THE_MAP:
        move_listing(state, "publish")
        state.reason = ""
    state.published, state.published_at = snapshot, clock.now()


class OwnersLook(TypedDict):
    """What `settle` takes of it."""

    check: Check
    on: dt.date


def owners_look(state: ListingState, review: Review) -> OwnersLook:
    """The owner's own look at the critical fields when they sent the edit: it counts from that day."""
    look = owners_look_of(review)
    look["check"].save()
    return look


def owners_look_of(review: Review) -> OwnersLook:
    """That look, not written yet."""
    owner = review.listing.service.organization
    check = Check(
        listing=review.listing,
        snapshot=review.snapshot,
        method=CheckMethod.WORKSPACE,
        level=LEVEL_OF[CheckMethod.WORKSPACE],
        checked_by=review.submitted_by,
        organization=owner,
        owner=owner,
        checked_at=review.submitted_at,
    )
    return {"check": check, "on": review.submitted_at.astimezone(clock.zone(review.listing.timezone)).date()}
