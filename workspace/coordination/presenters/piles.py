"""The rows of a pile as one kind of line, whatever stands behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypedDict
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.geo.countries import country_name
from core.phrasing.dates import day_and_month, day_in_words
from facts.discretion import MEMBER, Reader, where_of
from facts.profile import profile_standing
from organizations.models import Organization
from services.models import ServiceAtLocation
from verification.coordination.desk import Pile
from verification.models import (
    AlikeOrganizations,
    AlikePlaces,
    Level,
    LikelyPair,
    ListingState,
    Recheck,
    Report,
    Review,
    Suggestion,
    SuggestionAbout,
)
from workspace.duplicates.words import why_alike
from workspace.reviews.presenter import age_words, line_of
from workspace.shared.texts import worded


class AboutListing(TypedDict):
    """What a line says of the listing that it is about."""

    listing: str
    title: str
    organization: str
    place: str
    country: str


@dataclass(frozen=True)
class PileRow:
    """One line of a pile. `listing` is the public id by which it is chosen for doing something with several."""

    listing: str
    url: str
    title: str
    organization: str
    place: str
    country: str
    why: str
    note: str = ""
    when: str = ""
    is_late: bool = False
    given_to: str = ""
    said: int | None = None

    @property
    def country_name(self) -> str:
        return country_name(self.country)


def rows_of(pile: Pile, found: Iterable[Any], country: str, reader: Reader = MEMBER) -> list[PileRow]:
    """The lines of a page of a pile, as the reader may know them."""
    query = urlencode({"pile": pile.code} | ({"country": country} if country else {}))
    return [_MAKERS[type(row)](row, query, reader) for row in found]


def listing_ids(pile: Pile, found: QuerySet[Any]) -> list[str]:
    """The listings of a pile in its order, each once: the queue of the remote checks."""
    if found.model in (LikelyPair, AlikePlaces, AlikeOrganizations):  # a pair is looked at by itself
        return []
    return list(dict.fromkeys(found.values_list("listing__public_id", flat=True)))


def until(moment: dt.datetime) -> str:
    """«через 3 дня», «2 дня назад» in words that need no clock."""
    left = moment - clock.now()
    words = age_words(abs(left))
    return _("%(time)s late") % {"time": words} if left.total_seconds() < 0 else _("in %(time)s") % {"time": words}


def _about(listing: ServiceAtLocation, reader: Reader) -> AboutListing:
    return {
        "listing": listing.public_id,
        "title": worded(listing.service, "title"),
        "organization": worded(listing.service.organization, "name"),
        "place": where_of(reader, listing),
        "country": listing.country,
    }


def _check_url(listing: ServiceAtLocation, query: str) -> str:
    return f"{reverse('workspace:coordination-check', args=[listing.public_id])}?{query}"


def _state_row(state: ListingState, query: str, reader: Reader) -> PileRow:
    today = clock.today(state.listing.timezone)
    is_late = state.due_on is not None and state.due_on <= today
    hidden = state.hides_on is not None and state.hides_on <= today
    note = _("gone from the public map") if hidden else _("grey on the map") if is_late else ""
    return PileRow(
        **_about(state.listing, reader),
        url=_check_url(state.listing, query),
        why=str(Level(state.level).label),
        note=note,
        when=_near_day(state.due_on, today) if state.due_on else "",
        is_late=is_late,
        said=state.completeness,
    )


def _near_day(date: dt.date, today: dt.date) -> str:
    """Without the year when it is this one."""
    return day_in_words(date) if date.year != today.year else day_and_month(date)


def _recheck_row(recheck: Recheck, query: str, reader: Reader) -> PileRow:
    return PileRow(
        **_about(recheck.listing, reader),
        url=_check_url(recheck.listing, query),
        why=recheck.get_reason_display(),
        note=recheck.note,
        when=until(recheck.due_at),
        is_late=recheck.due_at < clock.now(),
        given_to=worded(recheck.assigned_to, "name") if recheck.assigned_to else "",
    )


def _report_row(report: Report, query: str, reader: Reader) -> PileRow:
    return PileRow(
        **_about(report.listing, reader),
        url=reverse("workspace:coordination-report", args=[report.public_id]),
        why=report.get_kind_display(),
        note=report.text,
        when=until(report.due_at),
        is_late=report.due_at < clock.now(),
        given_to=report.get_state_display() if report.state != "new" else "",
    )


def _review_row(review: Review, query: str, reader: Reader) -> PileRow:
    line = line_of(review, reader)
    changes = ngettext("%(count)d field", "%(count)d fields", line.changes) % {"count": line.changes}
    return PileRow(
        listing="",
        url=reverse("workspace:review", args=[review.public_id]),
        title=line.title,
        organization=line.organization,
        place=line.place,
        country=line.country,
        why=_("new") if line.is_new else changes,
        note=review.message,
        when=line.age,
        is_late=line.is_late,
        given_to=str(review.taken_by) if review.taken_by else "",
    )


def _suggestion_row(suggestion: Suggestion, query: str, _reader: Reader) -> PileRow:
    return PileRow(
        listing="",
        url=reverse("workspace:suggestion", args=[suggestion.public_id]),
        title=suggestion.what,
        organization="",
        place=suggestion.city or ("" if suggestion.about == SuggestionAbout.ACCESS else _("remotely")),
        country=suggestion.country,
        why=suggestion.get_known_from_display() or suggestion.get_about_display(),
        when=until(suggestion.due_at),
        is_late=suggestion.due_at < clock.now(),
    )


def _profile_row(organization: Organization, query: str, _reader: Reader) -> PileRow:
    state, standing = getattr(organization, "profile_state", None), profile_standing(organization)
    today = clock.today(state.timezone) if state else None
    return PileRow(
        listing="",
        url=f"{reverse('workspace:coordination-profile', args=[organization.slug])}?{query}",
        title=worded(organization, "name"),
        organization="",
        place=", ".join(map(country_name, organization.countries or [organization.registration_country])),
        country="",
        why=standing.confirmed,
        note=standing.seen,
        when=_near_day(state.due_on, today) if state and today else "",
        is_late=standing.fresh in ("overdue", "lapsed"),
    )


def _pair_row(pair: LikelyPair, query: str, reader: Reader) -> PileRow:
    other = _about(pair.second, reader)
    about = _about(pair.first, reader) | {"listing": ""}
    return PileRow(
        **about,
        url=f"{reverse('workspace:pair', args=[pair.public_id])}?{query}",
        why=why_alike(pair.reasons),
        note=" · ".join(filter(None, (other["title"], other["organization"], other["place"]))),
        when=day_in_words(pair.found_at.date()),
    )


def _door_row(pair: AlikePlaces, query: str, _reader: Reader) -> PileRow:
    one, other = pair.first, pair.second
    return PileRow(
        listing="",
        url=reverse("workspace:door-pair", args=[pair.public_id]),
        title=worded(one, "name"),
        organization=worded(one.organization, "name"),
        place=", ".join(filter(None, (worded(one, "city"), worded(one, "address")))),
        country=one.country,
        why=why_alike(pair.reasons),
        note=" · ".join(filter(None, (worded(other, "name"), worded(other.organization, "name")))),
        when=day_in_words(pair.found_at.date()),
    )


def _organization_row(pair: AlikeOrganizations, query: str, _reader: Reader) -> PileRow:
    one, other = pair.first, pair.second
    return PileRow(
        listing="",
        url=reverse("workspace:organization-pair", args=[pair.public_id]),
        title=worded(one, "name"),
        organization="",
        place=", ".join(map(country_name, one.countries or [one.registration_country])),
        country="",
        why=why_alike(pair.reasons),
        note=worded(other, "name"),
        when=day_in_words(pair.found_at.date()),
    )


_MAKERS: dict[type, Callable[..., PileRow]] = {
    AlikeOrganizations: _organization_row,
    AlikePlaces: _door_row,
    LikelyPair: _pair_row,
    ListingState: _state_row,
    Organization: _profile_row,
    Recheck: _recheck_row,
    Report: _report_row,
    Review: _review_row,
    Suggestion: _suggestion_row,
}
