"""Who wants to join the fictional network: a call, applications in three states, a suspension that lapsed."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager
from typing import Any

from accounts.models import NetworkRole, User
from core import clock
from demonstration.life import Course
from network.decisions import services as decisions
from network.joining import services as joining
from network.joining.models import Application, Call
from network.joining.models.words import ChangeReason, CheckKind
from organizations.models import MemberStatus
from verification.editing import create_organization

#: Named to everybody, as three of many.
NAMED = ("dom-s-balkonom", "abrikosovaya-vetv", "zholty-tramvay")
MENTOR = "abrikosovaya-vetv"
#: Have not said that they take part this year, or speak for nobody who could.
SILENT = ("sosnovaya-doroga", "bereg-i-veter")

QUESTIONS = (
    "Кто в вашей организации сам жил с тем, с чем приходят люди?",
    "Что вы делаете, когда человеку нужен другой город или другая страна?",
    "Кто видит ваши записи о людях?",
)
QUESTIONS_EN = (
    "Who in your organisation has lived through what people come with?",
    "What do you do when somebody needs another city or another country?",
    "Who sees your notes about people?",
)


class Joining:
    def __init__(self, life: Course, administrator: User) -> None:
        self.houses = life.network.organizations
        self.managers = life.people.managers
        self.coordinator = life.people.coordinator
        self.administrator = administrator

    def tell(self) -> None:
        for slug in NAMED:
            joining.be_named(actor=self.managers[slug], organization=self.houses[slug], named=True)
        for slug, manager in self.managers.items():
            if slug not in SILENT:
                joining.take_part(actor=manager, organization=self.houses[slug])
        self._suspended_once()
        with self._ago(80):
            call = self._call()
        with self._ago(60):
            accepted = self._apply(call, "Медный чайник", "The Copper Kettle", "AM", "chaynik@example.org",
                                   ["food_hygiene_clothes", "peer_counselling"])  # fmt: skip
        self._go_in(accepted)
        with self._ago(20):
            checking = self._apply(call, "Тихий причал", "The Quiet Pier", "GE", "prichal@example.org",
                                   ["hiv_rapid_test", "psychologist"])  # fmt: skip
        self._look_at(checking)
        with self._ago(2):
            self._apply(call, "Степная звезда", "The Steppe Star", "KZ", "zvezda@example.org", ["case_management"])

    def _call(self) -> Call:
        return joining.write_call(
            actor=None,
            title="Рядом с дорогой",
            title_en="Beside the road",
            text="Ищем организации, которые встречают людей в пути: на вокзалах, у границы, в новых городах. "
            "Большая или маленькая – неважно. Важно, что вам доверяют.",
            text_en="We look for organisations that meet people on the move: at stations, at borders, in new cities. "
            "Large or small does not matter. That people trust you does.",
            criteria="Вы уже помогаете людям. У вас есть правила о тайне. Вы отвечаете, когда вас спрашивают.",
            criteria_en="You help people already. You have rules of confidentiality. You answer when you are asked.",
            questions=list(QUESTIONS),
            questions_en=list(QUESTIONS_EN),
        )

    def _apply(self, call: Call, name: str, name_en: str, country: str, email: str, types: list[str]) -> Application:
        row = joining.begin(call=call, email=email, language="ru")
        fields: dict[str, Any] = {
            "name": name,
            "name_en": name_en,
            "registration_country": country,
            "countries": [country],
            "services": types,
            "about": "Вымышленная организация: кормим, слушаем, провожаем до двери.",
            "answers": ["Половина команды сама приехала.", "Звоним вперёд и ждём ответа.", "Двое, под паролем."],
            "referee_one": self.houses["zholty-tramvay"],
            "referee_two": self.houses["dom-s-balkonom"],
            "declared_by": "Ответственная за организацию",
        }
        return joining.send(application=row, fields=fields)

    def _look_at(self, row: Application) -> None:
        """Taken up; two things are known, one is a concern."""
        with self._ago(15):
            joining.take_up(actor=self.coordinator, application=row)
        with self._ago(9):
            self._check(row, CheckKind.EXISTS, "ok", "Позвонили по номеру из городского справочника: ответили сразу.")
            self._check(row, CheckKind.CONFIDENTIALITY, "concern", "Правила есть, но на одном листе и без дат.")

    def _check(self, row: Application, kind: CheckKind, outcome: str, note: str = "") -> None:
        guarded = kind in (CheckKind.SANCTIONS, CheckKind.SAFETY)
        actor = self.administrator if guarded else self.managers["orekhovaya-tropa"]
        joining.check(actor=actor, application=row, kind=kind, outcome=outcome, note=note)

    def _go_in(self, row: Application) -> None:
        """Checked, voted on, on its way in with somebody who goes along."""
        with self._ago(55):
            joining.take_up(actor=self.coordinator, application=row)
            for kind in CheckKind:
                self._check(row, kind, "ok")
        with self._ago(40):
            row = joining.put_to_vote(actor=self.coordinator, application=row)
            voices = row.vote.voters.select_related("organization") if row.vote else []
            for voice in voices:
                manager = self.managers.get(voice.organization.slug)
                if manager is not None and row.vote is not None:
                    decisions.cast(actor=manager, vote=row.vote, voice=voice, choice="for")
        with self._ago(28):
            row = joining.accept(
                actor=self.coordinator, application=row, mentor=self.houses[MENTOR], answer="Рады, что вы с нами."
            )
            joining.tick(actor=self.managers[MENTOR], application=row, code="training")

    def _suspended_once(self) -> None:
        """A partner of whom an administrator was afraid once; nobody confirmed it, and it lapsed."""
        with self._ago(300):
            house = create_organization(
                actor=None, name="Бумажный фонарь", name_en="The Paper Lantern", registration_country="PL",
                countries=["PL"],
            )  # fmt: skip
            joining.found(organization=house, becomes=MemberStatus.ASSOCIATE, on=clock.today())
        with self._ago(120):
            joining.change(
                organization=house, becomes=MemberStatus.SUSPENDED, reason=ChangeReason.SAFETY, actor=None,
                note="Письмо с их адреса просило списки людей. Почту взломали.",
                lapses_at=clock.now() + dt.timedelta(days=30),
            )  # fmt: skip
        with self._ago(90):
            joining.let_lapse()

    def _ago(self, days: int) -> AbstractContextManager[None]:
        return clock.travel(clock.now() - dt.timedelta(days=days))


def administrator() -> User:
    return User.objects.filter(network_role=NetworkRole.ADMINISTRATOR).order_by("pk")[0]
