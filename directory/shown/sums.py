"""How many services an audience sees today, and how many of them were checked in time: for digests of any channel."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from directory.freshness import freshness
from directory.shown.rows import ListingRow


@dataclass(frozen=True)
class Sums:
    """`by_country` has the number of services, most first, without those of no country."""

    total: int
    fresh: int
    by_country: dict[str, int]
    fresh_by_country: dict[str, int]

    def share(self, country: str = "") -> int:
        """Checked in time, in a hundred; of everything unless a country is named."""
        total = self.by_country.get(country, 0) if country else self.total
        fresh = self.fresh_by_country.get(country, 0) if country else self.fresh
        return round(100 * fresh / total) if total else 0


def sums(rows: Iterable[ListingRow], at: dt.datetime) -> Sums:
    found = list(rows)
    fresh = [row for row in found if freshness(row, at) == "fresh"]
    by_country = Counter(row.country for row in found if row.country)
    return Sums(
        total=len(found),
        fresh=len(fresh),
        by_country=dict(by_country.most_common()),
        fresh_by_country=dict(Counter(row.country for row in fresh)),
    )
