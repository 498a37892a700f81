"""What a coordinator does with a campaign that runs: remind, extend, add, take out, stop. Each is one press."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from core.errors import HouseError
from core.phrasing.dates import day_in_words
from verification.campaigns import running
from verification.models import Campaign
from workspace.coordination.campaign_forms import AddForm, ExtendForm
from workspace.coordination.doors import coordinators_page
from workspace.coordination.views.campaigns import find, page_of
from workspace.shared.pages import reason_of


@coordinators_page
@require_POST
def remind(request: SignedInRequest, campaign: str) -> HttpResponse:
    def step(row: Campaign) -> str:
        running.remind_silent(campaign=row, actor=request.user)
        return _("Whoever has not answered will be asked once more, in the letters that they get anyway.")

    return _done(request, find(request, campaign), step)


@coordinators_page
@require_POST
def extend(request: SignedInRequest, campaign: str) -> HttpResponse:
    row = find(request, campaign)
    form = ExtendForm(request.POST)

    def step(row: Campaign) -> str:
        later = running.extend(campaign=row, actor=request.user, ends_on=form.cleaned_data["ends_on"])
        return _("The last day is %(day)s now.") % {"day": day_in_words(later.ends_on)}

    if form.is_valid():
        try:
            return _done(request, row, step)
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "workspace/coordination/campaign.html", page_of(request, row, extend=form), status=422)


@coordinators_page
@require_POST
def add(request: SignedInRequest, campaign: str) -> HttpResponse:
    row = find(request, campaign)
    form = AddForm(request.POST)

    def step(row: Campaign) -> str:
        slugs = [form.cleaned_data["organization"].slug]
        count = running.add(campaign=row, actor=request.user, organizations=slugs)
        text = ngettext("%(n)d service has joined.", "%(n)d services have joined.", count)
        return text % {"n": count} if count else _("It has nothing there that fits and is not in the campaign yet.")

    if form.is_valid():
        return _done(request, row, step)
    return render(request, "workspace/coordination/campaign.html", page_of(request, row, add=form), status=422)


@coordinators_page
@require_POST
def take_out(request: SignedInRequest, campaign: str) -> HttpResponse:
    def step(row: Campaign) -> str:
        count = running.take_out(campaign=row, actor=request.user, listings=request.POST.getlist("listing"))
        text = ngettext(
            "%(n)d service is not asked about any more.", "%(n)d services are not asked about any more.", count
        )
        return text % {"n": count} if count else _("Nothing was chosen.")

    return _done(request, find(request, campaign), step)


@coordinators_page
@require_POST
def stop(request: SignedInRequest, campaign: str) -> HttpResponse:
    def step(row: Campaign) -> str:
        running.stop(campaign=row, actor=request.user)
        return _("The campaign is over. Whoever was asked and has not answered is told; what it brought is kept.")

    return _done(request, find(request, campaign), step)


def _done(request: SignedInRequest, row: Campaign, step: Callable[[Campaign], str]) -> HttpResponse:
    """The step, its words or why it was refused, and back to the campaign."""
    try:
        messages.success(request, step(row))
    except HouseError as error:
        messages.warning(request, reason_of(error))
    return redirect("workspace:coordination-campaign", row.public_id)
