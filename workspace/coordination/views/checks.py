"""The page of a remote check: what to ask, what was heard, and on to the next one."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.errors import HouseError
from core.files.downloads import download_of
from directory.crossing.content import Content
from directory.freshness import freshness
from facts.capacity import CapacityQuestion, asked_of
from facts.discretion import content_for, place_for, reader_of
from facts.held import held_lines
from services.models import ServiceAtLocation
from verification import services as verification
from verification.access import acting_organization
from verification.coordination import desk
from verification.models import CapacityReport, Check, CheckMethod, Recheck
from verification.services.told.evidence import kind_of
from workspace.coordination.doors import asked_country, coordinators_page, verifiers_page
from workspace.coordination.forms import AssignForm, CheckForm
from workspace.coordination.presenters.piles import listing_ids
from workspace.coordination.presenters.script import CallQuestion, lines_to_call, questions
from workspace.coordination.views.desk import chosen_pile
from workspace.desk.standing import DatedState
from workspace.shared.pages import reason_of
from workspace.shared.texts import worded

QUEUE_AT_MOST = 1000
CHECKS_SHOWN = 6
UNDO = "coordination_undo"


@verifiers_page
@require_http_methods(["GET", "POST"])
def check(request: SignedInRequest, listing: str) -> HttpResponse:
    """`?pile=` and `?country=` say which queue goes on after this one."""
    row = get_object_or_404(desk.checkable(request.user), public_id=listing)
    said = content_for(reader_of(request.user), _said_of(row))
    asked = questions(said)
    paths = [question.path for question in asked]
    form = CheckForm(request.POST or None, request.FILES or None, paths=paths, asked=_about_places(row))
    following = _following(request, row)
    if request.method == "POST" and _record(request, row, form):
        return redirect(_page_of(request, following) if following else _desk(request))
    context = _context(request, row, asked, said) | {"form": form, "following": _page_of(request, following)}
    return render(request, "workspace/coordination/check.html", context, status=422 if form.errors else 200)


def _record(request: SignedInRequest, row: ServiceAtLocation, form: CheckForm) -> bool:
    """Write the check down; False when the form now says what is wrong."""
    if request.POST.get("action") == "owner":
        return _owner_said(request, row, form)
    if not form.is_valid():
        return False
    values = form.cleaned_data
    try:
        found = verification.record_check(
            listing=row,
            actor=request.user,
            method=values["method"],
            outcome=values["outcome"],
            fields=values["fields_asked"],
            note=values["note"],
            evidence=values["evidence"] or None,
            capacity=values.get("capacity", ""),
        )
    except HouseError as error:
        form.add_error(None, reason_of(error))
        return False
    request.session[UNDO] = {"check": found.public_id, "title": worded(row.service, "title")}
    return True


def _owner_said(request: SignedInRequest, row: ServiceAtLocation, form: CheckForm) -> bool:
    """The organisation's own people confirmed it on the phone: their word, written down by the coordinator."""
    form.is_valid()
    actor, method = request.user, CheckMethod.COORDINATOR_PHONE
    try:
        with transaction.atomic():
            verification.confirm_unchanged(listing=row, actor=actor, method=method, note=request.POST.get("note", ""))
            if level := form.cleaned_data.get("capacity"):
                verification.report_capacity(listing=row, actor=actor, method=method, level=level)
    except HouseError as error:
        form.errors.clear()
        form.add_error(None, reason_of(error))
        return False
    messages.success(request, _("Written down as the organisation's own word, by phone."))
    return True


def _said_of(row: ServiceAtLocation) -> Content:
    """What is on the map of the listing; who may read how much of it is said by `facts.discretion`."""
    if row.state.published is None:
        raise Http404
    content: Content = row.state.published.content
    return content


def _about_places(row: ServiceAtLocation) -> CapacityQuestion | None:
    """Whether there are places, asked on the way, with the last word about it."""
    return asked_of(row, CapacityReport.objects.newest().filter(listing=row).first())


