"""What the map should show by the table of docs/verification.md, counted apart from the product, and what it shows.

Knows nothing of the product's clocks and dates: it starts from the recorded checks, has a table of its own and
counts months in its own way. Its question goes through the directory's own query, which every page, count and
answer starts from.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.db.models import Max

from directory.asking.queries import current_listings
from directory.freshness import capacity_sql, freshness_sql
from services.models import ServiceAtLocation, ServiceType
from verification.models import CapacityReport, Check, ListingState

#: Class → months until the next check, days from then until the public is without.
TABLE = {"A": (3, 14), "B": (6, 30)}
#: Class → days for which a word about places counts.
CAPACITY_DAYS = {"A": 14, "B": 30}
HIGH_RISK = {"BY", "RU"}


#: What one audience is told of a listing: freshness, level of the check, word about its places.
ShownRow = tuple[str, int, str]


@dataclass(frozen=True)
class KnownListing:
    """What never changes about a listing in the simulated year."""

    zone: ZoneInfo
    letter: str
    ends_on: dt.date | None
    is_public: bool


@dataclass
class Findings:
    """What was seen on all days. The first eleven must stay 0. `capacity_known` counts words that stood at a look."""

    stale_shown_fresh: int = 0
    public_past_hide: int = 0
    fresh_shown_stale: int = 0
    wrongly_missing: int = 0
    capacity_shown_past_lapse: int = 0
    capacity_wrong: int = 0
    asked_twice: int = 0
    lost_by_merge: int = 0
    hidden_shown_as_duplicate: int = 0
    door_kept: int = 0
    stop_wrong: int = 0
    capacity_known: int = 0
    capacity_lapsed: int = 0
    looks: int = 0
    fresh_share: list[float] = field(default_factory=list)
    level2_share: list[float] = field(default_factory=list)
    hidden_after: dict[str, Counter[int]] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)

    def wrong(self, name: str, words: str) -> None:
        """One more fault of this name; the first of each are kept in words."""
        setattr(self, name, getattr(self, name) + 1)
        if len(self.examples) < 10:
            self.examples.append(f"{name}: {words}")


class Oracle:
    """Looks at the map at an instant and counts where it is wrong."""

    def __init__(self, intervals: Mapping[str, tuple[dt.date, int]] | None = None) -> None:
        """`intervals`: by listing, since which day its people want to look every so many days."""
        self.findings = Findings()
        self._intervals = {} if intervals is None else intervals
        self._known: dict[str, KnownListing] = {}
        self._classes = dict(ServiceType.objects.values_list("code", "verification_class"))
        #: By the key of a listing: its class.
        self.letters: dict[int, str] = {}
        self._gone: set[tuple[str, dt.date]] = set()
        self._first_look: dt.date | None = None

    def look(self, at: dt.datetime) -> None:
        """Compare everything that the public and members see at this instant with what the checks say."""
        self._first_look = self._first_look or at.date()
        states = dict(ListingState.objects.values_list("listing__public_id", "publication"))
        self._learn(states.keys() - self._known.keys())
        due = self._due_dates()
        public = _shown("public", at)
        members = _shown("members", at)
        self.findings.looks += 1
        fresh = 0
        published = [key for key, publication in states.items() if publication == "published" and key in due]
        for key in published:
            known = self._known[key]
            today = at.astimezone(known.zone).date()
            self._judge(key, known, today, due[key], public.get(key), members.get(key))
            fresh += today < due[key]
        words = _last_words()
        for key in public.keys() | members.keys():
            self._judge_capacity(key, at, words.get(key), public.get(key), members.get(key))
        for key in public.keys() - set(published):
            self._wrong("public_past_hide", key, at.date(), "is shown though it was taken off")
        if published:
            self.findings.fresh_share.append(fresh / len(published))
            level2 = sum(1 for key in published if key in members and members[key][1] >= 2)
            self.findings.level2_share.append(level2 / len(published))

    def _judge(
        self,
        key: str,
        known: KnownListing,
        today: dt.date,
        due: dt.date,
        public: ShownRow | None,
        members: ShownRow | None,
    ) -> None:
        hides = due + dt.timedelta(days=TABLE[known.letter][1])
        for shown in (public, members):
            if shown and shown[0] in ("fresh", "due") and today >= due:
                self._wrong("stale_shown_fresh", key, today, f"was due on {due}")
            if shown and shown[0] in ("overdue", "lapsed") and today < due:
                self._wrong("fresh_shown_stale", key, today, f"is due on {due}")
        if public and today >= hides:
            self._wrong("public_past_hide", key, today, f"hides on {hides}")
        if known.is_public and public is None and today < hides:
            self._wrong("wrongly_missing", key, today, f"hides on {hides}")
        began_before = self._first_look is None or hides <= self._first_look
        if known.is_public and public is None and today >= hides and (key, due) not in self._gone and not began_before:
            self._gone.add((key, due))
            self.findings.hidden_after.setdefault(known.letter, Counter())[(today - due).days] += 1

    def _judge_capacity(
        self,
        key: str,
        at: dt.datetime,
        word: tuple[str, dt.datetime] | None,
        public: ShownRow | None,
        members: ShownRow | None,
    ) -> None:
        """A word counts for the days of its class from the day at the place on which it was said, and no longer."""
        known, expected = self._known[key], ""
        if word is not None and word[0] != "unknown":
            lapses = word[1].astimezone(known.zone).date() + dt.timedelta(days=CAPACITY_DAYS[known.letter])
            expected = word[0] if at.astimezone(known.zone).date() < lapses else "unknown"
            self.findings.capacity_known += expected != "unknown"
            self.findings.capacity_lapsed += expected == "unknown"
        for shown in (public, members):
            if shown is None or shown[2] == expected:
                continue
            past = expected == "unknown" and shown[2] not in ("", "unknown")
            name = "capacity_shown_past_lapse" if past else "capacity_wrong"
            self._wrong(name, key, at.date(), f"says “{shown[2]}” of its places instead of “{expected}”")

    def _wrong(self, name: str, key: str, day: dt.date, words: str) -> None:
        self.findings.wrong(name, f"{key} on {day}, {words}")

    def _learn(self, keys: Iterable[str]) -> None:
        """Remember what never changes about listings that nobody has looked at before."""
        rows = ServiceAtLocation.objects.filter(public_id__in=list(keys)).select_related("service", "location")
        for row in rows:
            letters = {self._classes[code] for code in row.service.types}
            self._known[row.public_id] = _known(row, letters)
            self.letters[row.pk] = self._known[row.public_id].letter

    def _due_dates(self) -> dict[str, dt.date]:
        """The first grey day of every listing that somebody found right once.

        A check speaks of the listing that was looked at, whatever that one has become a part of since.
        """
        checks = Check.objects.filter(outcome="correct").order_by()
        newest = checks.values_list("snapshot__listing__public_id").annotate(last=Max("checked_at"))
        return {
            key: _due(self._known[key], last, self._intervals.get(key)) for key, last in newest if key in self._known
        }


def _shown(audience: str, at: dt.datetime) -> dict[str, ShownRow]:
    rows = current_listings(audience, at)  # type: ignore[arg-type]
    rows = rows.annotate(freshness=freshness_sql(), capacity=capacity_sql())
    return {key: (*row,) for key, *row in rows.values_list("id", "freshness", "level", "capacity")}


def _last_words() -> dict[str, tuple[str, dt.datetime]]:
    """By listing: the level that was said last, and when. Told from the rows, without the product's own choice."""
    rows = CapacityReport.objects.exclude(during__outcome="withdrawn").order_by("reported_at", "pk")
    return {key: (level, at) for key, level, at in rows.values_list("listing__public_id", "level", "reported_at")}


def _due(known: KnownListing, checked_at: dt.datetime, interval: tuple[dt.date, int] | None = None) -> dt.date:
    """A shorter interval counts from the check, or from the day on which it was chosen; it makes nothing later."""
    day = checked_at.astimezone(known.zone).date()
    due = _months_later(day, TABLE[known.letter][0])
    if interval is not None:
        due = min(due, max(day, interval[0]) + dt.timedelta(days=interval[1]))
    if known.ends_on is not None and day <= known.ends_on < due:
        return known.ends_on + dt.timedelta(days=1)
    return due


def _months_later(day: dt.date, months: int) -> dt.date:
    """Walks month by month to the same day, or the last one of a shorter month."""
    year, month = day.year, day.month
    for _step in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    last = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
    return last if day.day > last.day else day.replace(year=year, month=month)


def _known(listing: ServiceAtLocation, letters: Collection[str]) -> KnownListing:
    risky = listing.country in HIGH_RISK
    return KnownListing(
        zone=ZoneInfo(listing.timezone),
        letter="A" if risky or "A" in letters else "B",
        ends_on=listing.service.ends_on,
        is_public=listing.service.visibility == "public",
    )
