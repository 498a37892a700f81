"""What the page of a source says: its last reading row by row, its terms, what is gone there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exchange.importing.report import RowOutcome
from exchange.sources.foreign.terms import FIELDS, Matching
from exchange.sources.keeping import is_removable, is_undoable
from exchange.sources.models import READS, ForeignSource, GoneAtSource, ReadingState, SourceReading
from exchange.sources.telling import LEFT
from verification.models import ListingState, Publication

ON_A_PAGE, MOST_TERMS, MOST_GONE, MOST_READINGS = 50, 60, 200, 10
VERDICTS: dict[str, str | Promise] = {
    RowOutcome.REFUSED.value: _("Refused"),
    RowOutcome.UPDATED.value: _("Changed"),
    RowOutcome.CREATED.value: _("New"),
    RowOutcome.KEPT.value: _("Left as people have it"),
    LEFT: _("Not for this map"),
}
_NAMES = {"types": _("Kinds of service"), "groups": _("For whom")}


@dataclass(frozen=True)
class VerdictRows:
    code: str
    name: str | Promise
    count: int
    rows: Page[Any]
    previous_url: str
    next_url: str


def source_context(source: ForeignSource, asked: QueryDict) -> dict[str, Any]:
    reading = source.readings.first()
    is_busy = reading is not None and reading.state in READS
    told = reading if reading is not None and not is_busy else None
    is_open = told is not None and told.state == ReadingState.PLANNED
    return {
        "source": source,
        "reading": reading,
        "is_busy": is_busy,
        "sections": list(_sections(told, asked)) if told else [],
        "counts": dict.fromkeys((*VERDICTS, "unchanged", "off", "stay"), 0) | (told.counts if told else {}),
        "writes": sum(told.counts.get(one.value, 0) for one in (RowOutcome.CREATED, RowOutcome.UPDATED)) if told else 0,
        **(_terms(told) if told is not None and is_open else {"terms": [], "terms_left": 0}),
        "gone": _gone(source),
        "is_removable": not is_busy and is_removable(source),
        "readings": [(one, is_undoable(one)) for one in source.readings.all()[:MOST_READINGS]],
    }


def _sections(reading: SourceReading, asked: QueryDict) -> Iterator[VerdictRows]:
    for code, name in VERDICTS.items():
        mine = [row for row in reading.results if row["verdict"] == code]
        if mine:
            page = Paginator(mine, ON_A_PAGE).get_page(asked.get(code))
            previous = f"?{code}={page.previous_page_number()}#{code}" if page.has_previous() else ""
            following = f"?{code}={page.next_page_number()}#{code}" if page.has_next() else ""
            yield VerdictRows(code, name, reading.counts.get(code, len(mine)), page, previous, following)


def _terms(reading: SourceReading) -> dict[str, Any]:
    """Those that nobody has chosen come first."""
    known = Matching({}, {}).known
    words = [(str(_NAMES[at]), [(f"{at}.{code}", str(said)) for code, said in known[at].items()]) for at in FIELDS]
    every = sorted(reading.terms, key=lambda term: (bool(term["ours"]), not term["is_guessed"], -term["count"]))
    shown = list(enumerate(every[:MOST_TERMS]))
    return {"terms": shown, "terms_left": max(len(every) - MOST_TERMS, 0), "words": words}


def chosen_terms(reading: SourceReading, post: QueryDict) -> dict[str, str]:
    """What the form of terms was sent with."""
    keys = {str(term["key"]) for term in reading.terms}
    found = {post.get(f"key-{number}", ""): post.get(f"term-{number}", "") for number in range(MOST_TERMS)}
    return {key: value for key, value in found.items() if key in keys}


def _gone(source: ForeignSource) -> list[tuple[GoneAtSource, str, bool]]:
    """(what is gone, the id of its listing, whether people have checked it)."""
    rows = list(source.gone.select_related("service__organization")[:MOST_GONE])
    states = ListingState.objects.filter(listing__service__in=[row.service_id for row in rows])
    found = {state.listing.service_id: state for state in states.select_related("listing").order_by("pk")}
    return [
        (row, state.listing.public_id, state.publication == Publication.PUBLISHED)
        for row in rows
        if (state := found.get(row.service_id)) is not None
    ]
