"""Resource centres: places of this kind, and what each offers as a whole."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from network.learning import rights
from network.learning import services as learning
from network.learning.models import ResourceCentre
from network.learning.publication import trained_by
from organizations.models import Location, LocationType
from workspace.coordination.doors import network_page
from workspace.network.joining.doors import pressed
from workspace.network.learning.forms import CentreForm, ReasonOfReturn
from workspace.network.learning.library import offer_steps
from workspace.network.learning.presenter import base, centre_told, offer_told
from workspace.shared.texts import worded


@network_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """What is approved or waits for this person, and one's own places of this kind."""
    rows = ResourceCentre.objects.visible_to(request.user).select_related("location", "organization")
    rows = rows.filter(location__type=LocationType.RESOURCE).order_by("organization__name", "pk")
    own = Location.objects.filter(type=LocationType.RESOURCE, organization__in=rights.organizations_of(request.user))
    own = own.filter(resource_centre__isnull=True).select_related("organization").order_by("name", "pk")
    context = base("centres") | {
        "centres": [centre_told(row) | offer_told(row, request.user) | {"name": name_of(row.location)} for row in rows],
        "own": [(place.public_id, name_of(place)) for place in own],
    }
    return render(request, "workspace/network/learning/centres.html", context)


def name_of(place: Location) -> str:
    return worded(place, "name") or worded(place.organization, "name")


@network_page
@require_http_methods(["GET", "POST"])
def show(request: SignedInRequest, place: str) -> HttpResponse:
    """A POST says or changes what the place offers; then a coordinator looks at it."""
    row = ResourceCentre.objects.visible_to(request.user).filter(location__public_id=place).first()
    location = row.location if row else _own_place(request, place)
    writes = rights.writes_for(request.user, location.organization)
    if request.method == "POST" and not writes:
        raise Http404
    form = CentreForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_bound and form.is_valid():
        with form.collecting():
            values = form.values()
            version = values.pop("expected_version", None)
            learning.offer_centre(actor=request.user, location=location, fields=values, expected_version=version)
            messages.success(
                request, _("Sent. A coordinator looks at it, then everybody reads it on the page of the place.")
            )
            return redirect("workspace:network-centre", place)
    context = base("centres") | {"name": name_of(location), "place": place, "form": form if writes else None}
    if row is not None:
        context |= centre_told(row) | offer_told(row, request.user) | {"centre": row, "return_form": ReasonOfReturn()}
        context["may_look"] = row.is_open and (context["owns"] or rights.coordinates(request.user, row.country))
        context["trained"] = trained_by(row.organization_id)
    return render(request, "workspace/network/learning/centre.html", context, status=422 if form.is_bound else 200)


def _own_place(request: SignedInRequest, place: str) -> Location:
    rows = Location.objects.filter(type=LocationType.RESOURCE, organization__in=rights.organizations_of(request.user))
    return get_object_or_404(rows, public_id=place)


@network_page
@require_POST
def press(request: SignedInRequest, place: str) -> HttpResponse:
    rows = ResourceCentre.objects.visible_to(request.user).select_related("location", "organization")
    row = get_object_or_404(rows, location__public_id=place)
    steps = offer_steps(request, row) | {
        "look": (lambda: learning.look_through(actor=request.user, row=row), _("Written down: good for a year."))
    }
    return pressed(request, steps, "workspace:network-centre", place)
