"""A volunteer of the fictional network: trained, with one check accepted, one answer of no, and two that wait."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager

from django.db.models import QuerySet

from accounts.models import User
from core import clock
from demonstration.life import Course
from directory.asking.queries import current_listings
from directory.tables.listings import AbstractListing
from network.learning import services as learning
from network.volunteering import services as volunteering
from organizations import volunteers
from organizations.invitations import accept_invitation
from verification.models import Recheck, Report

HOUSE, TEACHER = "abrikosovaya-vetv", "dom-s-balkonom"
_FACT = {
    "country": "AM",
    "topic": "hepatitis",
    "answer": "partly",
    "said": "Тест на гепатит С бесплатный в поликлиниках по месту жительства; лечение – по очереди программы.",
    "source_title": "Порядок бесплатной помощи, страница министерства",
    "source_link": "https://demo.example/hepatitis",
    "source_language": "ru",
}


def undisputed() -> QuerySet[AbstractListing]:
    """Of other houses, and nobody has reported a mistake or asked for a new check: a word of days ago counts still."""
    rows = current_listings("public").filter(country__in=["GE", "AM"]).exclude(organization_slug=HOUSE)
    doubted = [model.objects.open().values("listing__public_id") for model in (Report, Recheck)]
    for ids in doubted:
        rows = rows.exclude(pk__in=ids)
    return rows.exclude(operation="closed").order_by("checked_on", "pk")


class VolunteerStory:
    def __init__(self, life: Course, person: User, administrator: User) -> None:
        self.people, self.houses, self.person = life.people, life.network.organizations, person
        self.administrator = administrator
        self.house = self.houses[HOUSE]
        self.manager = self.people.managers[HOUSE]
        self.colleague = User.objects.get(email="verifier@example.org")

    def tell(self) -> None:
        with self._ago(60):
            begins = clock.today()
            _invitation, token = volunteers.invite_volunteer(
                actor=self.manager, organization=self.house, email=self.person.email, language="ru",
                colleague=self.colleague, starts_on=begins, ends_on=begins + dt.timedelta(days=180),
            )  # fmt: skip
            accept_invitation(token=token, user=self.person)
        self._trained()
        first, second, third = undisputed()[:3]
        with self._ago(6):
            called = volunteering.propose_check(
                actor=self.person, listing=first.pk, method="call", outcome="correct",
                compared=["contacts", "listing.hours"], said="Ответили сразу, часы те же.",
            )  # fmt: skip
            heard = volunteering.propose_edit(
                actor=self.person, listing=second.pk, path="service.cost", said="Говорят, теперь платно."
            )
        with self._ago(5):
            volunteering.accept(actor=self.colleague, proposal=called)
            reason = "«Говорят» – это ещё не знание. Позвоните им, пожалуйста, и спросите, сколько стоит."
            volunteering.decline(actor=self.colleague, proposal=heard, reason=reason)
        with self._ago(1):
            volunteering.propose_check(
                actor=self.person, listing=third.pk, method="visit", outcome="wrong",
                said="На двери объявление: по субботам закрыто.",
            )  # fmt: skip
            volunteering.propose_fact(actor=self.person, **_FACT)

    def _trained(self) -> None:
        """An evening about confidentiality, a month and a half ago."""
        teacher = self.people.managers[TEACHER]
        with self._ago(58):
            begins = clock.now() + dt.timedelta(days=10)
            row = learning.offer_training(
                actor=teacher,
                organization=self.houses[TEACHER],
                fields={
                    "title": "Что слышали – остаётся здесь: конфиденциальность для волонтёров",
                    "title_en": "What is heard stays here: confidentiality for volunteers",
                    "starts_at": begins, "ends_at": begins + dt.timedelta(hours=3), "timezone": "Asia/Tbilisi",
                    "is_online": True, "language": "ru", "topics": ["confidentiality"], "places": 12, "is_public": True,
                },
            )  # fmt: skip
            training = learning.approve(actor=self.administrator, row=row, expected_version=row.version)
            asked = learning.ask(actor=self.manager, training=training, organization=self.house, person=self.person)
            asked = learning.invite(actor=teacher, training=training, enrolment=asked)
            asked = learning.accept(actor=self.manager, enrolment=asked)
        with clock.travel(begins + dt.timedelta(hours=4)):
            learning.mark(actor=teacher, enrolment=asked, came=1)
            learning.complete(actor=teacher, training=training)

    def _ago(self, days: int) -> AbstractContextManager[None]:
        return clock.travel(clock.now() - dt.timedelta(days=days))
