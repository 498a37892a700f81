"""More of everything that pages of the workspace list, so that the number of queries can be compared."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from core import clock
from messaging.absences import declare_absence, today_of
from messaging.models import Correspondent, Message
from organizations.invitations import invite
from organizations.models import MembershipRole, Organization
from servicemap.tests.guards.world import World
from services import services
from services.models import ServiceAtLocation
from verification import services as verification
from verification.coordination.campaigns import start_campaign
from verification.models import MonthlyFigure, ReportState
from verification.tests import scenarios

#: Long enough ago for a listing to be grey on the map.
LONG_AGO = dt.timedelta(days=220)
#: A day on which the same things happen in every world, whatever day it is outside.
TODAY = dt.datetime(2026, 10, 7, 8, tzinfo=dt.UTC)


def grow(world: World, rows: int) -> None:
    """`rows` more of each kind: what the organisation has, what is done with it, what its neighbours have."""
    approver = scenarios.verifier()
    twin = scenarios.place(scenarios.organization("Двойник"))
    for number in range(rows):
        _at_a_place(world, number, approver)
        _about_the_listing(world, number, approver)
        _among_people(world, number)
        _in_the_network(world, number)
        scenarios.published(twin, by=approver, title=f"Тест на ВИЧ, кабинет {number}")  # alike, so it may be the same
    today = clock.today()
    campaign = {"name": "Перед весной", "starts_on": today, "ends_on": today}
    world.extras["campaign"] = start_campaign(actor=world.people["coordinator"], **campaign)


def _at_a_place(world: World, number: int, approver: User) -> None:
    """A place with a phone and a notice; listings that are grey, waiting for a check, decided, drafts, twins."""
    place = scenarios.place(world.own, name=f"Кабинет {number}")
    scenarios.phone(world.own, place, value=f"+995 32 200 00 {number:02}")
    services.set_notice(actor=None, kind="warning", text="Ремонт", location=place, starts_on=clock.today())
    stale = scenarios.published(place, on=clock.today() - LONG_AGO, by=approver, title=f"Тест на ВИЧ, кабинет {number}")
    verification.open_recheck(listing=stale, reason="outside")
    scenarios.published(world.place, on=clock.today() - LONG_AGO, by=approver, title=f"Беседа {number}")
    _sent(scenarios.published(place, by=approver, title=f"Консультация {number}"), number)
    _sent(scenarios.published(world.place, by=approver, title=f"Группа {number}"), number)
    verification.submit(listing=scenarios.listing(place, title=f"Новая {number}"), actor=None)
    scenarios.listing(place, title=f"Черновик {number}")
    services.add_listing(actor=None, service=world.listing.service, location=place)


def _sent(listing: ServiceAtLocation, number: int) -> None:
    """An edit that waits for a verifier."""
    scenarios.rename(listing, title=f"Другое имя {number}")
    verification.submit(listing=listing, actor=None)


def _about_the_listing(world: World, number: int, approver: User) -> None:
    """Reports, checks, words about places, and versions that came and went."""
    coordinator = world.people["coordinator"]
    verification.receive_report(listing=world.listing, kind="phone", text=f"Не отвечает {number}")
    closed, _code = verification.receive_report(listing=world.listing, kind="hours", text=f"Закрыто {number}")
    verification.close_report(report=closed, actor=coordinator, state=ReportState.FIXED, answer="Исправили")
    verification.record_check(listing=world.listing, actor=world.people["verifier"], method="call")
    verification.report_capacity(listing=world.listing, actor=world.people["editor"], level="free")
    version = scenarios.published(world.place, by=approver, title=f"Версия {number}")
    scenarios.rename(version, title=f"Версия {number}, вторая")
    verification.approve(review=verification.submit(listing=version, actor=None), actor=approver)


def _among_people(world: World, number: int) -> None:
    """A colleague, an invitation, an absence to come."""
    editor = world.people["editor"]
    colleague = scenarios.person(world.own)
    invite(
        actor=None, organization=world.own, email=f"new{number}@example.org", role=MembershipRole.READER, language="ru"
    )
    day = today_of(editor) + dt.timedelta(days=10 * (number + 1))
    declare_absence(actor=editor, user=editor, starts_on=day, ends_on=day, delegate=colleague)


def _in_the_network(world: World, number: int) -> None:
    """A campaign, a takedown, an organisation that no letter reaches, a month of figures."""
    coordinator, today = world.people["coordinator"], clock.today()
    start_campaign(actor=coordinator, name=f"Кампания {number}", starts_on=today, ends_on=today)
    lost = scenarios.organization(f"Потерянные {number}")
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
