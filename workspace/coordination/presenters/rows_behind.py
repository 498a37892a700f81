"""The rows behind a figure of monitoring, as lines of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _

from core.phrasing.dates import day_in_words
from core.phrasing.sentences import one_to_another
from facts.discretion import Reader, where_of
from services.models import ServiceAtLocation
from verification.coordination.desk import history_for
from verification.coordination.waits import Ended, Wait
from verification.models import Check, Level, ListingState, MonthlyListing, Report, Review, Suggestion
from workspace.shared.texts import worded

if TYPE_CHECKING:
    from accounts.models import User


class AboutRow(TypedDict):
    """What a line says of the listing, or of what is missing, that it is about."""

    title: str
    organization: str
    place: str


@dataclass(frozen=True)
class LineBehind:
    """`said`: how much of what people look for the listing says; `days`: how long it took."""

    title: str
    url: str
    organization: str
    place: str
    what: str
    when: str = ""
    said: int | None = None
    days: float | None = None


def names_of_counts() -> dict[str, str]:
    return {
        "listings": _("Services on the map"),
        "fresh": _("Confirmed in time"),
        "late": _("Date has passed"),
        "level1": _("Confirmed by the organisation itself"),
        "level2": _("Checked by another organisation"),
        "level3": _("Visited, or documents seen"),
        "shown": _("There is something"),
        "checked": _("Fresh and checked by others"),
        "unchecked": _("Only unchecked"),
        "lost": _("Gone from the map this month, because nobody confirmed"),
        "gone": _("Gone from the map, because nobody confirmed"),
        "confirmed": _("Confirmed by their organisations"),
        "repaired": _("Corrected after a report"),
        "answered": _("Suggestions that were answered"),
        "decided": _("Submissions that were decided on"),
        "reported": _("Reports of readers"),
    }


def listing_lines(pks: Sequence[int], user: User, reader: Reader) -> list[LineBehind]:
    """In the order of the keys. A link for whoever may read the listing's history."""
    states = ListingState.objects.select_related("listing__service__organization", "listing__location").in_bulk(pks)
    opens = set(history_for(user).filter(pk__in=pks).order_by().values_list("pk", flat=True))
    return [
        LineBehind(
            **_about(states[pk].listing, reader),
            url=_history(states[pk].listing) if pk in opens else "",
            what=str(Level(states[pk].level).label),
            when=day_in_words(due) if (due := states[pk].due_on) else "",
            said=states[pk].completeness,
        )
        for pk in pks
    ]


def lines_then(rows: Iterable[MonthlyListing], user: User, reader: Reader) -> list[LineBehind]:
    """How these listings stood in their month. A link for whoever may read the listing's history."""
    found = list(rows)
    keys = [row.listing_id for row in found]
    known = ServiceAtLocation.objects.select_related("service__organization", "location").in_bulk(keys)
    opens = set(history_for(user).filter(pk__in=keys).order_by().values_list("pk", flat=True))
    return [
        LineBehind(
            **_about(known[row.listing_id], reader),
            url=_history(known[row.listing_id]) if row.listing_id in opens else "",
            what=str(Level(row.level).label),
            when=_("confirmed in time") if row.is_fresh else _("date has passed"),
            said=row.said,
        )
        for row in found
    ]


def wait_lines(wait: Wait, waits: Iterable[Ended], user: User, reader: Reader) -> list[LineBehind]:
    """In the order of the waits; all of them are such as this coordinator may open."""
    found = list(waits)
    rows = wait.seen_by(user)
    if wait.listing:
        rows = rows.select_related("listing__service__organization", "listing__location")
    known = rows.in_bulk([one.pk for one in found])
    return [_wait_line(wait, known[one.pk], one.days, reader) for one in found]


def _wait_line(wait: Wait, row: Any, days: float | None, reader: Reader) -> LineBehind:
    began, over = getattr(row, wait.begins), getattr(row, wait.ends)
    when = one_to_another(*(day_in_words(one.date()) for one in (began, over) if one))
    about: AboutRow = (
        {"title": row.what, "organization": "", "place": row.city}
        if isinstance(row, Suggestion)
        else _about(row.listing, reader)
    )
    return LineBehind(
        **about, url=_url(row), what=_what(row), when=when, days=round(days, 1) if days is not None else None
    )


def _url(row: Check | Report | Review | Suggestion) -> str:
    if isinstance(row, Check):
        return _history(row.listing)
    name = {Report: "coordination-report", Review: "review", Suggestion: "suggestion"}[type(row)]
    return reverse(f"workspace:{name}", args=[row.public_id])


def _what(row: Check | Report | Review | Suggestion) -> str:
    if isinstance(row, Check):
        return row.get_method_display()
    return row.get_kind_display() if isinstance(row, Report) else row.get_state_display()


def _history(listing: ServiceAtLocation) -> str:
    return reverse("workspace:coordination-history", args=[listing.public_id])


def _about(listing: ServiceAtLocation, reader: Reader) -> AboutRow:
    return {
        "title": worded(listing.service, "title"),
        "organization": worded(listing.service.organization, "name"),
        "place": where_of(reader, listing),
    }
