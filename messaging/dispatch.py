"""Sending what is due. Safe to run in any number of processes and to kill at any moment.

How it stays safe, by where a kill may fall:
1. A row is claimed, its words are written and it is marked `sending` in one transaction. Killed before its commit:
   the row is still `queued`, nothing left the house.
2. Killed between that commit and our mark of the outcome: the row stays `sending`. Nobody can know whether the
   provider took the letter, so after a quarter of an hour it becomes `unknown`, is shown to people, and is never
   sent again by itself: at most once for each row. What it was about is not lost: the next step of the same clock
   writes another row, and a person may send it again.
3. A provider that cannot be reached costs nothing: the row goes back to the queue, and the round goes on without
   this channel.
`attempts` is the fence: a process that wakes up late writes only when nobody has touched the row since.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Collection, Mapping
from email.utils import parseaddr

from django.conf import settings
from django.db import transaction

from core import clock
from messaging import budget, quiet
from messaging.channels import CHANNELS, Down, EmailChannel, LetterChannel, NotSent, Overloaded, Refused
from messaging.letters import Letter, write
from messaging.models import Correspondent, Lane, Message, MessageState
from messaging.models.message import MessageQuerySet
from messaging.silence import note_round
from messaging.ways import PATIENCE, by_mail, give_up_waiting

log = logging.getLogger(__name__)

#: Minutes until the next attempt, by the number of attempts so far; then the letter is given up.
BACKOFF = (5, 15, 45, 120, 240, 480)
#: How long a provider that is down is left alone.
DOWN = dt.timedelta(minutes=5)
#: A letter that is still being handed over after so long was broken off.
BROKEN_OFF = dt.timedelta(minutes=15)
#: A provider that is busy for longer, in seconds, is left alone until the next round.
SHORT_WAIT = 60
#: Channels by the code that messages carry.
Carriers = Mapping[str, type[LetterChannel]]


def dispatch(limit: int = 500, carriers: Carriers | None = None) -> Counter[str]:
    """Send what is due now by these channels, those of the worker unless told otherwise; how many rows became what."""
    carriers = CHANNELS if carriers is None else carriers
    carries_mail = EmailChannel.code in carriers
    tally: Counter[str] = Counter(unknown=give_up_broken_off(), moved=give_up_waiting() if carries_mail else 0)
    channels: dict[str, LetterChannel] = {}
    down: set[str] = set()
    try:
        for _number in range(limit):
            claimed = claim(_without(carriers, down))
            if claimed is None:
                break
            message, letter = claimed
            if letter is None:
                tally[message.state] += 1 + _put_off_alike(message)
                continue
            if message.channel not in channels:
                channels[message.channel] = carriers[message.channel]()
            outcome = _send(message, letter, channels[message.channel])
            tally[outcome] += 1
            if outcome == MessageState.QUEUED:
                down.add(message.channel)
    finally:
        for channel in channels.values():
            channel.close()
    if carries_mail and EmailChannel.code not in down:
        note_round()
    return +tally


def _without(carriers: Carriers, down: Collection[str]) -> Carriers:
    return {code: carrier for code, carrier in carriers.items() if code not in down}


@transaction.atomic
def claim(carriers: Carriers | None = None) -> tuple[Message, Letter | None] | None:
    """The next row whose time has come, marked `sending`, with its words; None when there is none.

    Rows of other channels than these, or of those that are down, are left alone.
    Without words the row was dealt with otherwise: put off, given up or no longer needed.
    """
    carriers = CHANNELS if carriers is None else carriers
    now = clock.now()
    message = _next_due(now, carriers)
    if message is None:
        return None
    if not _may_leave(message, now, carriers[message.channel]):
        message.save(update_fields=["state", "channel", "address", "not_before", "claimed_at", "last_error"])
        return message, None
    try:
        with transaction.atomic():
            letter = write(message)
    except Exception as error:
        log.exception("a letter of kind %s could not be written", message.kind)
        _try_later(message, error, now)
        return message, None
    if letter is None:
        message.state = MessageState.CANCELLED
        message.save(update_fields=["state"])
        return message, None
    message.state, message.subject, message.claimed_at = MessageState.SENDING, letter.subject, now
    message.first_tried_at = message.first_tried_at or now
    message.attempts += 1
    message.save(update_fields=["state", "subject", "claimed_at", "first_tried_at", "attempts"])
    return message, letter


def _next_due(now: dt.datetime, channels: Collection[str]) -> Message | None:
    """The row that waits longest, locked; rows that another process holds are left to it.

    With its reader, for whom everything asks that decides and writes: read after the lock, not joined to it.
    """
    due = Message.objects.open().filter(not_before__lte=now, channel__in=list(channels))
    message = due.select_for_update(skip_locked=True).order_by("not_before", "pk").first()
    if message is not None:
        readers = Correspondent.objects.select_related("user", "organization")
        message.correspondent = readers.get(pk=message.correspondent_id)
    return message


def _may_leave(message: Message, now: dt.datetime, channel: type[LetterChannel]) -> bool:
    """Whether this letter may leave now; otherwise it is put off, takes another way or is no longer needed."""
    person = message.correspondent
    closed = "left" if person.left_at else channel.why_closed(person)
    if closed:
        message.state, message.last_error = MessageState.CANCELLED, closed
        if not person.left_at and message.channel != EmailChannel.code:
            for name, value in by_mail(message).items():
                setattr(message, name, value)
        return False
    reader = budget.reader_of(person)
    budget.lock_reader(reader)
    moment = budget.free_at(reader, now, message.lane)
    if not message.is_requested and message.lane != Lane.URGENT:
        moment = quiet.next_moment(moment, person.timezone, urgent=message.is_urgent)
    if moment > now:
        message.not_before = moment
        return False
    return True


@transaction.atomic
def _put_off_alike(message: Message) -> int:
    """Whatever else waits for the same person under the same rules waits as long: asked once, not once for each.

    How many they were. Rows that another process holds are left to it, so that no two wait for each other.
    """
    now = clock.now()
    if message.state != MessageState.QUEUED or message.not_before <= now:
        return 0
    rules = ("correspondent_id", "channel", "lane", "is_urgent", "is_requested")
    alike = Message.objects.open().filter(not_before__lte=now, **{name: getattr(message, name) for name in rules})
    found = list(alike.select_for_update(skip_locked=True).order_by("pk").values_list("pk", flat=True))
    return Message.objects.filter(pk__in=found).update(not_before=message.not_before)


def _send(message: Message, letter: Letter, channel: LetterChannel) -> str:
    """Hand a claimed letter over and mark what became of it."""
    try:
        result = channel.send(address=message.address, letter=letter, message_id=_message_id(message))
    except Down as error:
        back = {"not_before": clock.now() + DOWN, "claimed_at": None, "attempts": message.attempts - 1}
        return _mark(message, MessageState.QUEUED, last_error=str(error)[:500], **back)
    except Overloaded as error:
        return _wait_for(message, channel, error)
    except Refused as error:
        with transaction.atomic():
            channel.note_refusal(message, str(error))
            if message.channel != EmailChannel.code:
                return _moved(message, error)
            return _mark(message, MessageState.DEAD, last_error=str(error)[:500])
    except NotSent as error:
        with transaction.atomic():
            locked = _fenced(message).select_for_update().first()
            return _try_later(locked, error, clock.now()) if locked else "overtaken"
    except Exception as error:
        log.exception("a letter broke off while it was handed over")
        return _mark(message, MessageState.UNKNOWN, last_error=str(error)[:500])
    return _mark(message, MessageState.SENT, sent_at=clock.now(), provider_result=result[:200], last_error="")


def _wait_for(message: Message, channel: LetterChannel, error: Overloaded) -> str:
    """It was no attempt. What would wait too long takes another way; a short wait holds up nobody else."""
    if message.channel != EmailChannel.code and error.seconds > PATIENCE.total_seconds():
        _moved(message, error)
        return MessageState.QUEUED  # and the whole channel rests
    moment = clock.now() + dt.timedelta(seconds=error.seconds)
    back = {"not_before": moment, "claimed_at": None, "attempts": message.attempts - 1}
    state = _mark(message, MessageState.QUEUED, last_error=str(error), **back)
    return "put off" if state == MessageState.QUEUED and error.seconds <= SHORT_WAIT else state


def _moved(message: Message, error: Exception) -> str:
    values = by_mail(message)
    state = str(values.pop("state"))
    state = _mark(message, state, last_error=str(error)[:500], **values)
    return "moved" if state == MessageState.QUEUED else state


def _mark(message: Message, state: str, **values: object) -> str:
    return state if _fenced(message).update(state=state, **values) else "overtaken"


def _fenced(message: Message) -> MessageQuerySet:
    return Message.objects.filter(pk=message.pk, state=MessageState.SENDING, attempts=message.attempts)


def _try_later(message: Message, error: Exception, now: dt.datetime) -> str:
    """Wait longer after every attempt, with a little chance so that letters do not return in step; then give up."""
    if message.state != MessageState.SENDING:  # it failed before it was handed over, which is an attempt as well
        message.attempts += 1
    message.first_tried_at = message.first_tried_at or now
    message.last_error = (str(error) or type(error).__name__)[:500]
    if message.attempts > len(BACKOFF):
        message.state = MessageState.DEAD
    else:
        message.state = MessageState.FAILED
        seconds = BACKOFF[message.attempts - 1] * 60 + message.pk % 60
        message.not_before = now + dt.timedelta(seconds=seconds)
    message.save(update_fields=["state", "attempts", "first_tried_at", "last_error", "not_before"])
    return message.state


def give_up_broken_off() -> int:
    """Rows whose process died while it handed them over: their outcome is unknown."""
    broken = Message.objects.filter(state=MessageState.SENDING, claimed_at__lt=clock.now() - BROKEN_OFF)
    return broken.update(state=MessageState.UNKNOWN, last_error="broke off while it was handed over")


def _message_id(message: Message) -> str:
    """The same for every attempt of a row, so that a mail program shows a letter once."""
    domain = parseaddr(settings.NOTICE_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{message.public_id}@{domain}>"
