"""A volunteer's own pages: how they stand, what they proposed and what came of it, and three ways to propose."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.errors import HouseError
from network.volunteering import services as volunteering
from network.volunteering.models import OPEN_AT_MOST, VolunteerProposal
from network.volunteering.rights import may_check, standing_of, trained_until, what_is_missing
from organizations.models import Volunteering
from workspace.network.decisions.doors import telling
from workspace.shared.pages import desk_page, reason_of, sent
from workspace.shared.texts import worded
from workspace.volunteers.doors import working_page
from workspace.volunteers.forms import BroughtCheckForm, BroughtEditForm, BroughtFactForm
from workspace.volunteers.presenter import lines
from workspace.volunteers.seen import found_by, seen, waiting_longest

SHOWN_AT_MOST, SEARCH_AT_MOST = 60, 100


@desk_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """Also before the first day and after the last one: then it says why nothing can be proposed."""
    row = standing_of(request.user)
    if row is None:
        raise Http404
    until = trained_until(request.user)
    mine = VolunteerProposal.objects.brought_by(request.user).select_related("listing", "volunteering__user")
    context = _base(row) | {
        "trained_until": until,
        "missing": what_is_missing(row, trained=until is not None),
        "lines": lines(mine[:SHOWN_AT_MOST]),
        "open_count": mine.open().count(),
        "open_at_most": OPEN_AT_MOST,
    }
    return render(request, "workspace/volunteers/own.html", context)


@working_page
@require_http_methods(["GET", "POST"])
def find(request: SignedInRequest, row: Volunteering) -> HttpResponse:
    """GET shows what was not checked for the longest time; POST looks for words, which belong in no address."""
    words = request.POST.get("q", "")[:SEARCH_AT_MOST].strip() if request.method == "POST" else ""
    context = _base(row) | {
        "words": words,
        "cards": found_by(words) if words else waiting_longest(row.organization),
    }
    return render(request, "workspace/volunteers/find.html", context)


@working_page
@require_http_methods(["GET", "POST"])
def listing(request: SignedInRequest, row: Volunteering, listing: str) -> HttpResponse:
    """The card, and two forms under it: a check, a change. `what` says which one was sent."""
    shown = seen(listing, row.organization)
    if shown is None:
        raise Http404
    data, what = sent(request), request.POST.get("what", "")
    checks = may_check(row) and not shown["is_own"]
    check = BroughtCheckForm(data if what == "check" else None) if checks else None
    edit = BroughtEditForm(data if what == "edit" else None)
    chosen = check if what == "check" else edit
    if data is not None and chosen is not None and chosen.is_bound and chosen.is_valid():
        write = volunteering.propose_check if what == "check" else volunteering.propose_edit
        with telling(chosen):
            write(actor=request.user, listing=listing, **chosen.cleaned_data)
            return _brought(request)
    context = _base(row) | {"seen": shown, "check": check, "edit": edit, "what": what}
    return render(request, "workspace/volunteers/listing.html", context, status=422 if data is not None else 200)


@working_page
@require_http_methods(["GET", "POST"])
def fact(request: SignedInRequest, row: Volunteering) -> HttpResponse:
    form = BroughtFactForm(sent(request))
    if form.is_bound and form.is_valid():
        with telling(form):
            volunteering.propose_fact(actor=request.user, **form.cleaned_data)
            return _brought(request)
    status = 422 if form.is_bound else 200
    return render(request, "workspace/volunteers/fact.html", _base(row) | {"form": form}, status=status)


@require_POST
@working_page
def take_back(request: SignedInRequest, row: Volunteering, brought: str) -> HttpResponse:
    mine = get_object_or_404(VolunteerProposal.objects.brought_by(request.user), public_id=brought)
    try:
        volunteering.take_back(actor=request.user, proposal=mine)
    except (HouseError, ValidationError) as error:
        messages.warning(request, reason_of(error) if isinstance(error, HouseError) else error.messages[0])
    else:
        messages.success(request, _("Taken back."))
    return redirect("workspace:volunteering")


def _base(row: Volunteering) -> dict[str, Any]:
    return {"section": "volunteering", "row": row, "house": worded(row.organization, "name")}


def _brought(request: SignedInRequest) -> HttpResponse:
    messages.success(request, _("Thank you. Your colleague looks at it; here you see what came of it."))
    return redirect("workspace:volunteering")
