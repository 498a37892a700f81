"""A volunteer who may propose: a house, a colleague who checks others, a certificate, a service nearby."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from accounts.models import User
from core import clock
from messaging.models import Message
from network.learning.models import Certificate, Enrolment, EnrolmentState, Training
from network.learning.tests.makers import School
from network.volunteering import services as volunteering
from organizations.models import Membership, MembershipRole, Organization, Volunteering
from services.models import ServiceAtLocation
from verification.tests import scenarios


def certified(user: User, *, until: dt.date | None = None, topic: str = "confidentiality") -> Certificate:
    """As if the training had been held here: its own ways are tested beside it."""
    training = Training.objects.filter(starts_at__lt=clock.now()).order_by("-places").first()
    if training is None:
        with clock.travel(clock.now() - dt.timedelta(days=30)):
            training = School().training(topics=[topic], places=50)
    house = training.organization
    row = Enrolment.objects.create(
        training=training, organization=house, person=user, state=EnrolmentState.COMPLETED, came=1,
        moved_at=training.ends_at,
    )  # fmt: skip
    return Certificate.objects.create(
        number=f"2026-{row.pk:08}", enrolment=row, topic=topic, issued_on=training.ends_at.date(),
        valid_until=until or clock.today() + dt.timedelta(days=365),
    )  # fmt: skip


def volunteer(
    house: Organization, colleague: User, *, name: str = "", days: int = 90, trained: bool = True
) -> Volunteering:
    """In force since yesterday."""
    user = scenarios.person()
    if name:
        User.objects.filter(pk=user.pk).update(name=name)
        user.refresh_from_db()
    today = clock.today()
    row = Volunteering.objects.create(
        organization=house, user=user, colleague=colleague, starts_on=today - dt.timedelta(days=1),
        ends_on=today + dt.timedelta(days=days),
    )  # fmt: skip
    if trained:
        certified(user)
    return row


class Help:
    """`house` has a volunteer, `boss` answers for them and checks others; `service` is the neighbours'."""

    def __init__(self, *, trained: bool = True) -> None:
        self.house = scenarios.organization("Мост", slug="bridge")
        self.boss = scenarios.verifier(self.house)
        self.manager = scenarios.person(self.house, MembershipRole.MANAGER)
        self.neighbours = scenarios.organization("Соседи", slug="shore")
        self.owner = scenarios.person(self.neighbours, MembershipRole.MANAGER)
        self.service: ServiceAtLocation = scenarios.published(scenarios.place(self.neighbours), title="Тест рядом")
        self.row = volunteer(self.house, self.boss, name="Аня", trained=trained)
        assert self.row.user is not None
        self.user: User = self.row.user

    def leaves(self, person: User) -> None:
        Membership.objects.filter(user=person, organization=self.house).delete()


def letters(start: dt.datetime, said: str, written_of: Callable[[Any], dict[str, list[str]]]) -> dict[str, list[str]]:
    """That something waits, as it is written while it does; none of it is left."""
    with clock.travel(start + dt.timedelta(hours=3)):
        help = Help()
        volunteering.propose_edit(actor=help.user, listing=help.service.public_id, path="", said=said)
        rows = Message.objects.filter(kind="volunteer_brought")
        written = written_of(rows.all())
    rows.delete()
    return written
