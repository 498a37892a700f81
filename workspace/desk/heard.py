"""What was said on the phone, as lines that lead the owner to the field where it is said."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from organizations.models import Organization
from services.models import ServiceAtLocation
from verification.models import Proposal
from verification.services.asked.calls import OPERATION


@dataclass(frozen=True)
class HeardChange:
    """One proposal with the name of its fact; `url` puts the cursor where it is written in."""

    proposal: Proposal
    name: str
    url: str


def heard_of(listing: ServiceAtLocation) -> list[HeardChange]:
    rows = Proposal.objects.open().filter(listing=listing).select_related("organization")
    return [HeardChange(row, _name(row.path), _form(row.path, listing)) for row in rows.order_by("-said_at", "-pk")]


def listings_heard_of(organization: Organization) -> list[tuple[ServiceAtLocation, int]]:
    """Listings of the organisation about which something was said, with how much."""
    rows = Proposal.objects.open().filter(listing__service__organization=organization)
    numbers = Counter(rows.order_by().values_list("listing", flat=True))
    found = ServiceAtLocation.objects.filter(pk__in=numbers).select_related("service", "location")
    return [(row, numbers[row.pk]) for row in found.order_by("service__title", "pk")]


def _name(path: str) -> str:
    names = {
        "contacts": _("Phone"),
        "listing.hours": _("Hours"),
        "location.address": _("Address"),
        "service.groups": _("For whom"),
        "service.documents": _("Documents"),
        "service.cost": _("Cost"),
        "service.intake": _("How to get in"),
        "service.languages": _("Languages"),
        "service.attributes": _("What else matters"),
        OPERATION: _("Works no more"),
    }
    return names.get(path, _("Something else"))


def _form(path: str, listing: ServiceAtLocation) -> str:
    part, _dot, name = path.partition(".")
    if path == OPERATION:
        return reverse("workspace:listing-operation", args=[listing.public_id])
    if part == "contacts":
        return reverse("workspace:contacts", args=[listing.service.organization.slug])
    if part == "location" and listing.location is not None:
        return f"{reverse('workspace:place', args=[listing.location.public_id])}#id_{name}"
    if part == "listing":
        return f"{reverse('workspace:listing-edit', args=[listing.public_id])}#id_{name}"
    return f"{reverse('workspace:service', args=[listing.service.public_id])}{f'#id_{name}' if name else ''}"
