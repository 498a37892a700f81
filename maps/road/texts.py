"""Words that the page for the road shows from its script; without a network nobody else can say them."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.phrasing.dates import day_and_month
from core.phrasing.plurals import numbered
from core.phrasing.scripts import of_scripts

Texts = dict[str, str | dict[str, str]]


def road_texts() -> Texts:
    return of_scripts(_saving() | _rows())


def months() -> list[str]:
    """The eleventh of each month in words, in which a page puts its day."""
    return [day_and_month(dt.date(2026, month, 11)) for month in range(1, 13)]


def _saving() -> Texts:
    return {
        "step_pages": _("Saving services and phones…"),
        "step_map": _("Saving the map…"),
        "not_saved": _("It was not saved, and nothing is left on the phone. Check the connection and press again."),
        "nothing_to_save": _("There is nothing to save for this country."),
        "not_here": _("This browser does not let pages save anything. There is a light version, without map."),
        "asked_on": _("As it was on %(day)s"),
        "until": _("Wipes itself after %(day)s, unless it is opened with a connection before"),
        "wiped": _("Wiped from this phone. The browser's history remains: clear it if somebody else uses the phone."),
        "expired": _("The time of the copy is over, or the phone's clock has changed: it is wiped."),
        "withdrawn": _("The network has taken the copy back: it is wiped."),
    }


def _rows() -> Texts:
    return {
        "found": numbered(lambda n: ngettext("%(n)s service", "%(n)s services", n)),
        "places_here": numbered(lambda n: ngettext("%(n)s place", "%(n)s places", n)),
        "any_need": _("Anything"),
        "any_city": _("Everywhere"),
        "open_until": _("Open until %(time)s"),
        "opens_at": _("Opens at %(time)s"),
        "always": _("Round the clock"),
        "closed": _("Closed now"),
        "appointment": _("By appointment"),
        "hours_unknown": _("Hours not known"),
        "unless_holiday": _("%(hours)s, unless closed for a public holiday"),
        "late": _("Nobody has confirmed this in time. Call before you go."),
        "more": _("Where, when, what to bring"),
        "hours": _("Opening hours"),
        "who": _("Who may come"),
        "bring": _("What to bring"),
        "no_papers": _("no documents needed"),
        "price": _("Price"),
        "languages": _("Languages"),
    }
