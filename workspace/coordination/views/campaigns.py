"""Campaigns of checking: which there are, starting one after a look at what it asks for, how far each is."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from core.errors import HouseError
from facts.discretion import reader_of
from verification.campaigns.running import CampaignScope, campaigns_for, may_lead, preview, start_campaign
from verification.campaigns.tasks import OPEN, progress, tasks_for, with_progress
from verification.letters.occasions.campaigns import preview_letters
from verification.models import Campaign, CampaignTask, CheckMethod, TaskOutcome
from workspace.coordination.campaign_forms import AddForm, CampaignForm, ExtendForm
from workspace.coordination.doors import coordinators_page, countries_of
from workspace.coordination.presenters.campaigns import Owner, line, preview_words, shares, wheres
from workspace.coordination.sheets import sheet
from workspace.shared.pages import reason_of

PER_PAGE = 100
#: Filters of the listings of a campaign.
SHOWN = ("open", "done")


@coordinators_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    found = with_progress(campaigns_for(request.user))
    where = wheres(campaign for campaign, _progress in found)
    rows = [{"campaign": row, "progress": progress, "where": where[row.pk]} for row, progress in found]
    context = {"section": "coordination", "tab": "campaigns", "rows": rows}
    return render(request, "workspace/coordination/campaigns.html", context)


@coordinators_page
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    """`action` preview counts what the campaign would ask for; start freezes it."""
    form = CampaignForm(request.POST or None, countries=countries_of(request.user))
    shown = None
    if request.method == "POST" and form.is_valid():
        scope = _scope(request, form)
        if request.POST.get("action") == "start":
            try:
                campaign = start_campaign(actor=request.user, scope=scope, **form.values())
            except HouseError as error:
                form.add_error(None, reason_of(error))
            else:
                messages.success(request, _("The campaign has begun."))
                return redirect("workspace:coordination-campaign", campaign.public_id)
        else:
            shown = preview_words(preview(scope), preview_letters(scope))
    context = {"section": "coordination", "tab": "campaigns", "form": form, "preview": shown}
    return render(request, "workspace/coordination/campaign_new.html", context, status=422 if form.errors else 200)


def _scope(request: SignedInRequest, form: CampaignForm) -> CampaignScope:
    """What was ticked; without a country all of the coordinator's own."""
    values = form.cleaned_data
    countries = values["countries"]
    if not countries and not request.user.is_administrator:
        countries = list(request.user.countries)
    return CampaignScope(countries, values["organizations"], values["types"])


@coordinators_page
@require_GET
def show(request: SignedInRequest, campaign: str) -> HttpResponse:
    row = find(request, campaign)
    return render(request, "workspace/coordination/campaign.html", page_of(request, row))


def page_of(request: SignedInRequest, row: Campaign, **forms: ExtendForm | AddForm) -> dict[str, object]:
    """The page of a campaign; `forms` are those that were sent with faults."""
    tasks = tasks_for(request.user, row)
    countries, owners = shares(tasks, row)
    done = progress(row)
    return {
        "section": "coordination",
        "tab": "campaigns",
        "campaign": row,
        "progress": done,
        "outcomes": [(str(kind.label), done.by_outcome[kind]) for kind in TaskOutcome if kind in done.by_outcome],
        "methods": [(str(CheckMethod(code).label), count) for code, count in done.by_method.items()],
        "where": wheres([row])[row.pk],
        "countries": countries,
        "owners": owners,
        "silent": sum(owner["done"] < owner["total"] for owner in owners),
        "leads": not row.is_over and may_lead(request.user, row.countries),
        "extend": forms.get("extend") or ExtendForm(initial={"ends_on": row.ends_on}),
        "add": forms.get("add") or AddForm(),
        **_listings(request, tasks, owners),
    }


def _listings(request: SignedInRequest, tasks: QuerySet[CampaignTask], owners: list[Owner]) -> dict[str, object]:
    """Those that `?show=` and `?organization=` leave, a page of them, those that nobody has answered first."""
    shown = request.GET.get("show", "")
    chosen = next((owner for owner in owners if owner["slug"] == request.GET.get("organization")), None)
    unanswered_first = F("came_at").asc(nulls_first=True)
    found = tasks.order_by(unanswered_first, "listing__service__organization__name", "pk")
    if shown in SHOWN:
        found = (found.filter if shown == "open" else found.exclude)(came__in=OPEN)  # type: ignore[misc]  # with_outcome annotates it
    if chosen:
        found = found.filter(listing__service__organization__slug=chosen["slug"])
    page, reader = Paginator(found, PER_PAGE).get_page(request.GET.get("page")), reader_of(request.user)
    return {
        "shown": shown,
        "chosen": chosen,
        "narrowed": chosen["slug"] if chosen else "",
        "page": page,
        "lines": [line(task, reader) for task in page.object_list],
    }


@coordinators_page
@require_GET
def table(request: SignedInRequest, campaign: str) -> HttpResponse:
    row = find(request, campaign)
    head = [_("Service"), _("Organisation"), _("Place"), _("Country"), _("What came of it"), _("When"), _("How")]
    tasks = tasks_for(request.user, row).order_by("listing__service__organization__name", "pk")
    reader = reader_of(request.user)
    lines = (line(task, reader) for task in tasks.iterator(chunk_size=500))
    names = ("title", "organization", "place", "country", "outcome", "done_on", "method")
    return sheet(f"campaign-{row.public_id}", head, ([x[name] for name in names] for x in lines))


def find(request: SignedInRequest, public_id: str) -> Campaign:
    return get_object_or_404(campaigns_for(request.user), public_id=public_id)
