"""How many letters a person gets: at most six within 31 days, whatever happens in the network.

Everything that leaves through the outbox counts. The dispatcher asks here last, under a lock on the address, so that
no combination of occasions and no pile after an outage gets through.
"""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.db import connection

from messaging.models import Message

MONTHLY_LIMIT = 6
#: No month is longer, so six within it are at most six in any month.
WINDOW = dt.timedelta(days=31)


def lock_address(address: str) -> None:
    """Until the end of the transaction nobody else decides whether this address gets another letter."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('messaging.address'), hashtext(%s))", [address])


def free_at(address: str, at: dt.datetime) -> dt.datetime:
    """`at` when the address may get another letter then, else the moment from which it may."""
    spent = Message.objects.spent().filter(address=address, claimed_at__gt=at - WINDOW)
    times = list(spent.order_by("-claimed_at").values_list("claimed_at", flat=True)[:MONTHLY_LIMIT])
    if len(times) < MONTHLY_LIMIT:
        return at
    return cast(dt.datetime, times[-1]) + WINDOW  # who has spent one has claimed it
