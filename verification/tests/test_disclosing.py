"""Nobody opens alone what an organisation hides."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from core import clock
from core.errors import HouseError, NotAllowed, WrongState
from core.tests.shared import shared
from messaging.dispatch import dispatch
from messaging.letters import write
from messaging.models import Message
from organizations.models import Disclosure, Location, Organization
from organizations.models.disclosure import OPEN, WAITS
from verification.guarding.disclosing import agree, ask, end
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
NIGHT = dt.datetime(2026, 11, 28, 23, tzinfo=dt.UTC)


class World:
    def __init__(self) -> None:
        self.owner = scenarios.organization("Укрытие")
        self.place = scenarios.place(self.owner, member_precision="settlement", public_precision="settlement")
        self.phone = scenarios.phone(self.owner, visibility="administrators")
        self.keeper = scenarios.person(self.owner, "manager")
        self.one, self.two = (scenarios.person(scenarios.organization(), "", "administrator") for _ in range(2))
        self.coordinator = scenarios.coordinator()

    def reads(self, user) -> bool:
        place = Location.objects.editable_by(user).filter(pk=self.place.pk).exists()
        contact = type(self.phone).objects.editable_by(user).filter(pk=self.phone.pk).exists()
        assert place == contact
        return place


_ground, world = shared(World)


def test_it_takes_two_and_ends_by_itself(world):
    assert world.reads(world.keeper) and not world.reads(world.one) and not world.reads(world.two)
    with clock.travel(NIGHT):
        row = ask(actor=world.one, organization=world.owner, reason="Пожар в доме")
        assert not world.reads(world.one)
        for nobody in (world.one, world.coordinator, world.keeper):
            with pytest.raises(NotAllowed):
                agree(disclosure=row, actor=nobody)
        agree(disclosure=row, actor=world.two)
        assert world.reads(world.one) and not world.reads(world.two)  # for whoever asked
        assert list(Organization.objects.read_by(world.one).filter(pk=world.owner.pk)) == [world.owner]
    with clock.travel(NIGHT + OPEN - dt.timedelta(minutes=1)):
        assert world.reads(world.one)
    with clock.travel(NIGHT + OPEN):
        assert not world.reads(world.one)


@pytest.mark.parametrize("who", ["one", "two", "keeper"])
def test_either_side_ends_it_at_once(world, who):
    row = agree(disclosure=ask(actor=world.one, organization=world.owner, reason="Проверка"), actor=world.two)
    with pytest.raises(NotAllowed):
        end(disclosure=row, actor=scenarios.person(scenarios.organization(), "manager"))
    end(disclosure=row, actor=getattr(world, who))
    assert not world.reads(world.one)
    with pytest.raises(WrongState):
        end(disclosure=row, actor=world.two)
    with pytest.raises(WrongState):
        agree(disclosure=row, actor=world.two)


def test_who_may_ask_and_how_long_it_waits(world):
    for nobody in (world.keeper, world.coordinator):
        with pytest.raises(NotAllowed):
            ask(actor=nobody, organization=world.owner, reason="Хочу")
    with pytest.raises(HouseError):
        ask(actor=world.one, organization=world.owner, reason="  ")
    with clock.travel(NIGHT):
        row = ask(actor=world.one, organization=world.owner, reason="Проверка")
        with pytest.raises(WrongState):
            ask(actor=world.one, organization=world.owner, reason="Ещё раз")
    with clock.travel(NIGHT + WAITS):
        with pytest.raises(WrongState):
            agree(disclosure=row, actor=world.two)
        assert ask(actor=world.one, organization=world.owner, reason="Снова").is_waiting


def test_the_owner_is_told_at_once_at_night_and_the_other_administrators_are_asked(world):
    with clock.travel(NIGHT):
        row = ask(actor=world.one, organization=world.owner, reason="Пожар")
        asked = Message.objects.get(kind="disclosure_asked")
        assert asked.correspondent.user == world.two and "Пожар" not in write(asked).text
        agree(disclosure=row, actor=world.two)
        told = Message.objects.get(kind="disclosed")
        assert told.correspondent.user == world.keeper and "Пожар" not in write(told).text
        assert write(asked) is None
        dispatch()
        assert Message.objects.get(pk=told.pk).state == "sent"
    with clock.travel(NIGHT + dt.timedelta(days=3)):  # also whoever reads it late
        assert write(told) is not None


def test_every_step_is_in_the_audit(world):
    row = ask(actor=world.one, organization=world.owner, reason="Проверка")
    agree(disclosure=row, actor=world.two)
    end(disclosure=row, actor=world.keeper)
    events = Disclosure.pgh_event_model.objects.filter(pgh_obj_id=row.pk).order_by("pgh_id")
    said = [(e.pgh_context.metadata["step"], e.pgh_context.metadata["actor"]) for e in events]
    assert said == [
        ("disclosure_ask", world.one.pk), ("disclosure_agree", world.two.pk), ("disclosure_end", world.keeper.pk),
    ]  # fmt: skip


def test_the_database_refuses_one_person_and_a_long_time(world):
    row = ask(actor=world.one, organization=world.owner, reason="Проверка")
    now = clock.now()
    for wrong in ({"agreed_by": world.one, "ends_at": now + OPEN}, {"agreed_by": world.two, "ends_at": now + 2 * OPEN}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Disclosure.objects.filter(pk=row.pk).update(agreed_at=now, **wrong)


def test_the_pages_ask_agree_show_and_end(world):
    client = Client()
    page = "/ru/workspace/guarding/"
    client.force_login(world.one)
    asked = client.post(f"{page}ask/", {"organization": world.owner.slug, "reason": "Пожар в доме"})
    assert asked.status_code == 302
    row = Disclosure.objects.get()
    assert "Пожар в доме" in client.get(page).content.decode()
    assert f"{row.public_id}/agree/" not in client.get(page).content.decode()
    client.post(f"{page}{row.public_id}/agree/")
    assert not Disclosure.objects.open().exists()
    client.force_login(world.two)
    assert f"{row.public_id}/agree/" in client.get(page).content.decode()
    client.post(f"{page}{row.public_id}/agree/")
    assert Disclosure.objects.open().exists()
    client.force_login(world.keeper)
    told = client.get(page).content.decode()
    assert "Пожар в доме" in told and str(world.one) in told and str(world.two) in told
    assert client.get(f"{page}ask/").status_code == 404
    client.post(f"{page}{row.public_id}/end/")
    assert not world.reads(world.one)
    client.force_login(scenarios.person(scenarios.organization(), "manager"))
    assert "Пожар в доме" not in client.get(page).content.decode()
    assert client.post(f"{page}{row.public_id}/end/").status_code == 404
