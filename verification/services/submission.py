"""Sending a working copy to be checked, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core.errors import WrongState
from core.ids import new_public_id
from directory.vocabulary import Vocabulary, vocabulary
from services.models import ServiceAtLocation
from services.models.coverage import Subject
from verification.access import require_owner, speaks_for
from verification.completeness import Part, completeness_of
from verification.errors import NothingToSubmit, Unfinished
from verification.models import ListingState, Publication, Review
from verification.publication import Batch
from verification.services.at_once import may_go_at_once, publish_at_once
from verification.services.changing import audit, load, lock_state, lock_states, settle, take_snapshot
from verification.snapshots import Content, freeze, parts
from verification.transitions import move_listing, move_review

if TYPE_CHECKING:
    from accounts.models import User


def working_copy_differs(listing: ServiceAtLocation) -> bool:
    """Whether the working copy says anything else than what was published last."""
    state = ListingState.objects.select_related("published").filter(pk=listing.pk).first()
    if state is None or state.published is None:
        return True
    return not state.published.says(freeze(listing))


@transaction.atomic
# long: the arguments and the rule take most of it
def submit(
    *,
    listing: ServiceAtLocation,
    actor: User | None,
    message: str = "",
    checked: bool = False,
    batch: str = "",
    bulk: Batch | None = None,
) -> Review:
    """Freeze the working copy and send it to be checked by another organisation.

    An edit that touches no critical field goes on the map at once (`at_once`). `checked` says that the owner
    looked at phone, address and hours now, which gives level 1 on approval. What was never on the map is sent when it
    says all that is needed (`verification.completeness`). An open review of the same listing is replaced: the verifier
    sees the newest words only. Where the working copy says what the map says again, the open review is taken back and
    returned; without one, NothingToSubmit. `batch` names what was sent together; `bulk` is for commands. Many that an
    import has changed are sent by `many.sending.submit_differing`.
    """
    listing = load(listing)
    require_owner(listing, actor)
    with audit("submit", actor, message):
        state = lock_state(listing)
        if state.published is None:
            _refuse_unfinished(listing)
        snapshot = take_snapshot(listing, actor)
        unchanged = state.published is not None and state.published.says(snapshot.content)
        if unchanged and state.publication == Publication.PUBLISHED:
            return _take_back(state, actor, bulk)
        for review in _open_reviews(listing):
            _withdraw(review, state)
        move_listing(state, "submit")
        settle(state, batch=bulk)
        review = Review.objects.create(
            listing=listing,
            batch=batch or new_public_id(),
            snapshot=snapshot,
            base=state.published,
            owner_checked=checked and speaks_for(listing.service.organization, actor),
            message=message.strip()[:500],
            submitted_by=actor,
        )
        return publish_at_once(review, state, bulk) if may_go_at_once(review, state) else review


def _open_reviews(listing: ServiceAtLocation) -> list[Review]:
    return list(Review.objects.open().select_for_update().filter(listing=listing).order_by("pk"))


def _take_back(state: ListingState, actor: User | None, bulk: Batch | None) -> Review:
    """What waits says something that its owner has put right: nobody may approve it any more."""
    reviews = _open_reviews(state.listing)
    if not reviews:
        raise NothingToSubmit(_("Nothing has changed since the last check."))
    with audit("withdraw", actor):
        for review in reviews:
            _withdraw(review, state)
        settle(state, batch=bulk)
    return reviews[-1]


@transaction.atomic
def submit_under(*, subject: Subject, actor: User | None, message: str = "", checked: bool = False) -> list[Review]:
    """Send every listing under a place, a service, a contact or a listing that differs from the map, as one batch.

    New ones that are unfinished stay drafts; when there are no others, what the first lacks is said. What waits of
    those that are as the map has them is taken back.
    """
    batch = new_public_id()
    there = parts(ServiceAtLocation.objects.under(subject)).order_by("pk")  # the order of the locks
    lock_states(listing.pk for listing in there)
    sent = said_otherwise(listing.pk for listing in there)
    changed = [listing for listing in there if listing.pk in sent or working_copy_differs(listing)]
    if not changed:
        raise NothingToSubmit(_("Nothing has changed since the last check."))
    waiting = {listing.pk for listing in unfinished_under(subject)}
    changed = [listing for listing in changed if listing.pk not in waiting] or changed[:1]
    return [submit(listing=x, actor=actor, message=message, checked=checked, batch=batch) for x in changed]


@transaction.atomic
def withdraw_submission(*, review: Review, actor: User | None) -> Review:
    """The owner takes an open submission back; the working copy stays as it is."""
    listing = load(review.listing)
    require_owner(listing, actor)
    with audit("withdraw", actor):
        state = lock_state(listing)
        review = Review.objects.select_for_update().get(pk=review.pk)
        if not review.is_open:
            raise WrongState(_("This was decided meanwhile: “%(s)s”.") % {"s": review.get_state_display()})
        _withdraw(review, state)
        settle(state)
    return review


def said_otherwise(keys: Iterable[int]) -> set[int]:
    """Those of these listings that are on the map and of which something else waits to be checked."""
    reviews = Review.objects.open().filter(listing__in=list(keys), listing__state__publication=Publication.PUBLISHED)
    return set(reviews.order_by().values_list("listing", flat=True))


def unfinished_under(subject: Subject) -> list[ServiceAtLocation]:
    """The listings under a row that never were on the map and do not say yet what is needed to be checked."""
    new = parts(ServiceAtLocation.objects.under(subject)).filter(Q(state=None) | Q(state__published=None))
    return [listing for listing in new.order_by("pk") if _needed(listing)]


def _needed(listing: ServiceAtLocation) -> tuple[Part, ...]:
    return needed_in(freeze(listing), vocabulary("members"))


def needed_in(content: Content, terms: Vocabulary) -> tuple[Part, ...]:
    """What has to be said before somebody can check what says this."""
    return completeness_of(content, terms).needed


def _refuse_unfinished(listing: ServiceAtLocation) -> None:
    if missing := _needed(listing):
        names = ", ".join(str(part.name) for part in missing)
        raise Unfinished(_("Before somebody can check it, this has to be said: %(parts)s.") % {"parts": names})


def _withdraw(review: Review, state: ListingState) -> None:
    move_review(review, "withdraw")
    review.save(update_fields=["state"])
    move_listing(state, "withdraw")
