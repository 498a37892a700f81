"""People, organisations and places for tests, made through the services."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.contrib.gis.geos import Point

from accounts.models import User
from core.geo import gazetteer
from organizations import services
from organizations.models import Contact, Location, Membership, MemberStatus, Organization

TBILISI = Point(44.7930, 41.6938, srid=4326)
_numbers = count(1)


def largest_city(country: str) -> Point:
    there = next(one for one in gazetteer.places().values() if one.country == country)
    return Point(there.lon, there.lat, srid=4326)


def make_user(organization: Organization | None = None, role: str = "editor", **fields: Any) -> User:
    fields.setdefault("email", f"person{next(_numbers)}@example.org")
    user = User.objects.create_user(**fields)
    if organization:
        Membership.objects.create(user=user, organization=organization, role=role)
    return user


def make_organization(**fields: Any) -> Organization:
    fields = {
        "name": f"Организация {next(_numbers)}",
        "registration_country": "GE",
        "countries": ["GE"],
        "member_status": MemberStatus.MEMBER,
    } | fields
    return services.create_organization(actor=None, **fields)


def make_location(organization: Organization, **fields: Any) -> Location:
    values = {
        "name": "Кабинет на Мельничной",
        "type": "office",
        "country": "GE",
        "city": "Тбилиси",
        "address": "ул. Мельничная, 3",
        "point": Point(44.80, 41.70, srid=4326),
        "timezone": "Asia/Tbilisi",
    }
    if "point" not in fields and fields.get("country", "GE") != "GE":
        values["point"] = largest_city(fields["country"])
    values |= fields
    return services.create_location(actor=None, organization=organization, **values)


def make_contact(organization: Organization, **fields: Any) -> Contact:
    fields = {"channel": "phone", "value": "+995 32 212 34 56"} | fields
    return services.create_contact(actor=None, organization=organization, **fields)
