"""«Всё верно»: the owner looks at what is on the map and presses once. The shortest path of the product."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from facts.critical import critical_facts
from facts.discretion import content_for, reader_of
from services.models import ServiceAtLocation
from verification.campaigns.tasks import open_tasks
from verification.coordination.queues import my_listings
from verification.models import Campaign
from verification.services import confirm_unchanged
from verification.snapshots import parts
from workspace.desk.standing import Standing, standing_of
from workspace.shared.pages import desk_page

AT_MOST = 100


@desk_page
@require_http_methods(["GET", "POST"])
def confirm(request: SignedInRequest) -> HttpResponse:
    """The listings of `?listing=…`, `?place=…`, `?campaign=…` or `?organization=…`, or all that are due."""
    rows = [row for row in map(standing_of, _asked(request)) if row.can_confirm]
    if request.method == "POST":
        return _write(request, rows)
    reader = reader_of(request.user)
    shown = [(row, content_for(reader, said.content)) for row in rows if (said := row.state.published)]
    cards = [{"row": row, "facts": critical_facts(content)} for row, content in shown]
    campaign = Campaign.objects.running().filter(public_id=request.GET.get("campaign", "")).first() if cards else None
    context = {"cards": cards, "campaign": campaign, "section": "home"}
    return render(request, "workspace/desk/confirm.html", context)


def _asked(request: SignedInRequest) -> list[ServiceAtLocation]:
    mine = parts(my_listings(request.user))
    asked = request.GET if request.method == "GET" else request.POST
    if ids := asked.getlist("listing"):
        return list(mine.filter(public_id__in=ids[:AT_MOST]))
    if request.method == "POST":
        return []
    if place := asked.get("place"):
        return list(mine.filter(location__public_id=place)[:AT_MOST])
    if campaign := asked.get("campaign"):
        waiting = open_tasks().filter(campaign__public_id=campaign).values("listing")
        return list(mine.filter(pk__in=waiting)[:AT_MOST])
    if slug := asked.get("organization"):
        mine = mine.filter(service__organization__slug=slug)
    due = [listing for listing in mine[: 5 * AT_MOST] if "due" in standing_of(listing).buckets]
    return due[:AT_MOST]


def _write(request: SignedInRequest, rows: list[Standing]) -> HttpResponse:
    if not rows:
        messages.warning(request, _("Nothing was chosen, so nothing was confirmed."))
        return redirect("workspace:home")
    with transaction.atomic():
        for row in rows:
            confirm_unchanged(listing=row.listing, actor=request.user)
    messages.success(request, _thanks(len(rows)))
    return redirect("workspace:home")


def _thanks(count: int) -> str:
    text = ngettext("Thank you. %(count)d listing is confirmed.", "Thank you. %(count)d listings are confirmed.", count)
    return text % {"count": count}
