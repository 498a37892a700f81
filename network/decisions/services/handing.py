"""What an organisation that leaves had taken on goes to another one; its seats end."""

from __future__ import annotations

from django.db import transaction

from core import clock
from network.decisions import letters
from network.decisions.models import Decision, Seat
from network.decisions.models.words import DecisionState
from organizations.models import MembershipRole, Organization


@transaction.atomic
def hand_over(*, organization: Organization, to: Organization) -> int:
    """Open decisions keep their day, and a manager of the other one is told; how many there were."""
    today = clock.today()
    for seat in Seat.objects.filter(organization=organization).exclude(ends_on__lt=today).order_by("pk"):
        seat.ends_on = max(today, seat.starts_on)
        seat.version += 1
        seat.updated_at = clock.now()
        seat.save()
    manager = to.memberships.filter(role=MembershipRole.MANAGER, user__is_active=True).order_by("pk").first()
    rows = list(Decision.objects.filter(organization=organization, state=DecisionState.OPEN).order_by("pk"))
    for row in rows:
        row.organization, row.responsible = to, manager.user if manager else None
        row.version += 1
        row.updated_at = clock.now()
        row.save()
        letters.given(row)
    return len(rows)
