"""From a suggestion to a draft: the first rows of a working copy, which then goes the way of every other one.

Rule: nothing is public by it. A member's draft waits for its people to complete and send it. One of an organisation
outside the network is kept by whoever took it in, who completes it after a call; somebody of another organisation calls
once more and decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pghistory
from django.contrib.gis.geos import Point
from django.db import transaction

from core.geo.gazetteer import main_zone
from core.languages import column
from organizations.models import Location, LocationType, MemberStatus, Organization
from organizations.people import keep_for_network
from services.models import Delivery, ServiceAtLocation
from verification import editing
from verification import services as verification
from verification.models import Suggestion
from verification.services.asked.suggestions import open_suggestion

if TYPE_CHECKING:
    from accounts.models import User

SHELTER = "shelter"


@dataclass(frozen=True)
class Draft:
    """What the coordinator has decided. `organization` None makes one outside the network, of the name `new_name`."""

    organization: Organization | None
    new_name: str
    title: str
    type: str
    city: str
    place_code: str
    channel: str
    value: str
    answer: str


@transaction.atomic
def take_in(*, suggestion: Suggestion, actor: User, draft: Draft) -> ServiceAtLocation:
    """Make the draft and answer the suggestion. Rights, and that nobody was quicker, are asked before anything."""
    suggestion = open_suggestion(suggestion, actor)
    with pghistory.context(step="take_suggestion_in", actor=actor.pk):
        organization = draft.organization or editing.create_organization(
            actor=None,
            name=draft.new_name,
            registration_country=suggestion.country,
            countries=[suggestion.country],
            member_status=MemberStatus.EXTERNAL,
        )
        if organization.member_status == MemberStatus.EXTERNAL:
            keep_for_network(organization=organization, user=actor)
        listing = _listing(suggestion, organization, draft)
    verification.take_suggestion_in(suggestion=suggestion, actor=actor, listing=listing, answer=draft.answer)
    return listing


def _listing(suggestion: Suggestion, organization: Organization, draft: Draft) -> ServiceAtLocation:
    place = _place(suggestion, organization, draft) if draft.city or suggestion.point else None
    service = editing.create_service(
        actor=None,
        organization=organization,
        types=[draft.type],
        delivery=[Delivery.ON_SITE if place else Delivery.PHONE],
        **{column("title", suggestion.language): draft.title, "title": draft.title},
    )
    contact = editing.create_contact(
        actor=None, organization=organization, location=place, channel=draft.channel, value=draft.value
    )
    return editing.add_listing(
        actor=None,
        service=service,
        location=place,
        contacts=[contact],
        remote_country="" if place else suggestion.country,
    )


def _place(suggestion: Suggestion, organization: Organization, draft: Draft) -> Location:
    """A place of a shelter has no pin here: its own people say later where it is and who may know."""
    is_shelter = draft.type == SHELTER
    point: Point | None = None if is_shelter else suggestion.point
    where: dict[str, object] = {"place_code": draft.place_code}
    if not draft.place_code:
        where = {"city": draft.city, "timezone": main_zone(suggestion.country)}
    return editing.create_location(
        actor=None,
        organization=organization,
        name=draft.city or draft.title,
        type=LocationType.SHELTER if is_shelter else LocationType.OFFICE,
        country=suggestion.country,
        point=point,
        **where,
    )
