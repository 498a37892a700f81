"""What the page of an import says: its rows by what becomes of them, as many as a page bears."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from exchange.books import keeping
from exchange.books.applying import covered_by
from exchange.books.entries import BookEntry
from exchange.books.mending import name_of, refused_cells
from exchange.books.sheets.columns import sheets
from exchange.books.sheets.refused import refused_language
from exchange.models import BookImport, ImportState
from services.models import ServiceAtLocation
from verification.models import Publication, Review

#: Rows of one kind on a page, and listings that wait to be checked.
ON_A_PAGE, MOST_WAITING = 50, 100
#: What a row of somebody else's list is told in; the listing gives it its name.
IN_ORDER = ("service", "location", "contact", "listing")
VERDICTS = ("refused", "asked", "new", "changed")


def plan_context(kept: BookImport, user: User, asked: QueryDict) -> dict[str, Any]:
    """`shown` are rows by verdict, `pages` how many more there are of each."""
    entries = keeping.entries_of(kept)
    told = _in_rows(entries) if kept.title else entries
    names = {code: sheet.label for code, sheet in sheets().items()}
    can_mend = kept.state == ImportState.PLANNED and not kept.title
    cells = _cells(entries) if can_mend else {}
    sections = []
    for verdict in VERDICTS:
        mine = [entry for entry in told if _verdict(entry) == verdict]
        pages = Paginator(mine, ON_A_PAGE)
        page = pages.get_page(asked.get(verdict))
        rows = [(names[entry.sheet], entry, _address(entry, kept), cells.get(entry.place, [])) for entry in page]
        sections.append((verdict, len(mine), rows, _links(verdict, page)))
    counts = {verdict: count for verdict, count, _rows, _links in sections}
    return {
        "book": kept,
        "sections": sections,
        "counts": counts,
        "has_texts": bool(refused_language(entries)),
        "can_mend": bool(cells),
        "missing": [_lost(row) for row in kept.missing],
        "count": counts["new"] + counts["changed"],
        **_written(entries, user, kept),
    }


def _cells(entries: list[BookEntry]) -> dict[str, list[tuple[str, str, str]]]:
    """For rows that can be mended here: name in the form, name of the column and what stands there, by the row."""
    labels = {code: {column.code: column.label for column in sheet.columns} for code, sheet in sheets().items()}
    return {
        entry.place: [(name_of(entry, code), labels[entry.sheet].get(code, code), text) for code, text in found]
        for entry in entries
        if entry.verdict == "refused" and (found := refused_cells(entry))
    }


def _verdict(entry: BookEntry) -> str:
    return "asked" if entry.is_asked and entry.verdict == "new" else entry.verdict


def _in_rows(entries: list[BookEntry]) -> list[BookEntry]:
    """Rows of somebody else's list: one of theirs is a place, a service, contacts and a listing of ours."""
    rows: dict[tuple[int, str], list[BookEntry]] = {}
    for entry in entries:
        rows.setdefault((entry.line, entry.verdict), []).append(entry)
    for parts in rows.values():
        parts.sort(key=lambda each: IN_ORDER.index(each.sheet))
        parts[-1].changes = [change for part in parts for change in part.changes]
    return sorted((parts[-1] for parts in rows.values()), key=lambda each: each.line)


def _links(verdict: str, page: Any) -> dict[str, Any]:
    return {
        "number": page.number,
        "total": page.paginator.num_pages,
        "previous_url": f"?{verdict}={page.previous_page_number()}#{verdict}" if page.has_previous() else "",
        "next_url": f"?{verdict}={page.next_page_number()}#{verdict}" if page.has_next() else "",
    }


def _address(entry: BookEntry, kept: BookImport) -> str:
    """Where the row is looked at; a new one is nowhere before it is made."""
    if not entry.public_id or (entry.verdict == "new" and kept.state == ImportState.UNDONE):
        return ""
    return _page(entry.sheet, entry.public_id)


def _lost(row: dict[str, str]) -> dict[str, str]:
    """A row of ours that the file has not, with the page on which it is taken off the map."""
    return row | {"url": _page(row["code"], row["public_id"]) if "public_id" in row else ""}


def _page(sheet: str, public_id: str) -> str:
    names = {"location": "place", "service": "service", "listing": "listing", "contact": "contact"}
    return reverse(f"workspace:{names[sheet]}", args=[public_id])


def _written(entries: list[BookEntry], user: User, kept: BookImport) -> dict[str, Any]:
    """Of what the import wrote: `waiting` is looked at by somebody of another organisation now, `drafts` lack something
    before anybody can; `left` are rows beyond those that are looked at."""
    if kept.state != ImportState.APPLIED:
        return {"waiting": [], "drafts": [], "left": 0}
    written = sorted((entry for entry in entries if entry.after), key=lambda each: each.sheet != "listing")
    covered = covered_by(user, written[:MOST_WAITING])
    rows = ServiceAtLocation.objects.filter(pk__in=covered).select_related("service", "location")
    rows = rows.order_by("service__title", "pk")
    open_ones = Review.objects.open().filter(listing__in=covered).values("listing")
    no_state, draft = Q(state=None), Q(state__publication=Publication.DRAFT)
    return {
        "waiting": list(rows.filter(pk__in=open_ones)),
        "drafts": list(rows.filter(no_state | draft).exclude(pk__in=open_ones)),
        "left": max(sum(entry.sheet == "listing" for entry in written) - MOST_WAITING, 0),
    }
