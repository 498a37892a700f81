"""Where the fictional network has looked and found none, and what it does about it. Told when the map is full."""

from __future__ import annotations

import datetime as dt

from core import clock
from demonstration.life import Course
from network.gaps import rounds
from network.gaps import services as gaps
from network.gaps.models import Gap
from organizations.models import Organization

#: House, kind of help, country, group, whom they asked, days ago.
LOOKED = (
    ("topoliny-aryk", "drug_consumption_room", "KZ", "", "Спросили городской центр и трёх соседей по сети.", 40),
    ("topoliny-aryk", "digital_security", "KZ", "", "Обзвонили организации Алматы и Астаны.", 12),
    ("dom-s-balkonom", "tb_video_treatment", "GE", "", "Спросили диспансер и коллег в Батуми.", 90),
    ("dom-s-balkonom", "chemsex_support", "GE", "msm", "Спросили всех, к кому ходят наши клиенты.", 25),
    ("abrikosovaya-vetv", "drug_checking", "AM", "", "Обзвонили клиники Еревана.", 61),
)
#: Kind of help, country, group, urgency, why, days ago.
OPENED = (
    ("digital_security", "KZ", "", "soon", "Людей находят по телефону: спрашивают об этом почти каждую неделю.", 34),
    ("chemsex_support", "GE", "msm", "now", "Двое попали в больницу, а отправить было некуда.", 20),
    ("drug_checking", "AM", "", "later", "Нужны деньги на оборудование и разрешение.", 50),
)


class GapsStory:
    def __init__(self, life: Course) -> None:
        self.people = life.people
        self.now = clock.now()

    def tell(self) -> None:
        for slug, kind, country, group, how, days in LOOKED:
            house = Organization.objects.get(slug=slug)
            with clock.travel(self._before(days)):
                gaps.say_absent(
                    actor=self.people.managers[slug], organization=house, service_type=kind, country=country,
                    group=group, how=how,
                )  # fmt: skip
        rows = []
        for kind, country, group, priority, why, days in OPENED:
            with clock.travel(self._before(days)):
                gap = gaps.open_gap(
                    actor=self.people.coordinator, service_type=kind, country=country, group=group,
                    was="none", priority=priority, why=why,
                )  # fmt: skip
                rows.append(gap)
        self._act(rows[0], "topoliny-aryk", "Позвать тренера и провести два занятия для своих.", 30, 45)
        self._act(rows[2], "abrikosovaya-vetv", "Узнать, какие нужны бумаги.", 45, 40)
        gaps.open_gap(
            actor=self.people.managers["zholty-tramvay"], service_type="naloxone", country="PL", language="",
            was="unknown", priority="soon", why="Спрашивают в аутриче, а мы не знаем, куда отправить.",
        )  # fmt: skip
        rounds.run()

    def _act(self, gap: Gap, slug: str, action: str, days: int, given: int) -> None:
        """Given to the house `days` ago, to be done within `given` days."""
        house = Organization.objects.get(slug=slug)
        with clock.travel(self._before(days)):
            gaps.plan(
                actor=self.people.coordinator, gap=gap, organization=house, action=action,
                responsible=self.people.managers[slug], due_on=clock.today() + dt.timedelta(days=given),
            )  # fmt: skip

    def _before(self, days: int) -> dt.datetime:
        return self.now - dt.timedelta(days=days)
