"""Was the service given? A member tells after a client's visit; no word about the client."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core import clock
from core.errors import HouseError
from directory.asking.queries import current_listings
from directory.vocabulary import localised
from services.models import ServiceAtLocation
from verification import services as verification
from workspace.coordination.doors import members_page
from workspace.coordination.forms import VisitForm
from workspace.shared.pages import reason_of


@members_page
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    """`?listing=` as the members' map has it."""
    shown = current_listings("members").filter(id=request.GET.get("listing", "")).first()
    if shown is None:
        raise Http404
    form = VisitForm(request.POST or None, initial={"visited_on": clock.today(shown.timezone)})
    back = reverse("maps:members_place", args=[shown.place_id]) if shown.place_id else reverse("maps:members")
    if request.method == "POST" and form.is_valid():
        try:
            listing = ServiceAtLocation.objects.get(public_id=shown.id)
            verification.tell_visit(listing=listing, actor=request.user, **form.cleaned_data)
        except HouseError as error:
            form.add_error(None, reason_of(error))
        else:
            messages.success(request, _("Thank you. Colleagues will know what to expect there."))
            return redirect(back)
    texts = {language: part.get("title", "") for language, part in shown.content.items()}
    context = {"title": localised(texts), "form": form, "back_url": back, "section": ""}
    return render(request, "workspace/coordination/visit.html", context, status=422 if form.errors else 200)
