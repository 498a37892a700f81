"""What members give is on the map and follows their standing; each month two digests leave, for members and for all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from core import clock
from core.languages import SOURCE
from network.news import links
from network.news import services as news
from network.news.models import Digest, Subscription
from network.news.services import subscribing
from services.models import ServiceAtLocation
from simulation.network.chapters.reviews import LEAF, TOLD
from verification import editing
from verification.tests import scenarios

if TYPE_CHECKING:
    from accounts.models import User
    from simulation.network.year import NetworkYear, Story

KINDS = ("art", "hiv_rapid_test", "naloxone", "case_management")
SUBSCRIBERS = 4
#: A service that is told of in a digest, and hides a few days later.
HIDES = 2


def stories(year: NetworkYear) -> Iterator[tuple[float, Story]]:
    for number, _house in enumerate(year.people.houses):
        yield year.dice.uniform(0.2, 6), listing(year, number)
    for number in range(SUBSCRIBERS):
        yield year.dice.uniform(0.2, 4), subscriber(year, number)
    yield 4.2, digests(year)


def listing(year: NetworkYear, number: int) -> Story:
    """On the map by another house's word; one of them is for members alone after a digest has named it."""
    house = year.people.houses[number]
    kind = LEAF if number in TOLD else year.dice.choice(KINDS)
    row = scenarios.published(scenarios.place(house), types=[kind], method="call", by=year.people.verifier)
    year.count("listings_published")
    if number == HIDES:
        yield year.dice.uniform(33, 40)
        service = ServiceAtLocation.objects.get(pk=row.pk).service
        editing.update_service(
            actor=year.people.manager(number), service=service, expected_version=service.version, visibility="members"
        )
        year.count("listings_hidden")


def subscriber(year: NetworkYear, number: int) -> Story:
    """Anybody: asks for letters, confirms; the last one never does, one ends it later."""
    of = ["GE", "AM"][: number + 1]
    subscribing.subscribe(
        address=f"reader-{number}@example.org",
        language=SOURCE,
        wants_digest=True,
        of_countries=of,
    )
    row = Subscription.objects.latest("pk")
    yield year.dice.uniform(0.5, 3)
    if number == SUBSCRIBERS - 1:
        return
    subscribing.confirm(note=_note(links.own_page(row)))
    year.count("subscribers")
    yield year.dice.uniform(60, 90)
    if number == 0:
        subscribing.end(note=_note(links.end_page(row)))
        year.count("subscribers_ended")


def _note(address: str) -> str:
    """As a press behind a letter's link brings it."""
    return urlsplit(address).path.rstrip("/").rsplit("/", 1)[-1]


def digests(year: NetworkYear) -> Story:
    """Of each month that is over, for everybody and for members; nobody else sends, and nobody twice."""
    while True:
        month = (clock.today().replace(day=1) - dt.timedelta(days=1)).replace(day=1)
        for audience in ("public", "members"):
            _digest(year, month, audience)
        yield 30.4


def _digest(year: NetworkYear, month: dt.date, audience: str) -> None:
    people = year.people
    digest = news.assemble(actor=people.coordinators[0], month=month, audience=audience)

    def send(actor: User, version: int = digest.version) -> Digest:
        return news.send(actor=actor, digest=digest, expected_version=version)

    for actor in (people.manager(0), people.verifier):
        year.refused("a digest sent by a member", partial(send, actor))
    if digest.lines.exists():
        sent = send(people.coordinators[1])
        year.count("digests_sent")
        year.refused("a digest sent twice", partial(send, people.coordinators[0], sent.version))
