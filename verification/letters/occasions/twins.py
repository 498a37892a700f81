"""The owners hear that somebody thinks a listing or a place of theirs and another organisation's to be the same.

Numbers and the last day only: which two it is stands behind the login.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Q

from core.pages.addresses import Page, path_to
from messaging.letters import Letter, address_of, letter
from messaging.models import Message
from organizations.models import Organization
from verification.letters.kinds import TWINS
from verification.letters.occasions.news import News, news_of
from verification.models import Merge, MergeState, SharedDoor


def twin_news() -> Iterator[News]:
    """The people of every organisation whose word a proposed merge waits for."""
    found: dict[Organization, list[str]] = defaultdict(list)
    rows = Merge.objects.open().order_by("pk")
    rows = rows.select_related("kept__service__organization", "gone__service__organization")
    for merge in rows:
        for side in merge.silent_sides():
            found[getattr(merge, side).service.organization].append(merge.public_id)
    doors = SharedDoor.objects.filter(state=MergeState.PROPOSED).order_by("pk")
    for door in doors.select_related("kept__organization", "gone__organization"):
        for side in door.silent_sides():
            found[getattr(door, side).organization].append(door.public_id)
    yield from news_of(TWINS, found)


def twins(message: Message) -> Letter | None:
    """Over when the organisation has said its word on all of it meanwhile, or it was decided without."""
    waiting = _waiting(message)
    if not waiting:
        return None
    only = waiting[0] if len(waiting) == 1 else None
    page = path_to(Page.MERGE, only.public_id) if isinstance(only, Merge) else path_to(Page.TWINS)
    context = {
        "count": len(waiting),
        "day": min(merge.waits_until for merge in waiting),
        "link": address_of(page),
    }
    return letter(message, "verification/letters/twins", context)


def _waiting(message: Message) -> list[Merge | SharedDoor]:
    keys = message.payload["about"]
    merges = Merge.objects.open().filter(public_id__in=keys).order_by("pk")
    doors = SharedDoor.objects.filter(state=MergeState.PROPOSED, public_id__in=keys).order_by("pk")
    if organization := message.correspondent.organization_id:
        silent = Q(kept__organization=organization, kept_agreed_at=None)
        merges = merges.silent(organization).order_by("pk")
        doors = doors.filter(silent | Q(gone__organization=organization, gone_agreed_at=None))
    return [*merges, *doors]
