"""What the fictional network teaches: a library, trainings that were held and that are to come, a resource centre."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager
from typing import Any

from accounts.models import User
from core import clock
from demonstration.life import Course
from network.gaps.models import Gap
from network.learning import rounds
from network.learning import services as learning
from network.learning.models import Enrolment, Training
from network.learning.models.offers import LearningOffer
from organizations.models import Location, LocationType

#: House, fields, days ago that it was offered, whether a coordinator has approved it. Links lead to reserved names.
MATERIALS: tuple[tuple[str, dict[str, Any], int, bool], ...] = (
    ("dom-s-balkonom", {
        "title": "Налоксон за пять минут", "title_en": "Naloxone in five minutes",
        "summary": "Листовка с картинками: признаки передозировки, укол или спрей, что делать потом.",
        "summary_en": "A sheet with pictures: signs of an overdose, injection or spray, and what comes after.",
        "kind": "handout", "language": "ru", "topics": ["naloxone", "first_aid"],
        "link": "https://demo.example/naloxone", "is_public": True,
    }, 40, True),
    ("abrikosovaya-vetv", {
        "title": "Первая психологическая поддержка: памятка", "title_en": "Psychosocial support: first steps",
        "summary": "Как слушать, чего не обещать и когда звать специалиста.",
        "summary_en": "How to listen, what not to promise, and when to call a specialist.",
        "kind": "guide", "language": "ru", "topics": ["psychosocial"],
        "link": "https://demo.example/support", "is_public": True,
    }, 90, True),
    ("abrikosovaya-vetv", {
        "title": "Дети и женщины, которые вернулись: первые тридцать дней",
        "title_en": "Children and women who have returned: the first thirty days",
        "summary": "Школа, бумаги, врач, семья: что и в каком порядке. Написано вместе с теми, кто вернулся.",
        "summary_en": "School, papers, doctor, family: what and in which order. Written with people who returned.",
        "kind": "guide", "language": "ru", "topics": ["returned", "safeguarding"], "country": "AM",
        "link": "https://demo.example/returned", "is_public": True,
    }, 430, True),
    ("topoliny-aryk", {
        "title": "Поиск близких: с чего начать разговор", "title_en": "Looking for relatives: how to begin",
        "summary": "Какие вопросы задать, что записать и чего не записывать, куда передать запрос.",
        "summary_en": "What to ask, what to write down and what not, and where to pass the request on.",
        "kind": "guide", "language": "ru", "topics": ["family_links", "confidentiality"],
        "link": "https://demo.example/tracing", "is_public": False,
    }, 60, True),
    ("zholty-tramvay", {
        "title": "Шаблон согласия на перенаправление", "title_en": "Consent to a referral: a template",
        "kind": "form", "language": "ru", "topics": ["referral", "confidentiality"],
        "link": "https://demo.example/consent", "is_public": False,
    }, 3, False),
)  # fmt: skip
_TALK = {
    "language": "ru",
    "places": 16,
    "is_public": True,
    "audience": "Сотрудники и волонтёры организаций сети",
    "audience_en": "Staff and volunteers of the network's organisations",
}
#: House, country, town, fields, days from now, hours, whether approved.
TRAININGS: tuple[tuple[str, str, str, dict[str, Any], int, bool], ...] = (
    ("dom-s-balkonom", "GE", "Тбилиси", {
        "title": "Передозировка: узнать, помочь, остаться рядом", "city_en": "Tbilisi",
        "title_en": "Overdose: recognise it, help, stay",
        "topics": ["naloxone", "first_aid"], "place": "ул. Гранатовая, 8", "trainers_words": "Давид и врач скорой",
    }, -16, True),
    ("abrikosovaya-vetv", "AM", "Ереван", {
        "title": "Психосоциальная поддержка: слушать и не выгорать", "city_en": "Yerevan",
        "title_en": "Psychosocial support: to listen and not burn out",
        "topics": ["psychosocial"], "place": "ул. Каменщиков, 9", "trainers_words": "Сона",
    }, 9, True),
    ("dom-s-balkonom", "", "", {
        "title": "Восстановление семейных связей: как передать запрос", "is_online": True,
        "title_en": "Restoring family links: how to pass a request on",
        "topics": ["family_links"], "join_link": "https://demo.example/room", "trainers_words": "Нино К.",
    }, 23, True),
    ("abrikosovaya-vetv", "AM", "Гюмри", {
        "title": "Работа с детьми и женщинами, которые вернулись", "city_en": "Gyumri",
        "title_en": "Working with children and women who have returned",
        "topics": ["returned", "safeguarding"], "trainers_words": "Сона и психолог школы",
    }, 37, False),
)  # fmt: skip


class LearningStory:
    def __init__(self, life: Course, administrator: User) -> None:
        self.people, self.houses = life.people, life.network.organizations
        self.administrator = administrator

    def tell(self) -> None:
        for slug, fields, days, approved in MATERIALS:
            with self._ago(days):
                row = learning.offer_material(actor=self._manager(slug), organization=self.houses[slug], fields=fields)
                self._decide(row, approved=approved)
        held, *coming = [self._training(*told) for told in TRAININGS]
        self._held(held)
        self._coming(coming[0])
        self._centre()
        self._came_back()
        rounds.run_daily()

    def _training(
        self, slug: str, country: str, city: str, fields: dict[str, Any], days: int, approved: bool
    ) -> Training:
        begins = (clock.now() + dt.timedelta(days=days)).replace(hour=7, minute=0, second=0, microsecond=0)
        zone = {"GE": "Asia/Tbilisi", "AM": "Asia/Yerevan"}.get(country, "Asia/Tbilisi")
        values = {"country": country, "city": city, "starts_at": begins, "ends_at": begins + dt.timedelta(hours=4)}
        gaps = Gap.objects.live().filter(country=country or "KZ").order_by("pk")[:1] if days > 0 else []
        with self._ago(max(5, 25 - days)):
            row = learning.offer_training(
                actor=self._manager(slug), organization=self.houses[slug],
                fields=_TALK | values | {"timezone": zone} | fields, gaps=list(gaps),
            )  # fmt: skip
            return self._decide(row, approved=approved)

    def _held(self, training: Training) -> None:
        """Two weeks ago: people of three houses came, one did not; certificates are given."""
        holder = self._manager("dom-s-balkonom")
        rows = []
        with self._ago(20):
            for slug, people in (("bereg-i-veter", 4), ("topoliny-aryk", 3)):
                rows.append(self._comes(training, holder, slug, people=people))
            rows.append(self._comes(training, holder, "abrikosovaya-vetv"))
            absent = self._comes(training, holder, "zholty-tramvay", people=2)
        with clock.travel(training.ends_at + dt.timedelta(hours=2)):
            for row in rows:
                learning.mark(actor=holder, enrolment=row, came=row.people)
            learning.mark(actor=holder, enrolment=absent, came=0)
            learning.complete(actor=holder, training=training)

    def _coming(self, training: Training) -> None:
        """One has said yes, one is invited, one waits for a word of whoever holds it."""
        holder = self._manager("abrikosovaya-vetv")
        self._comes(training, holder, "topoliny-aryk", people=2)
        house, manager = self.houses["dom-s-balkonom"], self._manager("dom-s-balkonom")
        asked = learning.ask(actor=manager, training=training, organization=house, person=manager)
        learning.invite(actor=holder, training=training, enrolment=asked)
        other = self.houses["bereg-i-veter"]
        learning.ask(actor=self._manager("bereg-i-veter"), training=training, organization=other, people=3)

    def _comes(self, training: Training, holder: User, slug: str, people: int = 0) -> Enrolment:
        """Asked, invited, accepted; a person when no number of people is said."""
        manager, house = self._manager(slug), self.houses[slug]
        person = None if people else manager
        row = learning.ask(
            actor=manager, training=training, organization=house, person=person, people=people or 1
        )  # fmt: skip
        row = learning.invite(actor=holder, training=training, enrolment=row)
        return learning.accept(actor=manager, enrolment=row)

    def _centre(self) -> None:
        place = Location.objects.filter(type=LocationType.RESOURCE).select_related("organization").order_by("pk")[0]
        fields = {
            "rooms": "Зал с проектором, комната для разговора вдвоём, кухня, детский угол, библиотека.",
            "rooms_en": "A hall with a projector, a room for talks, a kitchen, a corner for children, a library.",
            "seats": 25,
            "topics": ["psychosocial", "first_aid", "returned"],
        }
        manager = self._manager(place.organization.slug)
        with self._ago(30):
            self._decide(learning.offer_centre(actor=manager, location=place, fields=fields), approved=True)

    def _came_back(self) -> None:
        """Offered, and returned with a question: it stands among the house's own."""
        slug = "dom-s-balkonom"
        fields = {
            "title": "Как говорить с полицией у аутрич-точки", "title_en": "Speaking with the police at an outreach",
            "kind": "guide", "language": "ru", "topics": ["law"], "country": "GE",
            "link": "https://demo.example/police", "is_public": False,
        }  # fmt: skip
        with self._ago(8):
            row = learning.offer_material(actor=self._manager(slug), organization=self.houses[slug], fields=fields)
        with self._ago(6):
            reason = "Скажите, пожалуйста, по какому закону и когда его смотрели."
            learning.give_back(actor=self.administrator, row=row, reason=reason, expected_version=row.version)

    def _decide(self, row: Any, *, approved: bool) -> Any:
        if not approved:
            return row
        offered: LearningOffer = row
        return learning.approve(actor=self.administrator, row=offered, expected_version=offered.version)

    def _manager(self, slug: str) -> User:
        return self.people.managers[slug]

    def _ago(self, days: int) -> AbstractContextManager[None]:
        return clock.travel(clock.now() - dt.timedelta(days=days))
