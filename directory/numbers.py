"""Numbers that strangers send. Anything but a plain number in range raises ValueError with a message for people."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

_INTEGER = re.compile(r"^-?\d{1,12}$", re.ASCII)
_DECIMAL = re.compile(r"^-?\d{1,9}(\.\d{0,20})?(e-\d{1,2})?$", re.ASCII)


def as_integer(text: str, least: int, most: int) -> int:
    """An integer from `least` to `most`."""
    if not _INTEGER.match(text) or not least <= int(text) <= most:
        raise ValueError(_("A whole number from %(least)s to %(most)s was expected.") % {"least": least, "most": most})
    return int(text)


def as_decimal(text: str, least: float, most: float) -> float:
    """A decimal number from `least` to `most`, written with a point; no NaN, no infinity."""
    if not _DECIMAL.match(text) or not least <= float(text) <= most:
        raise ValueError(_("A number from %(least)s to %(most)s was expected.") % {"least": least, "most": most})
    return float(text)
