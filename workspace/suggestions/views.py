"""Missing services that readers tell of: the queue of a country, and one of them with its answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import SignedInRequest
from core.errors import HouseError
from core.geo.countries import country_name
from core.languages import by_code
from core.pages.links import href
from facts.discretion import reader_of, where_of
from services.models import ServiceAtLocation, ServiceType
from verification import services as verification
from verification.coordination.desk import history_for
from verification.coordination.suggestions import asked_twice, likely_the_same, suggestions_for
from verification.models import Suggestion, SuggestionAbout, SuggestionState
from workspace.coordination.doors import asked_country, coordinators_page, countries_of
from workspace.coordination.presenters.piles import until
from workspace.shared.forms import PlainForm
from workspace.shared.pages import reason_of
from workspace.shared.texts import worded
from workspace.suggestions.drafting import Draft
from workspace.suggestions.drafting import take_in as make_draft
from workspace.suggestions.forms import CloseSuggestionForm, TakeInForm

PER_PAGE = 50
KINDS = ("open", "flood", "answered")


@coordinators_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """`?show=` open, flood or answered; `?country=` one of the coordinator's."""
    country = asked_country(request)
    found = suggestions_for(request.user, country)
    shown = request.GET.get("show", "open")
    shown = shown if shown in KINDS else "open"
    flood = found.filter(state=SuggestionState.FLOOD)
    rows = {
        "open": found.filter(state=SuggestionState.NEW).order_by("due_at", "pk"),
        "flood": flood.order_by("-received_at", "-pk"),
        "answered": found.exclude(answered_at=None).order_by("-answered_at", "-pk"),
    }[shown]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "coordination",
        "tab": "suggestions",
        "shown": shown,
        "flood": flood.count(),
        "country": country,
        "countries": countries_of(request.user),
        "page": page,
        "rows": [(row, country_name(row.country), until(row.due_at)) for row in page.object_list],
    }
    return render(request, "workspace/suggestions/index.html", context)


@coordinators_page
@require_GET
def show(request: SignedInRequest, suggestion: str) -> HttpResponse:
    return _page(request, find(request, suggestion))


@coordinators_page
@require_POST
def take_in(request: SignedInRequest, suggestion: str) -> HttpResponse:
    row = find(request, suggestion)
    form = TakeInForm(request.POST, suggestion=row)
    if not form.is_valid():
        return _page(request, row, take=form)
    values = form.cleaned_data
    draft = Draft(
        organization=values["organization"],
        new_name=values["new_organization"].strip(),
        place_code=form.place_code,
        **{name: values[name] for name in ("title", "type", "city", "channel", "value", "answer")},
    )
    try:
        listing = make_draft(suggestion=row, actor=request.user, draft=draft)
    except ValidationError as error:
        _tell_faults(form, error)
        return _page(request, row, take=form)
    except HouseError as error:
        messages.warning(request, reason_of(error))
        return redirect("workspace:suggestion", suggestion)
    if ServiceAtLocation.objects.editable_by(request.user).filter(pk=listing.pk).exists():
        messages.success(request, _("Here is the draft. Call there, complete it and send it: somebody else decides."))
        return redirect("workspace:listing", listing.public_id)
    messages.success(request, _("The draft is with the organisation: its people complete and send it."))
    return redirect("workspace:suggestion", suggestion)


@coordinators_page
@require_POST
def close(request: SignedInRequest, suggestion: str) -> HttpResponse:
    row = find(request, suggestion)
    form = CloseSuggestionForm(request.POST, suggestion=row)
    if not form.is_valid():
        return _page(request, row, closing=form)
    try:
        verification.close_suggestion(suggestion=row, actor=request.user, **form.cleaned_data)
    except HouseError as error:
        messages.warning(request, reason_of(error))
        return redirect("workspace:suggestion", suggestion)
    messages.success(request, _("Answered. Whoever wrote it reads the answer by their code."))
    return redirect("workspace:suggestions")


def find(request: SignedInRequest, public_id: str) -> Suggestion:
    return get_object_or_404(suggestions_for(request.user), public_id=public_id)


def _page(
    request: SignedInRequest,
    row: Suggestion,
    *,
    take: TakeInForm | None = None,
    closing: CloseSuggestionForm | None = None,
) -> HttpResponse:
    reader = reader_of(request.user)
    is_barrier = row.about == SuggestionAbout.ACCESS
    likely = [] if is_barrier else likely_the_same(row, request.user)
    kind = ServiceType.objects.filter(code=row.kind).first()
    wrong: list[PlainForm] = [form for form in (take, closing) if form is not None]
    context = {
        "section": "coordination",
        "tab": "suggestions",
        "suggestion": row,
        "is_barrier": is_barrier,
        "country_name": country_name(row.country),
        "kind": worded(kind, "name") if kind else "",
        "language": by_code(row.language).name,
        "left": until(row.due_at),
        "reach_url": "" if is_barrier else href("phone", row.reach, row.country),
        "may_edit": row.listing_id
        and ServiceAtLocation.objects.editable_by(request.user).filter(pk=row.listing_id).exists(),
        "likely": [(listing, where_of(reader, listing), url) for listing, url in _with_pages(request, likely)],
        "others": asked_twice(row, request.user),
        "take": take or TakeInForm(suggestion=row),
        "closing": closing or CloseSuggestionForm(suggestion=row),
    }
    return render(request, "workspace/suggestions/suggestion.html", context, status=422 if wrong else 200)


def _with_pages(request: SignedInRequest, listings: list[ServiceAtLocation]) -> list[tuple[ServiceAtLocation, str]]:
    """Each with the page that this person may open of it: of their own, its history, or none."""
    keys = [listing.pk for listing in listings]
    own = set(ServiceAtLocation.objects.editable_by(request.user).filter(pk__in=keys).values_list("pk", flat=True))
    known = set(history_for(request.user).filter(pk__in=keys).values_list("pk", flat=True))
    pages = dict.fromkeys(known, "workspace:coordination-history") | dict.fromkeys(own, "workspace:listing")
    return [(row, reverse(pages[row.pk], args=[row.public_id]) if row.pk in pages else "") for row in listings]


def _tell_faults(form: TakeInForm, error: ValidationError) -> None:
    """Faults of the rows stand beside the fields that brought them."""
    found = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
    names = {"name": "new_organization", "types": "type", "settlement_point": "city", "point": "city"}
    for name, faults in found.items():
        field = names.get(name, name)
        form.add_error(field if field in form.fields else None, faults)
