"""The simulated network at the beginning of its year: made through the services, checked at different times before."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.contrib.gis.geos import Point

from accounts.models import NetworkRole, User
from core import clock
from core.languages import SOURCE
from core.types import Json
from organizations.models import Location, Membership, MembershipRole, Organization
from services.models import ServiceAtLocation, ServiceType, VerificationClass
from verification import editing
from verification import services as verification
from verification.models import HighRiskCountry
from verification.publication import Batch

#: The first day. The year that follows has a 29 February and both changes of the clocks.
START = dt.date(2027, 9, 1)
#: Country → zone and a point of its largest city. Every way of counting hours in the network's countries is there.
COUNTRIES = {
    "GE": ("Asia/Tbilisi", 44.79, 41.69),
    "AM": ("Asia/Yerevan", 44.51, 40.18),
    "KZ": ("Asia/Almaty", 76.93, 43.24),
    "PL": ("Europe/Warsaw", 21.01, 52.23),
    "DE": ("Europe/Berlin", 13.40, 52.52),
    "MD": ("Europe/Chisinau", 28.86, 47.01),
    "UA": ("Europe/Kyiv", 30.52, 50.45),
    "RU": ("Asia/Vladivostok", 131.89, 43.12),
    "BY": ("Europe/Minsk", 27.56, 53.90),
    "EE": ("Europe/Tallinn", 24.75, 59.44),
    "FR": ("Europe/Paris", 2.35, 48.86),
}
#: How the people of an organisation answer, in the proportions of the network.
STYLES = ("prompt", "late", "prompt", "never", "prompt", "late", "prompt")
#: Every so manieth listing is a mobile point with stops.
MOBILE_EVERY = 15
WEEK: Mapping[str, Json] = {"slots": [{"days": [0, 1, 2, 3, 4], "opens": "10:00", "closes": "18:00"}]}


@dataclass
class World:
    """Who and what there is. `styles` says by organisation how its people answer their letters."""

    rng: random.Random
    start: dt.date
    organizations: list[Organization] = field(default_factory=list)
    styles: dict[int, str] = field(default_factory=dict)
    listings: list[ServiceAtLocation] = field(default_factory=list)
    verifiers: list[User] = field(default_factory=list)
    coordinators: list[User] = field(default_factory=list)
    administrators: list[User] = field(default_factory=list)
    #: Codes of types of class B, for what comes during the year.
    types: list[str] = field(default_factory=list)
    #: By listing: since which day it is looked at more often, and every how many days.
    intervals: dict[str, tuple[dt.date, int]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    #: By verifier the organisations that they belong to, which no year changes.
    _homes: dict[int, frozenset[int]] = field(default_factory=dict)

    def person(self, name: str, **fields: object) -> User:
        """Somebody with an address that nobody else has."""
        address = f"{name}{next(self.numbers)}@example.org"
        return User.objects.create_user(address, None, name=name.capitalize(), **fields)

    def near(self, country: str) -> Point:
        """Somewhere in the largest city of a country."""
        _zone, lon, lat = COUNTRIES[country]
        return Point(lon + self.rng.uniform(-0.05, 0.05), lat + self.rng.uniform(-0.05, 0.05), srid=4326)

    def verifiers_outside(self, organization_id: int | None) -> list[User]:
        """Those who may check what this organisation has."""
        for verifier in self.verifiers:
            if verifier.pk not in self._homes:
                own = verifier.memberships.order_by().values_list("organization", flat=True)
                self._homes[verifier.pk] = frozenset(own)
        return [verifier for verifier in self.verifiers if organization_id not in self._homes[verifier.pk]]

    def style_of(self, organization_id: int | None) -> str:
        return self.styles.get(organization_id or 0, "prompt")


def make_world(
    rng: random.Random, start: dt.date, organizations_count: int, listings_count: int, tick: Callable[[], None]
) -> World:
    """So many organisations and listings; `tick` is called after each listing."""
    world = World(rng, start)
    with clock.travel(start - dt.timedelta(days=400)):
        for number in range(organizations_count):
            _organization(world, number)
        _network_people(world)
    types = _leaves()
    world.types = types[VerificationClass.B]
    with Batch() as batch:
        for number in range(listings_count):
            _listing(world, number, types, batch)
            tick()
    return world


def _organization(world: World, number: int) -> None:
    country = list(COUNTRIES)[number % len(COUNTRIES)]
    organization = editing.create_organization(
        actor=None,
        name=f"Организация {number + 1}",
        registration_country=country,
        countries=[country],
        default_visibility="public",
        member_status="member",
    )
    editing.create_contact(actor=None, organization=organization, channel="phone", value=f"+49 30 555 {number:04}")
    for role in (MembershipRole.MANAGER, MembershipRole.EDITOR, *[MembershipRole.EDITOR] * (number % 2)):
        Membership.objects.create(organization=organization, user=world.person(str(role)), role=role)
    for place in range(world.rng.randint(3, 5)):
        _place(world, organization, country, place)
    world.organizations.append(organization)
    world.styles[organization.pk] = STYLES[number % len(STYLES)]


def _place(world: World, organization: Organization, country: str, number: int) -> Location:
    """The last place of every fifth organisation does not show its door."""
    hides = number == 2 and len(world.organizations) % 5 == 4
    return editing.create_location(
        actor=None,
        organization=organization,
        name=f"Место {number + 1}",
        country=country,
        city="Город",
        address=f"ул. Проверочная, {number + 1}",
        point=world.near(country),
        timezone=COUNTRIES[country][0],
        visibility="public",
        **({"public_precision": "settlement", "member_precision": "settlement"} if hides else {}),
    )


def _network_people(world: World) -> None:
    """Verifiers of different organisations, coordinators who share the countries, one administrator.

    Nobody coordinates the last country: its escalations go straight to the administrator.
    """
    for organization in world.organizations[:4]:
        verifier = world.person("verifier", network_role=NetworkRole.VERIFIER)
        Membership.objects.create(organization=organization, user=verifier, role=MembershipRole.READER)
        world.verifiers.append(verifier)
    covered = list(COUNTRIES)[:-1]
    for number in range(4):
        share = covered[number::4]
        person = world.person("coordinator", network_role=NetworkRole.COORDINATOR, countries=share)
        home = next((o for o in world.organizations if o.registration_country not in share), world.organizations[0])
        Membership.objects.create(organization=home, user=person, role=MembershipRole.READER)
        world.coordinators.append(person)
    world.administrators.append(world.person("administrator", network_role=NetworkRole.ADMINISTRATOR))


def _leaves() -> dict[str, list[str]]:
    leaves = ServiceType.objects.current().leaves().order_by("code")
    found: dict[str, list[str]] = {VerificationClass.A: [], VerificationClass.B: []}
    for code, letter in leaves.exclude(parent__family="network").values_list("code", "verification_class"):
        found.setdefault(letter, []).append(code)
    return found


# long: one column a line
def _listing(world: World, number: int, types: dict[str, list[str]], batch: Batch) -> None:
    """One listing, first checked some time ago, so that dates fall all over the year."""
    rng = world.rng
    organization = world.organizations[number % len(world.organizations)]
    letter = VerificationClass.A if rng.random() < 0.22 else VerificationClass.B
    risky = HighRiskCountry.objects.filter(code=organization.registration_country).exists()
    longest = 85 if letter == VerificationClass.A or risky else 175
    day = world.start - dt.timedelta(days=rng.randint(1, longest))
    is_mobile = number % MOBILE_EVERY == MOBILE_EVERY - 1
    with clock.travel(dt.datetime.combine(day, dt.time(rng.randint(0, 23), rng.randint(0, 59)), tzinfo=dt.UTC)):
        service = editing.create_service(
            actor=None,
            organization=organization,
            title=f"Услуга {number + 1}",
            summary="Приходите без записи: ответят и подскажут дорогу.",
            types=[rng.choice(types[letter])],
            languages=["ru"],
            cost="free",
            delivery=["mobile" if is_mobile else "on_site"],
            visibility=rng.choices(["public", "members", "administrators"], [89, 8, 3])[0],
            ends_on=day + dt.timedelta(days=rng.randint(40, 300)) if rng.random() < 0.07 else None,
        )
        place = rng.choice(list(organization.locations.order_by("pk")))
        comes: dict[str, Any] = (
            {"stops": _stops(world, place.country), "area": [{"kind": "circle", "km": 30}]} if is_mobile else {}
        )
        listing = editing.add_listing(actor=None, service=service, location=place, hours=WEEK, **comes)
        review = verification.submit(listing=listing, actor=None, checked=True, bulk=batch)
        verifier = rng.choice(world.verifiers_outside(organization.pk))
        method = "call" if rng.random() < 0.4 else ""
        verification.approve(review=review, actor=verifier, method=method, batch=batch)
    world.listings.append(listing)


def _stops(world: World, country: str) -> list[dict[str, object]]:
    """Two stops: at the station on Mondays and Thursdays, at the market on Saturdays."""
    found = []
    for name, days in (("у вокзала", [0, 3]), ("у рынка", [5])):
        point = world.near(country)
        hours = {"slots": [{"days": days, "opens": "18:00", "closes": "21:00"}]}
        found.append({"name": {SOURCE: name}, "lon": point.x, "lat": point.y, "hours": hours})
    return found


@dataclass(frozen=True)
class Twin:
    """A listing that somebody entered although `original` was there."""

    original: ServiceAtLocation
    listing: ServiceAtLocation


# long: one column a line
def duplicate(world: World, original: ServiceAtLocation, owner: Organization, editor: User) -> ServiceAtLocation:
    """The same service at the same door, in the words of somebody else; a draft."""
    there, is_own = original.location, original.service.organization_id == owner.pk
    if there is None:
        raise ValueError("help from afar has no door")
    place = (
        there
        if is_own
        else editing.create_location(
            actor=editor,
            organization=owner,
            name=f"{there.name}, рядом",
            country=there.country,
            city=there.city,
            address=there.address,
            point=there.point,
            timezone=there.timezone,
            visibility=there.visibility,
        )
    )
    service = editing.create_service(
        actor=editor,
        organization=owner,
        title=f"{original.service.title}, приём",
        summary="Приходите по будням: встретят, выслушают и подскажут.",
        types=list(original.service.types),
        languages=["ru", "en"],
        cost="free",
        delivery=["on_site"],
        visibility=original.service.visibility,
    )
    hours: dict[str, Any] = {"slots": [{"days": [0, 1, 2, 3, 4], "opens": "09:00", "closes": "17:00"}]}
    contacts = [
        editing.create_contact(
            actor=editor,
            organization=owner,
            location=place,
            channel="phone",
            value=f"+49 30 666 {next(world.numbers):04}",
        )
    ]
    return editing.add_listing(actor=editor, service=service, location=place, hours=hours, contacts=contacts)
