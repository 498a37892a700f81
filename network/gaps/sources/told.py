"""What readers and members told us: refusals, visits without help, services that somebody misses, empty searches."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import F, Func
from django.utils.translation import gettext_lazy as _

from core.types import Words
from services.models.coverage import country_of
from usage import files
from usage.words import NOTHING
from verification.models import NotServedReason, Report, ReportKind, ReportState, Suggestion, Visit
from verification.models.suggestion import SuggestionState

#: Of an answer that the report was wrong, or one of very many, nothing is counted.
_WORTH = (ReportState.NEW, ReportState.IN_WORK, ReportState.FIXED)
#: Filters of a search that name a kind of help: a leaf, or a section.
_KIND = "service:"
_Rows = Iterator[tuple[str, str, str, int]]


class _Each(Func):
    function = "unnest"


def _summed(rows: Iterable[tuple[str, str, str]]) -> _Rows:
    for (kind, country, what), count in Counter(rows).items():
        yield kind, country, what, count


class ReportSource:
    code = "reports"
    name = _("Reports “I was refused”")

    def counts(self, first: dt.date, last: dt.date) -> _Rows:
        rows = Report.objects.filter(kind=ReportKind.REFUSED, state__in=_WORTH, received_at__date__range=(first, last))
        kinds = _Each(F("listing__service__types"))
        return _summed((k, c or "", "") for k, c in rows.values_list(kinds, country_of("listing__")))

    def words(self, what: str) -> Words:
        return self.name


class VisitSource:
    code = "visits"
    name = _("Clients of members who were not helped")

    def counts(self, first: dt.date, last: dt.date) -> _Rows:
        rows = Visit.objects.filter(was_served=False, visited_on__range=(first, last))
        kinds = _Each(F("listing__service__types"))
        return _summed((k, c or "", w) for k, c, w in rows.values_list(kinds, country_of("listing__"), "reason"))

    def words(self, what: str) -> Words:
        return NotServedReason(what).label


class SuggestionSource:
    """A suggestion names a section at most, so it stands beside all kinds of it."""

    code = "suggestions"
    name = _("Services that somebody suggested")

    def counts(self, first: dt.date, last: dt.date) -> _Rows:
        rows = Suggestion.objects.of_services().exclude(state__in=[SuggestionState.FLOOD, SuggestionState.DECLINED])
        rows = rows.filter(received_at__date__range=(first, last)).exclude(kind="")
        return _summed((kind, country, "") for kind, country in rows.values_list("kind", "country"))

    def words(self, what: str) -> Words:
        return self.name


class SearchSource:
    """Sums of use: which condition found nothing in which country. They hold no words and no person."""

    code = "searches"
    name = _("Searches of the map that found nothing")

    def counts(self, first: dt.date, last: dt.date) -> _Rows:
        sums: Counter[tuple[str, str]] = Counter()
        for cell, count in files.read(first, last):
            if cell.what == NOTHING and cell.country and cell.code.startswith(_KIND):
                sums[cell.code.removeprefix(_KIND), cell.country] += count
        return ((kind, country, "", count) for (kind, country), count in sums.items())

    def words(self, what: str) -> Words:
        return self.name


REPORTS, VISITS, SUGGESTIONS, SEARCHES = ReportSource(), VisitSource(), SuggestionSource(), SearchSource()
