"""Whom to ask: what the person's members' map shows, in the order in which it is likely to help.

A place that is said to be full, or that nobody has confirmed in time, is shut until somebody has phoned there.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from core import clock
from directory.access import members_read, note_read
from directory.asking.queries import current_listings
from directory.freshness import capacity, freshness
from directory.tables.listings import AbstractListing
from directory.vocabulary import localised, vocabulary
from organizations.models import Organization
from referrals.models import Offer
from referrals.models.words import Mode
from services.models import ServiceAtLocation

if TYPE_CHECKING:
    from accounts.models import User

#: How a service reaches people, for each way of meeting.
_DELIVERY = {Mode.REMOTE: ["online", "phone"], Mode.POST: ["post"]}
_SHUT = ("full", "out_of_stock")
_ROOM = {"free": 0, "limited": 1, "unknown": 2, "": 2, "full": 3, "out_of_stock": 3}
#: A median of fewer answers says nothing; how far back they count.
LEAST_ANSWERS, MEMORY = 5, dt.timedelta(days=90)
_SHOWN = 12


@dataclass(frozen=True)
class Candidate:
    """One listing that may be asked. `shut` says that somebody has to have phoned there before."""

    listing: str
    title: str
    organization: str
    city: str
    country: str
    capacity: str
    capacity_on: dt.date | None
    checked_on: dt.date | None
    freshness: str
    hours_to_answer: float | None
    shut: bool


def candidates(*, actor: User, sender: Organization, service_type: str, country: str, mode: str) -> list[Candidate]:
    """The best twelve for one need. Nothing that the members' map does not show to the actor."""
    with members_read(actor):
        rows = current_listings("members").filter(types__contains=[service_type], operation__in=["working", "limited"])
        rows = rows.exclude(organization_id=sender.public_id).order_by("pk")
        rows = (
            rows.filter(country=country)
            if mode == Mode.TRAVELS
            else rows.filter(delivery__overlap=_DELIVERY[Mode(mode)])
        )
        found = _askable(list(rows))
        pace = _hours_to_answer({row.organization_id for row in found})
        made = sorted((_candidate(row, pace) for row in found), key=_order)[:_SHOWN]
        note_read(one.listing for one in made)
    return made


def needs_of(*, actor: User, listing: str) -> tuple[list[str], str] | None:
    """The kinds of service and the country of a listing that the actor's map shows; None when it does not."""
    with members_read(actor):
        row = current_listings("members").filter(pk=listing).first()
        return (list(row.types), row.country) if row and _askable([row]) else None


def namer() -> Callable[[str], str]:
    """The name of each kind of service, for one page: the vocabulary is looked up once."""
    names = vocabulary("members")
    return lambda service_type: names.name("service", service_type)


def is_health(service_type: str) -> bool:
    """Whether the person's medicine depends on this stage."""
    return vocabulary("members").family_of([service_type]) == "health"


def group_of(service_type: str) -> str:
    """The first level of the vocabulary above this kind of service."""
    return next(iter(vocabulary("members").tops_of([service_type])), service_type)


def _askable(rows: list[AbstractListing]) -> list[AbstractListing]:
    """Those of members: an organisation outside has nobody who answers."""
    ids = {row.organization_id for row in rows}
    members = set(
        Organization.objects.in_network().filter(public_id__in=ids).order_by().values_list("public_id", flat=True)
    )
    return [row for row in rows if row.organization_id in members]


def _candidate(row: AbstractListing, pace: dict[str, float]) -> Candidate:
    at = clock.now()
    word, age = capacity(row, at), freshness(row, at)
    return Candidate(
        listing=row.pk,
        title=_text(row, "title"),
        organization=_text(row, "organization"),
        city=_text(row, "city"),
        country=row.country,
        capacity=word or "unknown",
        capacity_on=row.capacity_reported_on if word not in ("", "unknown") else None,
        checked_on=row.checked_on,
        freshness=age,
        hours_to_answer=pace.get(row.organization_id),
        shut=word in _SHUT or age in ("overdue", "lapsed"),
    )


def _text(row: AbstractListing, name: str) -> str:
    """A text of the row in the language of the page."""
    return localised({language: texts[name] for language, texts in row.content.items() if texts.get(name)})


def _order(one: Candidate) -> tuple[object, ...]:
    stale = one.freshness in ("overdue", "lapsed")
    pace = one.hours_to_answer if one.hours_to_answer is not None else 24 * 14
    return (one.shut, _ROOM.get(one.capacity, 2), stale, pace, one.organization, one.listing)


def _hours_to_answer(organizations: Iterable[str]) -> dict[str, float]:
    """The median of each organisation that has answered often enough lately."""
    answered = Offer.objects.filter(
        organization__public_id__in=list(organizations), answered_at__gt=clock.now() - MEMORY, sent_at__isnull=False
    ).order_by()
    hours: dict[str, list[float]] = defaultdict(list)
    for organization, sent_at, answered_at in answered.values_list("organization__public_id", "sent_at", "answered_at"):
        if sent_at and answered_at:
            hours[organization].append((answered_at - sent_at).total_seconds() / 3600)
    return {key: median(values) for key, values in hours.items() if len(values) >= LEAST_ANSWERS}


def listing_row(public_id: str) -> ServiceAtLocation:
    return ServiceAtLocation.objects.select_related("service__organization", "location").get(public_id=public_id)
