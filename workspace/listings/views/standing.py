"""What takes effect at once: whether the service works, and taking a listing off the map."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.errors import HouseError
from verification import services as verification
from verification.editing import remove_listing
from verification.services.around.intervals import choose_interval
from workspace.desk.standing import standing_of
from workspace.listings.forms.interval import OF_CLASS, IntervalForm, next_date
from workspace.listings.forms.listing import OperationForm
from workspace.listings.views.listings import mine
from workspace.shared.forms import ReasonForm, read
from workspace.shared.pages import desk_page, reason_of, sent


@desk_page
@require_http_methods(["GET", "POST"])
def operation(request: SignedInRequest, listing: str) -> HttpResponse:
    """Works, limited, waiting list, paused, closed: on the map at once, for every place of the service."""
    row = mine(request, listing)
    names = ("operation", "operation_note", "operation_note_en")
    form = OperationForm(sent(request), initial={name: read(row.service, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            verification.set_operation(listing=row, actor=request.user, **form.values())
        except HouseError as error:
            form.add_error(None, reason_of(error))
        else:
            messages.success(request, _("Done. It stands on the map already."))
            return redirect("workspace:listing", listing)
    context = {
        "organization": row.service.organization,
        "listing": row,
        "places": row.service.listings.count(),
        "form": form,
        "section": "home",
    }
    return render(request, "workspace/listings/operation.html", context, status=422 if form.errors else 200)


@desk_page
@require_http_methods(["GET", "POST"])
def interval(request: SignedInRequest, listing: str) -> HttpResponse:
    """How often it is looked at: never less often than its kind asks for."""
    row = mine(request, listing)
    state = standing_of(row).state
    initial: dict[str, object] = {"days": state.interval_days or OF_CLASS}
    form = IntervalForm(sent(request), state=state, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = choose_interval(listing=row, actor=request.user, days=form.cleaned_data["days"])
        except HouseError as error:
            form.add_error(None, reason_of(error))
        else:
            messages.success(request, next_date(chosen))
            return redirect("workspace:listing", listing)
    context = {
        "organization": row.service.organization,
        "listing": row,
        "form": form,
        "state": state,
        "section": "home",
    }
    return render(request, "workspace/listings/interval.html", context, status=422 if form.errors else 200)


@desk_page
@require_http_methods(["GET", "POST"])
def hide(request: SignedInRequest, listing: str) -> HttpResponse:
    row = mine(request, listing)
    form = ReasonForm(sent(request), is_own=True)
    if request.method == "POST" and form.is_valid():
        try:
            verification.hide(listing=row, actor=request.user, reason=form.cleaned_data["reason"])
        except HouseError as error:
            form.add_error(None, reason_of(error))
        else:
            messages.success(request, _("Taken off the map. You can bring it back here at any time."))
            return redirect("workspace:listing", listing)
    context = {"organization": row.service.organization, "listing": row, "form": form, "section": "home"}
    return render(request, "workspace/listings/hide.html", context, status=422 if form.errors else 200)


@desk_page
@require_POST
def restore(request: SignedInRequest, listing: str) -> HttpResponse:
    row = mine(request, listing)
    try:
        verification.restore(listing=row, actor=request.user)
    except HouseError as error:
        messages.error(request, reason_of(error))
    else:
        messages.success(request, _("It is on the map again, with the dates of its last check."))
    return redirect("workspace:listing", listing)


@desk_page
@require_POST
def delete(request: SignedInRequest, listing: str) -> HttpResponse:
    """A draft that nobody ever saw; anything else is taken off the map instead."""
    row = mine(request, listing)
    try:
        remove_listing(actor=request.user, listing=row)
    except HouseError as error:
        messages.error(request, reason_of(error))
        return redirect("workspace:listing", listing)
    messages.success(request, _("The draft is deleted."))
    return redirect("workspace:home")
