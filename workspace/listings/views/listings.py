"""One listing: how it stands, its hours and contacts, its history."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from core.errors import StaleWrite
from core.geo import gazetteer
from directory.coming.crossing import place_of
from facts.capacity import days_by_class
from facts.critical import critical_facts
from facts.discretion import Reader, content_for, reader_of
from facts.held import held_lines
from services.models import ServiceAtLocation
from verification import editing
from verification.coordination.queues import my_listings
from verification.models import Snapshot, Suggestion
from verification.services import held_of
from verification.snapshots import freeze, parts
from workspace.desk.heard import heard_of
from workspace.desk.standing import standing_of
from workspace.history.entries import history_of
from workspace.listings import sending
from workspace.listings.forms.capacity import CapacityForm
from workspace.listings.forms.hours import FillForm
from workspace.listings.forms.listing import ListingForm, hours_of_rival
from workspace.listings.stays import next_stays
from workspace.shared.forms import read
from workspace.shared.mapping import map_of_form
from workspace.shared.pages import desk_page, sent, show_form, write


def mine(request: SignedInRequest, public_id: str) -> ServiceAtLocation:
    """A listing of the user with all that its page shows, else 404."""
    return get_object_or_404(parts(my_listings(request.user)), public_id=public_id)


@desk_page
@require_GET
def show(request: SignedInRequest, listing: str) -> HttpResponse:
    return render(
        request, "workspace/listings/listing.html", context_of(mine(request, listing), reader_of(request.user))
    )


def context_of(row: ServiceAtLocation, reader: Reader, capacity_form: CapacityForm | None = None) -> dict[str, object]:
    """Context of workspace/listings/listing.html. `capacity_form` is one that was sent with faults."""
    standing, content = standing_of(row), freeze(row)
    asked = standing.asked
    if asked is not None:
        asked = replace(asked, days=days_by_class()[standing.state.verification_class])
    word = asked.report if asked else None
    note = {name: read(word, name) for name in ("note", "note_en")} if word else {}
    return {
        "organization": row.service.organization,
        "row": standing,
        "held": held_lines(held_of(standing.state), reader, content),
        "facts": critical_facts(content_for(reader, content)),
        "asked": asked,
        "stays": next_stays(row),
        "shown_at": _shown_at(row, standing.state.published),
        "capacity_form": capacity_form or CapacityForm(initial=note),
        "suggested": Suggestion.objects.filter(listing=row).first() if standing.state.published is None else None,
        "heard": heard_of(row),
        "section": "home",
    }


def _shown_at(row: ServiceAtLocation, published: Snapshot | None) -> str:
    """The id of the place that members read it at: what has stops is a place of its own; "" where there is none."""
    if published and published.content["listing"].get("stops"):
        return place_of(published.content)
    return row.location.public_id if row.location else ""


@desk_page
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, listing: str) -> HttpResponse:
    """Hours, contacts and the note. The button "fill" copies one line to several days and saves nothing."""
    row = mine(request, listing)
    data = sent(request)
    fill = FillForm(data if data and "fill" in data else None)
    if data and "fill" in data:
        data = fill.fill(data)
    form = ListingForm(data, row=row, actor=request.user)
    if data and "fill" not in data:
        saved = write(request, form, lambda **values: _save(row, form, values))
        if saved and sending.is_asked(request):
            sending.send_under(request, saved, *form.cleaned_data["also"])
            return redirect("workspace:listing", listing)
        if saved:
            messages.success(request, _("The hours are saved. People see them once you have sent them."))
            return redirect("workspace:listing-changes", listing)
    context = {
        "organization": row.service.organization,
        "listing": row,
        "fill": fill,
        "map_config": _map_config(row) if form.stops_form or "area" in form.fields else None,
        "section": "home",
    }
    return show_form(request, "workspace/listings/listing_edit.html", form, context)


def _map_config(row: ServiceAtLocation) -> dict[str, object]:
    """What the maps of the form need: of the stops, and of the area."""
    place = gazetteer.place(row.location.place_code) if row.location else None
    near = gazetteer.largest(row.country or row.service.organization.registration_country)
    return map_of_form(place or near)


def _save(row: ServiceAtLocation, form: ListingForm, values: dict[str, Any]) -> ServiceAtLocation:
    for other, version in form.cleaned_data["also"].items():
        same = {name: values[name] for name in ("hours", "stops") if name in values}
        try:
            editing.update_listing(actor=values["actor"], listing=other, expected_version=version, **same)
        except StaleWrite as error:
            raise ValidationError({"also": hours_of_rival(cast(ServiceAtLocation, error.current))}) from error
    return editing.update_listing(listing=row, **values)


@desk_page
@require_GET
def history(request: SignedInRequest, listing: str) -> HttpResponse:
    row = mine(request, listing)
    context = {
        "organization": row.service.organization,
        "listing": row,
        "days": history_of(row, reader=reader_of(request.user)),
        "section": "home",
    }
    return render(request, "workspace/listings/history.html", context)
