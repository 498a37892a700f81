"""Who may do what about grants: by seats in the committee of the call, and nobody about their own organisation.

Rule: a manager or editor writes an application, a manager sends it. The secretary's seat (and whoever leads the
committee) screens, asks for scores, puts to the vote, agrees, closes. Administrators open calls as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from network.decisions.models import Body, Seat, kept_bodies
from network.decisions.models.words import BodyKind, SeatKind
from organizations.models import MembershipRole, MemberStatus, Organization
from organizations.models.organization import standing_as

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User
    from network.grants.models import GrantApplication, GrantCall, GrantReport

WRITES = (MembershipRole.MANAGER, MembershipRole.EDITOR)
KEEPS = (SeatKind.SECRETARY, SeatKind.CHAIR)


def committees(user: User) -> QuerySet[Body]:
    """Those whose calls the user prepares."""
    return kept_bodies(user).filter(kind=BodyKind.COMMITTEE).order_by("name", "pk")


def opens(user: User, call: GrantCall) -> bool:
    return committees(user).filter(pk=call.body_id).exists()


def applicants(user: User) -> QuerySet[Organization]:
    """Members for which the user writes."""
    mine = user.memberships.filter(role__in=WRITES).values("organization")
    return Organization.objects.filter(standing_as(MemberStatus.MEMBER), pk__in=mine).order_by("name", "pk")


def writes(user: User, organization: Organization) -> bool:
    return organization.memberships.filter(user=user, role__in=WRITES).exists()


def manages(user: User, organization: Organization) -> bool:
    return organization.memberships.filter(user=user, role=MembershipRole.MANAGER).exists()


def is_inside(user: User, organization: Organization) -> bool:
    return organization.memberships.filter(user=user).exists()


def keeping_seat(user: User, application: GrantApplication) -> Seat | None:
    """The seat by which the user keeps the application's affairs; none for their own organisation."""
    return _seat(user, application, Q(kind__in=KEEPS))


def any_seat(user: User, application: GrantApplication) -> Seat | None:
    """Any seat of the committee, apart from the applicant's own people."""
    return _seat(user, application, Q())


def _seat(user: User, application: GrantApplication, kind: Q) -> Seat | None:
    if is_inside(user, application.organization):
        return None
    rows = Seat.objects.current().filter(kind, body=application.call.body_id, person=user)
    return rows.exclude(organization=application.organization_id).select_related("organization").first()


def keeps(user: User, application: GrantApplication) -> bool:
    return keeping_seat(user, application) is not None


def reading_seat(user: User, report: GrantReport) -> Seat | None:
    """Any seat of the committee, of another organisation."""
    return any_seat(user, report.grant.application)


def coordinates(user: User, application: GrantApplication) -> bool:
    """A coordinator of a country of its gaps, and not about their own organisation."""
    countries = application.gaps.values_list("country", flat=True)
    return user.coordinates_any(countries) and not is_inside(user, application.organization)
