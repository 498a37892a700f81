"""What was said where there was no connection, and reaches us later: when, and of which version.

Rule: it counts from when it was said, and never over what somebody else has said or changed since.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.errors import WrongState
from verification.models import ListingState, Recheck, Report, ReportKind, ReportState


class SaidSince(WrongState):
    """Something was said or changed after the person had looked, so their word is not taken for one about that."""

    code = "said_since"


@dataclass(frozen=True)
class Away:
    """When it was said, and the public id of the snapshot that stood before the person."""

    said_at: dt.datetime
    seen: str


def require_seen(state: ListingState, away: Away) -> None:
    """What stood before the person is on the map still. Call it under the state's lock."""
    if state.published is not None and state.published.public_id != away.seen:
        raise SaidSince(_("Another version is on the map since. Look at it, and confirm that one."))


def require_same(state: ListingState, away: Away) -> None:
    """Nothing about the listing has changed since. Call it under the state's lock."""
    require_seen(state, away)
    if _asked_since(state, away) or _reported_since(state, away):
        raise SaidSince(_("Somebody has reported a mistake since. Look at it, and confirm it then."))


def _asked_since(state: ListingState, away: Away) -> bool:
    return Recheck.objects.open().filter(listing=state.listing, created_at__gt=away.said_at).exists()


def _reported_since(state: ListingState, away: Away) -> bool:
    """A second report asks for no re-check of its own while the first one's is open."""
    reports = Report.objects.open().filter(listing=state.listing, received_at__gt=away.said_at)
    return reports.exclude(kind=ReportKind.OTHER).exclude(state=ReportState.FLOOD).exists()
