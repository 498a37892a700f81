"""A selection as a PDF: tagged, in our own typefaces, made by a process of its own.

Rule: words come as data and never as markup. The process may use so much time and memory and no more, reads the two
folders of this wing and writes nothing; whoever asked waits for it and not for another one. What goes wrong, for
whatever reason, is one error: the page prints the same sheet.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import segno
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import day_in_words
from core.languages import active, babel_locale, by_code
from reading.picked.sheet import PickedTold
from reading.picked.sketch import sketch

HERE = Path(__file__).parent
PAPERS = ("a4", "a5")
SECONDS = 10
#: How long somebody waits for the others' files, and how many are made at once.
_PATIENCE = 2.0
_few = threading.BoundedSemaphore(2)
_LARGEST = 4 * 1024 * 1024


class NotMade(Exception):
    """There is no file. The reason is the operator's business."""


def pdf(told: Sequence[PickedTold], link: str, *, on: dt.date, size: str = "") -> bytes:
    """The file for services that have a line (at least one)."""
    data = json.dumps(_data(told, link, on, size if size in PAPERS else PAPERS[0])).encode()
    if not _few.acquire(timeout=_PATIENCE):
        raise NotMade("others are being made")
    try:
        run = subprocess.run(
            [sys.executable, "-I", str(HERE / "typeset.py")],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotMade(type(error).__name__) from error
    finally:
        _few.release()
    if run.returncode or not run.stdout.startswith(b"%PDF") or len(run.stdout) > _LARGEST:
        raise NotMade(f"typeset.py ended with {run.returncode}")
    return run.stdout


def _data(told: Sequence[PickedTold], link: str, on: dt.date, size: str) -> dict[str, object]:
    language = by_code(active())
    return {
        "paper": size,
        "lang": babel_locale(active()).language,
        "dir": language.direction,
        "title": title(len(told)),
        "network": str(settings.NETWORK_NAME),
        "on": as_of(on),
        "demo": _("Demo: all of it is fictional") if settings.DEMO_NETWORK else "",
        "link": link.partition("#")[0].partition("://")[2],
        "qr": _qr(link),
        "qr_says": _("This selection in a phone, with what has changed since"),
        "qr_alt": _("QR code with the link of this selection"),
        "sketch": sketch((number, *one["door"]) for number, one in enumerate(told, start=1) if one["door"]),
        "sketch_says": _("Where it is, without roads. The numbers are those below; north is above."),
        "sketch_alt": _("Sketch of where the services are"),
        "lines": [one["line"] for one in told],
        "facts": [one["facts"] for one in told],
    }


def title(number: int) -> str:
    return ngettext("%(n)s service", "%(n)s services", number) % {"n": number}


def as_of(on: dt.date) -> str:
    return _("As of %(date)s. Call before you go.") % {"date": day_in_words(on)}


def _qr(link: str) -> str:
    image = io.BytesIO()
    segno.make(link, error="m").save(image, kind="svg", scale=4, border=0, xmldecl=False, svgns=True)
    return image.getvalue().decode()
