"""A database that came back from a copy does not know which letters left after the copy was made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from accounts.models import WaitingLetter
from messaging.models import Message
from messaging.models.message import MessageState


@dataclass(frozen=True)
class CalledOff:
    """How many letters of each outbox will not leave."""

    letters: int
    accounts: int


@transaction.atomic
def call_off(until: dt.datetime) -> CalledOff:
    """Letters that were due by then: a second one is worse than none, and their rounds write anew what is still true.

    What was being handed over when the copy was made becomes "unknown" by itself and is not repeated. Letters about
    accounts go whatever their moment: a link for a password is of no use by now, and whoever needs it asks again.
    """
    letters = Message.objects.open().filter(not_before__lte=until).update(state=MessageState.CANCELLED)
    accounts, _tables = WaitingLetter.objects.filter(created_at__lte=until).delete()
    return CalledOff(letters, accounts)
