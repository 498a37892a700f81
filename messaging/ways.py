"""By which channels a letter goes, decided when it is written; and what becomes of one whose channel fails.

Rule: one occasion is one letter. What cannot wait goes by every channel that the person has; anything else by the
chat where it is linked and read, else by e-mail. A person who has not pressed since the last letter of this kind came
to the chat gets the next one by e-mail. A letter that a chat did not get, for certain, becomes an e-mail.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from core import clock
from messaging.letters import writers, writers_of
from messaging.models import Correspondent, Lane, Message, MessageState, TelegramAccount

EMAIL, TELEGRAM = "email", "telegram"
#: After so long without being taken, a letter that waits for another channel goes by e-mail.
PATIENCE = dt.timedelta(minutes=20)
_BESIDE = f":{TELEGRAM}"


def ways(to: Correspondent, *, kind: str, lane: str, requested: bool = False) -> tuple[str, ...]:
    """Codes of channels, never none for a kind that e-mail carries."""
    mail = (EMAIL,) if kind in writers() else ()
    if requested or kind not in writers_of(TELEGRAM) or not _has_open_chat(to):
        return mail
    if lane == Lane.URGENT:
        return (*mail, TELEGRAM)
    return mail if mail and _is_left_unread(to, kind) else (TELEGRAM,)


def beside(dedupe_key: str, channel: str) -> str:
    """The name of the occasion for a second row, by another channel."""
    return f"{dedupe_key[:145]}:{channel}"


def by_mail(message: Message) -> dict[str, object]:
    """What turns a letter that another channel has not delivered into an e-mail; gone where there is one already."""
    if message.dedupe_key.endswith(_BESIDE) or message.kind not in writers():
        return {"state": MessageState.CANCELLED}
    now, address = clock.now(), message.correspondent.email
    return {"state": MessageState.QUEUED, "channel": EMAIL, "address": address, "not_before": now, "claimed_at": None}


def give_up_waiting() -> int:
    """Letters that their channel did not take in time: its process stands still, or its provider is away."""
    before = clock.now() - PATIENCE
    late = Q(first_tried_at__lt=before) | Q(first_tried_at=None, not_before__lt=before)
    rows = Message.objects.open().filter(late, channel=TELEGRAM)
    gone = rows.filter(Q(dedupe_key__endswith=_BESIDE) | ~Q(kind__in=list(writers())))
    cancelled = gone.update(state=MessageState.CANCELLED, last_error="not taken in time")
    return cancelled + rows.update(state=MessageState.QUEUED, channel=EMAIL, not_before=clock.now())


def _has_open_chat(to: Correspondent) -> bool:
    if to.user_id is None:
        return False
    account = TelegramAccount.objects.filter(user=to.user_id).select_related("user").first()
    return account is not None and account.is_open


def _is_left_unread(to: Correspondent, kind: str) -> bool:
    """Whether nothing was pressed since the last letter of this kind came to the chat."""
    sent = Message.objects.spent().filter(correspondent=to, kind=kind, channel=TELEGRAM).order_by("-claimed_at")
    last = sent.values_list("claimed_at", flat=True).first()
    if last is None:
        return False
    return not TelegramAccount.objects.filter(user=to.user_id, pressed_at__gte=last).exists()
