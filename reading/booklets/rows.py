"""Services as paper says them: place by place, with the day of each check and how long it may be trusted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from core.phrasing.dates import day_in_words
from core.phrasing.direction import isolated
from core.spelling.collation import reading_key
from directory.shown.rows import ListingRow
from directory.vocabulary import Vocabulary
from reading.booklets.shapes import BookletEntry
from reading.picked.sheet import LineTold, line_told
from reading.presenters import parts, place
from reading.presenters.coming import timetable
from reading.road.rows import stay_in_words
from reading.ways import is_exact

#: Days that paper may be trusted; whoever prints does it anew each month.
DAYS = 30
#: Stays of a mobile point that are told.
_STAYS = 6


@dataclass(frozen=True)
class PrintedService:
    """A row with its words; `city` and `place` are "" where no door is public."""

    row: ListingRow
    line: LineTold
    stays: str
    until: dt.date | None
    city: str
    place: str

    @property
    def has_door(self) -> bool:
        return bool(self.place)

    @property
    def key(self) -> str:
        """Of what stands together: a place, or whom to call."""
        return self.place or f"{self.row.organization_slug} {' '.join(self.line['phones'])}"


def services(
    rows: Iterable[ListingRow], vocabulary: Vocabulary, at: dt.datetime, last: dt.date, city: str = ""
) -> list[PrintedService]:
    """Those that somebody can go to or call; what is stopped helps nobody on paper. Of a city, doors elsewhere do not
    count: who comes from there is called.
    """
    found = [_service(row, vocabulary, at, last, city) for row in rows if row.operation != "paused"]
    return [one for one in found if one.has_door or _answers(one)]


def _answers(one: PrintedService) -> bool:
    """By phone; what is given from afar, by anything."""
    return bool(one.line["phones"]) or (not one.row.location_type and bool(one.line["contacts"]))


def _service(row: ListingRow, vocabulary: Vocabulary, at: dt.datetime, last: dt.date, city: str) -> PrintedService:
    told = place([row], None, vocabulary, "public", at, reviews={})  # no paper speaks of a review
    has_door = is_exact(row) and not told["is_remote"] and not vocabulary.unshown(row.types)
    has_door = has_door and (not city or row.city_code == city)
    line = line_told(row, told, "")
    stays = [
        stay_in_words(one, dt.datetime.fromisoformat(one["starts_at"]))
        for one in timetable(row, at)
        if not one["is_off"]
    ]
    return PrintedService(
        row,
        line,
        "; ".join(stays[:_STAYS]) if has_door else "",
        trusted(row, at, last),
        told["city"] if has_door else "",
        row.place_id if has_door else "",
    )


def together(found: Iterable[PrintedService]) -> list[list[PrintedService]]:
    """Those of one place, and those of one phone, by city and name.

    What was checked longest ago stands first, and speaks for all where there is room for one day.
    """
    ordered = sorted(found, key=lambda one: (one.key, one.row.checked_on or dt.date.min, one.row.id))
    groups = [list(group) for _key, group in groupby(ordered, key=lambda one: one.key)]
    return sorted(groups, key=lambda group: (*_order(group), group[0].key))


def for_a_sheet(groups: Sequence[list[PrintedService]], most: int) -> list[list[PrintedService]]:
    """The first so many, with what somebody at a bus stop needs before all: doors that are open day and night."""
    always = _("around the clock")
    return sorted(groups, key=lambda group: not _shared(map(_hours, group)).startswith(always))[:most]


def entries(groups: Iterable[Sequence[PrintedService]], first: int = 1) -> list[BookletEntry]:
    """Numbered from `first`."""
    told: list[BookletEntry] = []
    city = ""
    for number, group in enumerate(groups, first):
        entry = _entry(group, number)
        entry["city"], city = (entry["city"], entry["city"]) if entry["city"] != city else ("", city)
        told.append(entry)
    return told


def _order(group: Sequence[PrintedService]) -> tuple[object, object]:
    one = group[0]
    return reading_key(one.city), reading_key(one.line["place"] or one.line["title"])


# long: one key of the entry a line
def _entry(group: Sequence[PrintedService], number: int) -> BookletEntry:
    """Whom to call is named by the organisation: the name of a place that hides is not for paper."""
    first, has_door = group[0].line, group[0].has_door
    title = (first["place"] or first["title"]) if has_door else first["organization"]
    facts = [_facts(one) for one in group]
    common = {name: text for name, text in facts[0].items() if all(other.get(name) == text for other in facts)}
    hours, checked = _shared(map(_hours, group)), _shared(map(_checked, group))
    return {
        "number": number,
        "city": group[0].city,
        "title": isolated(title),
        "lang": first["title_lang"] if has_door and not first["place"] else "",
        "organization": isolated(first["organization"]) if has_door else "",
        "address": isolated(first["address"]) if has_door else "",
        "directions": isolated(first["directions"]) if has_door else "",
        "phones": _all(one.line["phones"] for one in group),
        "contacts": [] if first["phones"] else first["contacts"],
        "hours": hours,
        "facts": list(common.items()),
        "services": [
            {
                "title": isolated(one.line["title"]) if one.line["title"] != title else "",
                "lang": one.line["title_lang"],
                "facts": [
                    *([(_("Hours"), _hours(one))] if not hours and _hours(one) else []),
                    *((name, text) for name, text in own.items() if name not in common),
                ],
                "note": one.line["note"],
                "checked": "" if checked else _checked(one),
            }
            for one, own in zip(group, facts, strict=True)
        ],
        "checked": checked,
    }


def _facts(one: PrintedService) -> dict[str, str]:
    line = one.line
    told = (
        (_("Next stops"), one.stays),
        (_("How to start"), line["intake"]),
        (_("What to bring"), line["documents"]),
        (_("Languages"), line["languages"]),
        (_("Price"), line["cost"]),
    )
    return {name: text for name, text in told if text}


def _hours(one: PrintedService) -> str:
    return ". ".join(part for part in (one.line["hours"], one.line["hours_note"]) if part)


def _checked(one: PrintedService) -> str:
    return trusted_until(one.line["checked"], one.until)


def trusted_until(checked: str, until: dt.date | None) -> str:
    """The day of the check, and the day until which it holds where it was confirmed in time."""
    if until is None:
        return checked
    return _("%(checked)s; valid until %(day)s") % {"checked": checked, "day": day_in_words(until)}


def trusted(row: ListingRow, at: dt.datetime, last: dt.date) -> dt.date | None:
    """The last day of a row that is confirmed in time, not after the paper's own."""
    is_late = parts.freshness_of(row, at) in parts.LATE
    return None if is_late or row.due_on is None else min(row.due_on - dt.timedelta(days=1), last)


def _shared(texts: Iterable[str]) -> str:
    """What all say, "" where they differ."""
    found = set(texts)
    return found.pop() if len(found) == 1 else ""


def _all(many: Iterable[Sequence[str]]) -> list[str]:
    return list(dict.fromkeys(text for texts in many for text in texts))
