"""A house that teaches, one that learns, and a coordinator of neither."""

from __future__ import annotations

import datetime as dt
from typing import Any

from accounts.models import NetworkRole, User
from core import clock
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
