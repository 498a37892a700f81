"""What a question in the words of HSDS means here: which rows, which page of them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from directory.asking import queries
from directory.asking.filters import FILTERS, FilterError, Source, one_of, parse_filters, printable
from directory.numbers import as_decimal, as_integer
from directory.searching.search import MAX_QUERY, search
from directory.shown.rows import ListingRow
from directory.tables.listings import AbstractListing
from reading.asked import Asked
from reading.hsds.ids import public_id_of
from reading.hsds.terms import taxonomy_of, term_of
from reading.hsds.words import Told

#: How near and how far may be asked around a place.
LEAST_METRES, MOST_METRES = 100, 20_000_000
PER_PAGE, MOST_PER_PAGE, MOST_PAGES = 50, 500, 10_000
FORMATS = ("json", "ndjson")
#: Ours, beside those of the standard: conditions as in the API of the map, but for the two that HSDS has itself.
OWN = tuple(name for name in FILTERS if name not in ("organization", "family"))
_TOGETHER = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}


@dataclass(frozen=True)
class Paged:
    """How much of the answer, and how it is written."""

    page: int
    per_page: int
    is_lines: bool

    @classmethod
    def read(cls, source: Source) -> Paged:
        written = one_of(source, "format") or FORMATS[0]
        if written not in FORMATS:
            raise FilterError("format", _("Unknown value: %(value)s") % {"value": printable(written)})
        page = _number(source, "page", 1, MOST_PAGES)
        return cls(page, _number(source, "per_page", PER_PAGE, MOST_PER_PAGE), written == "ndjson")

    def envelope(self, total: int, told: Callable[[int, int], Sequence[Told]]) -> dict[str, object] | list[Told]:
        """The page with its numbers; as lines, everything."""
        if self.is_lines:
            return list(told(0, total))
        start = (self.page - 1) * self.per_page
        contents = list(told(start, start + self.per_page)) if start < total else []
        pages = max(1, -(-total // self.per_page))
        return {
            "total_items": total,
            "total_pages": pages,
            "page_number": self.page,
            "size": len(contents),
            "first_page": self.page == 1,
            "last_page": self.page >= pages,
            "empty": not contents,
            "contents": contents,
        }


def truth(source: Source, name: str) -> bool:
    value = one_of(source, name).lower()
    if value not in _TOGETHER:
        raise FilterError(name, _("Unknown value: %(value)s") % {"value": printable(value)})
    return _TOGETHER[value]


def id_of(source: Source, name: str) -> str:
    """A UUID in its usual spelling, "" when none is given; FilterError for what is none."""
    value = one_of(source, name)
    try:
        return str(uuid.UUID(value)) if value else ""
    except ValueError:
        raise FilterError(name, _("Unknown value: %(value)s") % {"value": printable(value)}) from None


def searched_words(source: Source) -> str:
    """What is searched for; FilterError when it is too long to be words."""
    words = one_of(source, "search")
    if len(words) > MAX_QUERY:
        raise FilterError("search", _("At most %(count)d characters, please.") % {"count": MAX_QUERY})
    return words


def rows_asked(asked: Asked, source: Source) -> QuerySet[AbstractListing]:
    """Every condition narrows; what names nothing finds nothing."""
    given: dict[str, object] = {name: source.getlist(name) for name in OWN if name in source}  # type: ignore[union-attr]
    given |= _near(source)
    filters = parse_filters(given, asked.vocabulary)
    words, hits = searched_words(source), None
    if words:
        found = search(asked.audience, words.replace("\x00", " "), filters, asked.at, asked.language)
        filters, hits = found.filters, found.hits
    rows = queries.matching(asked.audience, filters, asked.at, hits=hits).order_by()
    return rows.filter(_by_organization(source) & _by_terms(asked, source) & _by_change(source))


def of_services(asked: Asked, ids: Sequence[str]) -> dict[str, list[ListingRow]]:
    """All current listings of these services, in the order of their ids."""
    return _grouped(asked, Q(service_id__in=list(ids)), "service_id", ids)


def _grouped(asked: Asked, which: Q, by: str, ids: Sequence[str]) -> dict[str, list[ListingRow]]:
    rows = queries.current_listings(asked.audience, asked.at).exclude(operation="closed").filter(which)
    found: dict[str, list[ListingRow]] = {one: [] for one in ids}
    for row in queries.read_rows(rows.order_by(by, "id"), asked.at):
        found[getattr(row, by)].append(row)
    return {one: group for one, group in found.items() if group}


def changes(asked: Asked, ids: Sequence[str]) -> dict[str, dt.datetime]:
    """When what is told of these services was last another: published, checked, confirmed, or said about places."""
    rows = queries.current_listings(asked.audience, asked.at).filter(service_id__in=list(ids)).order_by("service_id")
    latest = rows.values("service_id").annotate(
        published=Max("published_at"),
        days=Max("checked_on"),
        confirmed=Max("confirmed_on"),
        reported=Max("capacity_reported_on"),
    )
    return {
        one["service_id"]: max(
            one["published"],
            *(
                dt.datetime.combine(day, dt.time(), dt.UTC)
                for day in (one["days"], one["confirmed"], one["reported"])
                if day
            ),
        )
        for one in latest
    }


def _number(source: Source, name: str, default: int, most: int) -> int:
    try:
        return as_integer(one_of(source, name) or str(default), 1, most)
    except ValueError as error:
        raise FilterError(name, error) from error


def _near(source: Source) -> dict[str, object]:
    """`proximity` in metres, as the standard has it, around `lat` and `lon` or a city: there are no postcodes here."""
    given: dict[str, object] = {name: one_of(source, name) for name in ("lat", "lon", "near") if one_of(source, name)}
    if metres := one_of(source, "proximity"):
        try:
            given["radius"] = f"{as_decimal(metres, LEAST_METRES, MOST_METRES) / 1000:g}"
        except ValueError as error:
            raise FilterError("proximity", error) from error
    return given


def _by_organization(source: Source) -> Q:
    wanted = id_of(source, "organization_id")
    return Q(organization_id=public_id_of("organization", wanted) or "-") if wanted else Q()


def _by_terms(asked: Asked, source: Source) -> Q:
    chosen = Q()
    if wanted := id_of(source, "taxonomy_term_id"):
        if (found := term_of(asked.vocabulary, wanted)) is None:
            return Q(pk__in=[])
        taxonomy, term = found
        fits = Q()
        for column in taxonomy.columns:
            fits |= Q(**{f"{column}__contains": [term.code]})
        chosen &= fits
    if wanted := id_of(source, "taxonomy_id"):
        if (known := taxonomy_of(wanted)) is None:
            return Q(pk__in=[])
        chosen &= ~Q(**{known.columns[0]: []})
    return chosen


def _by_change(source: Source) -> Q:
    """On or after an instant, or a whole day of UTC."""
    text = one_of(source, "modified_after")
    if not text:
        return Q()
    try:
        given = parse_datetime(text.replace(" ", "+")) or _midnight(text)
        # The database knows no zone that is farther than 16 hours from UTC, and the calendar has two ends.
        since = given and (given if given.tzinfo else given.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
        first = since and (since.date() if since.time() == dt.time() else since.date() + dt.timedelta(days=1))
    except (ValueError, OverflowError):
        since = first = None
    if since is None or first is None:
        raise FilterError("modified_after", _("A date was expected: 2026-12-31 or 2026-12-31T10:00:00Z."))
    touched = Q(checked_on__gte=first) | Q(confirmed_on__gte=first) | Q(capacity_reported_on__gte=first)
    return touched | Q(published_at__gte=since)


def _midnight(text: str) -> dt.datetime | None:
    day = parse_date(text)
    return dt.datetime.combine(day, dt.time(), dt.UTC) if day else None
