"""A place in a list: where the page before ended, or the page after begins.

Rule: what stands there is named by what the order is made of, so the page behind it costs the same however deep it
lies, and neither repeats nor leaves out what was there all the time when something before it is published or hidden.
The middle that the first page was measured from goes along: it moves with what is found.
"""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Sequence
from dataclasses import dataclass

import orjson

#: What has no value in a column of the order stands behind everything that has one.
LAST = 1e12
_LONGEST = 600
_MOST_KEYS = 12


@dataclass(frozen=True)
class RowMark:
    """The `keys` of a row and its `id`. `middle` is latitude and longitude, None where nothing was measured from it."""

    keys: tuple[float, ...]
    id: str
    middle: tuple[float, float] | None = None
    is_before: bool = False

    def __str__(self) -> str:
        told = orjson.dumps([self.middle, self.keys, self.id])
        return base64.urlsafe_b64encode(told).decode().rstrip("=")

    @property
    def name(self) -> str:
        """The parameter that holds it."""
        return "before" if self.is_before else "after"


def read_mark(text: str, *, is_before: bool) -> RowMark:
    """ValueError for whatever is no mark of ours."""
    if len(text) > _LONGEST:
        raise ValueError(text[:40])
    try:
        told = orjson.loads(base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True))
        middle, keys, id_ = told
    except (binascii.Error, TypeError, ValueError) as error:
        raise ValueError(text[:40]) from error
    lat_lon = None if middle is None else _numbers(middle)
    is_place = lat_lon is None or (len(lat_lon) == 2 and abs(lat_lon[0]) <= 90 and abs(lat_lon[1]) <= 720)
    if not is_place or not isinstance(id_, str) or not id_ or len(id_) > 64 or "\x00" in id_:
        raise ValueError(text[:40])
    found = _numbers(keys)
    if len(found) > _MOST_KEYS:
        raise ValueError(text[:40])
    return RowMark(found, id_, (lat_lon[0], lat_lon[1]) if lat_lon else None, is_before)


def _numbers(told: Sequence[object]) -> tuple[float, ...]:
    if not isinstance(told, list):
        raise ValueError(told)
    found = tuple(float(one) for one in told if isinstance(one, int | float) and not isinstance(one, bool))
    if len(found) != len(told) or not all(math.isfinite(one) for one in found):
        raise ValueError(told)
    return found
