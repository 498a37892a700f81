"""Two listings are one: proposed, agreed, done, undone. One function for each step; each is one transaction.

Rule: inside one organisation its people, or the coordinator of the country, merge at once. Listings of two
organisations need the word of both; after fourteen days the coordinator's does. Nobody loses anything they could see:
what stays is on the map for everybody for whom the other one was.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed, WrongState
from organizations.models import Organization
from services.models import ServiceAtLocation
from verification.models import Merge, MergeState, Review
from verification.publication import lead_back, lead_on, loses_readers, publish, seen_by
from verification.services.changing import audit, load, lock_state, lock_states, settle
from verification.services.merging.fields import CHOOSABLE, give_back, take_over
from verification.services.merging.moving import move, move_back
from verification.services.submission import submit, working_copy_differs
from verification.transitions import move_listing

if TYPE_CHECKING:
    from accounts.models import User

#: So long a merge can be taken apart.
UNDO_FOR = dt.timedelta(days=30)


@transaction.atomic
def propose(*, kept: ServiceAtLocation, gone: ServiceAtLocation, chosen: list[str], actor: User | None) -> Merge:
    """Say that both are one. Done at once where nobody else has to agree; None is the operator's command line."""
    kept, gone = load(kept), load(gone)
    _require_a_side(kept, gone, actor)
    if strange := set(chosen) - set(CHOOSABLE):
        raise WrongState(_("Unknown value: %(value)s") % {"value": ", ".join(sorted(strange))})
    lock_states([kept.pk, gone.pk])
    _require_both_free(kept, gone)
    merge = Merge(kept=kept, gone=gone, chosen=sorted(set(chosen)), proposed_by=actor)
    with audit("propose merge", actor):
        if _is_enough(kept, gone, actor):
            return _do(merge, actor)
        _note_word(merge, actor)
        merge.save()
    return merge


@transaction.atomic
def agree(*, merge: Merge, actor: User) -> Merge:
    """The word of one of the two organisations; with the second one it is done."""
    merge = _locked(merge, MergeState.PROPOSED)
    if not _note_word(merge, actor):
        raise NotAllowed(_("Only the organisation itself may do this."))
    with audit("agree to merge", actor):
        if merge.kept_agreed_at and merge.gone_agreed_at:
            return _do(merge, actor)
        merge.save()
    return merge


@transaction.atomic
def insist(*, merge: Merge, actor: User) -> Merge:
    """The coordinator's word, once the organisations have had their time."""
    merge = _locked(merge, MergeState.PROPOSED)
    if not _coordinates(merge.kept, merge.gone, actor):
        raise NotAllowed(_("Only the coordinator of the country may do this."))
    if clock.now() < merge.waits_until:
        raise WrongState(_("The organisations have fourteen days for their word."))
    with audit("insist on merge", actor):
        return _do(merge, actor)


@transaction.atomic
def decline(*, merge: Merge, actor: User) -> Merge:
    """One of the two says no, or whoever proposed it takes it back."""
    merge = _locked(merge, MergeState.PROPOSED)
    if merge.proposed_by_id != actor.pk and not _sides(merge.kept, merge.gone, actor):
        raise NotAllowed(_("Only the organisation itself may do this."))
    with audit("decline merge", actor):
        merge.state, merge.ended_at, merge.ended_by = MergeState.DECLINED, clock.now(), actor
        merge.save()
    return merge


@transaction.atomic
def undo(*, merge: Merge, actor: User | None) -> Merge:
    """Both as they were, within thirty days: what moved comes back, what was replaced is given back.

    What somebody has written, said or reported since stays with the one that stayed.
    """
    merge = _locked(merge, MergeState.DONE)
    kept, gone = load(merge.kept), load(merge.gone)
    _require_a_side(kept, gone, actor)
    assert merge.done_at is not None  # noqa: S101  (a constraint of the table)
    if clock.now() - merge.done_at > UNDO_FOR:
        raise WrongState(_("After thirty days a merge stays."))
    if Merge.objects.standing().filter(gone=kept).exists():
        raise WrongState(_("The one that stayed was merged with another one since: take that apart first."))
    lock_states([kept.pk, gone.pk])
    with audit("undo merge", actor):
        was_clean = not working_copy_differs(kept) or Review.objects.open().filter(listing=kept).exists()
        give_back(kept, merge.before["fields"])
        _send(load(kept), send=was_clean and bool(merge.chosen))
        state = lock_state(gone)
        state.publication, state.reason = merge.before["publication"], merge.before["reason"]
        move_back(gone, kept, merge.before["moved"])
        settle(state)
        lead_back(gone.public_id)
        publish(lock_state(load(kept)))
        merge.state, merge.ended_at, merge.ended_by = MergeState.UNDONE, clock.now(), actor
        merge.save()
    return merge


