"""What readers say is wrong: the list, and one report with its answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from core.errors import HouseError
from verification import services as verification
from verification.coordination import desk
from verification.models import Report, ReportState
from workspace.coordination.doors import verifiers_page
from workspace.coordination.forms import CloseReportForm
from workspace.coordination.presenters.piles import until
from workspace.shared.pages import reason_of

PER_PAGE = 50
KINDS = ("open", "flood", "closed")


@verifiers_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    found = desk.reports_for(request.user)
    shown = request.GET.get("show", "open")
    shown = shown if shown in KINDS else "open"
    rows = found.open().order_by("due_at", "pk")
    flood = found.filter(state=ReportState.FLOOD)
    if shown == "flood":
        rows = flood.order_by("-received_at", "-pk")
    if shown == "closed":
        rows = found.exclude(closed_at=None).order_by("-closed_at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "coordination",
        "tab": "reports",
        "shown": shown,
        "flood": flood.count(),
        "page": page,
        "rows": [(report, until(report.due_at)) for report in page.object_list],
    }
    return render(request, "workspace/coordination/reports.html", context)


@verifiers_page
@require_http_methods(["GET", "POST"])
def show(request: SignedInRequest, report: str) -> HttpResponse:
    """`action` take or close. What somebody else closed meanwhile stays closed, and the page says so."""
    row = get_object_or_404(desk.reports_for(request.user), public_id=report)
    closing = request.method == "POST" and request.POST.get("action") == "close"
    form = CloseReportForm(request.POST if closing else None)
    if request.method == "POST" and _act(request, row, form):
        return redirect("workspace:coordination-report", report)
    context = {
        "section": "coordination",
        "tab": "reports",
        "report": row,
        "form": form,
        "left": until(row.due_at),
        "reads_contact": request.user.coordinates(row.listing.country),
        "others": desk.reports_for(request.user).filter(listing=row.listing).exclude(pk=row.pk).order_by("-pk")[:5],
        "can_check": desk.checkable(request.user).filter(pk=row.listing_id).exists(),
        "answered": not row.is_open,
    }
    return render(request, "workspace/coordination/report.html", context, status=422 if form.errors else 200)


def _act(request: SignedInRequest, row: Report, form: CloseReportForm) -> bool:
    try:
        if not form.is_bound:
            verification.take_report(report=row, actor=request.user)
            return True
        if not form.is_valid():
            return False
        verification.close_report(report=row, actor=request.user, **form.cleaned_data)
    except HouseError as error:
        messages.warning(request, reason_of(error))
        return True
    messages.success(request, _("Closed. Whoever wrote it reads the answer by their code."))
    return True
