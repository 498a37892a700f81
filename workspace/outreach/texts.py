"""Words of the page's script; without a connection nobody else can say them."""

from __future__ import annotations

from typing import TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.phrasing.plurals import numbered
from core.phrasing.scripts import of_scripts
from verification.models.report import NotServedReason

Texts = dict[str, str | dict[str, str]]


class ReasonShown(TypedDict):
    code: str
    text: str


def reasons() -> list[ReasonShown]:
    """Why a service was not given; there is no field for words."""
    return [{"code": str(code), "text": str(label)} for code, label in NotServedReason.choices]


def texts_of_page() -> Texts:
    return of_scripts(_states() | _rows() | _stays())


def _states() -> Texts:
    return {
        "working": _("One moment…"),
        "short": _("Six signs at least, and not all the same."),
        "not_on": _("It was not switched on, and nothing is left on the phone. Check the connection and press again."),
        "not_here": _("This browser does not let pages save anything."),
        "signed_out_first": _("Sign in, then switch it on."),
        "wrong": numbered(
            lambda n: ngettext(
                "That is not it. After %(n)s more wrong try all is wiped.",
                "That is not it. After %(n)s more wrong tries all is wiped.",
                n,
            )
        ),
        "spent": _("Five wrong tries: it is wiped from this phone."),
        "wiped": _("Wiped from this phone. The browser's history remains: clear it if somebody else uses the phone."),
        "expired": _("72 hours without a connection are over, or the phone's clock has changed: it is wiped."),
        "withdrawn": _("The sign-in to which this phone belonged was ended, so it is wiped."),
        "offline": _("No connection. What you press stays here and goes by itself."),
        "signed_out": _("You are signed out. Sign in, and what waits is sent."),
        "another": _("Somebody else is signed in here. What waits is sent when its own person signs in."),
        "sent": _("Nothing waits: all is sent."),
        "waiting": numbered(lambda n: ngettext("%(n)s press waits.", "%(n)s presses wait.", n)),
        "until": _("Without a connection all of this is wiped after %(time)s."),
    }


def _rows() -> Texts:
    return {
        "due": _("To be checked"),
        "confirm": _("So it is"),
        "visit": _("Did the service help your client?"),
        "served": _("It was given"),
        "not_served": _("It was not given"),
        "why": _("Why not?"),
        "visit_served": _("Visit: it was given"),
        "visit_not": _("Visit: it was not given (%(why)s)"),
        "waits": _("waits for the connection"),
        "undo": _("Do not send"),
        "look": _("Look at it"),
        "seen": _("I have read it"),
        "not_taken": _("It was not taken."),
        "none": _("Nothing of yours is on the public map."),
    }


def _stays() -> Texts:
    """What of one's own is not on the phone."""
    return {
        "left": numbered(
            lambda n: ngettext(
                "%(n)s more of yours is not for everybody, so it stays at home: confirm it with a connection.",
                "%(n)s more of yours are not for everybody, so they stay at home: confirm them with a connection.",
                n,
            )
        ),
        "over": numbered(
            lambda n: ngettext(
                "%(n)s more of yours has no room here (those to be checked come first): confirm it with a connection.",
                "%(n)s more of yours have no room (those to be checked come first): confirm them with a connection.",
                n,
            )
        ),
    }
