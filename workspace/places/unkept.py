"""The address of a place is not to be kept here at all: what that means, and the press."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.errors import HouseError
from organizations.models import Location
from verification.editing import keep_address_again, stop_keeping_address
from workspace.shared.pages import desk_page, editable, reason_of


@desk_page
@require_http_methods(["GET", "POST"])
def unkept(request: SignedInRequest, place: str) -> HttpResponse:
    """Stop keeping the address, or keep it again. Both count for the version that the person has read."""
    row = editable(Location, request, public_id=place)
    is_own = request.user.memberships.filter(organization=row.organization).exists()
    if request.method == "GET":
        context = {"place": row, "organization": row.organization, "is_own": is_own, "section": "home"}
        return render(request, "workspace/places/unkept.html", context)
    version = request.POST.get("version", "")
    expected = int(version) if version.isdecimal() and len(version) < 10 else 0
    press, done = (
        (stop_keeping_address, _("The address is gone: from the map, from this place and from its whole history."))
        if row.is_address_kept
        else (keep_address_again, _("An address can be written here again. People see it after a check."))
    )
    try:
        press(actor=request.user, location=row, expected_version=expected)
    except HouseError as error:
        messages.warning(request, reason_of(error))
        return redirect("workspace:place-unkept", place)
    messages.success(request, done)
    return redirect("workspace:place", place)
