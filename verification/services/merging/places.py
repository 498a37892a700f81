"""Two places of one organisation are one: what was given at the one that goes is given at the one that stays.

Rule: the organisation's own people say so. Each listing that moves is an edit like any other: it stays on the map as it
was until the other address is checked. Within thirty days what moved and is still there comes back.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import clock
from core.constraints import save_version
from core.errors import NotAllowed, WrongState
from organizations.models import Location, Organization
from services.models import Notice, ServiceAtLocation
from verification.models import Fingerprint, PlaceMerge, Review
from verification.publication import lead_back, lead_on, seen_by
from verification.services.changing import audit, load, lock_state, lock_states
from verification.services.edits import let_narrow
from verification.services.submission import submit, withdraw_submission, working_copy_differs

if TYPE_CHECKING:
    from accounts.models import User

UNDO_FOR = dt.timedelta(days=30)


@transaction.atomic
def merge_places(*, kept: Location, gone: Location, actor: User) -> PlaceMerge:
    """Everything that is given and said at `gone` moves to `kept`, and the old address leads there."""
    list(Location.objects.select_for_update().filter(pk__in=[kept.pk, gone.pk]).order_by("pk"))
    _require_own(kept, gone, actor)
    rows = list(ServiceAtLocation.objects.filter(location=gone).order_by("pk"))
    _require_free(kept, gone, rows)
    merge = PlaceMerge(kept=kept, gone=gone, done_by=actor)
    with audit("merge places", actor):
        clean = unchanged(rows)
        contacts, notices = _move_contacts(gone, kept), _move_notices(gone.notices.all(), kept)
        merge.moved = {"contacts": contacts, "notices": notices, "listings": _move(rows, kept)}
        settle_rows(rows, clean, actor, _("Two places became one."))
        _lead_on(gone, rows)
        merge.save()
    return merge


@transaction.atomic
def undo_places(*, merge: PlaceMerge, actor: User) -> PlaceMerge:
    """What moved and is still at the place that stayed is given at the other one again."""
    merge = PlaceMerge.objects.select_for_update().get(pk=merge.pk)
    kept, gone = merge.kept, merge.gone
    _require_own(kept, gone, actor)
    if not can_undo(merge):
        raise WrongState(_("After thirty days a merge stays."))
    if PlaceMerge.objects.filter(gone=kept, undone_at=None).exists():
        raise WrongState(_("The one that stayed was merged with another one since: take that apart first."))
    rows = list(kept.listings.filter(pk__in=merge.moved["listings"]).order_by("pk"))
    with audit("undo merge of places", actor):
        clean = unchanged(rows)
        kept.contacts.filter(pk__in=merge.moved["contacts"]).update(location=gone)
        kept.notices.filter(pk__in=merge.moved["notices"]).update(location=gone)
        _move(rows, gone)
        settle_rows(rows, clean, actor, _("Two places became one."))
        lead_back(gone.public_id)
        merge.undone_at, merge.undone_by = clock.now(), actor
        merge.save()
    return merge


def can_undo(merge: PlaceMerge) -> bool:
    return merge.undone_at is None and clock.now() - merge.done_at <= UNDO_FOR


# --- inside ------------------------------------------------------------------------------------------------------


def _require_own(kept: Location, gone: Location, actor: User) -> None:
    own = Organization.objects.kept_by(actor).filter(pk__in=[kept.organization_id, gone.organization_id])
    if kept.organization_id != gone.organization_id or not own.exists():
        raise NotAllowed(_("Only the organisation itself may do this."))


def _require_free(kept: Location, gone: Location, rows: list[ServiceAtLocation]) -> None:
    standing = PlaceMerge.objects.filter(undone_at=None, gone__in=[kept, gone])
    if kept.pk == gone.pk or standing.exists():
        raise WrongState(_("One of the two became one with another place already."))
    if Review.objects.open().filter(listing__location__in=[kept, gone]).exists():
        raise WrongState(_("An edit of one of the two waits for a decision: that comes first."))
    twice = kept.listings.filter(service__in=[row.service_id for row in rows]).select_related("service").first()
    if twice:
        told = _("“%(title)s” is listed at both places: take it off one of them first.")
        raise WrongState(told % {"title": twice.service.title})


def unchanged(rows: list[ServiceAtLocation]) -> list[ServiceAtLocation]:
    """Those on the map of which no edit is unfinished: what is changed of them is sent."""
    lock_states([row.pk for row in rows])
    return [row for row in rows if _is_shown(row) and (not working_copy_differs(load(row)) or _open_reviews(row))]


def _move(rows: list[ServiceAtLocation], to: Location) -> list[int]:
    for row in rows:
        row.location = to
        save_version(row, expected=row.version, fields=["location"])
    return [row.pk for row in rows]


def settle_rows(
    rows: list[ServiceAtLocation], clean: list[ServiceAtLocation], actor: User | None, message: str
) -> None:
    """As every edit: it narrows at once, is looked at anew, and goes to be checked where it was not in the making."""
    keys = [row.pk for row in rows]
    Fingerprint.objects.forget(keys)
    let_narrow(listings=ServiceAtLocation.objects.filter(pk__in=keys, state__published__isnull=False), actor=actor)
    for row in clean:
        if working_copy_differs(load(row)):
            submit(listing=row, actor=actor, message=message)
            continue
        for review in _open_reviews(row):
            withdraw_submission(review=review, actor=actor)


def _is_shown(row: ServiceAtLocation) -> bool:
    return lock_state(row).published is not None


def _open_reviews(row: ServiceAtLocation) -> list[Review]:
    return list(Review.objects.open().filter(listing=row).order_by("pk"))


def _move_contacts(gone: Location, kept: Location) -> list[int]:
    """Numbers that the other place has already stay where they are."""
    there = set(kept.contacts.values_list("channel", "value"))
    keys = [way.pk for way in gone.contacts.order_by("pk") if (way.channel, way.value) not in there]
    gone.contacts.filter(pk__in=keys).update(location=kept)
    return keys


def _move_notices(rows: QuerySet[Notice], kept: Location) -> list[int]:
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.filter(pk__in=keys).update(location=kept)
    return keys


def _lead_on(gone: Location, rows: list[ServiceAtLocation]) -> None:
    """The address of the place leads to where its services are: by one that everybody knew, if there is one."""
    shown = [row for row in rows if _is_shown(row)]
    public = [row for row in shown if "public" in seen_by(lock_state(row))]
    if shown:
        lead_on(gone.public_id, gone.public_id, (public or shown)[0].public_id, was_public=bool(public))
