"""Meetings, and minutes that are written into the agenda."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from core import clock
from core.errors import HouseError
from network.decisions import services as decisions
from network.decisions.models import Meeting, kept_bodies
from network.decisions.models.words import MeetingState
from organizations.models import Organization
from workspace.network.decisions.doors import keepers_page, network_page, telling
from workspace.network.decisions.forms import MeetingForm
from workspace.shared.pages import reason_of

SHOWN_AT_MOST = 100


@network_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    rows = Meeting.objects.visible_to(request.user).select_related("body").prefetch_related("agenda")
    context = {
        "section": "network",
        "tab": "meetings",
        "rows": rows[:SHOWN_AT_MOST],
        "keeps": kept_bodies(request.user).exists(),
    }
    return render(request, "workspace/network/decisions/meetings.html", context)


@keepers_page
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    form = MeetingForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_bound and form.is_valid():
        with telling(form):
            row = decisions.call_meeting(actor=request.user, **form.cleaned_data)
            return redirect("workspace:network-meeting", row.public_id)
    status = 422 if form.is_bound else 200
    context = {"section": "network", "tab": "meetings", "form": form}
    return render(request, "workspace/network/decisions/meeting_new.html", context, status=status)


@network_page
@require_http_methods(["GET", "POST"])
def show(request: SignedInRequest, meeting: str) -> HttpResponse:
    """A POST writes the minutes, by those who keep the body; what was written comes back when it is refused."""
    rows = Meeting.objects.visible_to(request.user).select_related("body")
    row = get_object_or_404(rows, public_id=meeting)
    keeps = kept_bodies(request.user).filter(pk=row.body_id).exists()
    if request.method == "POST":
        if not keeps:
            raise Http404
        if _write(request, row):
            return redirect("workspace:network-meeting", row.public_id)
    present = set(row.present.order_by().values_list("pk", flat=True))
    members = Organization.objects.in_network().order_by("name", "pk")
    may_write = keeps and row.state != MeetingState.CANCELLED and row.held_on <= clock.today()
    context = {
        "section": "network",
        "tab": "meetings",
        "meeting": row,
        "items": [(item, request.POST.get(f"said-{item.position}", item.minutes)) for item in row.agenda.all()],
        "present": row.present.order_by("name", "pk"),
        "members": [(one, one.pk in present) for one in members] if may_write else [],
        "keeps": keeps,
        "may_write": may_write,
        "decisions": row.decisions.order_by("pk"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/network/decisions/meeting.html", context, status=status)


def _write(request: SignedInRequest, row: Meeting) -> bool:
    post = request.POST
    try:
        if post.get("step") == "call_off":
            decisions.call_off_meeting(actor=request.user, meeting=row)
        else:
            positions = row.agenda.values_list("position", flat=True)
            said = {n: post[f"said-{n}"].strip() for n in positions if f"said-{n}" in post}
            came = Organization.objects.in_network().filter(slug__in=post.getlist("present"))
            decisions.write_minutes(actor=request.user, meeting=row, said=said, present=list(came))
    except HouseError as error:
        messages.warning(request, reason_of(error))
        return False
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return False
    messages.success(request, _("Written down."))
    return True
