"""What the worker does about applications and standings: it ends what has run out, and writes letters."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from core import clock
from network.decisions.counting import VoteOutcome, counts_of
from network.joining import letters
from network.joining.models import Application
from network.joining.models.words import ApplicationState
from network.joining.services.applying import run_out
from network.joining.services.standing import let_lapse
from organizations.models import Organization
from organizations.models.organization import OrganizationQuerySet

#: Whoever has not said so many days after New Year that they take part is called.
SILENT_DAYS = 60
#: Members are asked in the first so many days of a year.
ASKED_DAYS = 31
#: What nobody waits for any more is told to nobody.
_WAIT_FOR_SOMEBODY = (ApplicationState.SENT, ApplicationState.CHECKING, ApplicationState.ACCEPTED)


def run_often() -> dict[str, int]:
    """What ends by its day. Pages tell it by the clock before this has run."""
    rows = list(Application.objects.run_out())
    for row in rows:
        run_out(row)
    return {"suspensions lapsed": let_lapse(), "applications run out": len(rows)}


def run_daily() -> dict[str, int]:
    """Letters that are due; a second call writes none."""
    with transaction.atomic():
        return {"applications": _voted() + _slow(), "members asked": _ask_members(clock.today())}


def _voted() -> int:
    rows = list(Application.objects.filter(state=ApplicationState.VOTING, vote__isnull=False).select_related("vote"))
    for row in rows:  # a vote that runs on takes the application's day with it
        if row.vote is not None and row.due_at != row.vote.closes_at:
            row.due_at = row.vote.closes_at
            row.save(update_fields=["due_at"])
    counts = counts_of([row.vote for row in rows if row.vote is not None])
    waiting = (VoteOutcome.RUNNING, VoteOutcome.PAUSED, VoteOutcome.HALTED, VoteOutcome.DRAFT)
    over = [row for row in rows if counts[row.vote_id or 0].outcome not in waiting]
    for row in over:
        letters.voted(row)
    return len(over)


def _slow() -> int:
    rows = list(Application.objects.filter(state__in=_WAIT_FOR_SOMEBODY, due_at__lte=clock.now()).order_by("pk"))
    for row in rows:
        letters.slow(row)
    return len(rows)


def silent_in(year: int) -> OrganizationQuerySet:
    """Members and partners that have not said that they take part in the year."""
    joined = dt.date(year, 1, 1)
    rows = Organization.objects.in_network().exclude(participations__year=year)
    return rows.exclude(joined_on__gte=joined).order_by("name", "pk")


def _ask_members(today: dt.date) -> int:
    began = dt.date(today.year, 1, 1)
    days = (today - began).days
    asked = list(silent_in(today.year)) if days < ASKED_DAYS or days >= SILENT_DAYS else []
    if days < ASKED_DAYS:
        for organization in asked:
            letters.participation_asked(organization, today.year)
    else:
        for country in sorted({organization.registration_country for organization in asked}):
            letters.participation_silent(country, today.year)
    return len(asked)
