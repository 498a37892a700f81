"""The history of a listing for coordinators, and an earlier version put back by an administrator."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from core.errors import HouseError
from directory.crossing.content import Content
from facts.changes import rows_of
from facts.discretion import changes_for, place_for, reader_of
from services.models import ServiceAtLocation
from verification import services as verification
from verification.coordination import desk
from verification.services.around.intervals import ask_for_interval
from verification.services.undoing import earlier_versions
from verification.snapshots import FieldChange, difference
from workspace.coordination.doors import coordinators_page
from workspace.history.entries import history_of
from workspace.listings.forms.interval import OF_CLASS, IntervalForm, next_date
from workspace.shared.forms import ReasonForm
from workspace.shared.pages import reason_of

VERSIONS_SHOWN = 20


@coordinators_page
@require_GET
def history(request: SignedInRequest, listing: str) -> HttpResponse:
    row = _find(request, listing)
    administers = request.user.is_administrator and row.state.published_id is not None
    versions = list(earlier_versions(row)[:VERSIONS_SHOWN]) if administers else []
    context = {
        "section": "coordination",
        "tab": "desk",
        "listing": row,
        "place": place_for(reader_of(request.user), row.location, row.service.organization),
        "days": history_of(row, reader=reader_of(request.user), for_coordinators=True),
        "versions": versions,
        "can_check": desk.checkable(request.user).filter(pk=row.pk).exists(),
    }
    return render(request, "workspace/coordination/history.html", context)


@coordinators_page
@require_http_methods(["GET", "POST"])
def interval(request: SignedInRequest, listing: str) -> HttpResponse:
    """Ask for a shorter interval than that of the class, with a reason that the owner reads."""
    row = _find(request, listing)
    initial: dict[str, object] = {"days": row.state.interval_days or OF_CLASS, "reason": row.state.interval_reason}
    sent = request.POST if request.method == "POST" else None
    form = IntervalForm(sent, state=row.state, with_reason=True, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = ask_for_interval(listing=row, actor=request.user, **form.cleaned_data)
        except HouseError as error:
            form.add_error(None, reason_of(error))
        else:
            messages.success(request, next_date(chosen))
            return redirect("workspace:coordination-history", listing)
    context = {"section": "coordination", "tab": "desk", "listing": row, "form": form}
    return render(request, "workspace/coordination/interval.html", context, status=422 if form.errors else 200)


@coordinators_page
@require_http_methods(["GET", "POST"])
def put_back(request: SignedInRequest, listing: str, snapshot: str) -> HttpResponse:
    """Shows what would change on the map; a reason and one press put the version back."""
    row = _find(request, listing)
    if not request.user.is_administrator or row.state.published is None:
        raise Http404
    version = get_object_or_404(earlier_versions(row), public_id=snapshot)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verification.republish(
                listing=row, snapshot=version, actor=request.user, reason=form.cleaned_data["reason"]
            )
        except HouseError as error:
            form.add_error(None, reason_of(error))
        else:
            messages.success(request, _("The earlier version is on the map again."))
            return redirect("workspace:coordination-history", listing)
    context = {
        "section": "coordination",
        "tab": "desk",
        "listing": row,
        "version": version,
        "rows": rows_of(_differing(request, row.state.published.content, version.content)),
        "form": form,
    }
    return render(request, "workspace/coordination/version.html", context, status=422 if form.errors else 200)


def _differing(request: SignedInRequest, old: Content, new: Content) -> list[FieldChange]:
    return changes_for(reader_of(request.user), difference(old, new), old, new)


def _find(request: SignedInRequest, public_id: str) -> ServiceAtLocation:
    return get_object_or_404(desk.history_for(request.user).exclude(state=None), public_id=public_id)
