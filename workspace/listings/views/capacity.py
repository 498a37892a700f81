"""Whether there are places: one press, on the map at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from core.errors import HouseError
from core.phrasing.dates import day_in_words
from facts.capacity import asked_of
from facts.discretion import reader_of
from verification import services as verification
from verification.models import CapacityLevel, CapacityReport
from workspace.listings.forms.capacity import CapacityForm
from workspace.listings.views.listings import context_of, mine
from workspace.shared.pages import desk_page, reason_of


@desk_page
@require_POST
def say(request: SignedInRequest, listing: str) -> HttpResponse:
    """From the listing's page, or from the desk ("from" says which), back to where the button was."""
    row = mine(request, listing)
    form = CapacityForm(request.POST)
    if form.is_valid():
        try:
            report = verification.report_capacity(listing=row, actor=request.user, **form.said())
        except HouseError as error:
            form.add_error(None, reason_of(error))
        else:
            messages.success(request, _thanks(report))
            return redirect(_back(request, listing, row.service.organization.slug))
    context = context_of(row, reader_of(request.user), form)
    if context["asked"] is None:  # then the page has no question under which the fault could stand
        messages.error(request, " ".join(str(fault) for faults in form.errors.values() for fault in faults))
    return render(request, "workspace/listings/listing.html", context, status=422)


def _thanks(report: CapacityReport) -> str:
    asked = asked_of(report.listing, report)
    if report.level == CapacityLevel.UNKNOWN or asked is None or asked.until is None:
        return _("The map says nothing about it now.")
    values = {"says": asked.text, "day": day_in_words(asked.until)}
    return _("On the map: “%(says)s”. It counts until %(day)s; another press changes it.") % values


def _back(request: SignedInRequest, listing: str, slug: str) -> str:
    if request.POST.get("from") == "desk":
        return reverse("workspace:home", query={"organization": slug}, fragment=f"listing-{listing}")
    return reverse("workspace:listing", args=[listing], fragment="capacity")
