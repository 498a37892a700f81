"""From what somebody said to the screen that answers it: the whole bot, without Telegram.

Rule: it reads as the public does, in a transaction that can write nothing, whoever asks. So nothing of a person can
stay, and what only members may know cannot come into a chat that Telegram keeps.
"""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from core.languages import known
from directory.access import public_read
from directory.asking.filters import FilterError
from reading.asked import Asked
from telegram.public import finding
from telegram.public.buttons import Turn, button, read
from telegram.screens import Said, Screen


def answer(said: Said) -> Screen:
    """In the person's language where we have it, else in the site's first one."""
    with translation.override(known(said.language)):
        try:
            with public_read():
                return _answer(said)
        except FilterError:  # a code that has gone since the button was made, or that somebody made up
            return _anew()


def sorry(language: str) -> Screen:
    """After a fault of ours."""
    with translation.override(known(language)):
        return Screen(_("Something went wrong on our side. Please try again in a minute."))


def too_many(language: str) -> Screen:
    """Said once to a chat that asks too much; then there is silence until the minute is over."""
    with translation.override(known(language)):
        return Screen(_("That is a lot of questions for one minute. Please wait a little."))


def _answer(said: Said) -> Screen:
    if said.is_live:
        text = _("Please do not share where you go: one position is enough. Stop sharing and press the key again.")
        return Screen(text, asks_place=True)
    asked = Asked.now("public")
    if said.place is not None:
        return finding.near(asked, *said.place)
    if said.press:
        return _pressed(asked, said.press)
    words = said.words.strip()
    return _command(asked, words) if words.startswith("/") else finding.by_words(asked, words)


def _command(asked: Asked, words: str) -> Screen:
    """`/find@name something` is the command alone."""
    match words.split()[0].partition("@")[0].lower():
        case "/find":
            return finding.groups(asked)
        case "/near":
            return _ask_place()
        case "/privacy":
            return _privacy()
        case _:
            return _start()


# long: the table of steps, a step a line
def _pressed(asked: Asked, press: str) -> Screen:
    match read(press):
        case (Turn.START, []):
            return _start()
        case (Turn.GROUPS, []):
            return finding.groups(asked)
        case (Turn.KINDS, [group]):
            return finding.kinds(asked, group)
        case (Turn.COUNTRIES, [kind]):
            return finding.countries(asked, kind)
        case (Turn.CITIES, [kind, country]):
            return finding.cities(asked, kind, country)
        case (Turn.FOUND, [kind, country, city, page]) if page.isascii() and page.isdecimal() and 0 < int(page) < 100:
            return finding.found(asked, kind, country, city, int(page))
        case (Turn.NEAR, []):
            return _ask_place()
        case (Turn.PRIVACY, []):
            return _privacy()
        case _:
            return _anew()


def _start() -> Screen:
    text = _(
        "Here you can find help for people who have moved or are on their way: what, where, when it is open and whom"
        " to call.\n\nTelegram knows that you write to this bot. We keep nothing of you and nothing of what you ask."
        " The site is quieter: %(site)s"
    ) % {"site": finding.site("/")}
    rows = (
        (button(_("Find a service"), Turn.GROUPS),),
        (button(_("Near me"), Turn.NEAR),),
        (button(_("What is known about me"), Turn.PRIVACY),),
    )
    return Screen(f"{text}\n\n{_('Or write in a few words what you need and where.')}", rows)


def _anew() -> Screen:
    return Screen(_("This button is from an earlier time. Please begin anew."), _start().rows)


def _ask_place() -> Screen:
    text = _(
        "Press the key below to send your position. We use it for this one answer, rounded to about a hundred metres,"
        " keep it nowhere and delete your message. Or choose a city by buttons: /find"
    )
    return Screen(text, asks_place=True)


def _privacy() -> Screen:
    text = _(
        "Telegram knows your number, that you write to this bot, and what: a chat with a bot is not end-to-end"
        " encrypted. We do not store your name, number, words or position, neither in tables nor in logs. You may"
        " delete this chat at any time. The site asks for no account: %(site)s"
    ) % {"site": finding.site("/")}
    return Screen(text, ((button(_("To the beginning"), Turn.START),),))
