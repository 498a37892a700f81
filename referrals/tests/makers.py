"""A small network that refers: a sender in Minsk, three who can take over in Tbilisi and one in Yerevan."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from core import clock
from organizations.models import Organization
from referrals import services as referrals
from referrals.models import Offer, Referral
from services.models import ServiceAtLocation
from verification.publication import Batch
from verification.tests import scenarios

#: A Monday, ten in the morning in Tbilisi.
MONDAY = dt.datetime(2026, 6, 1, 6, tzinfo=dt.UTC)


@dataclass
class Network:
    """Organisations by short names, one editor and one listing of each."""

    houses: dict[str, Organization]
    people: dict[str, User]
    listings: dict[str, ServiceAtLocation]
    coordinator: User


_HOUSES = {
    "minsk": ("BY", "Минск"),
    "rustavi": ("GE", "Тбилиси"),
    "kura": ("GE", "Тбилиси"),
    "mtkvari": ("GE", "Тбилиси"),
    "ararat": ("AM", "Ереван"),
}
_ZONES = {"BY": "Europe/Minsk", "GE": "Asia/Tbilisi", "AM": "Asia/Yerevan"}


def make_network() -> Network:
    houses, people, listings = {}, {}, {}
    approver = scenarios.verifier()
    with clock.travel(MONDAY - dt.timedelta(days=1)), Batch() as batch:
        for key, (country, city) in _HOUSES.items():
            house = scenarios.organization(f"Дом {key}", slug=key, registration_country=country, countries=[country])
            fields = {"country": country, "city": city, "timezone": _ZONES[country]}
            place = scenarios.place(house, **fields)
            houses[key], people[key] = house, scenarios.person(house, "manager")
            listings[key] = scenarios.published(
                place, title=f"Терапия {key}", types=["art"], method="call", by=approver, batch=batch,
                delivery=["on_site", "post"], on=MONDAY - dt.timedelta(days=1),
            )  # fmt: skip
    coordinator = scenarios.coordinator(scenarios.organization("Координация"))
    User.objects.filter(pk=coordinator.pk).update(countries=["GE"])
    coordinator.refresh_from_db()
    return Network(houses, people, listings, coordinator)


def leg(network: Network, first: str = "rustavi", fallback: str = "kura", **fields: Any) -> referrals.LegDraft:
    values = {
        "country": _HOUSES[first][0],
        "service_type": "art",
        "first": network.listings[first].public_id,
        "fallback": network.listings[fallback].public_id if fallback else "",
        "expected_on": clock.today() + dt.timedelta(days=6),
    } | fields
    return referrals.LegDraft(**values)


def consent(**fields: Any) -> referrals.ConsentDraft:
    values = {"language": "ru", "asked": True, "fallback": True, "outcome_back": True, "counted": True} | fields
    return referrals.ConsentDraft(**values)


def send(network: Network, *legs: referrals.LegDraft, days: int | None = 20, **fields: Any) -> Referral:
    """A referral of Minsk, with medicine for so many days (None: without medicine)."""
    supply = {} if days is None else {"supply_kind": "art", "supply_ends_on": clock.today() + dt.timedelta(days=days)}
    agreed = fields.pop("consent", None) or consent()
    values = {"from_country": "BY", "languages": ["ru"], "contact_way": "comes"} | supply | fields
    draft = referrals.ReferralDraft(legs=list(legs) or [leg(network)], consent=agreed, **values)
    return referrals.send(actor=network.people["minsk"], organization=network.houses["minsk"], draft=draft)


def offer_of(referral: Referral, house: Organization, position: int = 1) -> Offer:
    return Offer.objects.select_related("leg").get(leg__referral=referral, organization=house, leg__position=position)
