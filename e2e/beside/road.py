"""What the journeys for the road need from the served network: hours by the product's own reckoning, and takedowns."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from directory.access import public_read
from directory.asking.filters import Filters
from directory.asking.queries import everything
from reading import hours
from services.models import ServiceAtLocation
from verification.services import hide, restore


def states(country: str, instants: list[str]) -> dict[str, list[str]]:
    """By service: open, closed, … at each instant, as the hours of a card say it."""
    at = [dt.datetime.fromisoformat(one) for one in instants]
    with public_read():
        rows = list(everything("public", Filters(country=(country,))))
    return {
        row.id: [hours.opening(row.hours, row.country, row.timezone, one)["state"] for one in at]
        for row in rows
        if row.operation not in ("closed", "paused") and not row.notices
    }


def hide_one(listing: str) -> None:
    row = ServiceAtLocation.objects.get(public_id=listing)
    hide(listing=row, actor=None, reason="Ремонт")


def show_again(listings: list[str], email: str) -> None:
    """By somebody who may."""
    actor = User.objects.get(email=email)
    for row in ServiceAtLocation.objects.filter(public_id__in=listings):
        restore(listing=row, actor=actor, reason="Открыто снова")
