"""A small demonstration, of one file: societies with places, and what is given there (`network.yml` of a folder).

Everything goes through the services: made, sent by its owner, approved by another organisation after a call.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from accounts.models import NetworkRole, User
from accounts.services import create_person, enable_totp
from core import clock
from core.geo import gazetteer
from core.languages import codes, column
from demonstration.making.content import localised
from demonstration.making.network import shifted
from demonstration.making.people import Logins, new_password, write_logins
from network.joining import services as joining
from organizations.models import Location, MembershipRole, Organization
from organizations.people import add_member
from services.models import ServiceAtLocation
from verification import services as verification
from verification.editing import add_listing, create_contact, create_location, create_organization, create_service

FILE = "network.yml"
#: login → (role in the organisation, role in the network)
ROLES = {
    "member": (MembershipRole.READER, NetworkRole.NONE),
    "editor": (MembershipRole.EDITOR, NetworkRole.NONE),
    "manager": (MembershipRole.MANAGER, NetworkRole.NONE),
    "verifier": (MembershipRole.EDITOR, NetworkRole.VERIFIER),
    "coordinator": (MembershipRole.READER, NetworkRole.COORDINATOR),
}
#: A listing was looked at so many days ago at the most; none is grey in the shortest class of a month.
LOOKED_AT = 20


@transaction.atomic
def load(folder: Path, *, logins: Path, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Make the network and write the logins' file; returns the number of listings."""
    told = yaml.safe_load((folder / FILE).read_text(encoding="utf-8"))
    story = _Story(told)
    plans = [(one, place, kind) for one in told["societies"] for place in one["places"] for kind in place["services"]]
    for one in told["societies"]:
        with clock.travel(clock.now() - dt.timedelta(days=90)):
            story.found(one)
    story.make_people()
    for done, (one, place, kind) in enumerate(plans, start=1):
        story.publish(one, place, kind)
        progress(done, len(plans))
    write_logins(story.logins, logins)
    return len(plans)


class _Story:
    """Who is there, and what was made of each part of the file."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.told = told
        self.logins: Logins = {}
        self.organizations: dict[str, Organization] = {}
        self.locations: dict[tuple[str, str], Location] = {}
        self.checkers: dict[str, User] = {}
        self.services: dict[tuple[str, str], Any] = {}
        self.dice = random.Random(self.told["societies"][0]["slug"])  # noqa: S311 (no secret)

    def found(self, one: dict[str, Any]) -> None:
        """The society, one person who checks the listings of others, and its places."""
        slug = one["slug"]
        made = create_organization(
            actor=None, slug=slug, **localised("name", one["name"]), **localised("short_name", one["short"]),
            **localised("description", one["description"]), name_local=one["name"]["local"],
            registration_country=one["country"], countries=[one["country"]], default_visibility="public",
            working_languages=one["languages"], website=f"https://example.org/{slug}/",
        )  # fmt: skip
        joining.found(organization=made, on=clock.today())
        self.organizations[slug] = made
        checker = create_person(
            email=f"checks.{slug}@example.org", name=one["short"][codes()[0]], password=None,
            network_role=NetworkRole.VERIFIER, countries=(),
        )  # fmt: skip
        add_member(actor=None, organization=made, user=checker, role=MembershipRole.MANAGER)
        self.checkers[slug] = checker
        create_contact(actor=None, organization=made, channel="phone", value=one["phone"].format(10))
        create_contact(actor=None, organization=made, channel="email", value=f"{slug}@example.org", position=1)
        for number, place in enumerate(one["places"], start=11):
            self._open(made, one, place, one["phone"].format(number))

    def _open(self, organization: Organization, one: dict[str, Any], place: dict[str, Any], phone: str) -> None:
        town = gazetteer.place(place["place"])
        if town is None:
            raise ValueError(f"the gazetteer has no {place['place']}")
        location = create_location(
            actor=None, organization=organization, type=place["type"], country=town.country, place_code=place["place"],
            timezone=town.timezone, point=shifted({"lat": town.lat, "lon": town.lon}, *place["at"]),
            **localised("name", place["name"]), **localised("address", place["address"]),
            **localised("city", {code: town.name(code) for code in codes()}),
        )  # fmt: skip
        self.locations[one["slug"], place["key"]] = location
        create_contact(
            actor=None, organization=organization, location=location, channel="phone", value=phone,
            languages=one["languages"][:2],
        )  # fmt: skip

    def make_people(self) -> None:
        for login, (role, network_role) in ROLES.items():
            said = self.told["people"][login]
            user = self._person(login, said["name"], network_role, said.get("countries", ()))
            add_member(actor=None, organization=self.organizations[said["society"]], user=user, role=role)
        password = new_password()
        head = User.objects.create_superuser(
            "administrator@example.org", password, name="Administrator", network_role=NetworkRole.ADMINISTRATOR
        )
        head.confirm_address()
        self._remember("administrator", head, password, second_step=True)

    def _person(self, login: str, name: str, role: str, countries: Any) -> User:
        password = new_password()
        user = create_person(
            email=f"{login}@example.org", name=name, password=password, network_role=role, countries=countries
        )
        self._remember(login, user, password, second_step=role == NetworkRole.COORDINATOR)
        return user

    def _remember(self, login: str, user: User, password: str, *, second_step: bool) -> None:
        self.logins[login] = {"email": user.email, "password": password}
        if second_step:
            from allauth.mfa.totp.internal.auth import generate_totp_secret

            self.logins[login]["totp_secret"] = generate_totp_secret()
            enable_totp(user=user, secret=self.logins[login]["totp_secret"])

    def publish(self, one: dict[str, Any], place: dict[str, Any], kind: str) -> None:
        """One listing, from the draft to the map, some days ago."""
        slug = one["slug"]
        owner = self.checkers[slug]
        others = [user for home, user in sorted(self.checkers.items()) if home != slug]
        began = clock.now() - dt.timedelta(days=self.dice.randint(3, LOOKED_AT))
        with clock.travel(began):
            listing = self._made(one, place, kind, owner)
            review = verification.submit(listing=listing, actor=owner, checked=True)
        with clock.travel(began + dt.timedelta(days=1)):
            checker = self.dice.choice(others)
            verification.approve(review=review, actor=checker, method="call", note="They answered, all is as written.")

    def _made(self, one: dict[str, Any], place: dict[str, Any], kind: str, owner: User) -> ServiceAtLocation:
        said = self.told["services"][kind]
        key = one["slug"], kind
        if key not in self.services:
            texts = {
                column(name, language): said[language][name]
                for language in codes() if language in said for name in ("title", "summary", "text")
            }  # fmt: skip
            self.services[key] = create_service(
                actor=owner, organization=self.organizations[one["slug"]], types=[kind], languages=one["languages"],
                delivery=said.get("delivery", ["on_site"]), intake=["walk_in", "call"], documents=["none"], cost="free",
                anonymous=True, waiting="same_day", insurance="not_needed",
                visibility=said.get("visibility", "public"), **texts,
            )  # fmt: skip
        location = self.locations[one["slug"], place["key"]]
        return add_listing(
            actor=owner, service=self.services[key], location=location, contacts=[], hours=place["hours"]
        )
