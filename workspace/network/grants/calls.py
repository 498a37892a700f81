"""The first page of small grants, and calls: written, announced, answered."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core import clock
from network.grants import rights
from network.grants import services as grants
from network.grants.models import Grant, GrantApplication, GrantCall, GrantReport, GrantScore
from network.grants.models.bids import own_organizations, seated_bodies
from network.grants.models.grants import BLOCKS_AFTER
from network.grants.models.words import BidState, GrantCallState, GrantReportState, GrantScoreState, GrantState
from workspace.coordination.doors import network_page
from workspace.network.decisions.doors import telling
from workspace.network.grants.forms import BeginForm, GrantCallForm
from workspace.network.grants.presenter import (
    bid_line,
    call_line,
    gaps_told,
    grant_line,
    report_line,
    scores_of,
)
from workspace.network.joining.doors import Step, pressed
from workspace.shared.texts import worded

SHOWN_AT_MOST = 100
#: A report shows itself a month before its day.
SOON = dt.timedelta(days=31)


@network_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """Calls, what waits for this person, their organisations' applications, and who got how much."""
    user = request.user
    rows = GrantCall.objects.visible_to(user).order_by("-closes_at", "-pk")
    calls = [call_line(row) for row in rows[:SHOWN_AT_MOST]]
    own = GrantApplication.objects.visible_to(user).filter(organization__in=own_organizations(user))
    own = own.select_related("call", "organization").order_by("-created_at", "-pk")
    given = Grant.objects.visible_to(user).select_related("application", "organization")
    context = {
        "section": "network",
        "tab": "grants",
        "open": [line for line in calls if not line["row"].is_over and line["row"].state != GrantCallState.CALLED_OFF],
        "over": [line for line in calls if line["row"].is_over or line["row"].state == GrantCallState.CALLED_OFF],
        "own": [bid_line(row, inside=False) for row in own[:SHOWN_AT_MOST]],
        "granted": [grant_line(row) for row in given.order_by("-starts_on", "-pk")[:SHOWN_AT_MOST]],
        "may_open": rights.committees(user).exists(),
        **_waiting(request),
    }
    return render(request, "workspace/network/grants/index.html", context)


def _waiting(request: SignedInRequest) -> dict[str, Any]:
    """In which it is this person's turn: scores, the committee's applications, reports."""
    user, own = request.user, own_organizations(request.user)
    scores = GrantScore.objects.filter(reviewer=user, state=GrantScoreState.ASKED)
    seen = GrantApplication.objects.visible_to(user).under_way().exclude(organization__in=own)
    kept = seen.filter(call__body__in=seated_bodies(user)).select_related("call", "organization")
    reports = GrantReport.objects.visible_to(user).select_related("grant__organization", "grant__application")
    owed = reports.owed().filter(grant__organization__in=own, due_on__lte=clock.today() + SOON)
    to_read = reports.filter(state=GrantReportState.SENT, grant__state=GrantState.RUNNING)
    to_read = to_read.filter(grant__application__call__body__in=seated_bodies(user))
    late = reports.late().exclude(grant__organization__in=own)
    return {
        "scores": scores.select_related("application__call").order_by("due_on", "pk"),
        "kept": [bid_line(row, inside=True) for row in kept.order_by("due_on", "pk")[:SHOWN_AT_MOST]],
        "owed": [report_line(row) for row in owed.order_by("due_on", "pk")],
        "to_read": [report_line(row) for row in to_read.exclude(grant__organization__in=own).order_by("due_on", "pk")],
        "late": [report_line(row) for row in late.order_by("due_on", "pk")[:SHOWN_AT_MOST]],
    }


@network_page
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    """`?gap=` ties it to a gap from the beginning."""
    return _written(request, None)


@network_page
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, grant_call: str) -> HttpResponse:
    row = _row(request, grant_call)
    if row.state != GrantCallState.DRAFT:
        raise Http404
    return _written(request, row)


