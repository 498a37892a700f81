"""The outbox's way into chats. It works in the bot's process alone, where the token is; the worker never needs one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING

from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiohttp import ClientConnectorError
from cryptography.fernet import InvalidToken

from messaging import telegram as linking
from messaging.channels.base import Down, NotSent, OutcomeUnknown, Overloaded, Refused
from messaging.letters import Letter
from messaging.models import TelegramAccount
from telegram.letters import keys_of
from telegram.screens import Screen

if TYPE_CHECKING:
    from messaging.models import Correspondent, Message

#: Hands a screen over to a chat in its turn and gives the number of the message; quiet ones make no sound.
Deliver = Callable[[int, Screen, bool], Coroutine[None, None, int]]
#: What a chat that is gone is called.
_GONE = ("chat not found", "user is deactivated", "bot was blocked", "peer_id_invalid")


def carrier(loop: asyncio.AbstractEventLoop, deliver: Deliver) -> type[TelegramChannel]:
    """The channel of a running bot: letters wait for their turn among the answers."""

    class OfThisBot(TelegramChannel):
        def hand_over(self, chat: int, screen: Screen, is_quiet: bool) -> int:
            return asyncio.run_coroutine_threadsafe(deliver(chat, screen, is_quiet), loop).result()

    return OfThisBot


class TelegramChannel:
    """What Telegram answers, in the house's words. Nothing of it is tried a second time here."""

    code = "telegram"

    @staticmethod
    def why_closed(correspondent: Correspondent) -> str:
        account = TelegramAccount.objects.filter(user=correspondent.user_id).select_related("user").first()
        if account is None:
            return "not linked"
        return "" if account.is_open else "the chat is closed"

    @staticmethod
    def note_refusal(message: Message, reason: str) -> None:
        """The chat is closed until its person writes again; nothing is said of their e-mail."""
        if message.correspondent.user is not None:
            linking.note_blocked(message.correspondent.user)

    def hand_over(self, chat: int, screen: Screen, is_quiet: bool) -> int:
        raise Down("no bot is running here")

    def send(self, *, address: str, letter: Letter, message_id: str) -> str:
        account = TelegramAccount.objects.filter(user__email=address).select_related("user").first()
        if account is None:
            raise Refused("not linked")
        try:
            chat = linking.chat_of(account)
        except InvalidToken as error:  # a key that was taken away: the person links anew
            raise Refused("the chat cannot be read") from error
        try:
            return str(self.hand_over(chat, Screen(letter.text, keys_of(letter)), letter.is_quiet))
        except AiogramError as error:
            raise what_happened(error) from None

    def close(self) -> None:
        """The line is the bot's."""


def what_happened(error: AiogramError) -> Exception:
    """Only an answer of the Bot API itself is certain; a line that broke is not, once it stood.

    No text of the library goes on: it could name the chat.
    """
    kind = type(error).__name__
    match error:
        case TelegramRetryAfter():
            return Overloaded(error.retry_after)
        case TelegramForbiddenError():
            return Refused(kind)
        case TelegramBadRequest():
            return Refused(kind) if any(word in error.message.lower() for word in _GONE) else NotSent(kind)
        case TelegramUnauthorizedError() | TelegramNotFound() | TelegramServerError():
            return Down(kind)
        case TelegramNetworkError() if isinstance(error.__cause__, ClientConnectorError):
            return Down(kind)
        case TelegramNetworkError() | ClientDecodeError():
            return OutcomeUnknown(kind)
        case TelegramAPIError():
            return NotSent(kind)
        case _:
            return OutcomeUnknown(kind)
