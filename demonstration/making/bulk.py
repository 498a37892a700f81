"""First submissions and first approvals of many listings, in a few statements for all.

What `submit` and `approve` of `verification.services` do for a listing that was never sent before, by the same
functions; only the reading and the writing is shared. Every row has the instant and the audit context of its own
step. `tests/test_bulk.py` makes the same listings one by one and compares every row and every trace.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pghistory
from django.apps import apps
from django.db import connection, models
from pghistory.models import Context

from accounts.models import User
from core import clock
from core.errors import WrongState
from core.ids import new_public_id
from organizations.models import Organization
from services.models import ServiceAtLocation
from verification.access import require_owner, require_verifier
from verification.models import Check, ListingState, ProfileState, Review, Snapshot
from verification.narrowing import narrower
from verification.publication import Batch
from verification.services.around.profiles import start_profile
from verification.services.changing import audit, believe, place_today
from verification.services.checks import check_of
from verification.services.decisions import close, owners_look_of, publish_snapshot
from verification.snapshots import SCHEMA, content_hash, freeze, parts
from verification.transitions import move_listing


@dataclass
class _Step:
    """One step of one listing, and the rows whose traces it leaves."""

    at: dt.datetime
    listing: ServiceAtLocation
    actor: User
    context: uuid.UUID = field(default_factory=uuid.uuid4, init=False)
    rows: list[models.Model] = field(default_factory=list, init=False)


@dataclass
class Sending(_Step):
    """The owner looked at phone, address and hours, and sends the listing."""

    message: str = ""


@dataclass
class Approval(_Step):
    """Somebody of another organisation approves all of it; with a method (call, visit …) it is a check too."""

    method: str = ""
    note: str = ""


class Bulk:
    """Does it for one load of the network; what readers see of it is written at the end of the batch."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        #: Rights are asked once for each person and organisation: during a load nobody joins or leaves one.
        self._owners: set[tuple[int, int]] = set()
        self._judges: dict[tuple[int, int], Organization] = {}

    def submit_all(self, steps: Sequence[Sending]) -> None:
        """`submit` with `checked=True` for listings that were never sent before."""
        fresh = _with_parts(steps)
        with pghistory.context() as all_of_them:
            states = ListingState.objects.bulk_create([ListingState(listing=fresh[step.listing.pk]) for step in steps])
            for step, state in zip(steps, states, strict=True):
                self._require_owner(step, state.listing)
                move_listing(state, "submit")
                state.version += 1
            snapshots = Snapshot.objects.bulk_create([_snapshot(step, fresh[step.listing.pk]) for step in steps])
            _rewrite(ListingState, states)
            reviews = [_review(step, snapshot) for step, snapshot in zip(steps, snapshots, strict=True)]
            Review.objects.bulk_create(reviews)
        for step, *rows in zip(steps, states, reviews, strict=True):
            step.rows += rows
        _sign("submit", [(step, step.message) for step in steps], all_of_them.id)

    def approve_all(self, steps: Sequence[Approval]) -> None:
        """`approve` for the open reviews of listings that were never published before."""
        fresh = _with_parts(steps)
        states = ListingState.objects.in_bulk(list(fresh))
        found = Review.objects.open().filter(listing__in=fresh).select_related("snapshot", "submitted_by")
        reviews = {review.listing_id: review for review in found}
        checks = []
        for step in steps:
            state, review = states[step.listing.pk], reviews[step.listing.pk]
            state.listing = review.listing = fresh[step.listing.pk]
            with clock.travel(step.at):
                checks.append(self._decide(step, state, review))
            step.rows += [state, review, checks[-1]]
        with pghistory.context() as all_of_them:
            Check.objects.bulk_create(checks)
            _rewrite(Review, reviews.values())
            _rewrite(ListingState, states.values())
        _start_profiles(steps, reviews)
        for state in states.values():
            self._batch.add(state)
        _sign("approve", [(step, step.note) for step in steps], all_of_them.id)

    def _decide(self, step: Approval, state: ListingState, review: Review) -> Check:
        """Review and state as they are after the approval; the check that goes with it."""
        listing, content = state.listing, review.snapshot.content
        organization = self._judge(step, listing)
        if narrower(content, freeze(listing)) != content:
            raise WrongState(f"{listing} was narrowed after it was sent")
        close(review, "approve", step.actor, organization, step.note.strip())
        publish_snapshot(state, review.snapshot)
        if step.method:
            check, day = check_of(state, step.actor, organization, step.method, note=step.note), place_today(listing)
        else:
            look = owners_look_of(review)
            check, day = look["check"], look["on"]
        believe(state, check, day)
        state.version += 1
        return check

    def _require_owner(self, step: Sending, listing: ServiceAtLocation) -> None:
        pair = step.actor.pk, listing.service.organization_id
        if pair not in self._owners:
            require_owner(listing, step.actor)
            self._owners.add(pair)

    def _judge(self, step: Approval, listing: ServiceAtLocation) -> Organization:
        pair = step.actor.pk, listing.service.organization_id
        if pair not in self._judges:
            self._judges[pair] = require_verifier(listing, step.actor)
        return self._judges[pair]


