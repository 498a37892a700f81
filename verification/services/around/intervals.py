"""A shorter time until the next check of a listing than its class asks for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import WrongState
from services.models import ServiceAtLocation
from verification.access import require_coordinator, require_owner
from verification.clocks import Deadlines, add_months, first_notice_days
from verification.models import Clock, ListingState
from verification.services.changing import (
    DEADLINES,
    audit,
    dates_of,
    load_plain,
    lock_state,
    need_reason,
    place_today,
    settle,
)

if TYPE_CHECKING:
    from accounts.models import User

#: What can be chosen, in days: a week, two, a month, a quarter.
INTERVALS = (7, 14, 30, 91)


def months_of_class(state: ListingState) -> int:
    """After how many months the class asks again."""
    return Clock.objects.get(pk=state.verification_class).recheck_months


def intervals_for(state: ListingState) -> list[int]:
    """Those that are shorter than what the class asks for."""
    day = dt.date(2001, 1, 1)
    months = months_of_class(state)
    return [days for days in INTERVALS if days < (add_months(day, months) - day).days]


@transaction.atomic
def choose_interval(*, listing: ServiceAtLocation, actor: User | None, days: int | None) -> ListingState:
    """The owner wants to be asked more often than the class does; None is what the class asks for.

    A coordinator who asks for a shorter one has a reason: the owner may go below it, not above.
    """
    listing = load_plain(listing)
    require_owner(listing, actor)
    with audit("choose interval", actor):
        state = lock_state(listing)
        if state.interval_reason and (days is None or days > (state.interval_days or 0)):
            raise WrongState(_("The coordinator asked for this interval: “%(s)s”.") % {"s": state.interval_reason})
        return _choose(state, days, state.interval_reason)


@transaction.atomic
def ask_for_interval(*, listing: ServiceAtLocation, actor: User, days: int | None, reason: str) -> ListingState:
    """A coordinator of the country asks for a shorter one, with a reason that the owner reads; None takes it back."""
    listing = load_plain(listing)
    require_coordinator(listing, actor)
    reason = need_reason(reason)[:300]
    with audit("ask for interval", actor, reason):
        return _choose(lock_state(listing), days, reason if days else "")


def _choose(state: ListingState, days: int | None, reason: str) -> ListingState:
    if days is not None and days not in intervals_for(state):
        raise WrongState(_("Choose an interval that is shorter than that of the class."))
    before, state.interval_days, state.interval_reason = state.interval_days, days, reason
    last = state.confirmed_on or state.checked_on
    if last and days != before:
        found = _sooner(state, last, days) if days and (before is None or days < before) else dates_of(state, last)
        for name in DEADLINES:
            setattr(state, name, getattr(found, name))
    settle(state)
    return state


def _sooner(state: ListingState, last: dt.date, days: int) -> Deadlines:
    """A shorter interval begins on the day on which it is chosen, and moves the next date to nothing later: nobody
    loses a listing from the map by wanting to look at it more often.
    """
    asked = place_today(state.listing) + dt.timedelta(days=days)
    due_on = min(asked, state.due_on) if state.due_on else asked
    found = dates_of(state, last, every=max((due_on - last).days, 0))
    of_class = Clock.objects.get(pk=state.verification_class)
    first = found.due_on - dt.timedelta(days=first_notice_days(of_class, days, is_short=True))
    return replace(found, notice_on=max(found.notice_on, first))
