"""What a listing lacks, as lines that lead to the field where it is said."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from services.models import ServiceAtLocation
from verification.completeness import Part
from verification.completeness.parts import SaidIn


@dataclass(frozen=True)
class MissedPart:
    """`gain` is what saying it brings; `url` puts the cursor there."""

    name: str
    gain: str
    url: str


def missed_part(part: Part, listing: ServiceAtLocation) -> MissedPart:
    return MissedPart(str(part.name), str(part.gain), f"{_form(part.where, listing)}#{part.anchor}")


def _form(where: SaidIn, listing: ServiceAtLocation) -> str:
    if where == SaidIn.PLACE and listing.location is not None:
        return reverse("workspace:place", args=[listing.location.public_id])
    if where == SaidIn.SERVICE:
        return reverse("workspace:service", args=[listing.service.public_id])
    return reverse("workspace:listing-edit", args=[listing.public_id])
