"""Campaigns of checking: which there are, starting one after a look at what it asks for, how far each is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from core import clock
from core.countries import country_name
from core.errors import HouseError
from facts.discretion import Reader, reader_of, where_of
from facts.names import names
from verification.coordination import campaigns
from verification.models import Campaign, CheckMethod
from workspace.coordination.doors import coordinators_page, countries_of
from workspace.coordination.forms import CampaignForm
from workspace.coordination.sheets import sheet
from workspace.shared.pages import reason_of
from workspace.shared.texts import worded

PER_PAGE = 100


@coordinators_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    today = clock.today()
    rows = [
        {"campaign": campaign, "progress": progress, "where": _where(campaign), "is_over": campaign.ends_on < today}
        for campaign, progress in campaigns.with_progress(campaigns.campaigns_for(request.user))
    ]
    context = {"section": "coordination", "tab": "campaigns", "rows": rows}
    return render(request, "workspace/coordination/campaigns.html", context)


@coordinators_page
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    """`action` preview counts what the campaign would ask for; start freezes it."""
    mine = countries_of(request.user)
    form = CampaignForm(request.POST or None, countries=mine)
    preview = None
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if not values["countries"] and not request.user.is_administrator and request.user.countries:
            values["countries"] = list(request.user.countries)
        if request.POST.get("action") == "start":
            try:
                campaign = campaigns.start_campaign(actor=request.user, **values)
            except HouseError as error:
                form.add_error(None, reason_of(error))
            else:
                messages.success(request, _("The campaign has begun."))
                return redirect("workspace:coordination-campaign", campaign.public_id)
        else:
            preview = campaigns.preview(values["countries"], values["types"])
    context = {"section": "coordination", "tab": "campaigns", "form": form, "preview": _preview(preview)}
    return render(request, "workspace/coordination/campaign_new.html", context, status=422 if form.errors else 200)


@coordinators_page
@require_GET
def show(request: SignedInRequest, campaign: str) -> HttpResponse:
    row = _find(request, campaign)
    tasks = campaigns.tasks_for(request.user, row).order_by(  # type: ignore[misc]  # tasks_with_progress annotates done_at
        "done_at", "listing__service__organization__name", "pk"
    )
    shown = request.GET.get("show", "")
    if shown == "open":
        tasks = tasks.filter(done_at=None)  # type: ignore[misc]  # as above
    elif shown == "done":
        tasks = tasks.exclude(done_at=None)  # type: ignore[misc]  # as above
    page = Paginator(tasks, PER_PAGE).get_page(request.GET.get("page"))
    progress, reader = campaigns.progress(row), reader_of(request.user)
    context = {
        "section": "coordination",
        "tab": "campaigns",
        "campaign": row,
        "progress": progress,
        "methods": [(str(CheckMethod(code).label), count) for code, count in progress.by_method.items()],
        "where": _where(row),
        "shown": shown,
        "page": page,
        "lines": [_line(task, reader) for task in page.object_list],
    }
    return render(request, "workspace/coordination/campaign.html", context)


@coordinators_page
@require_GET
def table(request: SignedInRequest, campaign: str) -> HttpResponse:
    row = _find(request, campaign)
    head = [_("Service"), _("Organisation"), _("Place"), _("Country"), _("Checked on"), _("How")]
    tasks = campaigns.tasks_for(request.user, row).order_by("listing__service__organization__name", "pk")
    reader = reader_of(request.user)
    lines = (_line(task, reader) for task in tasks.iterator(chunk_size=500))
    rows = ([x["title"], x["organization"], x["place"], x["country"], x["done_on"], x["method"]] for x in lines)
    return sheet(f"campaign-{row.public_id}", head, rows)


def _find(request: SignedInRequest, public_id: str) -> Campaign:
    return get_object_or_404(campaigns.campaigns_for(request.user), public_id=public_id)


def _line(task: Any, reader: Reader) -> dict[str, object]:
    listing = task.listing
    return {
        "id": listing.public_id,
        "title": worded(listing.service, "title"),
        "organization": worded(listing.service.organization, "name"),
        "place": where_of(reader, listing),
        "country": country_name(listing.country),
        "done_on": date_format(task.done_at, "d.m.Y") if task.done_at else "",
        "method": str(CheckMethod(task.method).label) if task.method else "",
    }


def _where(campaign: Campaign) -> str:
    """The countries and kinds of a campaign in words."""
    countries = ", ".join(map(country_name, campaign.countries)) or _("all countries")
    types = ", ".join(names().names("service", campaign.types)) or _("all kinds of service")
    return f"{countries} · {types}"


def _preview(preview: campaigns.Preview | None) -> dict[str, object] | None:
    if preview is None:
        return None
    countries = [(country_name(code) or _("any country"), count) for code, count in preview.by_country.items()]
    return {"total": preview.total, "organizations": preview.organizations, "countries": countries}
