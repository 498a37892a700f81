"""Small grants as everybody reads of them: calls that are open or will be, and sums by country and year."""

from __future__ import annotations

from typing import TypedDict

from django.utils.translation import gettext as _

from core import clock
from core.geo.countries import country_name
from core.phrasing.dates import day_in_words, zone_in_words
from core.phrasing.money import sum_in_words
from core.spelling.collation import reading_key
from directory.tables.grants import PublicGrantCall, PublicGrantSum
from directory.vocabulary import localised
from reading.asked import Asked


class CallTold(TypedDict):
    """`opens` is "" while it is open."""

    title: str
    text: str
    budget: str
    ceiling: str
    opens: str
    closes: str
    zone: str
    kinds: list[str]
    countries: list[str]


class GrantSumTold(TypedDict):
    year: int
    country: str
    grants: int
    amount: str


def calls(asked: Asked) -> list[CallTold]:
    return [_call(row, asked) for row in PublicGrantCall.objects.current()]


def _call(row: PublicGrantCall, asked: Asked) -> CallTold:
    now, there = clock.now(), clock.zone(row.timezone)
    names = asked.vocabulary
    return {
        "title": localised(row.title, asked.language),
        "text": localised(row.text, asked.language),
        "budget": sum_in_words(row.budget, row.currency),
        "ceiling": sum_in_words(row.ceiling, row.currency),
        "opens": day_in_words(row.opens_at.astimezone(there).date()) if row.opens_at > now else "",
        "closes": day_in_words(row.closes_on),
        "zone": zone_in_words(row.timezone),
        "kinds": sorted((names.name("service", code) for code in row.kinds), key=reading_key),
        "countries": sorted((country_name(code) for code in row.countries), key=reading_key),
    }


def sums() -> list[GrantSumTold]:
    """The newest year first; what is not named stands last."""
    rows = PublicGrantSum.objects.all()
    told = sorted(rows, key=lambda row: (-row.year, not row.country, reading_key(country_name(row.country))))
    return [
        {
            "year": row.year,
            "country": country_name(row.country) if row.country else _("other and several countries"),
            "grants": row.grants,
            "amount": sum_in_words(row.amount, row.currency),
        }
        for row in told
    ]
