"""Sending to subscribers. The address is opened for the moment of handing over and is written down nowhere else.

As in the outbox (`messaging.dispatch`): a row is marked before it leaves, so one that breaks off on the way is not
sent twice. An address that its server refuses for good is forgotten.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from email.utils import parseaddr

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import transaction
from django.db.models import Q

from accounts import secretbox
from core import clock
from messaging import quiet
from messaging.channels import Down, EmailChannel, LetterChannel, NotSent, OutcomeUnknown, Refused
from messaging.dispatch import BACKOFF, BROKEN_OFF, DOWN
from messaging.letters import Letter
from network.news.letters import to_subscriber
from network.news.models import LetterKind, LetterState, SubscriberLetter
from network.news.services.subscribing import ADDRESS

log = logging.getLogger(__name__)
#: Letters of one round; what is left waits for the next.
AT_A_TIME = 200


def post(limit: int = AT_A_TIME, channel: LetterChannel | None = None) -> Counter[str]:
    """Send what is due; how many became what. Safe to run in any number of processes and to kill at any moment."""
    line, tally = channel or EmailChannel(), Counter(unknown=_give_up_broken_off())
    try:
        for _number in range(limit):
            claimed = _claim()
            if claimed is None:
                break
            row, letter = claimed
            if letter is None:
                tally["put off" if row.state == LetterState.QUEUED else row.state] += 1
                continue
            outcome = _send(row, letter, line)
            tally[outcome] += 1
            if outcome == LetterState.QUEUED:
                break  # the server is away
    finally:
        line.close()
    return +tally


@transaction.atomic
def _claim() -> tuple[SubscriberLetter, Letter | None] | None:
    """The next one, marked as leaving, with its words; without words it is put off or no longer needed."""
    now = clock.now()
    due = SubscriberLetter.objects.filter(state=LetterState.QUEUED, not_before__lte=now)
    row = due.select_for_update(skip_locked=True).first()
    if row is None:
        return None
    if row.kind == LetterKind.DIGEST and (moment := quiet.next_moment(now, settings.TIME_ZONE)) > now:
        SubscriberLetter.objects.filter(pk=row.pk).update(not_before=moment)
        return row, None
    is_wanted = row.kind == LetterKind.CONFIRM or row.subscription.confirmed_at is not None
    letter = to_subscriber(row) if is_wanted else None
    row.state = LetterState.CANCELLED if letter is None else LetterState.SENDING
    row.claimed_at, row.attempts = now, row.attempts + 1
    row.save(update_fields=["state", "claimed_at", "attempts"])
    return row, letter


def _send(row: SubscriberLetter, letter: Letter, channel: LetterChannel) -> str:
    domain = parseaddr(settings.NOTICE_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    try:
        address = secretbox.unseal(row.subscription.address_box, ADDRESS)
        channel.send(address=address, letter=letter, message_id=f"<{row.public_id}@{domain}>")
    except Down:
        return _mark(row, LetterState.QUEUED, attempts=row.attempts - 1, not_before=clock.now() + DOWN)
    except (Refused, InvalidToken):
        row.subscription.delete()  # with all its letters: nobody reads there
        return LetterState.DEAD
    except NotSent:
        return _later(row)
    except OutcomeUnknown:
        return _mark(row, LetterState.UNKNOWN)
    except Exception as error:
        log.error("a letter to a subscriber broke off: %s", type(error).__name__)  # a traceback holds the address
        return _mark(row, LetterState.UNKNOWN)
    return _mark(row, LetterState.SENT)


def _later(row: SubscriberLetter) -> str:
    if row.attempts > len(BACKOFF):
        return _mark(row, LetterState.DEAD)
    _mark(row, LetterState.QUEUED, not_before=clock.now() + dt.timedelta(minutes=BACKOFF[row.attempts - 1]))
    return "put off"


def _mark(row: SubscriberLetter, state: LetterState, **values: object) -> str:
    """Only while nobody else has touched the row since."""
    mine = Q(pk=row.pk, state=LetterState.SENDING, attempts=row.attempts)
    return state if SubscriberLetter.objects.filter(mine).update(state=state, **values) else "overtaken"


def _give_up_broken_off() -> int:
    late = SubscriberLetter.objects.filter(state=LetterState.SENDING, claimed_at__lt=clock.now() - BROKEN_OFF)
    return late.update(state=LetterState.UNKNOWN)
