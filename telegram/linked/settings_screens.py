"""What a linked person chose here: warnings of countries, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.geo.countries import country_name
from core.pages.addresses import Page, path_to
from messaging import telegram as linking
from organizations.models import Organization
from telegram.linked.actions import Act, act
from telegram.public.finding import site
from telegram.screens import Screen

if TYPE_CHECKING:
    from messaging.models import TelegramAccount

#: Countries of one keyboard; the page has all.
MOST = 20


def settings_of(account: TelegramAccount) -> Screen:
    """Countries of the network as buttons: a press switches its warnings on or off."""
    known = Organization.objects.in_network().values_list("registration_country", flat=True)
    codes = sorted({code for code in known if code} | set(account.countries), key=country_name)[:MOST]
    buttons = [act(f"{'✓ ' if c in account.countries else ''}{country_name(c)}", Act.COUNTRY, c) for c in codes]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    text = _(
        "This chat is linked with your account. Press a country to be warned when it gets a notice, and again to stop."
        " Everything else: %(site)s\n\n/stop forgets this chat."
    )
    return Screen(text % {"site": page()}, rows)


def country_pressed(account: TelegramAccount, country: str) -> Screen:
    chosen = set(account.countries) ^ {country}
    return settings_of(linking.choose_countries(user=account.user, countries=chosen))


def page() -> str:
    return site(path_to(Page.TELEGRAM))
