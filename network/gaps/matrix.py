"""Listings by kind of help, country and group or language: one question to the read model, however many there are.

Rule: what all members see is counted, and no smaller circle, so the matrix tells nobody of a listing that is hidden
from them. «Good» is a listing that is public, works, was checked by another organisation (level 2) in time and has
places. A listing without groups is for everybody; one that helps from afar counts in every country that it names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final, NamedTuple

from django.db import connection

from core import clock

#: What a matrix is cut by beside the country.
GROUP, LANGUAGE = "group", "language"

_AXES: Final = {
    GROUP: "CASE WHEN l.group_codes = '{}' THEN %(all)s::varchar[] ELSE l.group_codes END",
    LANGUAGE: "l.languages || l.interpreter_languages",
}
_QUESTION: Final = """
WITH dated AS (
    SELECT l.*, (%(now)s::timestamptz AT TIME ZONE l.timezone)::date AS today FROM directory_memberlisting l
), counted AS (
    SELECT l.types,
        ARRAY(SELECT DISTINCT left(code, 2) FROM unnest(l.area_codes || l.country) code WHERE code <> '') AS places,
        ARRAY(SELECT DISTINCT one FROM unnest(ARRAY['']::varchar[] || {axis}) one) AS axis,
        l.level >= 2 AND l.due_on > l.today AND l.operation = 'working' AND p.id IS NOT NULL
            AND NOT (l.capacity_level IN ('full', 'out_of_stock') AND l.capacity_expires_on > l.today) AS good
    FROM dated l LEFT JOIN directory_publiclisting p ON p.id = l.id
    WHERE l.operation <> 'closed' AND (l.archives_on IS NULL OR l.archives_on > l.today)
)
SELECT kind, country, one, count(*), count(*) FILTER (WHERE good)
FROM counted, unnest(types) kind, unnest(places) country, unnest(axis) one
GROUP BY kind, country, one
"""


class CellKey(NamedTuple):
    """`one` is a group or a language, "" for everybody and every language."""

    kind: str
    country: str
    one: str = ""


class Listed(NamedTuple):
    """How many listings there are, and how many of them are good."""

    all: int
    good: int


NOTHING: Final = Listed(0, 0)


def listed(axis: str, groups: Iterable[str], at: dt.datetime | None = None) -> dict[CellKey, Listed]:
    """What there is by cell; a cell without listings is not in it. `groups` are all that there are."""
    question = _QUESTION.format(axis=_AXES[axis])
    with connection.cursor() as cursor:
        cursor.execute(question, {"now": (at or clock.now()).isoformat(), "all": list(groups)})
        return {
            CellKey(kind, country, one): Listed(every, good) for kind, country, one, every, good in cursor.fetchall()
        }