def _following(request: SignedInRequest, row: ServiceAtLocation) -> str:
    """The next listing of the queue, "" after the last. Read before the check takes this one out of it."""
    pile = chosen_pile(request)
    if pile.code in {"edits", "profiles", "unreachable"}:
        pile = next(p for p in desk.piles_for(request.user) if p.code == "rechecks")
    ids = listing_ids(pile, pile.rows(request.user, asked_country(request))[:QUEUE_AT_MOST])
    here = ids.index(row.public_id) if row.public_id in ids else -1
    return next((found for found in [*ids[here + 1 :], *ids[: max(here, 0)]]), "")


def _page_of(request: SignedInRequest, listing: str) -> str:
    if not listing:
        return ""
    return reverse("workspace:coordination-check", args=[listing], query=_queue(request))


def _desk(request: SignedInRequest) -> str:
    return reverse("workspace:coordination", query=_queue(request))


def _queue(request: SignedInRequest) -> dict[str, str]:
    asked = {"pile": request.GET.get("pile", ""), "country": asked_country(request)}
    return {name: value for name, value in asked.items() if value}


def _context(
    request: SignedInRequest, row: ServiceAtLocation, asked: list[CallQuestion], said: Content
) -> dict[str, object]:
    user, state = request.user, row.state
    checks = row.checks.select_related("organization", "owner", "checked_by")[:CHECKS_SHOWN]
    return {
        "section": "coordination",
        "tab": "desk",
        "listing": row,
        "place": place_for(reader_of(user), row.location, row.service.organization),
        "state": state,
        "fresh": freshness(DatedState(row, state)),
        "questions": asked,
        "lines": lines_to_call(said),
        "checks": checks,
        "held": held_lines(verification.held_of(state), reader_of(user), _said_of(row)),
        "rechecks": Recheck.objects.open().filter(listing=row).select_related("assigned_to"),
        "reports": desk.reports_for(user).filter(listing=row).open().order_by("due_at", "pk"),
        "desk_url": _desk(request),
        "pile_code": request.GET.get("pile", ""),
        "country": asked_country(request),
        "assign": AssignForm() if user.coordinates(row.country) else None,
        "coordinates": user.coordinates(row.country),
        "has_organization": acting_organization(user) is not None,
        "undo": request.session.pop(UNDO, None) if request.method == "GET" else None,
    }


@verifiers_page
@require_POST
def undo(request: SignedInRequest, check: str) -> HttpResponse:
    """Take back the check that was just saved, and open its page again."""
    row = get_object_or_404(Check.objects.select_related("listing"), public_id=check, checked_by=request.user)
    try:
        verification.undo_check(check=row, actor=request.user)
    except HouseError as error:
        messages.warning(request, reason_of(error))
        return redirect(_desk(request))
    messages.success(request, _("The check is taken back; everything stands as before."))
    return redirect(_page_of(request, row.listing.public_id))


@verifiers_page
@require_POST
def agree(request: SignedInRequest, listing: str) -> HttpResponse:
    """Let held texts of the listing go out: those that were ticked."""
    row = get_object_or_404(desk.checkable(request.user), public_id=listing)
    try:
        verification.agree_to_texts(listing=row, actor=request.user, marks=request.POST.getlist("mark"))
    except HouseError as error:
        messages.warning(request, reason_of(error))
    else:
        messages.success(request, _("The texts are on the map now."))
    return redirect("workspace:coordination-check", listing)


@coordinators_page
@require_GET
def evidence(request: SignedInRequest, check: str) -> HttpResponseBase:
    """A file, to save and never to show: for the coordinators of the country who are not of the organisation."""
    row = get_object_or_404(
        Check.objects.exclude(evidence=""), public_id=check, listing__in=desk.history_for(request.user)
    )
    try:
        extension = kind_of(row.evidence.open("rb"))
    except (FileNotFoundError, ValidationError) as error:
        raise Http404 from error
    return download_of(row.evidence, f"evidence-{row.checked_at:%Y-%m-%d}-{row.public_id}.{extension}")
