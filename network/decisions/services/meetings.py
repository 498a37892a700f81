"""Calling a meeting, and writing its minutes from the agenda."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError
from network.decisions.models import AgendaItem, Body, Meeting
from network.decisions.services._inside import keep
from network.decisions.transitions import move_meeting
from organizations.models import Organization

if TYPE_CHECKING:
    from accounts.models import User

MOST_ITEMS = 30


@transaction.atomic
def call_meeting(*, actor: User, body: Body, held_on: dt.date, place: str, agenda: Sequence[str]) -> Meeting:
    """With at least one thing to speak of."""
    keep(actor, body)
    titles = [" ".join(title.split())[:200] for title in agenda if title.strip()]
    if not titles:
        raise HouseError(_("Write at least one item of the agenda."), field="agenda")
    if len(titles) > MOST_ITEMS:
        raise HouseError(_("At most %(n)d items.") % {"n": MOST_ITEMS}, field="agenda")
    meeting = Meeting(body=body, held_on=held_on, place=place)
    meeting.full_clean()
    meeting.save()
    for position, title in enumerate(titles, start=1):
        AgendaItem.objects.create(meeting=meeting, position=position, title=title)
    return meeting


@transaction.atomic
def write_minutes(
    *, actor: User, meeting: Meeting, said: Mapping[int, str], present: Sequence[Organization]
) -> Meeting:
    """What was said at each item (by its position), and which organisations came. It may be mended later."""
    row = _locked(actor, meeting)
    if row.held_on > clock.today():
        raise HouseError(_("This meeting has not been held yet."))
    move_meeting(row, "hold")
    row.save()
    row.present.set(present)
    for item in row.agenda.select_for_update().order_by("pk"):
        if item.position in said and said[item.position] != item.minutes:
            item.minutes = said[item.position]
            item.full_clean()
            item.save()
    return row


@transaction.atomic
def call_off_meeting(*, actor: User, meeting: Meeting) -> Meeting:
    row = _locked(actor, meeting)
    move_meeting(row, "call_off")
    row.save()
    return row


def _locked(actor: User, meeting: Meeting) -> Meeting:
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    keep(actor, row.body)
    return row
