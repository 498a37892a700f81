"""How the fictional network decides: bodies and seats, papers in force, votes that ran and run, decisions under way."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager

from accounts.models import User
from core import clock
from demonstration.life import Course
from network.decisions import services as decisions
from network.decisions.models import Body, DocumentVersion, Meeting, Vote
from network.decisions.models.words import Audience, BodyKind, PaperKind, SeatKind
from organizations.models import MemberStatus, Organization

CHAIR, LAWYER = "dom-s-balkonom", "lindenlicht"
COUNCIL = ("abrikosovaya-vetv", "orekhovaya-tropa", "zholty-tramvay")

DECLARATION = """Мы – организации, которые помогают людям в пути: тем, кто переехал, едет дальше или возвращается.

Мы помогаем без условий: гражданство, документы, диагноз, работа и любовь человека не решают, откроется ли дверь.
Мы не передаём сведения о людях тем, кто может им навредить.
Мы перенаправляем из рук в руки и говорим друг другу, чем закончилось.
Мы решаем вместе: у каждой организации один голос."""
DECLARATION_EN = """We are organisations that help people on the move: those who have come, go further or return.

We help without conditions: citizenship, papers, diagnosis, work and love do not decide whether the door opens.
We pass nothing about people to those who could harm them.
We send people on from hand to hand, and tell each other how it ended.
We decide together: every organisation has one voice."""
SAFETY = """1. Адреса приютов не называем никому, кроме тех, кто туда идёт.
2. Имён, документов и диагнозов в общих таблицах и письмах не бывает.
3. Снимки людей – только с их согласия, и не на входе.
4. Если что-то пошло не так, в тот же день говорим координатору страны."""
SAFETY_2 = SAFETY + "\n5. Раз в год каждая организация проверяет, у кого есть доступ к её почте и таблицам."
REFERRAL = """Сначала звоним, потом отправляем. Отвечаем за сутки, если человек ждёт – за час.
Запас лекарств считаем по дням, которые остались в сумке."""
CONSENT = """Шаблон: что прочитать человеку вслух, прежде чем спросить другую организацию."""


class Governing:
    def __init__(self, life: Course) -> None:
        self.life = life
        self.houses = life.network.organizations
        self.managers = life.people.managers
        self.chair = self.managers[CHAIR]

    # long: the story in its order
    def tell(self) -> None:
        """In the order of time: the founding meeting, papers, votes that ended each in its way, one that runs."""
        with self._ago(400):
            self._bodies()
        with self._ago(360):
            founding = self._meeting("Декларация", "Кто решает", day=clock.today())
            self._minutes(founding, "Приняли без возражений.", "Совет из четырёх человек и юрист.", came=6)
            declaration = self._paper(PaperKind.STATEMENT, "Декларация сети", "Declaration of the network",
                                      DECLARATION, public=True)  # fmt: skip
            english = decisions.add_version(
                actor=self.chair, document=declaration.document, language="en", text=DECLARATION_EN, number=1
            )
            decisions.decide(actor=self.chair, meeting=founding, text="Принять декларацию", paper=declaration)
            decisions.decide(actor=self.chair, meeting=founding, text="Принять её английский текст", paper=english)
            self._paper(PaperKind.TEMPLATE, "Согласие на перенаправление", "Consent to a referral", CONSENT)
        with self._ago(200):
            safety = self._paper(PaperKind.POLICY, "Политика безопасности", "Safety policy", SAFETY, public=True)
            vote = self._vote("Принять политику безопасности?", paper=safety, voices="for " * 9 + "abstain")
        self._decide(vote, 185, "Принять политику безопасности")
        with self._ago(150):
            order = self._paper(PaperKind.PROCEDURE, "Порядок перенаправления", "Order of referrals", REFERRAL,
                                valid_for=240)  # fmt: skip
            vote = self._vote("Принять порядок перенаправления на год?", paper=order, voices="for " * 8)
        self._decide(vote, 135, "Принять порядок перенаправления")
        with self._ago(90):
            self._vote("Собирать взносы с членов сети?", voices="for for for for against against against against")
        with self._ago(70):
            self._elect()
        self._last_meeting()
        self._running(safety)

    def _bodies(self) -> None:
        make = decisions.make_body
        self.assembly = make(actor=None, kind=BodyKind.ASSEMBLY, name="Собрание членов", name_en="Assembly of members")
        self.council = make(
            actor=None, kind=BodyKind.COUNCIL, name="Координационный совет", name_en="Coordinating council"
        )
        make(actor=None, kind=BodyKind.COMMITTEE, name="Комитет малых грантов", name_en="Small grants committee")
        founder = User(is_superuser=True, is_active=True)
        for body in (self.assembly, self.council):
            self._seat(founder, body, CHAIR, SeatKind.CHAIR)
        for slug in COUNCIL:
            self._seat(self.chair, self.council, slug, SeatKind.MEMBER)
        self._seat(self.chair, self.council, LAWYER, SeatKind.LAWYER)

    def _seat(self, actor: User, body: Body, slug: str, kind: SeatKind) -> None:
        decisions.take_seat(
            actor=actor,
            body=body,
            organization=self.houses[slug],
            person=self.managers[slug],
            kind=kind,
            starts_on=clock.today(),
        )

    def _paper(
        self, kind: PaperKind, title: str, title_en: str, text: str, *, public: bool = False, valid_for: int = 0
    ) -> DocumentVersion:
        audience = Audience.PUBLIC if public else Audience.MEMBERS
        document = decisions.add_document(
            actor=self.chair, body=self.assembly, kind=kind, title=title, title_en=title_en, audience=audience
        )
        until = clock.today() + dt.timedelta(days=valid_for) if valid_for else None
        return decisions.add_version(actor=self.chair, document=document, language="ru", text=text, valid_until=until)

    def _vote(
        self, question: str, *, voices: str, paper: DocumentVersion | None = None, text: str = "", days: int = 10
    ) -> Vote:
        vote = decisions.draft_vote(
            actor=self.chair,
            body=self.assembly,
            question=question,
            text=text,
            paper=paper,
            closes_at=clock.now() + dt.timedelta(days=days),
            quorum="none",
        )
        vote = decisions.announce(actor=self.chair, vote=vote)
        voters = vote.voters.exclude(organization=self.houses[CHAIR]).select_related("organization").order_by("pk")
        for voter, choice in zip(voters, voices.split(), strict=False):
            manager = self.managers.get(voter.organization.slug)
            if manager is not None:
                decisions.cast(actor=manager, vote=vote, voice=voter, choice=choice)
        return vote

    def _elect(self) -> None:
        """In secret, among the seats of the council."""
        vote = decisions.draft_vote(
            actor=self.chair,
            body=self.council,
            question="Кто представляет сеть на встрече партнёров?",
            options=["Сона", "Тимур"],
            is_secret=True,
            closes_at=clock.now() + dt.timedelta(days=7),
        )
        vote = decisions.announce(actor=self.chair, vote=vote)
        for number, voter in enumerate(vote.voters.select_related("organization").order_by("pk")):
            choice = "2" if number == 0 else "1"
            decisions.cast(actor=self.managers[voter.organization.slug], vote=vote, voice=voter, choice=choice)

    def _decide(self, vote: Vote, days_ago: int, text: str) -> None:
        with self._ago(days_ago):
            decisions.decide(actor=self.chair, vote=vote, text=text)

    def _meeting(self, *agenda: str, day: dt.date) -> Meeting:
        return decisions.call_meeting(
            actor=self.chair, body=self.assembly, held_on=day, place="Видеовстреча", agenda=agenda
        )

    def _minutes(self, meeting: Meeting, *said: str, came: int) -> None:
        members = Organization.objects.filter(member_status=MemberStatus.MEMBER).order_by("slug")[:came]
        decisions.write_minutes(
            actor=self.chair, meeting=meeting, said=dict(enumerate(said, start=1)), present=list(members)
        )

    def _last_meeting(self) -> None:
        """It left one thing late, one on its way, one done and one dropped; the next one is called."""
        with self._ago(40):
            meeting = self._meeting("Листовка на кыргызском", "Дежурство в праздники", day=clock.today())
            self._minutes(meeting, "Текст готов, нужна вычитка.", "Дежурим по очереди.", came=8)
            told = (
                ("Вычитать листовку на кыргызском", COUNCIL[0], 30),
                ("Составить график дежурств на январь", COUNCIL[1], 60),
                ("Написать партнёрам о новой карте", CHAIR, 20),
                ("Напечатать карту для автостанций", COUNCIL[2], 45),
            )
            rows = [
                decisions.decide(
                    actor=self.chair,
                    meeting=meeting,
                    text=text,
                    organization=self.houses[slug],
                    responsible=self.managers[slug],
                    due_on=clock.today() + dt.timedelta(days=days),
                )
                for text, slug, days in told
            ]
        with self._ago(25):
            decisions.finish(actor=self.chair, decision=rows[2])
            decisions.drop(actor=self.chair, decision=rows[3], reason="На автостанциях не разрешили расклейку")
        day = clock.today() + dt.timedelta(days=12)
        self._meeting("Политика безопасности: новая версия", "Новые члены", day=day)

    def _running(self, safety: DocumentVersion) -> None:
        with self._ago(3):
            second = decisions.add_version(actor=self.chair, document=safety.document, language="ru", text=SAFETY_2)
            self._vote(
                "Принять новую версию политики безопасности?",
                paper=second,
                text="Добавлен пятый пункт: раз в год каждая организация проверяет, у кого есть доступ.",
                voices="for for for against",
            )

    def _ago(self, days: int) -> AbstractContextManager[None]:
        return clock.travel(clock.now() - dt.timedelta(days=days))
