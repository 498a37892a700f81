"""Once a week: what waits on a coordinator's desk, in numbers. Names are behind the login."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypedDict

from django.db import transaction

from core import clock
from core.pages.addresses import Page, path_to
from core.types import Words
from messaging.letters import Letter, address_of, letter
from messaging.models import Correspondent, Message
from messaging.people import network_correspondents
from messaging.services import enqueue
from messaging.stand_ins import StandIns, absences_near, day_of_arrival
from verification.coordination.desk import piles_for
from verification.letters.kinds import DIGEST

if TYPE_CHECKING:
    from accounts.models import User

#: So many letters within a month leave room for what cannot wait.
ROOM = 4


@transaction.atomic
def write_digests() -> int:
    """One letter for each coordinator and week; on the first day of the week that the worker and they are there.

    Whether anything waits is asked when it leaves.
    """
    people = {_occasion(person): person for person in network_correspondents().awake().order_by("pk")}
    known = set(Message.objects.filter(dedupe_key__in=people).values_list("dedupe_key", flat=True))
    since = clock.now() - dt.timedelta(days=31)
    stand_ins = StandIns(people.values(), absences_near(clock.today()))
    written = 0
    for key, person in people.items():
        if key in known or person.user is None or stand_ins.absence_of(person, day_of_arrival):
            continue
        recent = Message.objects.filter(address=person.email, created_at__gt=since).exclude(state="cancelled")
        if recent.count() < ROOM:
            written += enqueue(kind=DIGEST, to=person, dedupe_key=key) is not None
    return written


def _occasion(person: Correspondent) -> str:
    return f"{DIGEST}:{person.pk}:{clock.today(person.timezone):%G-W%V}"


class PileCount(TypedDict):
    """A pile of a desk and how many rows wait there."""

    code: str
    name: Words
    count: int


def counts(user: User, country: str = "") -> list[PileCount]:
    """The piles of a desk with their sizes."""
    return [
        {"code": pile.code, "name": pile.name, "count": pile.rows(user, country).count()} for pile in piles_for(user)
    ]


def digest(message: Message) -> Letter | None:
    """Counted when it leaves. Over when nothing waits, or the person has no desk any more."""
    user = message.correspondent.user
    rows = [row for row in counts(user) if row["count"]] if user else []
    if not rows:
        return None
    desk = address_of(path_to(Page.COORDINATION))
    piles = [{**row, "link": f"{desk}?pile={row['code']}"} for row in rows]
    context = {"piles": piles, "total": sum(row["count"] for row in rows), "link": desk}
    return letter(message, "verification/letters/digest", context)
