"""A grant and its reports."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.files.base import File
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core import clock
from core.files.downloads import download_of
from core.phrasing.dates import day_in_words
from core.phrasing.money import sum_in_words
from network.grants import rights
from network.grants import services as grants
from network.grants.models import Grant, GrantReport, GrantReportFile
from network.grants.models.words import GRANT_OPEN, GrantReportState, GrantState
from workspace.coordination.doors import network_page
from workspace.network.decisions.doors import telling
from workspace.network.grants.deeds import GrantReportForm, StopForm
from workspace.network.grants.presenter import (
    cells_of,
    grant_line,
    readings_of,
    report_line,
    spent_of,
    spent_together,
)
from workspace.network.joining.doors import Step, pressed
from workspace.shared.texts import worded

_BESIDE = ("application__call__body", "organization")


def _row(request: SignedInRequest, public_id: str) -> Grant:
    rows = Grant.objects.visible_to(request.user).select_related(*_BESIDE)
    return get_object_or_404(rows, public_id=public_id)


@network_page
@require_GET
def show(request: SignedInRequest, grant: str) -> HttpResponse:
    """Everybody of the network reads who got how much for which gap; parts and reports: those who read reports."""
    return _page(request, _row(request, grant), None)


def _page(request: SignedInRequest, row: Grant, form: StopForm | None) -> HttpResponse:
    reports = GrantReport.objects.visible_to(request.user).filter(grant=row).order_by("position")
    lines = [report_line(one) for one in reports]
    keeps = rights.keeps(request.user, row.application)
    paid = sum(part.amount for part in row.tranches.all() if part.paid_on)
    context = {
        "section": "network",
        "tab": "grants",
        "grant": row,
        "line": grant_line(row),
        "call_title": worded(row.application.call, "title"),
        "cells": cells_of(row),
        "reports": lines,
        "parts": [_part(row, one) for one in row.tranches.all()] if lines else [],
        "paid": sum_in_words(paid, row.currency) if paid else "",
        "reads": bool(lines),
        "keeps": keeps,
        "is_halted": row.is_halted,
        "may_close": keeps and row.state == GrantState.CLOSING,
        "may_stop": keeps and row.state in GRANT_OPEN,
        "today": clock.today().isoformat(),
        "stop_form": form or StopForm(row=row),
        "is_bound": form is not None,
        "sees_application": row.application.organization_id and lines,
    }
    return render(request, "workspace/network/grants/grant.html", context, status=422 if form else 200)


def _part(row: Grant, part: Any) -> dict[str, Any]:
    return {
        "row": part,
        "amount": sum_in_words(part.amount, row.currency),
        "day": day_in_words(part.due_on),
        "paid": day_in_words(part.paid_on) if part.paid_on else "",
    }


@network_page
@require_POST
def press(request: SignedInRequest, grant: str) -> HttpResponse:
    row = _row(request, grant)
    told: dict[str, Any] = {"actor": request.user, "grant": row}
    if request.POST.get("step") == "stop" and rights.keeps(request.user, row.application):
        form = StopForm(request.POST, row=row)
        if form.is_valid():
            with telling(form):
                grants.stop(**told, **form.cleaned_data)
                messages.success(request, _("Stopped. The organisation was written to."))
                return redirect("workspace:network-grant", row.public_id)
        return _page(request, row, form)

    def pay() -> object:
        tranche = row.tranches.get(position=int(request.POST.get("part", "")))
        day = dt.date.fromisoformat(request.POST.get("paid_on", ""))
        return grants.note_paid(actor=request.user, tranche=tranche, paid_on=day)

    steps: dict[str, Step] = {
        "close": (lambda: grants.close(**told), _("Closed. How the cells stand today stays written beside it.")),
        "pay": (pay, _("Written down.")),
    }
    return pressed(request, steps, "workspace:network-grant", row.public_id)


def _report(request: SignedInRequest, public_id: str) -> GrantReport:
    rows = GrantReport.objects.visible_to(request.user)
    rows = rows.select_related("grant__application__call__body", "grant__organization", "read_for", "accepted_for")
    return get_object_or_404(rows, public_id=public_id)


#: What others of the network read of a report; before that it is being written.
_HANDED_IN = (GrantReportState.SENT, GrantReportState.ACCEPTED)


def _told(row: GrantReport, *, is_own: bool) -> dict[str, Any]:
    if not is_own and row.state not in _HANDED_IN:
        return {"is_told": False, "narrative": "", "files": ()}
    return {
        "is_told": True,
        "narrative": row.narrative,
        "spent": spent_of(row),
        "together": spent_together(row),
        "readings": readings_of(row),
        "files": row.files.all(),
    }


@network_page
@require_GET
# long: one key a line
def report(request: SignedInRequest, grant_report: str) -> HttpResponse:
    """What was done, spent and reached; in the last one the cells before and after."""
    row = _report(request, grant_report)
    user, application = request.user, row.grant.application
    is_own = rights.is_inside(user, row.grant.organization)
    is_running = row.grant.state == GrantState.RUNNING
    is_sent = row.state == GrantReportState.SENT and is_running
    seat = rights.reading_seat(user, row)
    keeping = rights.keeping_seat(user, application)
    was_read = row.read_for is not None
    context = {
        "section": "network",
        "tab": "grants",
        "report": row,
        "line": report_line(row),
        "grant_line": grant_line(row.grant),
        **_told(row, is_own=is_own),
        "cells": cells_of(row.grant) if row.is_last else [],
        "read_for": worded(row.read_for, "name") if row.read_for else "",
        "accepted_for": worded(row.accepted_for, "name") if row.accepted_for else "",
        "accepted_on": day_in_words(row.accepted_on) if row.accepted_on else "",
        "writes": is_own and rights.writes(user, row.grant.organization) and row.is_owed and is_running,
        "sends": is_own and rights.manages(user, row.grant.organization) and row.is_owed and is_running,
        "left": list(grants.missing_of_report(row).values()) if row.is_owed else [],
        "may_read": is_sent and seat is not None and not (was_read and row.read_for_id == seat.organization_id),
        "keeps": is_sent and keeping is not None,
        "may_accept": is_sent
        and keeping is not None
        and was_read
        and row.read_for_id != keeping.organization_id
        and row.read_by_id != user.pk,
    }
    return render(request, "workspace/network/grants/report.html", context)


@network_page
@require_http_methods(["GET", "POST"])
def write(request: SignedInRequest, grant_report: str) -> HttpResponse:
    row = _report(request, grant_report)
    if not rights.writes(request.user, row.grant.organization) or not row.is_owed:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = GrantReportForm(sent, request.FILES or None, row=row)
    if form.is_bound and form.is_valid():
        with telling(form):
            _keep(request, row, form)
            messages.success(request, _("Saved."))
            return redirect("workspace:network-grant-report", row.public_id)
    context = {"section": "network", "tab": "grants", "form": form, "report": row, "line": report_line(row)}
    context |= form.groups()
    return render(request, "workspace/network/grants/report_write.html", context, status=422 if form.is_bound else 200)


@transaction.atomic
def _keep(request: SignedInRequest, row: GrantReport, form: GrantReportForm) -> None:
    grants.write_report(actor=request.user, report=row, **form.values())
    if file := form.cleaned_data.get("file"):
        grants.add_file(actor=request.user, report=row, file=File(file, name=file.name))


@network_page
@require_POST
def report_press(request: SignedInRequest, grant_report: str) -> HttpResponse:
    row = _report(request, grant_report)
    told: dict[str, Any] = {"actor": request.user, "report": row}

    def away() -> None:
        grants.take_file_away(actor=request.user, file=row.files.get(public_id=request.POST.get("file", "")))

    steps: dict[str, Step] = {
        "send": (lambda: grants.send_report(**told), _("Sent. Thank you.")),
        "read": (lambda: grants.read(**told), _("Thank you. The secretary may accept it now.")),
        "accept": (lambda: grants.accept(**told), _("Accepted. The organisation was written to.")),
        "back": (
            lambda: grants.send_back(**told, reason=request.POST.get("reason", "")),
            _("Sent back. It comes again within fourteen days."),
        ),
        "away": (away, _("The file is gone.")),
    }
    return pressed(request, steps, "workspace:network-grant-report", row.public_id)


@network_page
@require_GET
def download(request: SignedInRequest, grant_file: str) -> HttpResponseBase:
    """A file of a report, to save and never to show."""
    rows = GrantReportFile.objects.filter(report__in=GrantReport.objects.visible_to(request.user))
    row = get_object_or_404(rows.select_related("report__grant__organization"), public_id=grant_file)
    if row.report.state not in _HANDED_IN and not rights.is_inside(request.user, row.report.grant.organization):
        raise Http404
    return download_of(row.file, row.file_name)
