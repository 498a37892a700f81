"""Who decides: bodies, and who sits in them from when to when."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core import clock
from network.decisions import services as decisions
from network.decisions.models import Body, Seat, kept_bodies
from workspace.network.decisions.doors import network_page, telling
from workspace.network.decisions.forms import SeatForm


@network_page
@require_http_methods(["GET", "POST"])
def index(request: SignedInRequest) -> HttpResponse:
    """A POST seats somebody, or ends a seat today, by those who keep the body."""
    keeps = set(kept_bodies(request.user).values_list("pk", flat=True))
    if request.method == "POST" and not keeps:
        raise Http404
    if request.method == "POST" and request.POST.get("step") == "end":
        seat = get_object_or_404(Seat.objects.filter(body__in=keeps), public_id=request.POST.get("seat", ""))
        decisions.end_seat(actor=request.user, seat=seat)
        messages.success(request, _("The seat ends today."))
        return redirect("workspace:network-bodies")
    form = SeatForm(request.POST if request.method == "POST" else None, user=request.user) if keeps else None
    if form is not None and form.is_bound and form.is_valid():
        with telling(form):
            decisions.take_seat(actor=request.user, **form.values())
            messages.success(request, _("Written down."))
            return redirect("workspace:network-bodies")
    seats = Seat.objects.visible_to(request.user).select_related("organization", "person").order_by("-starts_on", "pk")
    bodies = Body.objects.visible_to(request.user).prefetch_related(Prefetch("seats", queryset=seats))
    context = {
        "section": "network",
        "tab": "bodies",
        "bodies": [(body, body.pk in keeps, *_parted(list(body.seats.all()))) for body in bodies],
        "form": form,
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "workspace/network/decisions/bodies.html", context, status=status)


def _parted(seats: list[Seat]) -> tuple[list[Seat], list[Seat]]:
    """Those of today and later, and those that are over."""
    today = clock.today()
    over = [seat for seat in seats if seat.ends_on is not None and seat.ends_on < today]
    return [seat for seat in seats if seat not in over], over
