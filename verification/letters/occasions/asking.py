"""A coordinator asks the owners to confirm now, before the clock does. One letter for each person, with the link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from core import clock
from core.pages.addresses import Page, path_to
from messaging.letters import Letter, address_of, letter
from messaging.models import Correspondent, Message
from messaging.people import correspondents_for
from messaging.services import enqueue
from messaging.stand_ins import StandIns, absences_near
from services.models import ServiceAtLocation
from services.models.coverage import under
from verification.access import require_coordinator
from verification.letters.kinds import ASKED
from verification.letters.links import issue_link
from verification.letters.whereabouts import by_city
from verification.models import CheckOutcome, ListingState, Publication

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class AskedOwners:
    """How many letters were written, and the names of organisations whom no letter reaches or reached this week."""

    letters: int
    unreachable: tuple[str, ...]
    asked_already: tuple[str, ...]


def can_be_asked(state: ListingState) -> bool:
    """The link in the letter answers for what is on the map, in a network that still has the organisation."""
    return state.publication == Publication.PUBLISHED and not state.listing.service.organization.is_suspended


@transaction.atomic
def ask_owners(*, listings: Iterable[ServiceAtLocation], actor: User) -> AskedOwners:
    """Write to everybody who keeps these listings, to whoever stands in for those who are away.

    At most once a week to each of them, whatever is asked about.
    """
    by_owner: dict[Any, list[str]] = defaultdict(list)
    for listing in listings:
        require_coordinator(listing, actor)
        by_owner[listing.service.organization].append(listing.public_id)
    letters, unreachable, already = 0, [], []
    for organization, ids in by_owner.items():
        everybody = list(correspondents_for(organization).awake().select_related("user"))
        people = StandIns(everybody, absences_near(clock.today())).present(everybody) or everybody
        written = [_ask(person, ids) for person in people]
        letters += sum(written)
        if not people:
            unreachable.append(organization.name_i18n)
        elif not any(written):
            already.append(organization.name_i18n)
    return AskedOwners(letters, tuple(unreachable), tuple(already))


def _ask(person: Correspondent, ids: list[str]) -> bool:
    """Add to a letter that has not left yet, or write one."""
    waiting = Message.objects.open().select_for_update().filter(correspondent=person, kind=ASKED).first()
    if waiting:
        known = waiting.payload["listings"]
        waiting.payload = {"listings": list(dict.fromkeys([*known, *ids]))}
        waiting.save(update_fields=["payload"])
        return True
    key = f"{ASKED}:{person.pk}:{clock.today(person.timezone):%G-W%V}"
    return enqueue(kind=ASKED, to=person, dedupe_key=key, payload={"listings": ids}) is not None


def asked(message: Message) -> Letter | None:
    """How many, in which cities. Over when all was confirmed meanwhile."""
    states = [state for state in _asked_about(message) if can_be_asked(state)]
    if not states:
        return None
    _link, token = issue_link(to=message.correspondent, states=states, message=message)
    places, others = by_city((state, None) for state in states)
    context = {
        "count": len(states),
        "places": places,
        "others": others,
        "link": address_of(path_to(Page.LETTER, token)),
    }
    return letter(message, "verification/letters/asked", context)


def _asked_about(message: Message) -> Iterable[ListingState]:
    answered = ServiceAtLocation.objects.filter(
        checks__checked_at__gt=message.created_at, checks__outcome=CheckOutcome.CORRECT
    )
    organization = message.correspondent.organization
    if organization is None:
        return []
    about = ListingState.objects.filter(listing__public_id__in=message.payload["listings"])
    states = about.filter(under(organization, "listing__")).exclude(listing__in=answered)
    return states.select_related("published", "listing__service__organization", "listing__location").order_by("pk")
