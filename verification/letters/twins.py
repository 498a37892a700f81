"""The owners hear that somebody thinks a listing of theirs and one of another organisation to be one and the same.

Numbers and the last day only: which two it is stands behind the login.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from core.addresses import Page, path_to
from messaging.letters import Letter, address_of, letter
from messaging.models import Message
from organizations.models import Organization
from verification.letters.kinds import TWINS
from verification.letters.news import News, news_of
from verification.models import Merge, MergeQuerySet


def twin_news() -> Iterator[News]:
    """The people of every organisation whose word a proposed merge waits for."""
    found: dict[Organization, list[str]] = defaultdict(list)
    rows = Merge.objects.open().order_by("pk")
    rows = rows.select_related("kept__service__organization", "gone__service__organization")
    for merge in rows:
        for side in merge.silent_sides():
            found[getattr(merge, side).service.organization].append(merge.public_id)
    yield from news_of(TWINS, found)


def twins(message: Message) -> Letter | None:
    """Over when the organisation has said its word on all of it meanwhile, or it was decided without."""
    waiting = list(_waiting(message))
    if not waiting:
        return None
    page = path_to(Page.MERGE, waiting[0].public_id) if len(waiting) == 1 else path_to(Page.TWINS)
    context = {
        "count": len(waiting),
        "day": min(merge.waits_until for merge in waiting),
        "link": address_of(page),
    }
    return letter(message, "verification/letters/twins", context)


def _waiting(message: Message) -> MergeQuerySet:
    about = Merge.objects.open().filter(public_id__in=message.payload["about"])
    organization = message.correspondent.organization_id
    return about.silent(organization).order_by("pk") if organization else about.order_by("pk")