def _snapshot(step: Sending, listing: ServiceAtLocation) -> Snapshot:
    content = freeze(listing)
    with clock.travel(step.at):
        return Snapshot(
            listing=listing,
            schema=SCHEMA,
            content=content,
            content_hash=content_hash(content),
            created_by=step.actor,
        )


def _review(step: Sending, snapshot: Snapshot) -> Review:
    with clock.travel(step.at):
        return Review(
            listing=snapshot.listing,
            batch=new_public_id(),
            snapshot=snapshot,
            owner_checked=True,
            message=step.message.strip()[:500],
            submitted_by=step.actor,
        )


def _start_profiles(steps: Iterable[Approval], reviews: Mapping[int, Review]) -> None:
    """The first of these listings of every organisation whose profile has not begun."""
    first: dict[Organization, Approval] = {}
    for step in steps:
        first.setdefault(reviews[step.listing.pk].listing.service.organization, step)
    begun = set(ProfileState.objects.filter(organization__in=first).values_list("pk", flat=True))
    for organization, step in first.items():
        if organization.pk in begun:
            continue
        with clock.travel(step.at), audit("approve", step.actor, step.note) as context:
            start_profile(review=reviews[step.listing.pk])
        step.context = context.id


def _with_parts(steps: Iterable[_Step]) -> dict[int, ServiceAtLocation]:
    return {row.pk: row for row in parts(ServiceAtLocation.objects.filter(pk__in=[step.listing.pk for step in steps]))}


def _rewrite(model: type[models.Model], rows: Iterable[Any]) -> None:
    """Save rows that are there, all columns, in one statement."""
    columns = [column.name for column in model._meta.concrete_fields if not column.primary_key]
    key = model._meta.pk.name
    model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=[key], update_fields=columns)


def _sign(name: str, steps: Sequence[tuple[_Step, str]], shared: uuid.UUID) -> None:
    """Write beside every trace who did it, by which step, and why: one context for each step, as `audit` makes it.

    Until then the traces have the `shared` context of their statements, which nobody needs afterwards.
    """
    Context.objects.bulk_create(
        [
            Context(id=step.context, metadata={"step": name, "actor": step.actor.pk, "reason": reason})
            for step, reason in steps
        ],
        ignore_conflicts=True,  # where a profile has begun, its trace brought the context already
    )
    signed: dict[type[models.Model], list[tuple[Any, uuid.UUID]]] = {}
    for step, _reason in steps:
        for row in step.rows:
            signed.setdefault(type(row), []).append((row.pk, step.context))
    with connection.cursor() as cursor:
        for model, pairs in signed.items():
            traces = apps.get_model("verification", f"{model.__name__}Event")._meta.db_table
            cursor.execute(
                f"UPDATE {traces} SET pgh_context_id = step.context "  # noqa: S608  (the table of a model)
                "FROM unnest(%s::bigint[], %s::uuid[]) AS step (row, context) "
                "WHERE pgh_obj_id = step.row AND pgh_context_id = %s",
                [*(list(column) for column in zip(*pairs, strict=True)), shared],
            )
        cursor.execute("DELETE FROM pghistory_context WHERE id = %s", [shared])
