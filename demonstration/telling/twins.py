"""What was entered twice: a door, a service, a place of one house, an organisation. Coordinators find pairs to judge.

It is told on the timeline, weeks ago, so that a shared door that nobody answered may be decided by a coordinator now.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from demonstration.life import Course
from demonstration.making.compose import PlannedListing
from demonstration.making.content import localised
from network.joining import services as joining
from organizations.models import Contact, Location, MemberStatus
from verification import services as verification
from verification.coordination.alike.across import look_across
from verification.coordination.alike.finding import look
from verification.editing import add_listing, create_contact, create_location, create_organization, create_service
from verification.services.merging.doors import propose_door

#: Who entered again what this house has.
HOUSE, NEIGHBOUR = "dom-s-balkonom", "bereg-i-veter"
#: Columns of a place that both spellings share.
_WHERE = ("type", "country", "region", "region_en", "city", "city_en", "place_code", "timezone", "point")
_ENTERED, _ASKED = 24, 17


class Twins:
    def __init__(self, life: Course, plans: Iterable[PlannedListing]) -> None:
        self.life = life
        self.plans = {plan.key: plan for plan in plans}

    def plan(self) -> None:
        """Put on the timeline what is entered twice."""
        for minute, step in enumerate((self._service, self._own_place, self._organizations)):
            self.life.timeline.at(self.life.days_ago(_ENTERED), step, minute=400 + minute)
        self.life.timeline.at(self.life.days_ago(_ASKED), self._door, minute=400)

    def find(self) -> None:
        """What the worker would have found by now."""
        while look():
            pass
        look_across()

    def _service(self) -> None:
        """The neighbour sends for review what the house has on the map: the drop-in and its rapid test."""
        plan = self.plans[f"{HOUSE}/dropin/hiv_rapid_test"]
        place = self._place("dropin", NEIGHBOUR, {"ru": "Чайник, дроп-ин", "en": "The Kettle drop-in"},
                            {"ru": "Ореховый переулок, д. 3", "en": "Walnut Lane, 3"})  # fmt: skip
        actor = self.life.people.owner(NEIGHBOUR)
        service = create_service(actor=actor, organization=self.life.network.organizations[NEIGHBOUR], **plan.service)
        listing = add_listing(actor=actor, service=service, location=place, **plan.listing)
        verification.submit(listing=listing, actor=actor, checked=True, bulk=self.life.batch)

    def _own_place(self) -> None:
        """A place of one house with another spelling: its own people make one of both."""
        self._place("office", HOUSE, {"ru": "Гранатовая, вход со двора", "en": "Pomegranate Street, from the yard"},
                    {"ru": "Гранатовая ул., дом 8", "en": "Pomegranate Street 8"})  # fmt: skip

    def _organizations(self) -> None:
        """One foundation outside the network, written down by two people."""
        names = ({"ru": "Фонд «Тёплый двор»", "en": "Warm Yard Foundation"},
                 {"ru": "Тёплый двор, фонд", "en": "Warm Yard (foundation)"})  # fmt: skip
        for number, name in enumerate(names):
            made = create_organization(
                actor=None,
                slug=f"teply-dvor-{number + 1}",
                **localised("name", name),
                registration_country="GE",
                countries=["GE"],
                website="https://example.org/teply-dvor/",
                due_diligence_note="Вымышленная организация демонстрационной сети.",
            )
            joining.found(organization=made, becomes=MemberStatus.EXTERNAL, on=self.life.days_ago(_ENTERED))
            phone = "+995 32 000-00-99"
            create_contact(actor=None, organization=made, channel="phone", value=phone, audience="clients")

    def _door(self) -> None:
        """Two houses give their hours behind one door, and the neighbour has asked to say it in one way."""
        name = {"ru": "Дом на Гранатовой, приём юриста", "en": "House on Pomegranate Street, lawyer"}
        address = {"ru": "Гранатовая улица, 8, этаж 2", "en": "Pomegranate Street 8, floor 2"}
        place = self._place("office", NEIGHBOUR, name, address)
        look_across()
        propose_door(
            kept=self.life.network.locations[HOUSE, "office"],
            gone=place,
            actor=self.life.people.managers[NEIGHBOUR],
        )

    def _place(self, key: str, slug: str, name: dict[str, str], address: dict[str, str]) -> Location:
        """The place of the house again, under these words, with the phone that it has."""
        first = self.life.network.locations[HOUSE, key]
        fields: dict[str, Any] = {column: getattr(first, column) for column in _WHERE}
        house = self.life.network.organizations[slug]
        made = create_location(
            actor=None,
            organization=house,
            **fields,
            **localised("name", name),
            **localised("address", address),
            public_precision=first.public_precision,
            member_precision=first.member_precision,
        )
        phone = Contact.objects.filter(location=first, channel="phone", audience="clients").order_by("pk").first()
        if phone:
            create_contact(actor=None, organization=house, location=made, channel="phone", value=phone.value)
        return made
