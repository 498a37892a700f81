"""The thin layer between Telegram and the dialogue: aiogram receives and sends, nothing here decides anything.

Rule: of an update only the allow-list of `Said` goes on; names are read nowhere. Nothing of an update is logged, and
the library's own lines are off.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar
from weakref import WeakValueDictionary

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError, TelegramRetryAfter
from aiogram.types import (
    CallbackQuery,
    ChatMemberUpdated,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
)
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections
from django.utils import translation
from django.utils.translation import gettext as _

from core.languages import SOURCE, known
from messaging import telegram as linking
from telegram import groups
from telegram.linked import desk
from telegram.patience import Patience, Verdict
from telegram.public import dialogue
from telegram.screens import Said, Screen

log = logging.getLogger(__name__)

#: Seconds that Telegram may take for one answer.
PATIENT = 30
AnswerT = TypeVar("AnswerT")
#: What somebody is who is in a group.
_INSIDE = ("member", "administrator", "restricted")
#: What Telegram is asked to tell at all.
UPDATES = ["message", "callback_query", "my_chat_member"]
#: Seconds that an answer may wait; later nobody looks for it.
_SOON = 10
#: Seconds until a group that nobody knows is left.
SETTLES = 2
#: Seconds for what stands beside an answer: it may not hold the answer up.
_BESIDE = 5


def make_bot() -> Bot:
    """For the token and the server of the settings."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(settings.TELEGRAM_API), timeout=PATIENT)
    silent = DefaultBotProperties(parse_mode=None, link_preview=LinkPreviewOptions(is_disabled=True))
    return Bot(settings.TELEGRAM_TOKEN, session=session, default=silent)


