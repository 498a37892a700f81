"""How many letters a person gets, by what the letters are for.

Upkeep of the map: at most six within 31 days, whatever happens in the network. Work, where somebody waits for an
answer, has a cap of its own for a day, and takes nothing from the six. What cannot wait is never put off.

A person is whoever reads the same mail: all their posts, their old addresses and every channel together. The
dispatcher asks here last, under a lock on the person, so that no combination of occasions and no pile after an outage
gets through.
"""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.db import connection
from django.db.models import Q

from messaging.models import Correspondent, Lane, Message

MONTHLY_LIMIT = 6
#: No month is longer, so six within it are at most six in any month.
WINDOW = dt.timedelta(days=31)
#: Lane → how many within which time; a lane that is not here is never put off.
CAPS: dict[str, tuple[int, dt.timedelta]] = {
    Lane.UPKEEP: (MONTHLY_LIMIT, WINDOW),
    Lane.WORK: (30, dt.timedelta(days=1)),
    Lane.NEWS: (10, dt.timedelta(days=1)),
}


def reader_of(correspondent: Correspondent) -> str:
    """The address by which a person is known, whatever post and channel a letter is for."""
    return correspondent.user.email if correspondent.user else correspondent.email


def lock_reader(reader: str) -> None:
    """Until the end of the transaction nobody else decides whether this person gets another letter."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('messaging.reader'), hashtext(%s))", [reader])


def free_at(reader: str, at: dt.datetime, lane: str = Lane.UPKEEP) -> dt.datetime:
    """`at` when the person may get another letter of this lane then, else the moment from which they may."""
    if lane not in CAPS:
        return at
    limit, window = CAPS[lane]
    posts = Correspondent.objects.filter(Q(email=reader) | Q(user__email=reader)).order_by().values("pk")
    spent = Message.objects.spent().filter(correspondent__in=posts, lane=lane, claimed_at__gt=at - window)
    times = list(spent.order_by("-claimed_at").values_list("claimed_at", flat=True)[:limit])
    if len(times) < limit:
        return at
    return cast(dt.datetime, times[-1]) + window  # who has spent one has claimed it
