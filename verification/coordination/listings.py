"""What monitoring knows of every listing: one reading of the database, from which all figures and all rows are made.

Listings that only their organisation may know of are counted nowhere, so every figure can open its rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final

from core import clock
from directory.vocabulary import vocabulary
from organizations.models import AddressPrecision
from services.models.coverage import country_of, for_members
from verification.models import Level, ListingState, Publication
from verification.models.state import SHOWN


@dataclass(frozen=True)
class MonitoredListing:
    """A listing as figures see it. `said`: how much of what people look for it says, in percent."""

    pk: int
    country: str
    city: str
    organization: int
    types: tuple[str, ...]
    groups: tuple[str, ...]
    level: int
    is_published: bool
    due_on: dt.date | None
    hides_on: dt.date | None
    today: dt.date
    said: int | None

    @property
    def is_fresh(self) -> bool:
        return self.is_published and self.due_on is not None and self.today < self.due_on

    @property
    def is_gone(self) -> bool:
        """From the public map, because nobody confirmed it."""
        return self.is_published and self.hides_on is not None and self.hides_on <= self.today

    @property
    def is_checked(self) -> bool:
        return self.is_fresh and self.level >= Level.REMOTE

    @property
    def went_this_month(self) -> bool:
        return self.is_gone and self.hides_on is not None and self.hides_on >= self.today.replace(day=1)


#: How exactly members may know a place whose city may be named.
TELLS_CITY: Final = (AddressPrecision.EXACT, AddressPrecision.DISTRICT, AddressPrecision.SETTLEMENT)
#: Asks for listings without a country, or without a city.
WITHOUT: Final = "-"
#: What a figure counts, by the code in its link. `listings`: on the map by publication, whatever its date.
COUNTED: Final[Mapping[str, Callable[[MonitoredListing], bool]]] = {
    "listings": lambda row: row.is_published,
    "fresh": lambda row: row.is_fresh,
    "late": lambda row: row.is_published and not row.is_fresh,
    "level1": lambda row: row.is_published and row.level == Level.OWNER,
    "level2": lambda row: row.is_published and row.level >= Level.REMOTE,
    "level3": lambda row: row.is_published and row.level >= Level.VISITED,
    "shown": lambda row: not row.is_gone,
    "checked": lambda row: row.is_checked,
    "unchecked": lambda row: not row.is_gone and not row.is_checked,
    "lost": lambda row: row.went_this_month,
    "gone": lambda row: row.is_gone,
}


def listings_known() -> list[MonitoredListing]:
    """Everything on the map and everything imported that the whole network may know of."""
    states = ListingState.objects.filter(for_members("listing__"), publication__in=SHOWN)
    rows = states.annotate(country=country_of("listing__")).values_list(
        "pk", "country", "listing__location__city", "listing__service__organization", "listing__service__types",
        "level", "publication", "due_on", "hides_on", "listing__location__timezone", "completeness",
        "listing__location__member_precision",
    )  # fmt: skip
    terms = vocabulary()
    return [
        MonitoredListing(
            pk, country or "", city if city and precision in TELLS_CITY else "", organization,
            tuple(types), tuple(terms.tops_of(types)), level,
            publication == Publication.PUBLISHED, due_on, hides_on, clock.today(zone or "UTC"), said,
        )
        for pk, country, city, organization, types, level, publication, due_on, hides_on, zone, said, precision in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class Which:
    """Which listings a figure is about; "" asks for nothing, "-" for those without."""

    country: str = ""
    city: str = ""
    kind: str = ""
    organization: int | None = None

    def holds(self, row: MonitoredListing) -> bool:
        return (
            _fits(row.country, self.country)
            and _fits(row.city, self.city)
            and (not self.kind or self.kind in row.types or self.kind in row.groups)
            and (self.organization is None or row.organization == self.organization)
        )


def _fits(told: str, asked: str) -> bool:
    return not asked or told == ("" if asked == WITHOUT else asked)


def counted(rows: Iterable[MonitoredListing], of: str, asked: Which) -> list[MonitoredListing]:
    """The rows behind a figure: a figure is the number of these, and nothing else."""
    counts = COUNTED[of]
    return [row for row in rows if counts(row) and asked.holds(row)]


@dataclass(frozen=True)
class Stands:
    """How a set of listings stands. `said` is the median of how much they say."""

    listings: int
    fresh: int
    level1: int
    level2: int
    level3: int
    said: float | None


def standing(rows: Iterable[MonitoredListing]) -> Stands:
    mine = [row for row in rows if row.is_published]
    said = [row.said for row in mine if row.said is not None]
    return Stands(
        listings=len(mine),
        fresh=sum(row.is_fresh for row in mine),
        level1=sum(COUNTED["level1"](row) for row in mine),
        level2=sum(COUNTED["level2"](row) for row in mine),
        level3=sum(COUNTED["level3"](row) for row in mine),
        said=round(median(said), 1) if said else None,
    )


def by_kind(rows: Iterable[MonitoredListing], group: str = "") -> dict[str, list[MonitoredListing]]:
    """The listings of each group of the vocabulary in its order, or of each kind of one group; empty ones too."""
    terms = vocabulary()
    found: dict[str, list[MonitoredListing]] = {
        code: [] for code in (terms.tree.get(group, []) if group else terms.tree)
    }
    for row in rows:
        for code in row.types if group else row.groups:
            if code in found:
                found[code].append(row)
    return found


def by_organization(rows: Iterable[MonitoredListing]) -> dict[int, list[MonitoredListing]]:
    found: dict[int, list[MonitoredListing]] = {}
    for row in rows:
        found.setdefault(row.organization, []).append(row)
    return found
