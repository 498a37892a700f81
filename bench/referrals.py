"""What the pages of referrals cost with sixty and with six hundred people on their way, in one run.

    bin/manage shell -c "from bench.referrals import main; main()"

Over the demonstration network, whose own referrals stay beside them. Rows are made in a transaction that is taken back:
a third is sent by one house, a third is asked of it, the rest goes between the others; six counts of ways each in the
quarter before. Processor time, median of the rounds, beside the questions that the database was asked.
"""

from __future__ import annotations

import datetime as dt
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.test import Client

from accounts.models import NetworkRole, User
from core import clock
from organizations.models import Organization
from referrals.models import Consent, CorridorCount, Leg, Offer, Referral
from referrals.models.words import (
    AnswerBand,
    ConsentMethod,
    LegState,
    Mode,
    OfferState,
    Outcome,
    ReferralState,
    Role,
    Supply,
    Urgency,
)
from services.models import ServiceAtLocation

SIZES, ROUNDS = (60, 600), 5
#: What a query is run by.
Execute = Callable[[str, Any, bool, dict[str, Any]], Any]
#: (of the request, of the stage): what waits, what is expected, what nobody takes, what is over.
STATES = (
    (OfferState.SENT, LegState.ASKING),
    (OfferState.SEEN, LegState.ASKING),
    (OfferState.ACCEPTED, LegState.PLACED),
    (OfferState.LAPSED, LegState.ASKING),
    (OfferState.DECLINED, LegState.STUCK),
    (OfferState.ACCEPTED, LegState.CLOSED),
)
PAGES = {
    "our answers wait": ("member", ""),
    "we expect": ("member", "?show=taken"),
    "we have sent": ("member", "?show=sent"),
    "the last page of it": ("member", "?show=sent&page=last"),
    "answered": ("member", "?show=over"),
    "a member's desk": ("member", "/workspace/"),
    "no answer in time": ("coordinator", "waiting/"),
    "nobody to take it": ("coordinator", "waiting/?pile=nobody"),
    "medicine before meeting": ("coordinator", "waiting/?pile=late"),
    "ways, map and table": ("coordinator", "corridors/"),
    "ways as a file": ("coordinator", "corridors/table/"),
    "a coordinator's desk": ("coordinator", "/workspace/coordination/"),
}


def main() -> None:
    with transaction.atomic():
        _compare()
        transaction.set_rollback(True)


def _compare() -> None:
    people = {"member": _busiest(), "coordinator": _coordinator()}
    spent: dict[tuple[str, int], tuple[float, int]] = {}
    for size in SIZES:
        with _people_on_their_way(size, people["member"]):
            for name, (who, where) in PAGES.items():
                client = Client(headers={"host": "localhost"})
                client.force_login(people[who], "allauth.account.auth_backends.AuthenticationBackend")
                path = f"/ru{where}" if where.startswith("/") else f"/ru/workspace/referrals/{where}"
                spent[name, size] = _asked(client, path)
    few, many = SIZES
    sys.stdout.write(f"{'milliseconds, questions':28}{few:>8}{'':>5}{many:>8}{'':>5}   ratio\n")
    for name in PAGES:
        (first, asked), (second, asked_more) = spent[name, few], spent[name, many]
        sys.stdout.write(f"{name:28}{first:8.1f}{asked:5}{second:8.1f}{asked_more:5}{second / first:8.2f}\n")


