"""What the journeys of referrals need from the served network: places of a house, and the link of a letter."""

from __future__ import annotations

import datetime as dt

from core import clock
from demonstration.making.people import new_password
from messaging.models import Message
from messaging.people import correspondents_for
from organizations.models import Organization
from referrals.letters import issue_link
from referrals.models import Offer, Referral
from services.models import ServiceAtLocation


def place_of(slug: str, service_type: str) -> str:
    """A published listing of the house that gives this, by its public id."""
    rows = ServiceAtLocation.objects.filter(service__organization__slug=slug, state__publication="published")
    return str(
        rows.filter(service__types__contains=[service_type]).order_by("pk").values_list("public_id", flat=True)[0]
    )


def letter_of(slug: str) -> dict[str, object]:
    """The secret address in the letter about the newest request to the house, and its number."""
    offer = Offer.objects.filter(organization__slug=slug, state="sent").order_by("-pk").first()
    assert offer is not None
    person = correspondents_for(offer.organization).order_by("pk").first()
    assert person is not None
    return {"path": f"/ru/acknowledge/{issue_link(offer, person)}/", "number": offer.number, "id": offer.public_id}


def code_of(slug: str) -> dict[str, str]:
    """The newest referral of the house: its id and the code on the person's paper."""
    row = Referral.objects.filter(sender__slug=slug).order_by("-pk").first()
    assert row is not None
    return {"id": row.public_id, "code": row.shown_code}


def day_after(days: int) -> str:
    return (clock.today() + dt.timedelta(days=days)).isoformat()


def door_of(slug: str) -> dict[str, str]:
    """A way in for the manager of a house that has no login of the demonstration."""
    person = Organization.objects.get(slug=slug).memberships.get(role="manager").user
    password = new_password()
    person.set_password(password)
    person.save(update_fields=["password"])
    return {"email": person.email, "password": password}


def occasions_of(slug: str) -> list[str]:
    """Which letters about referrals were written to people of the house, the newest last."""
    rows = Message.objects.filter(correspondent__user__memberships__organization__slug=slug)
    return list(rows.filter(kind__startswith="referral_").order_by("pk").values_list("kind", flat=True))
