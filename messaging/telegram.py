"""Linking a chat of Telegram with a person, and taking it away again.

Rule: it needs the session and the chat. The page gives a link, the chat gets six digits, and the same page takes
them: neither a stolen link nor one that somebody was sent binds anybody. The link is good once, for ten minutes and
five tries. Rights are asked at each press, so a lost role needs no unlinking.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts import secretbox
from core import clock
from core.errors import HouseError, NotAllowed, WrongState
from core.geo.countries import country_name
from messaging.models import TelegramAccount, TelegramGroup, TelegramLinking
from messaging.models.telegram import LINKED_FOR, linking_ends

if TYPE_CHECKING:
    from accounts.models import User

CHAT, LINK, DIGITS = "telegram chat", "telegram link", "telegram digits"
TRIES, LONG = 5, 6
#: After its end a linking is still known for so long, so that the page can say that it has ended.
REMEMBERED = dt.timedelta(days=30)


@transaction.atomic
def begin_linking(*, user: User, for_group: bool = False) -> str:
    """The token of a deep link, shown once; an earlier link of this person ends. Groups are for administrators."""
    if for_group and not user.is_administrator:
        raise NotAllowed(_("Only an administrator of the network may do this."))
    token = secrets.token_urlsafe(18)
    fresh = {"token_mark": _mark(token, LINK), "expires_at": linking_ends(), "wrong": 0}
    nobody = {"chat_box": "", "chat_mark": "", "digits_mark": ""}
    TelegramLinking.objects.update_or_create(user=user, for_group=for_group, defaults=fresh | nobody)
    return token


@transaction.atomic
def meet_chat(*, token: str, chat: int) -> str | None:
    """A chat came by a link: the digits for it, or None when nobody waits for it. The first chat has the link."""
    row = _waiting().filter(token_mark__in=secretbox.marks(token, LINK), for_group=False, chat_box="").first()
    if row is None or not row.user.is_active:
        return None
    digits = f"{secrets.randbelow(10**LONG):0{LONG}}"
    row.chat_box, row.chat_mark = _box(chat), _mark(str(chat), CHAT)
    row.digits_mark = _mark(digits, DIGITS)
    row.save()
    return digits


def finish_linking(*, user: User, digits: str) -> TelegramAccount:
    """The digits came back by the session that began it. A wrong try is written down whatever becomes of it."""
    typed = "".join(digits.split())
    with transaction.atomic():
        row = _waiting().filter(user=user, for_group=False).first()
        if row is None:
            raise WrongState(_("The link has ended. Please take a new one."))
        if row.chat_box and row.digits_mark in secretbox.marks(typed, DIGITS):
            return _link(row)
        row.wrong += 1
        row.save(update_fields=["wrong"])
        has_come, is_over = bool(row.chat_box), row.wrong >= TRIES
        if is_over:
            row.delete()
    if is_over:
        raise WrongState(_("These digits were wrong five times. Please take a new link."))
    if not has_come:
        raise HouseError(_("Open the link in Telegram first: the bot sends the digits there."), field="digits")
    raise HouseError(_("These are not the digits that the bot has sent."), field="digits")


def _link(row: TelegramLinking) -> TelegramAccount:
    theirs = TelegramAccount.objects.filter(chat_mark=row.chat_mark).exclude(user=row.user)
    if theirs.exists():
        raise WrongState(_("This chat is linked with another account. Write /stop there first."))
    found = {"chat_box": row.chat_box, "chat_mark": row.chat_mark, "linked_at": clock.now(), "blocked_at": None}
    account, _new = TelegramAccount.objects.update_or_create(user=row.user, defaults=found | {"pressed_at": None})
    row.delete()
    return account


@transaction.atomic
def link_group(*, token: str, chat: int, language: str) -> bool:
    """A group came by a link that an administrator took; whether it did."""
    row = _waiting().filter(token_mark__in=secretbox.marks(token, LINK), for_group=True).first()
    if row is None or not row.user.is_administrator:
        return False
    found = {"chat_box": _box(chat), "language": language, "linked_by": row.user, "linked_at": clock.now()}
    TelegramGroup.objects.update_or_create(chat_mark=_mark(str(chat), CHAT), defaults=found)
    row.delete()
    return True


def group_is_waited_for() -> bool:
    """Whether an administrator holds a link for a group just now."""
    return TelegramLinking.objects.filter(for_group=True, expires_at__gt=clock.now()).exists()


def group_of(chat: int) -> TelegramGroup | None:
    return TelegramGroup.objects.filter(chat_mark__in=secretbox.marks(str(chat), CHAT)).first()


@transaction.atomic
def move_group(*, old: int, new: int) -> bool:
    """A group became a supergroup and has another number; whether one of ours did. Said twice it changes nothing."""
    marks = secretbox.marks(str(old), CHAT)
    group = TelegramGroup.objects.select_for_update().filter(chat_mark__in=marks).first()
    if group is None:
        return False
    there = group_of(new)
    if there is not None:  # it was linked anew meanwhile: one row, and no Monday twice
        there.told_on = max(filter(None, (there.told_on, group.told_on)), default=None)
        there.save(update_fields=["told_on"])
        group.delete()
        return True
    group.chat_box, group.chat_mark = _box(new), _mark(str(new), CHAT)
    group.save(update_fields=["chat_box", "chat_mark"])
    return True


def unlink(*, user: User) -> bool:
    """The chat is forgotten, and with it what was chosen there; whether there was one."""
    TelegramLinking.objects.filter(user=user, for_group=False).delete()
    return bool(TelegramAccount.objects.filter(user=user).delete()[0])


def account_of(chat: int) -> TelegramAccount | None:
    """Whose chat it is, while it counts. Looking leaves nothing."""
    rows = TelegramAccount.objects.select_related("user")
    found = rows.filter(chat_mark__in=secretbox.marks(str(chat), CHAT)).first()
    return found if found is not None and found.is_current else None


def chat_of(row: TelegramAccount | TelegramGroup) -> int:
    return int(secretbox.unseal(row.chat_box, CHAT))


def note_press(account: TelegramAccount) -> None:
    TelegramAccount.objects.filter(pk=account.pk).update(pressed_at=clock.now(), blocked_at=None)


def note_blocked(user: User) -> None:
    """The person blocked the bot, or closed their account there: letters go by e-mail."""
    TelegramAccount.objects.filter(user=user, blocked_at=None).update(blocked_at=clock.now())


@transaction.atomic
def choose_countries(*, user: User, countries: Iterable[str]) -> TelegramAccount:
    """Of which countries this person wants to be warned."""
    account = TelegramAccount.objects.select_for_update().filter(user=user).first()
    if account is None:
        raise WrongState(_("This chat is not linked."))
    account.countries = sorted({code for code in countries if len(code) == 2 and country_name(code)})
    account.save(update_fields=["countries"])
    return account


def forget_linkings() -> int:
    """Those that nobody ended in time: the chat that came by one was nobody's."""
    return TelegramLinking.objects.filter(expires_at__lte=clock.now()).delete()[0]


def forget_chats() -> int:
    """Those that were linked so long ago that nothing goes there any more."""
    return TelegramAccount.objects.filter(linked_at__lte=clock.now() - LINKED_FOR - REMEMBERED).delete()[0]


def _waiting() -> QuerySet[TelegramLinking]:
    return TelegramLinking.objects.select_for_update().filter(expires_at__gt=clock.now())


def _box(chat: int) -> str:
    return secretbox.seal(str(chat), CHAT)


def _mark(text: str, purpose: str) -> str:
    return secretbox.marks(text, purpose)[0]
