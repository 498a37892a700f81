"""Whom to call: what is due, by organisation, as far as this person checks it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from core import clock
from directory.freshness import LocalDate
from organizations.models import AddressPrecision, Organization
from services.models import ServiceAtLocation
from services.models.coverage import in_countries
from verification.coordination.desk import checkable
from verification.models import CallOutcome, PhoneCall, Proposal, Recheck
from verification.models.call import DAYS_OF_SILENCE, REMEMBERED, silent_days

if TYPE_CHECKING:
    from accounts.models import User

#: So many days before its date a listing is asked about along with the others.
AHEAD = 7
_TELLS_CITY = (AddressPrecision.EXACT, AddressPrecision.DISTRICT, AddressPrecision.SETTLEMENT)


@dataclass
class Callee:
    """One organisation, its listings that wait for a call, and what came of the last calls.

    `call_back_at` is when somebody asked to be called; `silent` on how many different days nobody answered.
    """

    organization: Organization
    listings: list[ServiceAtLocation] = field(default_factory=list)
    first_due: dt.date | None = None
    call_back_at: dt.datetime | None = None
    called_at: dt.datetime | None = None
    silent: int = 0

    @property
    def is_unreached(self) -> bool:
        return self.silent >= DAYS_OF_SILENCE

    @property
    def was_tried_today(self) -> bool:
        return self.called_at is not None and self.called_at.date() == clock.now().date()


def due_for_call(user: User, *, country: str = "", city: str = "") -> QuerySet[ServiceAtLocation]:
    """Listings that this person may check and that are due within a week, overdue, or asked to be looked at again.

    What an open proposal speaks about waits for its owner, not for another call.
    """
    rows = checkable(user).annotate(local_date=LocalDate(clock.now(), zone="location__timezone"))
    asked = Recheck.objects.open().filter(listing=OuterRef("pk"))
    rows = rows.filter(Q(state__due_on__lte=F("local_date") + AHEAD) | Q(Exists(asked)) | Q(state__due_on=None))
    rows = rows.filter(~Exists(Proposal.objects.open().filter(listing=OuterRef("pk"))))
    if country:
        rows = rows.filter(in_countries([country]))
    if city:
        rows = rows.filter(location__city=city, location__member_precision__in=_TELLS_CITY)
    return rows.order_by(F("state__due_on").asc(nulls_last=True), "service__title", "pk")


def callees(user: User, *, country: str = "", city: str = "") -> list[Callee]:
    """Whom to call, the one who asked to be called first, then whose listings are due first."""
    rows = due_for_call(user, country=country, city=city).defer("state__published__content")
    return in_order(_by_organization(rows))


def cities_to_call(found: Iterable[Callee]) -> list[str]:
    """Cities in which somebody of them has a listing that members may find there, by their names."""
    places = [row.location for one in found for row in one.listings if row.location]
    return sorted({place.city for place in places if place.city and place.member_precision in _TELLS_CITY})


def callee(user: User, organization: Organization, *, city: str = "") -> Callee | None:
    """One of them; None when nothing of it waits for this person's call."""
    rows = due_for_call(user, city=city).filter(service__organization=organization)
    return next(iter(_by_organization(rows)), None)


def in_order(found: Iterable[Callee]) -> list[Callee]:
    """Who has asked for this hour, who was not tried today, then the rest."""
    now = clock.now()
    far = dt.date.max

    def place(one: Callee) -> tuple[object, ...]:
        asked = one.call_back_at is not None and one.call_back_at <= now
        later = one.call_back_at is not None and not asked
        return not asked, later, one.was_tried_today, one.first_due or far, one.organization.name, one.organization.pk

    return sorted(found, key=place)


def _by_organization(rows: Iterable[ServiceAtLocation]) -> list[Callee]:
    found: dict[int, Callee] = {}
    for row in rows:
        owner = row.service.organization
        one = found.setdefault(owner.pk, Callee(owner))
        one.listings.append(row)
        if row.state.due_on and (one.first_due is None or row.state.due_on < one.first_due):
            one.first_due = row.state.due_on
    calls: dict[int, list[tuple[str, dt.datetime, dt.datetime | None]]] = defaultdict(list)
    newest = PhoneCall.objects.filter(organization__in=list(found), called_at__gt=clock.now() - REMEMBERED)
    told = newest.order_by("-called_at", "-pk").values_list("organization", "outcome", "called_at", "call_back_at")
    for pk, outcome, called_at, call_back_at in told:
        calls[pk].append((outcome, called_at, call_back_at))
    for pk, history in calls.items():
        one = found[pk]
        one.called_at = history[0][1]
        one.call_back_at = history[0][2] if history[0][0] == CallOutcome.CALL_BACK else None
        one.silent = silent_days([(outcome, moment) for outcome, moment, _back in history])
    return list(found.values())