def _written(request: SignedInRequest, row: GrantCall | None) -> HttpResponse:
    if not rights.committees(request.user).exists() or (row and not rights.opens(request.user, row)):
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = GrantCallForm(sent, user=request.user, row=row, gap=request.GET.get("gap", "")[:20])
    if form.is_bound and form.is_valid():
        with telling(form):
            made = grants.write_call(actor=request.user, call=row, **form.values())
            messages.success(request, _("Kept as a draft. Read it once more and announce it."))
            return redirect("workspace:network-grant-call", made.public_id)
    context = {"section": "network", "tab": "grants", "form": form, "call": row}
    return render(request, "workspace/network/grants/call_edit.html", context, status=422 if form.is_bound else 200)


def _row(request: SignedInRequest, public_id: str) -> GrantCall:
    rows = GrantCall.objects.visible_to(request.user).select_related("body")
    return get_object_or_404(rows, public_id=public_id)


@network_page
@require_GET
def show(request: SignedInRequest, grant_call: str) -> HttpResponse:
    row = _row(request, grant_call)
    return _page(request, row, None)


def _page(request: SignedInRequest, row: GrantCall, form: BeginForm | None) -> HttpResponse:
    user = request.user
    houses = grants.may_apply(user, row)
    blocked = [worded(house, "name") for house in houses if grants.blocked_by(house)]
    seen = GrantApplication.objects.visible_to(user).filter(call=row).select_related("call", "organization")
    own = own_organizations(user)
    others = seen.exclude(organization__in=own).exclude(state=BidState.DRAFT)
    is_seated = row.body_id in set(seated_bodies(user).values_list("body", flat=True))
    context = {
        "section": "network",
        "tab": "grants",
        "call": row,
        "line": call_line(row),
        "text": worded(row, "text"),
        "gaps": gaps_told(row.gaps.order_by("country", "service_type", "pk")),
        "criteria": [(one.told, one.weight) for one in row.criteria.all()],
        "questions": row.asked,
        "months": row.report_months,
        "opens": rights.opens(user, row),
        "may_apply": bool(houses) and len(blocked) < len(houses),
        "blocked": blocked,
        "blocks_after": BLOCKS_AFTER,
        "form": form or BeginForm(houses=houses),
        "own": [bid_line(one, inside=False) for one in seen.filter(organization__in=own).order_by("-pk")],
        "is_seated": is_seated,
        "lines": [_beside(one, user) for one in others.order_by("pk")[:SHOWN_AT_MOST]],
    }
    return render(request, "workspace/network/grants/call.html", context, status=422 if form else 200)


def _beside(row: GrantApplication, user: Any) -> dict[str, Any]:
    """A line of the committee's list, with the points so far."""
    return bid_line(row, inside=True) | {"told": scores_of(row, user)}


@network_page
@require_POST
def press(request: SignedInRequest, grant_call: str) -> HttpResponse:
    row = _row(request, grant_call)
    if request.POST.get("step") == "begin":
        return _begin(request, row)
    told: dict[str, Any] = {"actor": request.user, "call": row}
    steps: dict[str, Step] = {
        "announce": (lambda: grants.announce(**told), _("Announced. Members were written to.")),
        "call_off": (lambda: grants.call_off(**told, reason=request.POST.get("reason", "")), _("Called off.")),
    }
    answer = pressed(request, steps, "workspace:network-grant-call", row.public_id)
    return answer if GrantCall.objects.filter(pk=row.pk).exists() else redirect("workspace:network-grants")


def _begin(request: SignedInRequest, row: GrantCall) -> HttpResponse:
    form = BeginForm(request.POST, houses=grants.may_apply(request.user, row))
    if form.is_valid():
        with telling(form):
            made = grants.begin(actor=request.user, call=row, **form.cleaned_data)
            return redirect("workspace:network-grant-write", made.public_id)
    return _page(request, row, form)
