"""«Что изменится»: the difference, and sending it to be checked."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.errors import HouseError
from facts.changes import ChangeRow, rows_of, rows_of_new
from facts.discretion import Reader, changes_for, reader_of
from organizations.models import Location
from services.models import ServiceAtLocation
from verification.coordination.queues import my_listings
from verification.models import Review
from verification.services import submit, submit_under, unfinished_under, withdraw_submission
from verification.snapshots import FieldChange, difference, freeze, parts
from workspace.desk.standing import Standing, standing_of
from workspace.listings.forms.listing import SubmitForm
from workspace.listings.sending import tell
from workspace.listings.views.listings import mine
from workspace.shared.pages import desk_page, editable, reason_of, sent
from workspace.shared.shown import shown_of_content


@desk_page
@require_http_methods(["GET", "POST"])
def listing_changes(request: SignedInRequest, listing: str) -> HttpResponse:
    row = mine(request, listing)
    form = SubmitForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            review = submit(listing=row, actor=request.user, **form.cleaned_data)
        except HouseError as error:
            form.add_error(None, reason_of(error))
        else:
            tell(request, [review])
            return redirect("workspace:home")
    standing, reader = standing_of(row), reader_of(request.user)
    changes = _changes(row, reader)
    can_send = bool(changes) or standing.state.published is None
    context = {
        "organization": row.service.organization,
        "row": standing,
        "changes": _rows(standing, changes),
        "is_new": standing.state.published is None,
        "is_sent": standing.step.name == "wait",
        "can_send": can_send,
        "shown": shown_of_content(standing.state, freeze(row), reader) if can_send else [],
        "neighbours": _unsent_neighbours(request, row),
        "form": form,
        "section": "home",
    }
    return render(request, "workspace/listings/changes.html", context, status=422 if form.errors else 200)


@desk_page
@require_http_methods(["GET", "POST"])
def place_changes(request: SignedInRequest, place: str) -> HttpResponse:
    """Every listing of a place that differs from the map; what they share is shown once."""
    location = editable(Location, request, public_id=place)
    form = SubmitForm(sent(request))
    if request.method == "POST" and form.is_valid():
        left = len(unfinished_under(location))
        try:
            reviews = submit_under(subject=location, actor=request.user, **form.cleaned_data)
        except HouseError as error:
            form.add_error(None, reason_of(error))
        else:
            tell(request, reviews, left)
            return redirect("workspace:home")
    reader = reader_of(request.user)
    found = [(row, _changes(row.listing, reader)) for row in _unsent_at(request, location)]
    shared = _shared([changes for _row, changes in found])
    context = {
        "organization": location.organization,
        "place": location,
        "shared": rows_of(shared),
        "listings": [_own(row, changes, shared) for row, changes in found],
        "can_send": any(not row.needed for row, _changes_of_it in found),
        "service_count": location.listings.count(),
        "form": form,
        "section": "home",
    }
    return render(request, "workspace/listings/place_changes.html", context, status=422 if form.errors else 200)


@desk_page
@require_POST
def withdraw(request: SignedInRequest, listing: str) -> HttpResponse:
    row = mine(request, listing)
    review = Review.objects.open().filter(listing=row).first()
    try:
        if review is None:
            messages.info(request, _("Nothing of this listing is waiting for a check."))
        else:
            withdraw_submission(review=review, actor=request.user)
            messages.success(request, _("Taken back. Your changes are kept here."))
    except HouseError as error:
        messages.error(request, reason_of(error))
    return redirect("workspace:listing", listing)


def _changes(listing: ServiceAtLocation, reader: Reader) -> list[FieldChange]:
    """What the working copy changes against what waits for a check, else against the map, as the reader may know it."""
    state = getattr(listing, "state", None)
    old = state.published.content if state and state.published else None
    new = freeze(listing)
    return changes_for(reader, difference(old, new), old, new)


def _unsent_at(request: SignedInRequest, location: Location) -> list[Standing]:
    rows = [standing_of(row) for row in parts(my_listings(request.user)).filter(location=location)]
    return [row for row in rows if row.differs]


def _unsent_neighbours(request: SignedInRequest, listing: ServiceAtLocation) -> int:
    """How many other listings of the place have changes to send."""
    if listing.location is None:
        return 0
    return sum(row.listing.pk != listing.pk for row in _unsent_at(request, listing.location))


def _shared(sets: list[list[FieldChange]]) -> list[FieldChange]:
    """Changes that every listing of the place has."""
    if len(sets) < 2:
        return []
    counts = Counter(_key(change) for changes in sets for change in changes)
    return [change for change in sets[0] if counts[_key(change)] == len(sets)]


def _own(row: Standing, changes: list[FieldChange], shared: list[FieldChange]) -> dict[str, object]:
    known = {_key(change) for change in shared}
    own = [change for change in changes if _key(change) not in known]
    return {"row": row, "changes": _rows(row, own), "is_new": row.state.published is None}


def _rows(standing: Standing, changes: list[FieldChange]) -> list[ChangeRow]:
    return rows_of(changes) if standing.state.published else rows_of_new(changes)


def _key(change: FieldChange) -> str:
    return f"{change.path}|{change.old!r}|{change.new!r}"
