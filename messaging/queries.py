"""What desks ask of the outbox: who cannot be reached, which letters did not arrive, what was sent about whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from messaging.models import Correspondent, Message
from messaging.models.message import MessageQuerySet
from organizations.models import Organization

if TYPE_CHECKING:
    from accounts.models import User


def letters_for(user: User) -> MessageQuerySet:
    """The log of letters with what became of each: a coordinator's countries, an administrator's everything."""
    letters: MessageQuerySet = Message.objects.select_related("correspondent__organization")
    if user.is_administrator:
        return letters
    return letters.filter(correspondent__organization__in=Organization.objects.in_circle_of(user))


def unreachable_organizations(user: User) -> QuerySet[Organization]:
    """Members of the network in the user's countries whom no letter reaches: nobody there, or all come back."""
    organizations = Organization.objects.in_network().in_circle_of(user)
    awake = Correspondent.objects.awake().filter(organization=OuterRef("pk"))
    return organizations.filter(~Exists(awake)).order_by("name", "pk")


def asked_for_silence(user: User) -> QuerySet[Correspondent]:
    """People who are alone in charge of an organisation and asked for no more letters, in the user's countries."""
    people = Correspondent.objects.reachable().filter(
        silence_asked_at__isnull=False, organization__in=Organization.objects.in_circle_of(user)
    )
    return people.select_related("organization").order_by("silence_asked_at", "pk")
