"""While somebody enters a service: what may be there already, of what they may see. POST: no word stands in a log."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from core.geo.countries import country_name
from core.languages import column_names, shown
from organizations.models import Location, Organization
from services.models import Service, ServiceAtLocation
from verification.coordination.alike.hints import TOLD, Hint, entered, hints_for
from verification.coordination.alike.others import MOST, known_organizations, likely, organization_of, place_of
from verification.coordination.alike.rule.likeness import Likeness, Sketch
from verification.coordination.alike.sketches import sites_in
from workspace.duplicates.words import why_alike
from workspace.shared.pages import desk_page, editable

LONGEST = 160
MOST_PLACES = 20


@desk_page
@require_POST
def look(request: SignedInRequest, slug: str) -> JsonResponse:
    """`title` and its translations, `types`, `places` (public ids), `remote`; `service` when there is one already."""
    organization = editable(Organization, request, slug=slug)
    names = [request.POST.get(shown(column), "")[:LONGEST] for column in column_names("title")]
    types, service = request.POST.getlist("types"), request.POST.get("service", "")
    known = Service.objects.filter(organization=organization, public_id=service).first()
    if not any(names) or not types:
        return JsonResponse({"results": []})
    sketches = entered(organization, names=names, types=types, places=_places(request, organization, known))
    own = ServiceAtLocation.objects.filter(service=known) if known else ServiceAtLocation.objects.none()
    found = hints_for(request.user, organization, sketches, but=own.values_list("public_id", flat=True))
    return JsonResponse({"results": [_told(hint) for hint in found]})


@desk_page
@require_POST
def place(request: SignedInRequest, slug: str) -> JsonResponse:
    """Places of this organisation that may be the one that is entered; of these only what this person may edit."""
    organization = editable(Organization, request, slug=slug)
    known = {row.public_id: row for row in _known_places(request, organization)}
    asked = Sketch(
        kind="place",
        names=_sent(request, "name"),
        owner=organization.public_id,
        country=request.POST.get("country", "")[:2],
        cities=(*_sent(request, "city"), *filter(None, [request.POST.get("place_code", "")[:16]])),
        addresses=_sent(request, "address"),
    )
    if not asked.names and not asked.addresses:
        return JsonResponse({"results": []})
    found = likely(asked, {key: place_of(row) for key, row in known.items()})[:TOLD]
    return JsonResponse({"results": [_told_place(known[key], likeness) for key, likeness in found]})


@desk_page
@require_POST
def organization(request: SignedInRequest, slug: str) -> JsonResponse:
    """Organisations that may be the one that is entered, by what everybody of the network reads of them."""
    own = editable(Organization, request, slug=slug)
    asked = Sketch(
        kind="organization",
        names=(*_sent(request, "name"), *_sent(request, "short_name")),
        country=request.POST.get("registration_country", "")[:2],
        sites=sites_in([request.POST.get("website", "")[:LONGEST]]),
    )
    known = {row.public_id: row for row in known_organizations(request.user) if row.pk != own.pk}
    found = likely(asked, {key: organization_of(row) for key, row in known.items()})[:TOLD] if asked.names else []
    return JsonResponse({"results": [_told_organization(known[key], likeness) for key, likeness in found]})


def _known_places(request: SignedInRequest, organization: Organization) -> QuerySet[Location]:
    rows = Location.objects.editable_by(request.user).filter(organization=organization)
    rows = rows.exclude(public_id=request.POST.get("place", "")).order_by("pk")
    return rows.select_related("organization").prefetch_related("contacts")[:MOST]


def _sent(request: SignedInRequest, name: str) -> tuple[str, ...]:
    return tuple(filter(None, (request.POST.get(shown(column), "")[:LONGEST] for column in column_names(name))))


def _told_place(row: Location, likeness: Likeness) -> dict[str, str]:
    where = ", ".join(filter(None, (row.city, row.address)))
    url = reverse("workspace:place", args=[row.public_id])
    return {"id": row.public_id, "title": row.name, "place": where, "why": why_alike(likeness.reasons), "url": url}


def _told_organization(row: Organization, likeness: Likeness) -> dict[str, str]:
    url = reverse("maps:members_organization", args=[row.slug])
    country = country_name(row.registration_country)
    return {"id": row.public_id, "title": row.name, "place": country, "why": why_alike(likeness.reasons), "url": url}


def _places(request: SignedInRequest, organization: Organization, known: Service | None) -> list[Location | None]:
    """Those that are ticked in the form; of a service that is there already, those where it is given."""
    if known:
        return [row.location for row in known.listings.select_related("location")[:MOST_PLACES]]
    ticked = organization.locations.filter(public_id__in=request.POST.getlist("places"))
    return [*ticked.order_by("pk")[:MOST_PLACES], *([None] if request.POST.get("remote") else [])]


def _told(hint: Hint) -> dict[str, str]:
    if hint.is_own:
        url = reverse("workspace:listing", args=[hint.id])
    else:
        url = reverse("maps:members_place", args=[hint.place_id])
    place = ", ".join(filter(None, (hint.organization, hint.city)))
    return {"id": hint.id, "title": hint.title, "place": place, "why": why_alike(hint.likeness.reasons), "url": url}
