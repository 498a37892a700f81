"""A stop that does not take place on a day: one press, on the map at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from core.errors import HouseError, WrongState
from verification import services as verification
from workspace.listings.views.listings import mine
from workspace.shared.pages import desk_page, reason_of


@desk_page
@require_POST
def call_off(request: SignedInRequest, listing: str) -> HttpResponse:
    """`stop` and `on` say which; with `back` it takes place after all."""
    row, is_back = mine(request, listing), "back" in request.POST
    try:
        on = parse_date(request.POST.get("on", "")[:10])
        if on is None:
            raise WrongState(_("This stop is not in the timetable of that day any more."))
        verification.call_off(
            listing=row, actor=request.user, stop=request.POST.get("stop", ""), on=on, is_back=is_back
        )
    except (HouseError, ValueError) as error:
        messages.error(request, reason_of(error) if isinstance(error, HouseError) else _("Choose the date."))
    else:
        called_off, back = _("Called off. The map says so already."), _("It takes place. The map says so already.")
        messages.success(request, back if is_back else called_off)
    return redirect(reverse("workspace:listing", args=[listing], fragment="stops"))
