"""Who may open which room of the workspace. Rows themselves always come from `editable_by` and `visible_to`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from accounts.models import NetworkRole
from core.spelling.collation import in_reading_order
from organizations.models import Organization
from organizations.models.organization import OrganizationQuerySet, is_network_person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def may_read_members_map(user: User | AnonymousUser) -> bool:
    """People of the network: an active membership or a role in the network.

    An evaluator of no member is asked from outside: figures are what they come for, not contacts and places.
    """
    if not user.is_authenticated or not is_network_person(user):
        return False
    return user.network_role != NetworkRole.EVALUATOR or user.memberships.in_network().exists()


def standing_of(user: User) -> tuple[list[str], list[str]]:
    """Countries and organisations (public ids) of the network for which the user works: whose circles they are in."""
    mine = Organization.objects.in_network().filter(memberships__user=user)
    rows = list(mine.order_by().values_list("public_id", "countries", "registration_country"))
    countries = {code for _id, works, registered in rows for code in (*works, registered)}
    return sorted(countries), sorted(public_id for public_id, _works, _registered in rows)


def desks_of(user: User) -> OrganizationQuerySet:
    """Organisations whose listings the user works on, their own first, with `listing_count` and `is_own`."""
    return (
        Organization.objects.editable_by(user)
        .annotate(
            listing_count=Count("services__listings", distinct=True),
            is_own=Count("memberships", filter=Q(memberships__user=user), distinct=True),
        )
        .order_by("-is_own", in_reading_order("name"), "pk")
    )
