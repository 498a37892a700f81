"""Groups of the network: which the bot stays in, what it hears there, what it says on Mondays.

Rule: a group has outsiders, so it hears what everybody reads and nothing else, and no name of who is late. A group that
no administrator linked is left at once.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable

from aiogram.exceptions import TelegramMigrateToChat
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.geo.countries import country_name
from core.languages import known
from directory.access import public_read
from directory.asking.queries import current_listings, read_rows
from directory.shown.rows import ListingRow
from directory.shown.sums import sums
from messaging import telegram as linking
from messaging.models import TelegramGroup
from reading.asked import Asked
from reading.presenters import news, parts
from telegram.public.finding import site
from telegram.screens import Screen, shorten

log = logging.getLogger(__name__)
#: When a group is told, in the zone of the site.
HOUR = dt.time(10)
#: Countries and notices of one message.
MOST = 12
#: What is told of.
WEEK = dt.timedelta(days=7)
_TOKEN = 24


def may_stay(chat: int) -> bool:
    """In a linked group; in any other while an administrator holds a link for one."""
    return linking.group_of(chat) is not None or linking.group_is_waited_for()


def hear(chat: int, words: str, language: str) -> Screen | None:
    """`/start` with a token links the group, `/alerts` tells what everybody reads; nothing else is heard."""
    command, _space, rest = words.partition(" ")
    command = command.partition("@")[0].lower()
    if command == "/start" and len(rest.strip()) == _TOKEN:
        with translation.override(known(language)):
            if linking.link_group(token=rest.strip(), chat=chat, language=known(language)):
                return Screen(_("This group hears on Mondays what is new on the public map. /alerts tells it now."))
        return None
    group = linking.group_of(chat)
    if command != "/alerts" or group is None:
        return None
    with translation.override(known(group.language)):
        return digest()


def digest() -> Screen:
    """New in a week, fresh by country, notices of today: all of it from the public's tables, under its role."""
    with public_read():
        asked = Asked.now("public")
        current = current_listings("public", asked.at)
        new = current.filter(published_at__gte=asked.at - WEEK).count()
        rows = read_rows(current.order_by("id"), asked.at)
        return Screen(shorten("\n\n".join(_parts(rows, new, asked.at)), 3500))


def _parts(rows: list[ListingRow], new: int, at: dt.datetime) -> list[str]:
    told_of = sums(rows, at)
    total = ngettext("%(n)d service on the map", "%(n)d services on the map", len(rows)) % {"n": len(rows)}
    lines = [
        _("%(country)s: %(n)d, checked in time %(share)d%%")
        % {"country": country_name(code), "n": n, "share": told_of.share(code)}
        for code, n in list(told_of.by_country.items())[:MOST]
    ]
    notices = {notice["text"]: None for row in rows for notice in parts.notices(row, at)}
    if new:
        total += "\n" + ngettext(
            "%(n)d of them came or changed in a week", "%(n)d of them came or changed in a week", new
        ) % {"n": new}
    told = [f"{total}\n" + "\n".join(lines)]
    if notices:
        told.append("\n".join([_("Notices of today:"), *(f"▪ {shorten(text, 200)}" for text in list(notices)[:MOST])]))
    for one in news.digests():
        if one["updated"] > at - WEEK:
            told.append(f"{_('What is new in the network: %(month)s') % {'month': one['name']}}\n{site(one['url'])}")
    return [*told, site("/")]


def tell(hand_over: Callable[[int, Screen, bool], int]) -> int:
    """Each group once in its week, from Monday at ten on. A broken line tells it not a second time."""
    now = clock.now().astimezone(clock.zone(settings.TIME_ZONE))
    monday = now.date() - dt.timedelta(days=now.weekday())
    if now.weekday() == 0 and now.time() < HOUR:
        return 0
    told = 0
    for group in TelegramGroup.objects.exclude(told_on=monday).order_by("pk"):
        if not TelegramGroup.objects.filter(pk=group.pk).exclude(told_on=monday).update(told_on=monday):
            continue  # another process was quicker
        with translation.override(known(group.language)):
            screen = digest()
        try:
            _hand_over(hand_over, linking.chat_of(group), screen)
            told += 1
        except Exception as error:
            log.warning("a group was not told: %s", type(error).__name__)
    return told


def _hand_over(hand_over: Callable[[int, Screen, bool], int], chat: int, screen: Screen) -> None:
    """Where the group has become a supergroup, Telegram says for certain that it took nothing, and where to write."""
    try:
        hand_over(chat, screen, False)
    except TelegramMigrateToChat as error:
        linking.move_group(old=chat, new=error.migrate_to_chat_id)
        hand_over(error.migrate_to_chat_id, screen, False)
