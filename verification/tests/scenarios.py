"""Small histories for tests, made through the services, so that no test starts from an impossible state."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from django.contrib.gis.geos import Point

from accounts.models import NetworkRole, User
from core import clock
from organizations import services as organizations
from organizations.models import Location, Membership, MembershipRole, Organization
from organizations.tests.makers import largest_city
from services import services
from services.models import ServiceAtLocation
from verification import services as verification
from verification.publication import Batch

_numbers = itertools.count(1)
SUMMARY = "Приходите без записи: ответ через двадцать минут."
WEEK = {"slots": [{"days": [0, 1, 2, 3, 4], "opens": "10:00", "closes": "18:00"}]}


def organization(name: str = "", **fields: Any) -> Organization:
    number = next(_numbers)
    values = {"registration_country": "GE", "countries": ["GE"], "member_status": "member"} | fields
    return organizations.create_organization(actor=None, name=name or f"Организация {number}", **values)


def person(of: Organization | None = None, role: str = MembershipRole.EDITOR, network_role: str = "") -> User:
    user = User.objects.create_user(f"person{next(_numbers)}@example.org", "long enough 1", network_role=network_role)
    if of is not None:
        Membership.objects.create(organization=of, user=user, role=role)
    return user


def verifier(of: Organization | None = None) -> User:
    return person(of or organization(), network_role=NetworkRole.VERIFIER)


def coordinator(of: Organization | None = None) -> User:
    return person(of or organization(), network_role=NetworkRole.COORDINATOR)


def place(of: Organization, **fields: Any) -> Location:
    """An office near Tbilisi; in another country, near the largest city that there is."""
    values = {
        "name": "Кабинет на Речной",
        "country": "GE",
        "city": "Тбилиси",
        "address": "ул. Речная, 5",
        "point": Point(44.8, 41.7, srid=4326),
        "timezone": "Asia/Tbilisi",
    }
    if "point" not in fields and fields.get("country", "GE") != "GE":
        values["point"] = largest_city(str(fields["country"]))
    values |= fields
    return organizations.create_location(actor=None, organization=of, **values)


def phone(of: Organization, at: Location | None = None, value: str = "+995 32 212 34 56", **fields: Any) -> Any:
    values = {"channel": "phone", "value": value, "location": at} | fields
    return organizations.create_contact(actor=None, organization=of, **values)


def listing(at: Location | None = None, of: Organization | None = None, **fields: Any) -> ServiceAtLocation:
    """A draft: one service at one place, with a phone."""
    of = of or (at.organization if at else organization())
    at = at or place(of)
    if not of.contacts.exists():
        phone(of)
    hours = fields.pop("hours", WEEK)
    values = {
        "title": "Тест на ВИЧ",
        "summary": SUMMARY,
        "types": ["hiv_rapid_test"],
        "delivery": ["on_site"],
        "languages": ["ru"],
        "cost": "free",
        "documents": ["none"],
    } | fields
    service = services.create_service(actor=None, organization=of, **values)
    return services.add_listing(actor=None, service=service, location=at, hours=hours)


def published(
    at: Location | None = None,
    *,
    on: dt.date | None = None,
    method: str = "",
    by: User | None = None,
    batch: Batch | None = None,
    **fields: Any,
) -> ServiceAtLocation:
    """A listing that was sent and approved on the day `on` (default: now); on the map at the end of a batch."""
    with clock.travel(on or clock.now()):
        row = listing(at, **fields)
        review = verification.submit(listing=row, actor=None, checked=True, bulk=batch)
        verification.approve(review=review, actor=by or verifier(), method=method, batch=batch)
    row.refresh_from_db()
    return row


def rename(row: ServiceAtLocation, **fields: Any) -> None:
    """Change the working copy of the listing's service."""
    service = row.service
    service.refresh_from_db()
    services.update_service(actor=None, service=service, expected_version=service.version, **fields)
