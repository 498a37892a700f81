"""Histories for the journeys, written through the services in the served network's database.

Asked by `site.ask("history", …)` in the process beside the server, which sees them and answers the browser.
"""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from core import clock
from messaging.dispatch import dispatch
from messaging.models import Message
from organizations.models import Location
from services.models import ServiceAtLocation
from verification.coordination.alike.finding import look
from verification.letters.reminders import remind
from verification.models import Check, RecheckReason, Reminder
from verification.services import assign, open_recheck
from verification.tests import scenarios


def twenty_due() -> dict[str, object]:
    """An owner whose twenty listings fell due today, and the letter that says so. Answers what the journey needs."""
    with clock.travel(clock.now() - dt.timedelta(days=184)):
        organization = scenarios.organization(name="Дом у реки")
        owner = scenarios.person(organization)
        place = scenarios.place(organization, name="Кабинет у реки")
        by = scenarios.verifier()
        for number in range(20):
            scenarios.published(place, by=by, title=f"Услуга у реки {number + 1:02}")
    remind()
    now = clock.now()
    Message.objects.filter(correspondent__user=owner).update(is_requested=True, not_before=now)  # whatever the hour
    dispatch(limit=5_000)  # however much other journeys have left
    told = Reminder.objects.filter(correspondent__user=owner).count()
    return {"email": owner.email, "told": told, "place": place.public_id}


def the_owner() -> dict[str, str]:
    """The same owner, for a journey that goes on with the letter."""
    place = Location.objects.get(name="Кабинет у реки")
    owner = place.organization.memberships.get().user
    return {"email": owner.email, "place": place.public_id}


def confirmations() -> list[int]:
    """How many listings of that owner have a right confirmation by the link, and how many rows there are."""
    rows = ServiceAtLocation.objects.filter(service__title__startswith="Услуга у реки")
    checks = Check.objects.filter(listing__in=rows, method="link", outcome="correct")
    return [checks.values("listing").distinct().count(), checks.count()]


def given_to(email: str, count: int) -> None:
    """So many listings of another organisation to look at, given to that person's own; the first that wait for it."""
    theirs = User.objects.get(email=email).memberships.get().organization
    with clock.travel(clock.now() - dt.timedelta(days=30)):
        place = scenarios.place(scenarios.organization(name="Дом за рекой"), name="Кабинет за рекой")
        by = scenarios.verifier()
        listings = [scenarios.published(place, by=by, title=f"Услуга за рекой {number}") for number in range(count)]
        rechecks = [open_recheck(listing=listing, reason=RecheckReason.SAMPLE) for listing in listings]
    for recheck in rechecks:
        assign(recheck=recheck, actor=None, organization=theirs)


def checks_by(email: str) -> list[str]:
    """Outcomes of the checks that a person recorded by a call, the oldest first."""
    found = Check.objects.filter(checked_by__email=email, method="call", level__in=(0, 2)).order_by("pk")
    since = clock.now() - dt.timedelta(hours=1)
    return list(found.filter(checked_at__gt=since).values_list("outcome", flat=True))


def listed_twice(email: str) -> dict[str, object]:
    """One service under two addresses, near a place of this person's organisation, and the worker has looked."""
    near = Location.objects.filter(organization__memberships__user__email=email).exclude(city="").order_by("pk")[0]
    door = {"country": near.country, "city": near.city, "address": near.address, "point": near.point}
    organization, by = scenarios.organization(name="Дом у моста"), scenarios.verifier()
    doors = [scenarios.place(organization, name=name, **door) for name in ("Дом у моста", "Дом у моста, вход")]
    rows = [scenarios.published(place, by=by, title="Экспресс-тест у моста") for place in doors]
    look()
    return {
        "near": near.public_id,
        "of": near.organization.slug,
        "places": {row.public_id: place.public_id for row, place in zip(rows, doors, strict=True)},
    }
