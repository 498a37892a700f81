"""The way in: what is left between the vote and membership, and its last step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import HouseError, NotAllowed, WrongState
from network.joining import letters
from network.joining.models import Application, OnboardingItem
from network.joining.models.words import PRESSED, ApplicationState, ChangeReason, ItemCode
from network.joining.services._inside import coordinates, is_of, locked, need_coordinator
from network.joining.services.standing import change
from network.joining.transitions import move
from organizations.models import ContactAudience, MembershipRole, MemberStatus, Organization
from organizations.models.membership import OWN_ROLES
from verification.models import ListingState, Publication

if TYPE_CHECKING:
    from accounts.models import User

#: So many people of a newcomer sign in with a second step.
PEOPLE = 2


@dataclass(frozen=True)
class Item:
    code: ItemCode
    is_done: bool
    #: Somebody says that it is done; else it is seen in what the organisation has entered.
    is_pressed: bool
    may_press: bool = False


def items_of(application: Application, user: User | None = None) -> list[Item]:
    """All of them in their order; those that data can answer are looked up, never ticked."""
    said = set(application.items.values_list("code", flat=True))
    seen = _seen(application.organization) if application.organization else {}
    found = []
    for code in ItemCode:
        is_pressed = code in PRESSED
        is_done = code.value in said if is_pressed else seen.get(code, False)
        may = is_pressed and not is_done and user is not None and may_press(user, application, code)
        found.append(Item(code, is_done, is_pressed, may))
    return found


def _seen(house: Organization) -> dict[ItemCode, bool]:
    people = house.memberships.filter(role__in=OWN_ROLES, user__is_active=True).values("user")
    keyed = Authenticator.objects.filter(user__in=people).order_by().values("user").distinct().count()
    listings = ListingState.objects.filter(listing__service__organization=house)
    return {
        ItemCode.SECOND_FACTOR: keyed >= PEOPLE,
        ItemCode.PLACE: house.locations.exists() or listings.filter(listing__location__isnull=True).exists(),
        ItemCode.LISTING: listings.filter(publication=Publication.PUBLISHED, level__gte=1).exists(),
        ItemCode.COLLEAGUES: house.contacts.filter(audience=ContactAudience.COLLEAGUES).exists(),
    }


def may_press(user: User, application: Application, code: str) -> bool:
    """The newcomer says that it has read the code of conduct; whoever goes along says that the training was held."""
    if code == ItemCode.CONDUCT:
        roles = [MembershipRole.MANAGER, MembershipRole.EDITOR]
        house = application.organization
        return house is not None and house.memberships.filter(user=user, role__in=roles).exists()
    return not is_of(user, application.organization) and (
        is_of(user, application.mentor) or coordinates(user, application)
    )


@transaction.atomic
def tick(*, actor: User, application: Application, code: str) -> OnboardingItem:
    row = locked(application)
    if row.stage != ApplicationState.ACCEPTED:
        raise WrongState(_("This is possible once the members have said yes."))
    if code not in PRESSED:
        raise HouseError(_("This is seen by itself once it is entered."))
    if not may_press(actor, row, code):
        raise NotAllowed(_("The newcomer says the one, whoever goes along the other."))
    item, _created = OnboardingItem.objects.get_or_create(application=row, code=code, defaults={"done_by": actor})
    return item


@transaction.atomic
def change_mentor(*, actor: User, application: Application, mentor: Organization) -> Application:
    row = locked(application)
    need_coordinator(actor, row)
    if row.stage != ApplicationState.ACCEPTED:
        raise WrongState(_("This is possible once the members have said yes."))
    if mentor.member_status != MemberStatus.MEMBER or mentor.pk == row.organization_id:
        raise HouseError(_("Choose a member that goes along."), field="mentor")
    row.mentor = mentor
    row.save()
    letters.mentor(row)
    return row


@transaction.atomic
def complete(*, actor: User, application: Application) -> Application:
    """The last step, by whoever goes along or a coordinator: from now on it is a member and has its voice."""
    row = locked(application)
    if is_of(actor, row.organization) or not (is_of(actor, row.mentor) or coordinates(actor, row)):
        raise NotAllowed(_("Whoever goes along says it, or a coordinator of the country."))
    if row.organization is None or any(not item.is_done for item in items_of(row)):
        raise WrongState(_("Something on the list is not done yet."))
    move(row, "complete")
    row.save()
    change(
        organization=row.organization, becomes=MemberStatus.MEMBER, reason=ChangeReason.ADMITTED, actor=actor,
        decision=row.decision,
    )  # fmt: skip
    letters.to_applicant(row)
    return row
