"""What others do in the journey of a grant: those of the network who have no login of the demonstration."""

from __future__ import annotations

from accounts.models import User
from e2e.beside.voices import end_of
from network.decisions import services as decisions
from network.decisions.models import Seat
from network.grants import services as grants
from network.grants.models import GrantApplication, GrantReport
from organizations.models import MembershipRole, Organization


def _manager(organization: Organization) -> User:
    return User.objects.get(memberships__organization=organization, memberships__role=MembershipRole.MANAGER)


def send(public_id: str) -> str:
    """The application, by a manager of its organisation."""
    row = GrantApplication.objects.get(public_id=public_id)
    return grants.send(actor=_manager(row.organization), application=row).state


def vote(public_id: str) -> int:
    """Everybody of the committee says yes, and the end comes; how many did."""
    row = GrantApplication.objects.get(public_id=public_id)
    if row.vote is None:
        return 0
    voices = list(row.vote.voters.select_related("seat__person"))
    for voice in voices:
        person = voice.seat.person if voice.seat else None
        if person is not None:
            decisions.cast(actor=person, vote=row.vote, voice=voice, choice="1")
    end_of(row.vote.public_id)
    return len(voices)


def report(public_id: str) -> str:
    """Sent by a manager, and read by somebody of the committee who is not its secretary."""
    row = GrantReport.objects.get(public_id=public_id)
    row = grants.send_report(actor=_manager(row.grant.organization), report=row)
    seats = Seat.objects.current().filter(body=row.grant.application.call.body).exclude(kind="secretary")
    seat = seats.exclude(organization=row.grant.organization).select_related("person").order_by("pk").first()
    return grants.read(actor=seat.person, report=row).state if seat and seat.person else ""