def _asked(client: Client, path: str) -> tuple[float, int]:
    """(milliseconds, questions)."""
    _answer(client, path)
    asked: list[str] = []

    def note(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        _answer(client, path)
    return 1000 * statistics.median(_answer(client, path) for _round in range(ROUNDS)), len(asked)


def _answer(client: Client, path: str) -> float:
    began = time.process_time()
    answer = client.get(path)
    took = time.process_time() - began
    if answer.status_code != 200:
        leads_to = answer.headers.get("location", "")
        raise SystemExit(f"{path}: {answer.status_code} {leads_to}")
    return took


def _busiest() -> User:
    """An editor of a member that has listings."""
    houses = Organization.objects.in_network().filter(services__listings__isnull=False)
    found = User.objects.filter(is_active=True, memberships__role="editor", memberships__organization__in=houses)
    return found.order_by("pk")[0]


def _coordinator() -> User:
    """One of the whole network, who reads every pile."""
    made = User.objects.create(
        email="bench@net.example", is_active=True, network_role=NetworkRole.COORDINATOR, countries=[]
    )
    Authenticator.objects.create(user=made, type="totp", data={"secret": "none"})
    return made


@contextmanager
def _people_on_their_way(size: int, member: User) -> Iterator[None]:
    house = Organization.objects.in_network().kept_by(member).order_by("pk")[0]
    with transaction.atomic():
        _referrals(size, house)
        _counts(size)
        yield
        transaction.set_rollback(True)


def _referrals(size: int, house: Organization) -> None:
    listings = list(ServiceAtLocation.objects.select_related("service__organization", "location").order_by("pk")[:200])
    own = [one for one in listings if one.service.organization_id == house.pk]
    own = own or list(ServiceAtLocation.objects.filter(service__organization=house).order_by("pk")[:5])
    others = [one for one in listings if one.service.organization_id != house.pk]
    foreign, mine, states, now = cycle(others), cycle(own), cycle(STATES), clock.now()
    for number in range(size):
        listing = next(mine) if number % 3 == 1 else next(foreign)
        sender = house if number % 3 == 0 else next(foreign).service.organization
        _one(number, sender, listing, next(states), now - dt.timedelta(hours=number))


def _one(
    number: int, sender: Organization, listing: ServiceAtLocation, states: tuple[OfferState, LegState], at: dt.datetime
) -> None:
    """One person, one stage, one request in it, in such a state."""
    offer_state, leg_state = states
    is_over, day = leg_state == LegState.CLOSED, at.date()
    place = listing.location
    country = place.country if place else sender.registration_country
    referral = Referral.objects.create(
        sender=sender, number=100_000 + number, from_country=sender.registration_country, to_country=country,
        supply_kind=Supply.ART, supply_ends_on=day + dt.timedelta(days=10), languages=["ru"],
        state=ReferralState.CLOSED if is_over else ReferralState.OPEN, outcome=Outcome.SERVED if is_over else "",
        closed_at=clock.now() if is_over else None, created_at=at,
        empties_on=clock.today() + dt.timedelta(days=30) if is_over else None,
        deletes_on=clock.today() + dt.timedelta(days=90) if is_over else None,
    )  # fmt: skip
    Consent.objects.create(
        referral=referral, language="ru", method=ConsentMethod.ORAL, asked=True, fallback=True, outcome_back=True
    )
    leg = Leg.objects.create(
        referral=referral, position=1, country=country, service_type="art", mode=Mode.TRAVELS, on_medicine=True,
        expected_on=day + dt.timedelta(days=9), needed_by=day + dt.timedelta(days=8), urgency=Urgency.URGENT,
        state=leg_state, outcome=Outcome.SERVED if is_over else "", closed_at=clock.now() if is_over else None,
        stuck_at=at if leg_state == LegState.STUCK else None,
    )  # fmt: skip
    Offer.objects.create(
        leg=leg, listing=listing, organization=listing.service.organization, role=Role.FIRST,
        number=100_000 + number, state=offer_state, reason="no_places" if offer_state == OfferState.DECLINED else "",
        sent_at=at, remind_at=at, answer_by=at + dt.timedelta(hours=24), coordinator_at=at, fallback_at=at,
    )  # fmt: skip


def _counts(size: int) -> None:
    """As many as people, of the quarter before, over ways between all countries that have a member."""
    month = clock.quarter_of(clock.quarter_of(clock.today()) - dt.timedelta(days=1))
    houses = Organization.objects.exclude(registration_country="").order_by("registration_country")
    countries = list(houses.values_list("registration_country", flat=True).distinct())
    ways = [(a, b) for a in countries for b in countries if a != b]
    CorridorCount.objects.all().delete()
    CorridorCount.objects.bulk_create(
        CorridorCount(
            month=month, from_country=start, to_country=end, group=f"bench{number // len(ways)}", n=6,
            urgency=Urgency.ORDINARY, mode=Mode.TRAVELS, band=AnswerBand.IN_TIME, outcome=Outcome.SERVED,
            before_end=True,
        )
        for number, (start, end) in zip(range(size), cycle(ways), strict=False)
    )  # fmt: skip
