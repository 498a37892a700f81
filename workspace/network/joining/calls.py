"""Calls to join, written by coordinators."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from network.joining import services as joining
from network.joining.models import Call
from network.joining.models.words import BEFORE_THE_NETWORK
from workspace.coordination.doors import coordinators_page, network_page
from workspace.network.decisions.doors import telling
from workspace.network.joining.forms import CallForm


@network_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    rows = Call.objects.visible_to(request.user).order_by("-opens_on", "-pk")
    sent = {
        row["pk"]: row["n"]
        for row in Call.objects.filter(applications__state__in=BEFORE_THE_NETWORK)
        .order_by()
        .values("pk")
        .annotate(n=Count("applications"))
    }
    context = {
        "section": "network",
        "tab": "applications",
        "calls": [(row, sent.get(row.pk, 0)) for row in rows],
        "writes": request.user.is_coordinator,
    }
    return render(request, "workspace/network/joining/calls.html", context)


@coordinators_page
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    return _form(request, None)


@coordinators_page
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, call: str) -> HttpResponse:
    return _form(request, get_object_or_404(Call.objects.visible_to(request.user), public_id=call))


def _form(request: SignedInRequest, row: Call | None) -> HttpResponse:
    form = CallForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_bound and form.is_valid():
        with telling(form):
            joining.write_call(actor=request.user, call=row, **form.values())
            messages.success(request, _("Written. The page “Join the network” shows it in its days."))
            return redirect("workspace:network-calls")
    context = {"section": "network", "tab": "applications", "form": form, "call": row}
    status = 422 if form.is_bound else 200
    return render(request, "workspace/network/joining/call.html", context, status=status)
