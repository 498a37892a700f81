"""Hiding an organisation, a place or a country from the public at once, and bringing it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from accounts.requests import SignedInRequest
from core.errors import HouseError
from core.geo.countries import country_name
from facts.discretion import Reader, place_for, reader_of
from organizations.models import Location, Organization
from organizations.models.organization import FOR_MEMBERS
from verification import services as verification
from verification.models import Takedown
from verification.services.takedowns import in_force_for, may_order, would_vanish
from workspace.coordination.doors import coordinators_page, countries_of
from workspace.coordination.forms import TakedownForm
from workspace.shared.choices import FieldChoices, by_words
from workspace.shared.forms import ReasonForm
from workspace.shared.pages import reason_of
from workspace.shared.texts import worded

LIFTED_SHOWN = 20


@coordinators_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    reader = reader_of(request.user)
    lifted = Takedown.objects.exclude(lifted_at=None).select_related(
        "organization", "location__organization", "lifted_by", "ordered_by"
    )
    context = {
        "section": "coordination",
        "tab": "takedowns",
        "rows": [(row, name_of(row, reader)) for row in in_force_for(request.user)],
        "lifted": [
            (row, name_of(row, reader))
            for row in lifted.order_by("-lifted_at")[:LIFTED_SHOWN]
            if may_order(row, request.user)
        ],
    }
    return render(request, "workspace/coordination/takedowns.html", context)


@coordinators_page
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    """`action` preview says how many listings the public loses; hide does it."""
    asked = request.GET.get("scope", "")
    form = TakedownForm(request.POST or None, scopes=_scopes(request.user), initial={"scope": asked})
    takedown, count = None, None
    if request.method == "POST" and form.is_valid():
        what = _what(form.cleaned_data["scope"])
        if request.POST.get("action") == "hide":
            if _take_down(request, form, what):
                return redirect("workspace:coordination-takedowns")
        else:
            takedown = Takedown(**what)
            count = would_vanish(takedown)
    context = {
        "section": "coordination",
        "tab": "takedowns",
        "form": form,
        "name": name_of(takedown, reader_of(request.user)) if takedown else "",
        "count": count,
    }
    return render(request, "workspace/coordination/takedown_new.html", context, status=422 if form.errors else 200)


def _take_down(request: SignedInRequest, form: TakedownForm, what: dict[str, Any]) -> bool:
    count = would_vanish(Takedown(**what))
    try:
        row = verification.take_down(actor=request.user, reason=form.cleaned_data["reason"], **what)
    except HouseError as error:
        form.add_error(None, reason_of(error))
        return False
    done = ngettext(
        "%(what)s: %(count)d listing is hidden from the public.",
        "%(what)s: %(count)d listings are hidden from the public.",
        count,
    )
    messages.success(request, done % {"what": name_of(row, reader_of(request.user)), "count": count})
    return True


@coordinators_page
@require_http_methods(["GET", "POST"])
def lift(request: SignedInRequest, takedown: str) -> HttpResponse:
    rows = Takedown.objects.select_related("organization", "location__organization", "ordered_by")
    row = get_object_or_404(rows, public_id=takedown)
    if not may_order(row, request.user):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verification.lift(takedown=row, actor=request.user, reason=form.cleaned_data["reason"])
        except HouseError as error:
            messages.warning(request, reason_of(error))
        else:
            messages.success(request, _("What is current is public again, with the dates that it had."))
        return redirect("workspace:coordination-takedowns")
    name = name_of(row, reader_of(request.user))
    context = {"section": "coordination", "tab": "takedowns", "takedown": row, "name": name, "form": form}
    return render(request, "workspace/coordination/takedown_lift.html", context, status=422 if form.errors else 200)


def name_of(takedown: Takedown, reader: Reader) -> str:
    """What a takedown hides, in the words that the reader may know."""
    if takedown.organization:
        return worded(takedown.organization, "name")
    if takedown.location:
        return _place_name(takedown.location, reader)
    return country_name(takedown.country)


def _place_name(place: Location, reader: Reader) -> str:
    said = place_for(reader, place, place.organization)
    return ", ".join(filter(None, [said["name"], said["city"], worded(place.organization, "name")]))


def _scopes(user: User) -> FieldChoices:
    """What this person may hide: their countries, the organisations that work there, the places there."""
    countries = countries_of(user)
    codes = [code for code, _name in countries]
    organizations = [
        (f"organization:{row.slug}", worded(row, "name"))
        for row in Organization.objects.order_by("pk")
        if may_order(Takedown(organization=row), user)
    ]
    places = Location.objects.select_related("organization").order_by("pk")
    if not user.is_administrator:
        places = places.filter(country__in=codes).filter(visibility__in=FOR_MEMBERS)
    reader = reader_of(user)
    return [
        (_("A whole country"), [(f"country:{code}", name) for code, name in countries]),
        (_("An organisation"), by_words(organizations)),
        (_("A place"), by_words((f"place:{row.public_id}", _place_name(row, reader)) for row in places)),
    ]


def _what(scope: str) -> dict[str, Any]:
    kind, _colon, key = scope.partition(":")
    if kind == "organization":
        return {"organization": get_object_or_404(Organization, slug=key)}
    if kind == "place":
        return {"location": get_object_or_404(Location.objects.select_related("organization"), public_id=key)}
    return {"country": key}