def can_undo(merge: Merge) -> bool:
    return merge.state == MergeState.DONE and bool(merge.done_at and clock.now() - merge.done_at <= UNDO_FOR)


def sides_of(merge: Merge, actor: User) -> set[str]:
    """For which of the two, "kept" or "gone", this person speaks."""
    return _sides(merge.kept, merge.gone, actor)


def may_insist(merge: Merge, actor: User) -> bool:
    """Whether this person coordinates both, whatever the day."""
    return _coordinates(merge.kept, merge.gone, actor)


# --- inside ------------------------------------------------------------------------------------------------------


def _do(merge: Merge, actor: User | None) -> Merge:
    """Under the locks of both: fields, attachments, the map, the old address."""
    kept, gone = load(merge.kept), load(merge.gone)
    _require_both_free(kept, gone, but=merge)
    state, staying = lock_state(gone), lock_state(kept)
    if loses_readers(state, staying):
        raise WrongState(_("Not everybody who sees this one would see the one that stays: keep the other one."))
    was_clean, was_public = not working_copy_differs(kept), "public" in seen_by(state)
    fields = take_over(kept, gone, merge.chosen)
    merge.before = {
        "fields": fields,
        "publication": state.publication,
        "reason": state.reason,
        "moved": move(gone, kept),
    }
    move_listing(state, "merge")
    state.reason = _("It is one with “%(title)s”.") % {"title": kept.service.title}
    settle(state)
    place = gone.location.public_id if gone.location else gone.public_id
    lead_on(gone.public_id, place, kept.public_id, was_public=was_public)
    _send(load(kept), send=was_clean and bool(merge.chosen))
    publish(lock_state(load(kept)))
    merge.state, merge.done_at, merge.done_by = MergeState.DONE, clock.now(), actor
    merge.save()
    return merge


def _send(kept: ServiceAtLocation, *, send: bool) -> None:
    """What was chosen goes the way of every edit. An edit that its owner has not finished is not sent for them."""
    if send and lock_state(kept).published is not None and working_copy_differs(kept):
        submit(listing=kept, actor=None, message=_("Two listings became one."))


def _locked(merge: Merge, state: str) -> Merge:
    found = Merge.objects.select_for_update().get(pk=merge.pk)
    if found.state != state:
        raise WrongState(_("This was decided meanwhile: “%(s)s”.") % {"s": found.get_state_display()})
    lock_states([found.kept_id, found.gone_id])
    return found


def _require_both_free(kept: ServiceAtLocation, gone: ServiceAtLocation, but: Merge | None = None) -> None:
    both = Q(kept__in=[kept, gone]) | Q(gone__in=[kept, gone])
    waiting = Merge.objects.open().filter(both)
    over = Merge.objects.standing().filter(gone__in=[kept, gone])
    others = waiting | over
    if but is not None and but.pk:
        others = others.exclude(pk=but.pk)
    if kept.pk == gone.pk or others.exists():
        raise WrongState(_("One of the two is being merged already, or was merged."))
    if Review.objects.open().filter(listing__in=[kept, gone]).exists():
        raise WrongState(_("An edit of one of the two waits for a decision: that comes first."))


def _is_enough(kept: ServiceAtLocation, gone: ServiceAtLocation, actor: User | None) -> bool:
    """Whether nobody else has to agree."""
    if actor is None or kept.service.organization_id == gone.service.organization_id:
        return True
    return _sides(kept, gone, actor) == {"kept", "gone"}


def _require_a_side(kept: ServiceAtLocation, gone: ServiceAtLocation, actor: User | None) -> None:
    if actor is not None and not _sides(kept, gone, actor) and not _coordinates(kept, gone, actor):
        raise NotAllowed(_("Only the organisation itself or a coordinator may do this."))


def _coordinates(kept: ServiceAtLocation, gone: ServiceAtLocation, actor: User) -> bool:
    """The coordinator of both countries, who belongs to neither of the organisations."""
    owners = [kept.service.organization_id, gone.service.organization_id]
    if actor.memberships.filter(organization__in=owners).exists():
        return False
    return actor.is_coordinator and all(not one.country or actor.coordinates(one.country) for one in (kept, gone))


def _sides(kept: ServiceAtLocation, gone: ServiceAtLocation, actor: User) -> set[str]:
    """For which of the two this person speaks, as one of its organisation's own people."""
    own = set(Organization.objects.kept_by(actor).values_list("pk", flat=True))
    return {side for side, one in (("kept", kept), ("gone", gone)) if one.service.organization_id in own}


def _note_word(merge: Merge, actor: User | None) -> set[str]:
    sides = _sides(merge.kept, merge.gone, actor) if actor else set()
    for side in sides:
        setattr(merge, f"{side}_agreed_at", clock.now())
        setattr(merge, f"{side}_agreed_by", actor)
    return sides
