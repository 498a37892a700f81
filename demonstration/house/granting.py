"""Small grants of the fictional network: a round that is over, one of its reports late; a call that is open now."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager
from decimal import Decimal

from accounts.models import User
from core import clock
from demonstration.life import Course
from network.decisions import services as decisions
from network.decisions.models import Body
from network.decisions.models.words import BodyKind, SeatKind
from network.gaps import services as gaps
from network.gaps.models import Gap
from network.grants import rounds
from network.grants import services as grants
from network.grants.models import Grant, GrantApplication, GrantCall, GrantReport

SECRETARY, CHAIR = "dom-s-balkonom", "lindenlicht"
COMMITTEE = ("orekhovaya-tropa", "zholty-tramvay")
#: Who scores, by turns: of the committee and beside it.
REVIEWERS = ("zholty-tramvay", "mozhzhevelovaya-doroga", "orekhovaya-tropa")
PLAN = """Будем у рынка и у вокзала два вечера в неделю, вдвоём, с тем, что нужно сейчас.

Через полгода спросим тех, кто приходит, что изменилось, и допишем карточку услуги."""


class Granting:
    def __init__(self, life: Course, administrator: User) -> None:
        self.houses = life.network.organizations
        self.managers = life.people.managers
        self.administrator = administrator
        self.body = Body.objects.filter(kind=BodyKind.COMMITTEE).order_by("pk").first()

    def tell(self) -> None:
        if self.body is None:
            return
        with self._ago(320):
            self._seats(self.body)
            gap = self._gap("chemsex_support", "AM", "", "Пишут из трёх городов, отправить некуда.")
        self._past_round(gap)
        self._present_round()
        rounds.run_daily()

    def _seats(self, body: Body) -> None:
        kinds = {SECRETARY: SeatKind.SECRETARY, CHAIR: SeatKind.CHAIR} | dict.fromkeys(COMMITTEE, SeatKind.MEMBER)
        for slug, kind in kinds.items():
            decisions.take_seat(
                actor=self.administrator, body=body, organization=self.houses[slug], person=self.managers[slug],
                kind=kind, starts_on=clock.today(),
            )  # fmt: skip

    def _gap(self, kind: str, country: str, group: str, why: str) -> Gap:
        return gaps.open_gap(
            actor=self.administrator, service_type=kind, country=country, group=group, was="unknown",
            priority="soon", why=why,
        )  # fmt: skip

    def _call(self, title: str, title_en: str, rows: list[Gap], *, days: int, zone: str) -> GrantCall:
        made = grants.write_call(
            actor=self.managers[SECRETARY], body=self._committee, title=title, title_en=title_en,
            text="На то, чего не хватает рядом с людьми: выезды, обучение, первые расходники. Аренду не оплачиваем.",
            text_en="For what is missing close to people: outreach, training, first supplies. No rent.",
            budget=Decimal(24000), ceiling=Decimal(6000), currency="EUR", timezone=zone,
            opens_on=clock.today(), closes_on=clock.today() + dt.timedelta(days=days), report_months=[3, 6],
            audience="public", gaps=rows,
            questions=["Кто ещё рядом это делает?", "Что будет, когда деньги закончатся?"],
            questions_en=["Who else does this nearby?", "What happens when the money is spent?"],
            criteria=[
                grants.CriterionSaid("Насколько это нужно там", 3, "How much it is needed there"),
                grants.CriterionSaid("Выйдет ли", 2, "Whether it will work"),
                grants.CriterionSaid("Участвуют ли сами люди", 2, "Whether people themselves take part"),
                grants.CriterionSaid("Что останется потом", 1, "What remains afterwards"),
            ],
        )  # fmt: skip
        return grants.announce(actor=self.managers[SECRETARY], call=made)

    @property
    def _committee(self) -> Body:
        if self.body is None:
            raise LookupError("the network has no committee")
        return self.body

    # --- one application ------------------------------------------------------------------------------------------

    def _draft(self, call: GrantCall, slug: str, title: str, amount: int) -> GrantApplication:
        actor = self.managers[slug]
        row = grants.begin(actor=actor, call=call, organization=self.houses[slug], title=title)
        return grants.write(
            actor=actor, application=row, plan=PLAN, amount=Decimal(amount), gaps=list(call.gaps.all()),
            answers=["Никто: ближайшие – в соседней области.", "Продолжим вдвоём раз в неделю, своими силами."],
            lines=[
                grants.BudgetSaid("Выезды и связь", Decimal(amount) * 2 / 5),
                grants.BudgetSaid("Расходники", Decimal(amount) * 3 / 5),
            ],
            indicators=[
                grants.IndicatorSaid("Разговоров в месяц", Decimal(0), Decimal(60)),
                grants.IndicatorSaid("Перенаправили, и человек дошёл", Decimal(4), Decimal(25)),
            ],
        )  # fmt: skip

    def _sent(self, call: GrantCall, slug: str, title: str, amount: int) -> GrantApplication:
        return grants.send(actor=self.managers[slug], application=self._draft(call, slug, title, amount))

    def _scored(self, row: GrantApplication, *marks: tuple[int, int, int, int]) -> GrantApplication:
        """Taken by the secretary, and scored by as many people as there are marks."""
        row = grants.take(actor=self.managers[SECRETARY], application=row)
        for slug, said in zip((one for one in REVIEWERS if self._may(one, row)), marks, strict=False):
            membership = self.houses[slug].memberships.get(user=self.managers[slug])
            score = grants.ask_score(actor=self.managers[SECRETARY], application=row, reviewer=membership)
            grants.give_score(
                actor=self.managers[slug], score=score, marks=dict(enumerate(said, start=1)),
                reason="Знают людей и место. Меньше ясно, что останется потом.",
            )  # fmt: skip
        row.refresh_from_db()
        return row

    def _may(self, slug: str, row: GrantApplication) -> bool:
        return not grants.conflict_of(self.managers[slug], row, self.houses[slug])

    def _put(self, row: GrantApplication, choice: str, *, days: int) -> GrantApplication:
        row = grants.put_to_vote(
            actor=self.managers[SECRETARY], application=row, closes_at=clock.now() + dt.timedelta(days=days)
        )
        for voice in row.vote.voters.select_related("organization") if row.vote else []:
            person = self.managers[voice.organization.slug]
            decisions.cast(actor=person, vote=voice.vote, voice=voice, choice=choice)
        return row

    # --- two rounds -----------------------------------------------------------------------------------------------

    # long: the round in its order
    def _past_round(self, gap: Gap) -> None:
        """One grant is closed, one has not sent its last report, one application was declined."""
        with self._ago(310):
            call = self._call("Рядом с людьми: первый набор", "Close to people: the first round", [gap], days=25,
                              zone="Asia/Yerevan")  # fmt: skip
        titles = {
            "abrikosovaya-vetv": "Вечера разговоров и дежурный телефон",
            "bereg-i-veter": "Обучение для двух команд",
            "severnaya-lestnitsa": "Буклеты",
        }
        rows = []
        with self._ago(300):
            rows += [self._sent(call, slug, title, 4000) for slug, title in titles.items()]
        with self._ago(280):
            rows = [self._scored(row, (4, 3, 3, 2), (3, 3, 3, 2)) for row in rows]
            rows = [self._put(row, "4" if number == len(rows) - 1 else "1", days=5) for number, row in enumerate(rows)]
        with self._ago(270):
            for row in rows:
                reason = "Буклеты у сети есть; приходите с тем, что делаете сами." if row == rows[-1] else ""
                grants.write_down(actor=self.managers[SECRETARY], application=row, reason=reason)
        given = [self._agreed(row, ago=260, days=(90, 180)) for row in rows[:2]]
        for grant in given:
            with self._ago(255):
                grants.note_paid(actor=self.managers[SECRETARY], tranche=grant.tranches.get(), paid_on=clock.today())
        self._report(given[0], 1, ago=172)
        self._report(given[0], 2, ago=85)
        self._report(given[1], 1, ago=165)
        with self._ago(80):
            grants.close(actor=self.managers[SECRETARY], grant=given[0])
        # The last report of the other one was due eighty days ago, came back, and is three weeks late by now.
        with self._ago(70):
            report = self._sent_report(given[1], 2)
        with self._ago(35):
            grants.send_back(actor=self.managers[SECRETARY], report=report, reason="Нет чисел за последние два месяца.")

    def _agreed(self, row: GrantApplication, *, ago: int, days: tuple[int, ...]) -> Grant:
        with self._ago(ago):
            row.refresh_from_db()
            today = clock.today()
            return grants.agree(
                actor=self.managers[SECRETARY], application=row, amount=row.amount, starts_on=today,
                ends_on=today + dt.timedelta(days=days[-1]), signed_on=today,
                tranches=[grants.TrancheSaid(row.amount, today)],
                report_days=[today + dt.timedelta(days=day) for day in days],
            )  # fmt: skip

    def _sent_report(self, grant: Grant, position: int) -> GrantReport:
        actor = self.managers[grant.organization.slug]
        share = Decimal(position) / 2
        lines = grant.application.lines.all()
        report = grants.write_report(
            actor=actor, report=grant.reports.get(position=position),
            narrative="Выходили по вторникам и пятницам. В дождь почти никого не было, зимой людей стало больше.",
            spent={line.position: line.amount * share for line in lines},
            readings={1: Decimal(20 * position), 2: Decimal(8 * position)},
        )  # fmt: skip
        return grants.send_report(actor=actor, report=report)

    def _report(self, grant: Grant, position: int, *, ago: int) -> None:
        with self._ago(ago):
            report = self._sent_report(grant, position)
        with self._ago(ago - 3):
            report = grants.read(actor=self.managers[CHAIR], report=report)
            grants.accept(actor=self.managers[SECRETARY], report=report)

    def _present_round(self) -> None:
        """A call about gaps that are open now; applications in several states."""
        rows = list(Gap.objects.live().filter(state__in=["open", "in_work"]).order_by("pk"))
        with self._ago(18):
            call = self._call("Чего не хватает этой осенью", "What is missing this autumn", rows, days=32,
                              zone="Asia/Tbilisi")  # fmt: skip
        with self._ago(12):
            voting = self._sent(call, "glitsiniya", "Проверка веществ по средам", 5200)
            scoring = self._sent(call, "topoliny-aryk", "Безопасный телефон: занятия для своих", 2600)
            self._sent(call, "abrikosovaya-vetv", "Бумаги и оборудование", 6000)
            refused = self._sent(call, "sosnovaya-doroga", "Аренда склада", 6000)
            asked = self._sent(call, "kolodets-u-dorogi", "Переводчик на вечерние приёмы", 3400)
        with self._ago(6):
            voting = self._scored(voting, (4, 3, 4, 2), (4, 2, 3, 3))
            self._scored(scoring, (3, 3, 4, 2))
            grants.refuse(
                actor=self.managers[SECRETARY], application=refused, reason="Этот конкурс не оплачивает аренду."
            )
        with self._ago(3):
            asked = grants.take(actor=self.managers[SECRETARY], application=asked)
            grants.ask(actor=self.managers[SECRETARY], application=asked, question="Кто переводит в праздники?")
            grants.put_to_vote(
                actor=self.managers[SECRETARY], application=voting, closes_at=clock.now() + dt.timedelta(days=10),
                conditions="Письмо от лаборатории, что она согласна.",
            )  # fmt: skip
        with self._ago(1):
            self._draft(call, "zholty-tramvay", "Налоксон в аутриче", 1800)

    def _ago(self, days: int) -> AbstractContextManager[None]:
        return clock.travel(clock.now() - dt.timedelta(days=days))