def make_dispatcher(window: Window | None = None) -> Dispatcher:
    """One handler for each kind of update; dialogues have no state, so the library stores none."""
    for name in ("aiogram", "aiogram.event", "aiogram.dispatcher", "aiogram.middlewares"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    found = Dispatcher(disable_fsm=True)
    window = window or Window()
    found.message.register(window.message)
    found.callback_query.register(window.press)
    found.my_chat_member.register(window.moved)
    return found


class Window:
    """Where everybody is heard and spoken to, each in their turn: answers, letters of the outbox, groups."""

    def __init__(self) -> None:
        self._patience = Patience()
        #: Who writes to a chat, one after another; a line is gone when nobody stands in it.
        self._lines = WeakValueDictionary[int, asyncio.Lock]()

    async def message(self, message: Message, bot: Bot) -> None:
        if message.chat.type != "private":
            await self._group(message, bot)
            return
        sent = message.location
        said = Said(
            language=(message.from_user and message.from_user.language_code) or "",
            words=(message.text or "")[:1000],
            place=(sent.latitude, sent.longitude) if sent else None,
            is_live=bool(sent and sent.live_period),
            chat=message.chat.id,
        )
        reply = self._reply(bot, message.chat.id, said)
        if not sent:
            await reply
            return
        # Whatever becomes of the answer, the position goes from the chat.
        gone = bot.delete_message(message.chat.id, message.message_id, request_timeout=_BESIDE)
        await asyncio.gather(reply, _or_not(gone))

    async def press(self, query: CallbackQuery, bot: Bot) -> None:
        """The press is answered at once and the work begun at once: neither waits for the other."""
        heard = _or_not(bot.answer_callback_query(query.id, request_timeout=_BESIDE))
        if query.message is None or query.message.chat.type != "private":
            await heard
            return
        chat = query.message.chat.id
        said = Said(language=query.from_user.language_code or "", press=query.data or "-", chat=chat)
        await asyncio.gather(heard, self._reply(bot, query.message.chat.id, said))

    async def moved(self, event: ChatMemberUpdated, bot: Bot) -> None:
        """Somebody took the bot into a group: it belongs to those of the network alone."""
        if event.chat.type == "private" or event.new_chat_member.status not in _INSIDE:
            return
        if not await _may_stay(event.chat.id):
            await _leave(bot, event.chat.id)

    async def _group(self, message: Message, bot: Bot) -> None:
        """Two commands are heard in a group of the network, and nothing else; any other group is left at once."""
        chat, words = message.chat.id, (message.text or "")[:200]
        language = (message.from_user and message.from_user.language_code) or ""
        before, after = message.migrate_from_chat_id or chat, message.migrate_to_chat_id or chat
        if before != after:
            await _asked(_moved, before, after)
            return
        if not await _may_stay(chat):
            await _leave(bot, chat)
            return
        screen = await _asked(groups.hear, chat, words, language) if words.startswith("/") else None
        if screen is not None and self._patience.ask(chat) == Verdict.ANSWER:
            await self._try(bot, chat, screen, language)

    async def _reply(self, bot: Bot, chat: int, said: Said) -> None:
        match self._patience.ask(chat):
            case Verdict.SILENCE:
                return
            case Verdict.SAY_ONCE:
                screen = dialogue.too_many(said.language)
            case Verdict.ANSWER:
                screen = await sync_to_async(_answer, thread_sensitive=True)(said)
        await self._try(bot, chat, screen, said.language)

    async def deliver(self, bot: Bot, chat: int, screen: Screen, is_quiet: bool) -> int:
        """A letter, in its turn; what goes wrong is for the outbox to know."""
        keys = _keys(screen, SOURCE)
        async with self._turn(chat):
            sent = await bot.send_message(chat, screen.text, reply_markup=keys, disable_notification=is_quiet)
        return sent.message_id

    async def _try(self, bot: Bot, chat: int, screen: Screen, language: str) -> None:
        try:
            await self._send(bot, chat, screen, language)
        except AiogramError as error:  # also a page of HTML from a gateway, which is no answer of the Bot API
            log.warning("an answer did not leave: %s", type(error).__name__)

    async def _send(self, bot: Bot, chat: int, screen: Screen, language: str) -> None:
        """Sent again only where Telegram said for certain that it took nothing, and wants it soon."""
        keys = _keys(screen, language)
        try:
            async with self._turn(chat):
                await bot.send_message(chat, screen.text, reply_markup=keys)
        except TelegramRetryAfter as error:
            if error.retry_after > _SOON:
                raise
            await asyncio.sleep(error.retry_after)
            async with self._turn(chat):
                await bot.send_message(chat, screen.text, reply_markup=keys)

    @contextlib.asynccontextmanager
    async def _turn(self, chat: int) -> AsyncIterator[None]:
        """When the message before has come through here, its second is over, and everybody's turn leaves room."""
        line = self._lines.setdefault(chat, asyncio.Lock())
        async with line:
            await asyncio.sleep(self._patience.pause(chat))
            await asyncio.sleep(self._patience.pause_of_all())
            try:
                yield
            finally:
                self._patience.came_through(chat)


async def _or_not(call: Awaitable[object]) -> None:
    with contextlib.suppress(AiogramError):
        await call


def _answer(said: Said) -> Screen:
    """A fault of ours is told to the person, and to the log by its kind alone."""
    close_old_connections()
    try:
        return desk.answer(said)
    except Exception as error:
        log.error("an update was not answered: %s", type(error).__name__)  # a traceback holds words
        return dialogue.sorry(said.language)
    finally:
        close_old_connections()


async def _asked(call: Callable[..., AnswerT], *arguments: object) -> AnswerT:
    """A question to the database, beside the others."""

    def ask() -> AnswerT:
        close_old_connections()
        try:
            return call(*arguments)
        finally:
            close_old_connections()

    return await sync_to_async(ask, thread_sensitive=True)()


def _moved(old: int, new: int) -> bool:
    return linking.move_group(old=old, new=new)


async def _may_stay(chat: int) -> bool:
    """Asked twice: that a group of ours has become this one may be told a moment after it speaks."""
    if await _asked(groups.may_stay, chat):
        return True
    await asyncio.sleep(SETTLES)
    return await _asked(groups.may_stay, chat)


async def _leave(bot: Bot, chat: int) -> None:
    await _or_not(bot.leave_chat(chat))


def _keys(screen: Screen, language: str) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
    if screen.asks_place:
        with translation.override(known(language)):
            key = KeyboardButton(text=_("Send my position"), request_location=True)
        return ReplyKeyboardMarkup(keyboard=[[key]], one_time_keyboard=True, resize_keyboard=True)
    if not screen.rows:
        return None
    rows = [[InlineKeyboardButton(text=one.label, callback_data=one.data) for one in row] for row in screen.rows]
    return InlineKeyboardMarkup(inline_keyboard=rows)
