"""What volunteers propose, before the colleague who answers for them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from core.errors import HouseError
from network.volunteering import services as volunteering
from network.volunteering.models import BroughtKind, BroughtState, VolunteerProposal, answered_by
from organizations.models import Organization
from services.models import ServiceAtLocation
from verification.models import CheckOutcome
from workspace.network.decisions.doors import telling
from workspace.shared.pages import reason_of
from workspace.shared.texts import worded
from workspace.volunteers.doors import answering_page
from workspace.volunteers.forms import DeclineForm
from workspace.volunteers.presenter import lines, result_of

SHOWN_AT_MOST = 100
_BESIDE = ("listing", "volunteering__user", "volunteering__organization", "fact")


@answering_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    rows = VolunteerProposal.objects.visible_to(request.user).select_related(*_BESIDE)
    managed = Organization.objects.in_network().managed_by(request.user)
    own = managed.filter(memberships__user=request.user).order_by("name", "pk").distinct()
    context = {
        "section": "volunteers",
        "open": lines(rows.open().order_by("said_at", "pk")[:SHOWN_AT_MOST]),
        "answered": lines(rows.exclude(state__in=["open", "taken_back"]).order_by("-answered_at", "-pk")[:30]),
        "managed": [(one, worded(one, "name")) for one in own],
        "helpers": answered_by(request.user).open().exclude(user=None).count(),
    }
    return render(request, "workspace/volunteers/queue.html", context)


@answering_page
@require_http_methods(["GET", "POST"])
def proposal(request: SignedInRequest, brought: str) -> HttpResponse:
    """`step` accept or decline, with a reason for the volunteer."""
    rows = VolunteerProposal.objects.visible_to(request.user).exclude(state=BroughtState.TAKEN_BACK)
    row = get_object_or_404(rows.select_related(*_BESIDE), public_id=brought)
    step = request.POST.get("step", "")
    form = DeclineForm(request.POST if step == "decline" else None)
    if step == "decline" and form.is_valid():
        with telling(form):
            volunteering.decline(actor=request.user, proposal=row, reason=form.cleaned_data["reason"])
            messages.success(request, _("Answered. The volunteer reads your reason."))
            return redirect("workspace:volunteers")
    if step == "accept":
        return _accept(request, row)
    if request.method == "POST" and step != "decline":
        return redirect("workspace:volunteer-proposal", brought)
    return _page(request, row, form, 422 if form.is_bound else 200)


def _accept(request: SignedInRequest, row: VolunteerProposal) -> HttpResponse:
    try:
        done = volunteering.accept(actor=request.user, proposal=row)
    except HouseError as error:
        messages.warning(request, reason_of(error))
        return redirect("workspace:volunteer-proposal", row.public_id)
    if done.fact is not None:
        messages.success(request, _("It is a draft of yours now. Read it once more and send it."))
        return redirect("workspace:fact", done.fact.public_id)
    messages.success(request, _told(done))
    return redirect("workspace:volunteers")


def _told(row: VolunteerProposal) -> str:
    if row.kind != BroughtKind.CHECK:
        return _("Passed on to whoever edits this service.")
    if row.outcome == CheckOutcome.WRONG:
        return _("Recorded as your check, and what is different is passed on to whoever edits this service.")
    if row.outcome == CheckOutcome.UNREACHABLE:
        return _("Recorded: nobody could be reached. The service waits for somebody to look again.")
    return _("Recorded as your check, of the day on which the volunteer looked.")


def _page(request: SignedInRequest, row: VolunteerProposal, form: DeclineForm, status: int) -> HttpResponse:
    editable = row.listing is not None and ServiceAtLocation.objects.editable_by(request.user).filter(
        pk=row.listing.pk
    ).exists()  # fmt: skip
    context = {
        "section": "volunteers",
        "line": lines([row])[0],
        "house": worded(row.volunteering.organization, "name"),
        "form": form,
        "result_url": result_of(row, editable) if row.state == BroughtState.ACCEPTED else "",
    }
    return render(request, "workspace/volunteers/proposal.html", context, status=status)
