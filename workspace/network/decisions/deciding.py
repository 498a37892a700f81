"""«Decisions under way», late ones first, and one decision."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from core.errors import HouseError
from network.decisions import services as decisions
from network.decisions.models import Body, Decision, Meeting, Vote, kept_bodies
from network.decisions.models.words import DecisionState
from workspace.network.decisions.doors import keepers_page, network_page, telling
from workspace.network.decisions.forms import DecidedForm
from workspace.shared.pages import reason_of

SHOWN_AT_MOST = 100


@network_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """`?show=` "mine" or "ended"; as it opens, all that is under way."""
    show = request.GET.get("show", "")
    show = show if show in ("mine", "ended") else "open"
    rows = Decision.objects.visible_to(request.user)
    under_way = rows.under_way()
    found = {
        "open": under_way,
        "mine": under_way.filter(responsible=request.user),
        "ended": rows.exclude(state=DecisionState.OPEN).order_by("-ended_at", "-pk"),
    }
    context = {
        "section": "network",
        "tab": "decisions",
        "show": show,
        "rows": found[show].select_related("body", "organization", "responsible")[:SHOWN_AT_MOST],
        "tabs": [
            ("open", _("All under way"), under_way.count()),
            ("mine", _("Mine"), found["mine"].count()),
            ("ended", _("Ended"), None),
        ],
    }
    return render(request, "workspace/network/decisions/decisions.html", context)


@keepers_page
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    """`?vote=` or `?meeting=` says on which ground."""
    vote = _vote(request)
    meeting = None if vote else _meeting(request)
    ground: Vote | Meeting | None = vote or meeting
    if ground is None:
        return render(
            request, "workspace/network/decisions/decision_ground.html", {"section": "network", "tab": "decisions"}
        )
    body: Body = ground.body
    initial = {"text": vote.question if vote else ""}
    sent = request.POST if request.method == "POST" else None
    form = DecidedForm(sent, body=body, has_paper=vote is not None, initial=initial)
    if form.is_bound and form.is_valid():
        with telling(form):
            row = decisions.decide(actor=request.user, vote=vote, meeting=meeting, **form.values())
            return redirect("workspace:network-decision", row.public_id)
    context = {"section": "network", "tab": "decisions", "form": form, "vote": vote, "meeting": meeting}
    status = 422 if form.is_bound else 200
    return render(request, "workspace/network/decisions/decision_new.html", context, status=status)


def _vote(request: SignedInRequest) -> Vote | None:
    asked = request.GET.get("vote", "")
    rows = Vote.objects.visible_to(request.user).filter(body__in=kept_bodies(request.user)).select_related("body")
    return get_object_or_404(rows, public_id=asked) if asked else None


def _meeting(request: SignedInRequest) -> Meeting | None:
    asked = request.GET.get("meeting", "")
    rows = Meeting.objects.visible_to(request.user).filter(body__in=kept_bodies(request.user)).select_related("body")
    return get_object_or_404(rows, public_id=asked) if asked else None


@network_page
@require_http_methods(["GET", "POST"])
def show(request: SignedInRequest, decision: str) -> HttpResponse:
    """A POST is a step, by whoever does it or by those who keep the body."""
    rows = Decision.objects.visible_to(request.user)
    rows = rows.select_related("body", "vote", "meeting__body", "organization", "responsible")
    row = get_object_or_404(rows, public_id=decision)
    keeps = kept_bodies(request.user).filter(pk=row.body_id).exists()
    acts = keeps or row.responsible_id == request.user.pk
    if request.method == "POST":
        if not acts:
            raise Http404
        _step(request, row)
        return redirect("workspace:network-decision", row.public_id)
    context = {
        "section": "network",
        "tab": "decisions",
        "decision": row,
        "acts": acts,
        "papers": row.papers.select_related("document"),
    }
    return render(request, "workspace/network/decisions/decision.html", context)


def _step(request: SignedInRequest, row: Decision) -> None:
    step, reason = request.POST.get("step", ""), request.POST.get("reason", "")[:500]
    try:
        if step == "finish":
            decisions.finish(actor=request.user, decision=row)
        elif step == "drop":
            decisions.drop(actor=request.user, decision=row, reason=reason)
        elif step == "reopen":
            decisions.reopen(actor=request.user, decision=row)
        else:
            messages.warning(request, _("Choose what to do."))
            return
    except HouseError as error:
        messages.warning(request, reason_of(error))
    else:
        messages.success(request, _("Written down."))
