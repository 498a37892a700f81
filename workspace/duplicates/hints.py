"""While somebody enters a service: what may be there already, of what they may see. POST: no word stands in a log."""

from __future__ import annotations

from django.http import JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from core.languages import column_names
from organizations.models import Location, Organization
from services.models import Service, ServiceAtLocation
from verification.coordination.alike.hints import Hint, entered, hints_for
from workspace.duplicates.words import why_alike
from workspace.shared.pages import desk_page, editable

LONGEST = 160
MOST_PLACES = 20


@desk_page
@require_POST
def look(request: SignedInRequest, slug: str) -> JsonResponse:
    """`title` and its translations, `types`, `places` (public ids), `remote`; `service` when there is one already."""
    organization = editable(Organization, request, slug=slug)
    names = [request.POST.get(column, "")[:LONGEST] for column in column_names("title")]
    types, service = request.POST.getlist("types"), request.POST.get("service", "")
    known = Service.objects.filter(organization=organization, public_id=service).first()
    if not any(names) or not types:
        return JsonResponse({"results": []})
    sketches = entered(organization, names=names, types=types, places=_places(request, organization, known))
    own = ServiceAtLocation.objects.filter(service=known) if known else ServiceAtLocation.objects.none()
    found = hints_for(request.user, organization, sketches, but=own.values_list("public_id", flat=True))
    return JsonResponse({"results": [_told(hint) for hint in found]})


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
