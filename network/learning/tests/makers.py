"""A house that teaches, one that learns, and a coordinator of neither."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from accounts.models import NetworkRole, User
from core import clock
from messaging.models import Message
from network.learning import rounds
from network.learning import services as learning
from network.learning.models import Enrolment, Material, Training
from organizations.models import MembershipRole, Organization
from verification.tests import scenarios

MATERIAL = {
    "title": "Как дать налоксон",
    "title_en": "How to give naloxone",
    "kind": "guide",
    "language": "ru",
    "topics": ["naloxone"],
    "link": "https://example.org/naloxone",
    "is_public": True,
}


class School:
    def __init__(self) -> None:
        self.house = scenarios.organization("Школа", registration_country="GE", countries=["GE"])
        self.other = scenarios.organization("Ученики", registration_country="PL", countries=["PL"])
        self.teacher = scenarios.person(self.house, MembershipRole.MANAGER)
        self.manager = scenarios.person(self.other, MembershipRole.MANAGER)
        self.reader = scenarios.person(self.other, MembershipRole.READER)
        self.boss = scenarios.person(None, "", NetworkRole.COORDINATOR)

    def material(self, *, approved: bool = True, **fields: Any) -> Material:
        row = learning.offer_material(actor=self.teacher, organization=self.house, fields=MATERIAL | fields)
        return self.approved(row) if approved else row

    def training(self, *, approved: bool = True, **fields: Any) -> Training:
        begins = clock.now() + dt.timedelta(days=10)
        values = {
            "title": "Передозировка: что делать",
            "starts_at": begins,
            "ends_at": begins + dt.timedelta(hours=3),
            "timezone": "Asia/Tbilisi",
            "country": "GE",
            "city": "Тбилиси",
            "place": "улица Тихая, 5",
            "language": "ru",
            "topics": ["naloxone", "first_aid"],
            "places": 5,
            "is_public": True,
        }
        row = learning.offer_training(actor=self.teacher, organization=self.house, fields=values | fields)
        return self.approved(row) if approved else row

    def approved(self, row: Any) -> Any:
        return learning.approve(actor=self.boss, row=row, expected_version=row.version)

    def comes(self, training: Training, person: User | None = None, people: int = 1) -> Enrolment:
        """Asked, invited, accepted."""
        organization: Organization = self.other
        row = learning.ask(
            actor=person or self.manager, training=training, organization=organization, person=person, people=people
        )
        row = learning.invite(actor=self.teacher, training=training, enrolment=row)
        return learning.accept(actor=person or self.manager, enrolment=row)

    def held(self, training: Training, *rows: Enrolment) -> None:
        """All came, all are certified."""
        with clock.travel(training.ends_at + dt.timedelta(hours=1)):
            for row in rows:
                learning.mark(actor=self.teacher, enrolment=row, came=row.people)
            learning.complete(actor=self.teacher, training=training)


def lived_through(start: dt.datetime, said: str) -> Iterator[None]:
    """A material that comes back, two trainings of which one is cancelled; after each step, for a step ends what was
    told before."""
    with clock.travel(start + dt.timedelta(hours=3)):
        school = School()
        row = school.material(approved=False, title=said)
        learning.give_back(actor=school.boss, row=row, reason=said, expected_version=row.version)
        yield
        held, other = school.training(title=said, summary=said), school.training(title=said)
        yield
        group = learning.ask(actor=school.manager, training=held, organization=school.other, people=2)
        group = learning.invite(actor=school.teacher, training=held, enrolment=group)
        yield
        group = learning.accept(actor=school.manager, enrolment=group)
        school.comes(other, people=2)
        same = {name: getattr(other, name) for name in ("starts_at", "ends_at", "topics", "language")}
        there = same | {"place": "Другой зал"}
        learning.offer_training(actor=school.teacher, organization=school.house, training=other, fields=there)
        yield
        other.refresh_from_db()
        learning.call_off(actor=school.teacher, training=other)
        yield
    school.held(held, group)
    with clock.travel(held.ends_at + dt.timedelta(days=15)):
        rounds.run_daily()
        yield


def letters(start: dt.datetime, said: str, written_of: Callable[[Any], dict[str, list[str]]]) -> dict[str, list[str]]:
    """All letters of it, by kind, as `written_of` writes the rows; none of them is left."""
    written: dict[str, list[str]] = {}
    rows = Message.objects.filter(kind__regex="^(learning|training)_")
    for _step in lived_through(start, said):
        for kind, texts in written_of(rows.all()).items():
            written.setdefault(kind, []).extend(texts)
    rows.delete()
    return written
