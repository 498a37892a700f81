"""What the journey without a signal needs from the served network: what was written, and what changes meanwhile."""

from __future__ import annotations

from accounts.entering.sessions import end_sessions
from accounts.models import OutreachCopy, User
from services.models import ServiceAtLocation
from verification.models import CapacityReport, Check, Visit
from verification.services import report_capacity


def written(email: str) -> dict[str, int]:
    person = User.objects.get(email=email)
    return {
        "visits": Visit.objects.filter(told_by=person).count(),
        "checks": Check.objects.filter(checked_by=person).count(),
        "words": CapacityReport.objects.filter(reported_by=person).count(),
        "phones": OutreachCopy.objects.filter(user=person).count(),
    }


def say_places(listing: str) -> None:
    """Somebody else of the organisation, meanwhile: something other than before."""
    row = ServiceAtLocation.objects.get(public_id=listing)
    newest = CapacityReport.objects.newest().filter(listing=row).first()
    report_capacity(listing=row, actor=None, level="limited" if newest and newest.level == "full" else "full")


def end_everywhere(email: str) -> None:
    end_sessions(User.objects.get(email=email))
