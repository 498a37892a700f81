"""Organisations, places and contacts of the demonstration network, made through the services."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Any

from django.contrib.gis.geos import Point

from core import clock
from core.geo import gazetteer
from core.languages import codes
from demonstration.making.content import House, Script, Spot, localised
from network.joining import services as joining
from organizations.models import Contact, Location, MemberStatus, Organization
from verification.editing import create_contact, create_location, create_organization
from verification.publication import Batch

KM_PER_DEGREE = 111.32


class Network:
    """Makes the rows and remembers them by name."""

    def __init__(self, content: Script) -> None:
        self.content = content
        self.organizations: dict[str, Organization] = {}
        self.locations: dict[tuple[str, str], Location] = {}
        self._numbers: dict[str, Iterator[int]] = {}

    def found(self, house: House) -> Organization:
        """The organisation itself, with the contacts that count for all its places."""
        data = house.data
        organization = create_organization(
            actor=None,
            slug=house.slug,
            **localised("name", data["name"]),
            **localised("short_name", data["short"]),
            **localised("description", data["description"]),
            name_local=data["name"].get("local", ""),
            registration_country=data["country"],
            countries=[data["country"]],
            default_visibility="public",
            working_languages=data["languages"],
            community_led=data["community_led"],
            website=f"https://example.org/{house.slug}/",
            links=[{"label": "Telegram", "url": f"https://t.me/{data['handle']}"}],
            due_diligence_note="Вымышленная организация демонстрационной сети.",
        )
        status = data.get("status", MemberStatus.MEMBER)
        joining.found(organization=organization, becomes=status, on=clock.today())
        self.organizations[house.slug] = organization
        self._numbers[house.slug] = itertools.count(10)
        self._general_contacts(house, organization)
        return organization

    def open(self, house: House, spot: Spot) -> Location:
        """A place with its contact."""
        data = spot.data
        precision = data.get("precision") or house.data.get("default_precision") or {}
        location = create_location(
            actor=None,
            organization=self.organizations[house.slug],
            type=spot.kind,
            **localised("name", data["name"]),
            **localised("district", data.get("district", {})),
            **localised("address", data["address"]),
            **localised("directions", data.get("directions", {})),
            **localised("transit", data.get("transit", {})),
            **self._where(spot),
            **_access(data.get("access", {})),
            public_precision=precision.get("public", "exact"),
            member_precision=precision.get("members", "exact"),
            visibility=data.get("visibility", "public"),
            safety_note=data.get("safety", ""),
        )
        self.locations[house.slug, spot.key] = location
        self._place_contact(house, spot, location)
        return location

    def listing_contact(self, house: House, location: Location | None, kind: str, batch: Batch) -> Contact:
        """A contact of one listing alone: a crisis line, or somebody's own number."""
        labels = self.content.words["labels"]
        return create_contact(
            actor=None,
            organization=self.organizations[house.slug],
            location=location,
            channel="phone",
            value=self.phone(house),
            is_crisis=kind == "crisis",
            languages=house.data["languages"][:2],
            batch=batch,
            **localised("label", labels[kind]),
        )

    def phone(self, house: House) -> str:
        """The next number of the organisation's fictional range."""
        return str(house.data["phones"]).format(f"{next(self._numbers[house.slug]):02d}")

    def _where(self, spot: Spot) -> dict[str, Any]:
        city = centre_of(self.content, spot)
        return {
            "country": city["country"],
            **localised("region", city["region"]),
            **localised("city", {language: city[language] for language in codes()}),
            "place_code": city["id"],
            "timezone": city["timezone"],
            "point": shifted(city, *spot.data["at"]),
        }

    def _general_contacts(self, house: House, organization: Organization) -> None:
        data, labels = house.data, self.content.words["labels"]
        answering = self.content.words["answering"][len(self.organizations) % 3]
        general: list[dict[str, Any]] = [
            {"channel": "phone", "value": self.phone(house), **localised("label", labels["general"]),
             **localised("hours_note", answering), "languages": data["languages"][:3]},
            {"channel": "telegram", "value": f"@{data['handle']}", **localised("label", labels["write"])},
            {"channel": "email", "value": f"{house.slug}@example.org"},
            self._colleague(house),
            {"channel": "phone", "value": self.phone(house), **localised("label", labels["director"]),
             "audience": "colleagues", "visibility": "administrators"},
        ]  # fmt: skip
        for position, fields in enumerate(general):
            create_contact(actor=None, organization=organization, position=position, **fields)

    def _colleague(self, house: House) -> dict[str, Any]:
        """Whom other organisations write to; never public."""
        channel = house.data["colleague"]["channel"]
        by_name = {"telegram": f"@{house.data['handle']}_team", "email": f"referral.{house.slug}@example.org"}
        return {
            "channel": channel,
            "value": by_name.get(channel) or self.phone(house),
            "person": house.data["colleague"]["person"],
            "audience": "colleagues",
            "visibility": "members",
            **localised("label", self.content.words["labels"]["colleagues"]),
        }

    def _place_contact(self, house: House, spot: Spot, location: Location) -> None:
        kind = "shelter" if location.type == "shelter" else "place"
        create_contact(
            actor=None,
            organization=self.organizations[house.slug],
            location=location,
            channel="phone",
            value=self.phone(house),
            visibility="members" if kind == "shelter" else "public",
            languages=house.data["languages"][:2],
            batch=None,
            **localised("label", self.content.words["labels"][kind]),
        )
        if kind == "place" and spot.kind in ("drop_in", "mobile_stop", "clinic"):
            create_contact(
                actor=None,
                organization=self.organizations[house.slug],
                location=location,
                channel="telegram",
                value=f"@{house.data['handle']}_{spot.key}",
                position=1,
                batch=None,
                **localised("label", self.content.words["labels"]["write"]),
            )


def centre_of(content: Script, spot: Spot) -> dict[str, Any]:
    """The city of a spot: names, zone and centre."""
    city = content.cities[spot.city]
    place = gazetteer.place(city["id"])
    if place is None:
        raise ValueError(f"the gazetteer has no {spot.city} ({city['id']})")
    return city | {"lon": place.lon, "lat": place.lat, "timezone": place.timezone}


def shifted(city: dict[str, Any], east: float, north: float) -> Point:
    """The point so many kilometres from the centre of the city."""
    lat = city["lat"] + north / KM_PER_DEGREE
    lon = city["lon"] + east / (KM_PER_DEGREE * math.cos(math.radians(city["lat"])))
    return Point(round(lon, 5), round(lat, 5), srid=4326)


def _access(access: dict[str, Any]) -> dict[str, Any]:
    plain = {name: access[name] for name in ("step_free", "accessible_toilet", "lift") if name in access}
    return plain | localised("accessibility_note", access.get("note", {}))
