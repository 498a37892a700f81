"""More of everything that pages list, so that the number of queries can be compared."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable

from accounts.models import User
from core import clock
from messaging.absences import declare_absence, today_of
from messaging.models import Correspondent, Message
from messaging.people import correspondents_for
from network.volunteering import services as volunteering
from network.volunteering.tests.makers import volunteer
from organizations.invitations import invite
from organizations.models import Membership, MembershipRole, Organization
from referrals import services as referrals
from referrals.models import Offer
from servicemap.tests.guards import governing, telling
from servicemap.tests.guards.world import World, send_on
from services import services
from services.models import ServiceAtLocation
from services.models.coverage import under
from verification import services as verification
from verification.campaigns.running import start_campaign
from verification.letters.links import issue_link
from verification.models import ListingState, MonthlyFigure, ReportState, Review
from verification.publication import Batch
from verification.tests import scenarios

#: Long enough ago for a listing to be grey on the map.
LONG_AGO = dt.timedelta(days=220)
#: A day on which the same things happen in every world, whatever day it is outside.
TODAY = dt.datetime(2026, 10, 7, 8, tzinfo=dt.UTC)


def begin(world: World) -> Callable[[range], None]:
    """What grows it: each call adds the rows of these numbers."""
    approver, colleague = scenarios.verifier(), scenarios.person(world.own)
    twin = scenarios.place(scenarios.organization("Двойник"))
    today = clock.today()
    campaign = start_campaign(actor=world.people["coordinator"], name="Перед весной", starts_on=today, ends_on=today)
    world.extras |= {"campaign": campaign, "person": correspondents_for(world.own).get(user=colleague)}

    def grow(numbers: range) -> None:
        with Batch() as batch:
            publish = functools.partial(scenarios.published, by=approver, batch=batch)
            for number in numbers:
                _at_a_place(world, number, publish)
                _about_the_listing(world, number)
                _among_people(world, number, colleague)
                _in_the_network(world, number)
                publish(twin, title=f"Тест на ВИЧ, кабинет {number}")  # alike, so it may be the same
                _another_version(world, number, approver, batch)
            world.review = _sent(world.listing, "Ещё одно имя")
        world.extras["token"] = _letter_about_all(world)

    return grow


def _letter_about_all(world: World) -> str:
    states = list(ListingState.objects.filter(under(world.own, "listing__"), published__isnull=False))
    return issue_link(to=correspondents_for(world.own).get(user=world.people["editor"]), states=states)[1]


def _at_a_place(world: World, number: int, publish: Callable[..., ServiceAtLocation]) -> None:
    """A place with a phone and a notice; listings that are grey, waiting for a check, decided, drafts, twins."""
    place = scenarios.place(world.own, name=f"Кабинет {number}")
    scenarios.phone(world.own, place, value=f"+995 32 200 00 {number:02}")
    services.set_notice(actor=None, kind="warning", text="Ремонт", location=place, starts_on=clock.today())
    stale = publish(place, on=clock.today() - LONG_AGO, title=f"Тест на ВИЧ, кабинет {number}")
    verification.open_recheck(listing=stale, reason="outside")
    publish(world.place, on=clock.today() - LONG_AGO, title=f"Беседа {number}")
    _sent(publish(world.place, title=f"Группа {number}"), f"Другая группа {number}")
    verification.submit(listing=scenarios.listing(place, title=f"Новая {number}"), actor=None)
    scenarios.listing(place, title=f"Черновик {number}")
    services.add_listing(actor=None, service=world.listing.service, location=place)


def _sent(listing: ServiceAtLocation, title: str) -> Review:
    """An edit that waits for a verifier."""
    scenarios.rename(listing, title=title)
    return verification.submit(listing=listing, actor=None)


def _about_the_listing(world: World, number: int) -> None:
    """Reports, checks, words about places."""
    coordinator = world.people["coordinator"]
    verification.receive_report(listing=world.listing, kind="phone", text=f"Не отвечает {number}")
    closed, _code = verification.receive_report(listing=world.listing, kind="hours", text=f"Закрыто {number}")
    verification.close_report(report=closed, actor=coordinator, state=ReportState.FIXED, answer="Исправили")
    verification.record_check(listing=world.listing, actor=world.people["verifier"], method="call")
    verification.report_capacity(listing=world.listing, actor=world.people["editor"], level="free")


def _another_version(world: World, number: int, approver: User, batch: Batch) -> None:
    verification.approve(review=_sent(world.listing, f"Версия {number}"), actor=approver, batch=batch)


def _among_people(world: World, number: int, colleague: User) -> None:
    """One more in the team, an invitation, absences to come."""
    editor = world.people["editor"]
    scenarios.person(world.own)
    invite(
        actor=None, organization=world.own, email=f"new{number}@example.org", role=MembershipRole.READER, language="ru"
    )
    day = today_of(editor) + dt.timedelta(days=10 * (number + 1))
    declare_absence(actor=editor, user=editor, starts_on=day, ends_on=day, delegate=colleague)
    declare_absence(actor=editor, user=colleague, starts_on=day, ends_on=day, delegate=editor)
    row = volunteer(world.own, editor)
    assert row.user is not None
    for person in (row.user, world.people["volunteer"]):
        volunteering.propose_edit(
            actor=person, listing=world.listing.public_id, path="contacts", said=f"Телефон {number}"
        )
    _sent_on(world, number)


def _sent_on(world: World, number: int) -> None:
    """People whom the neighbours send to `own`, and `own` to the neighbours: waiting, taken, refused, by number."""
    verifier, editor = world.people["verifier"], world.people["editor"]
    neighbours = verifier.memberships.get().organization
    with clock.travel(clock.now() + dt.timedelta(days=number + 1)):
        for answer in ("", "accept", "decline"):
            offer = Offer.objects.get(leg__referral=send_on(verifier, neighbours, world.listing))
            if answer == "accept":
                referrals.accept(actor=editor, offer=offer.public_id)
            if answer == "decline":
                referrals.decline(actor=editor, offer=offer.public_id, reason="other")
        send_on(editor, world.own, world.extras["theirs"])


def _in_the_network(world: World, number: int) -> None:
    """A campaign, a takedown, one more organisation of the editor that no letter reaches, a month of figures."""
    coordinator, today = world.people["coordinator"], clock.today()
    governing.more(world.people["editor"], world.own, number)
    telling.more(world.people["editor"], number)
    start_campaign(actor=coordinator, name=f"Кампания {number}", starts_on=today, ends_on=today)
    lost = scenarios.organization(f"Потерянные {number}")
    Membership.objects.create(organization=lost, user=world.people["editor"], role=MembershipRole.MANAGER)
    verification.take_down(actor=coordinator, reason="Опасно", organization=lost)
    _letter_that_came_back(lost, number)
    month = (today.replace(day=1) - dt.timedelta(days=28 * number)).replace(day=1)
    MonthlyFigure.objects.get_or_create(month=month, country="GE", defaults={"listings": 9, "fresh": 5, "level2": 1})


def _letter_that_came_back(organization: Organization, number: int) -> None:
    person = Correspondent.objects.create(organization=organization, email=f"lost{number}@example.org")
    Message.objects.create(
        dedupe_key=f"lost-{number}",
        kind="reminder",
        correspondent=person,
        address=person.email,
        state="dead",
        not_before=clock.now(),
    )
