"""A selection as a PDF (reading/typeset)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.phrasing.dates import day_in_words
from core.phrasing.direction import isolated
from reading.picked.sheet import PickedTold
from reading.picked.sketch import sketch
from reading.typeset import making

PAPERS = ("a4", "a5")
#: So many services stand on one page, for which they are set closer, and at last without the drawing.
ON_ONE_PAGE = 3
_LOOSE, _CLOSER, _WITHOUT_DRAWING = range(3)


def pdf(told: Sequence[PickedTold], link: str, *, on: dt.date, size: str = "") -> bytes:
    """The file for services that have a line (at least one)."""
    data = _data(told, link, on, size if size in PAPERS else PAPERS[0])
    found = making.printed("sheet.typ", data)
    for tight in (_CLOSER, _WITHOUT_DRAWING):
        if found.said["pages"] == 1 or len(told) > ON_ONE_PAGE:
            break
        drawing = data["sketch"] if tight == _CLOSER else ""
        found = making.printed("sheet.typ", {**data, "tight": tight, "sketch": drawing})
    return found.pdf


def _data(told: Sequence[PickedTold], link: str, on: dt.date, size: str) -> dict[str, object]:
    return {
        **making.of_language(),
        "paper": size,
        "tight": _LOOSE,
        "title": title(len(told)),
        "network": str(settings.NETWORK_NAME),
        "on": as_of(on),
        "demo": _("Demo: all of it is fictional") if settings.DEMO_NETWORK else "",
        "link": link.partition("#")[0].partition("://")[2],
        "qr": making.qr_code(link),
        "qr_says": _("This selection in a phone, with what has changed since"),
        "qr_alt": _("QR code with the link of this selection"),
        "sketch": sketch((number, *one["door"]) for number, one in enumerate(told, start=1) if one["door"]),
        "sketch_says": _("Where it is, without roads. The numbers are those below; north is above."),
        "sketch_alt": _("Sketch of where the services are"),
        "lines": [one["line"] for one in told],
        "facts": [[(name, isolated(fact)) for name, fact in one["facts"]] for one in told],
    }


def title(number: int) -> str:
    return ngettext("%(n)s service", "%(n)s services", number) % {"n": number}


def as_of(on: dt.date) -> str:
    return _("As of %(date)s. Call before you go.") % {"date": day_in_words(on)}
