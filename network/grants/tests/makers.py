"""A committee, a gap, a call, and an application as far as somebody needs it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from accounts.models import NetworkRole, User
from core import clock
from messaging.models import Message
from network.decisions import services as decisions
from network.decisions.models import Body, Vote
from network.decisions.models.words import BodyKind, SeatKind
from network.decisions.tests.makers import Network, network, seat
from network.gaps import services as gaps
from network.gaps.models import Gap
from network.grants import rounds
from network.grants import services as grants
from network.grants.models import Grant, GrantApplication, GrantCall, GrantReport, GrantScore
from network.joining.services.standing import change
from organizations.models import MembershipRole, Organization
from verification.tests import scenarios

#: Not a word of it may be seen by whoever may not read it.
CANARY = "канарейка в оценке"
#: Houses with a part of their own: the secretary's, two members of the committee, who applies, who else scores.
SECRETARY, CHAIR, MEMBER, APPLICANT, OTHER = range(5)
CELL = {"service_type": "naloxone", "country": "GE"}


class Round:
    """Six houses with a manager each; a committee of three of them; a gap in Georgia and an open call about it."""

    #: What stands in scores and ballots.
    words = CANARY

    def __init__(self, made: Network | None = None, *, size: int = 6, days: int = 30, **cell: str) -> None:
        self.made = made or (beside(size) if Body.objects.exists() else network(size))
        known = Body.objects.filter(kind=BodyKind.COMMITTEE, name="Гранты").first()
        self.committee: Body = known or self._found()
        self.gap: Gap = gaps.open_gap(
            actor=self.made.administrator, was="unknown", priority="soon", why="Спрашивают", **(CELL | cell)
        )
        self.call = self.open_call(days=days)

    def _found(self) -> Body:
        body = decisions.make_body(actor=None, kind=BodyKind.COMMITTEE, name="Гранты", name_en="Grants")
        for number, kind in ((SECRETARY, SeatKind.SECRETARY), (CHAIR, SeatKind.CHAIR), (MEMBER, SeatKind.MEMBER)):
            seat(self.made, body, number, kind)
        return body

    def house(self, number: int) -> Organization:
        return self.made.houses[number]

    def person(self, number: int) -> User:
        return self.made.managers[number]

    @property
    def secretary(self) -> User:
        return self.person(SECRETARY)

    def draft_call(self, *, days: int = 30, **fields: Any) -> GrantCall:
        told: dict[str, Any] = {
            "title": "Налоксон рядом",
            "title_en": "Naloxone nearby",
            "text": "На то, чтобы он был.",
            "budget": Decimal(20000),
            "ceiling": Decimal(5000),
            "currency": "EUR",
            "questions": ["Кто поможет?"],
            "questions_en": [],
            "opens_on": clock.today(),
            "closes_on": clock.today() + dt.timedelta(days=days),
            "timezone": "UTC",
            "report_months": [1, 2],
            "audience": "public",
            "gaps": [self.gap],
            "criteria": [grants.CriterionSaid("Нужно ли", 2, "Need"), grants.CriterionSaid("Выйдет ли", 1, "Chance")],
        }
        return grants.write_call(actor=self.secretary, body=self.committee, **(told | fields))

    def open_call(self, **fields: Any) -> GrantCall:
        return grants.announce(actor=self.secretary, call=self.draft_call(**fields))

    # --- an application, step by step -----------------------------------------------------------------------------

    def draft(self, number: int = APPLICANT, **fields: Any) -> GrantApplication:
        actor = self.person(number)
        row = grants.begin(actor=actor, call=self.call, organization=self.house(number), title="Выдавать налоксон")
        told: dict[str, Any] = {
            "plan": "Дважды в неделю у вокзала.",
            "amount": Decimal(1500),
            "answers": ["Аптека"],
            "gaps": [self.gap],
            "lines": [grants.BudgetSaid("Налоксон", Decimal(1000)), grants.BudgetSaid("Дорога", Decimal(500))],
            "indicators": [grants.IndicatorSaid("Выдано", Decimal(0), Decimal(200))],
        }
        return grants.write(actor=actor, application=row, **(told | fields))

    def sent(self, number: int = APPLICANT) -> GrantApplication:
        return grants.send(actor=self.person(number), application=self.draft(number))

    def eligible(self, number: int = APPLICANT) -> GrantApplication:
        return grants.take(actor=self.secretary, application=self.sent(number))

    def ask(self, row: GrantApplication, number: int) -> GrantScore:
        reviewer = self.house(number).memberships.get(user=self.person(number))
        return grants.ask_score(actor=self.secretary, application=row, reviewer=reviewer)

    def score(self, row: GrantApplication, number: int, marks: tuple[int, int] = (4, 3)) -> GrantScore:
        found = row.scores.filter(organization=self.house(number), state="asked").first() or self.ask(row, number)
        said = dict(enumerate(marks, start=1))
        return grants.give_score(actor=self.person(number), score=found, marks=said, reason=self.words)

    def scored(self, number: int = APPLICANT) -> GrantApplication:
        row = self.eligible(number)
        self.score(row, MEMBER)
        self.score(row, OTHER, (3, 3))
        row.refresh_from_db()
        return row

    def voted(self, row: GrantApplication, choice: int = 1, numbers: tuple[int, ...] = (CHAIR, MEMBER)) -> Vote:
        """Put to the vote, and answered by everybody; its end has not come yet."""
        row = grants.put_to_vote(
            actor=self.secretary, application=row, closes_at=clock.now() + dt.timedelta(days=3), conditions="Договор"
        )
        vote = row.vote
        assert vote is not None
        for number in numbers:
            voice = vote.voters.get(organization=self.house(number))
            decisions.cast(actor=self.person(number), vote=vote, voice=voice, choice=str(choice), reason=self.words)
        return vote

    def decided(self, number: int = APPLICANT, choice: int = 1, reason: str = "Нужно здесь") -> GrantApplication:
        """The vote is over, and what it came to is written down. The clock stands where it stood."""
        row = self.scored(number)
        self.voted(row, choice)
        row.refresh_from_db()
        with clock.travel(clock.now() + dt.timedelta(days=4)):
            return grants.write_down(actor=self.secretary, application=row, reason=reason)

    def agreed(self, row: GrantApplication, *, days: tuple[int, ...] = (30, 60)) -> Grant:
        today = clock.today()
        return grants.agree(
            actor=self.secretary,
            application=row,
            amount=Decimal(1500),
            starts_on=today,
            ends_on=today + dt.timedelta(days=days[-1]),
            signed_on=today,
            tranches=[grants.TrancheSaid(Decimal(1000), today), grants.TrancheSaid(Decimal(500), today)],
            report_days=[today + dt.timedelta(days=day) for day in days],
        )

    def granted(self, number: int = APPLICANT, *, days: tuple[int, ...] = (30, 60)) -> Grant:
        row = self.decided(number)
        with clock.travel(clock.now() + dt.timedelta(days=5)):
            return self.agreed(row, days=days)

    def suspended(self, number: int = APPLICANT, *, days: int = 30) -> None:
        """By an administrator alone, so it lapses."""
        change(
            organization=self.house(number), becomes="suspended", reason="safety", actor=None,
            lapses_at=clock.now() + dt.timedelta(days=days),
        )  # fmt: skip

    def sent_report(self, report: GrantReport, number: int = APPLICANT) -> GrantReport:
        actor = self.person(number)
        row = grants.write_report(
            actor=actor,
            report=report,
            narrative="Раздали",
            spent={1: Decimal(700), 2: Decimal(0)},
            readings={1: Decimal(120)},
        )
        return grants.send_report(actor=actor, report=row)

    def accepted(self, report: GrantReport, number: int = APPLICANT) -> GrantReport:
        row = self.sent_report(report, number)
        row = grants.read(actor=self.person(MEMBER), report=row)
        return grants.accept(actor=self.secretary, report=row)


def beside(size: int) -> Network:
    """Houses of a network that has its bodies already."""
    houses = [scenarios.organization(f"Дом грантов {number}") for number in range(size)]
    body = Body.objects.earliest("pk")
    return Network(
        assembly=body,
        council=body,
        administrator=scenarios.person(None, "", NetworkRole.ADMINISTRATOR),
        houses=houses,
        managers=[scenarios.person(house, MembershipRole.MANAGER) for house in houses],
    )


# long: the round in its order
def lived_through(start: dt.datetime, said: str) -> Iterator[None]:
    """Every occasion for a letter, `said` in whatever people write. After each step, for a step ends what was asked."""
    with clock.travel(start):
        made = Round(days=20)
        made.words = said
        made.call = made.open_call(days=20, title=said, text=said)
        yield
        first, waits = made.draft(plan=said), made.draft(OTHER, plan=said)
    with clock.travel(start + dt.timedelta(days=18)):
        rounds.run_daily()
        yield
        row = grants.send(actor=made.person(APPLICANT), application=first)
        yield
        row = grants.take(actor=made.secretary, application=row)
        grants.send(actor=made.person(OTHER), application=waits)
        asked = made.ask(row, MEMBER)
        yield
        grants.release(actor=made.secretary, score=made.ask(row, CHAIR))
        yield
    with clock.travel(start + dt.timedelta(days=40)):
        rounds.run_daily()
        yield
        grants.refuse(actor=made.secretary, application=waits, reason=said)
        yield
        made.score(row, MEMBER)
        made.score(row, 5, (3, 3))
        row.refresh_from_db()
        asked.refresh_from_db()
        made.voted(row)
    with clock.travel(start + dt.timedelta(days=45)):
        row = grants.write_down(actor=made.secretary, application=row, reason=said)
        grant = made.agreed(row, days=(20, 60))
        yield
    report, last = grant.reports.order_by("position")
    with clock.travel(start + dt.timedelta(days=60)):
        rounds.run_daily()
        yield
        report = made.sent_report(report)
        yield
        grants.send_back(actor=made.secretary, report=report, reason=said)
        yield
        made.suspended(days=30)
        yield
    with clock.travel(start + dt.timedelta(days=45 + 60 + 16)):
        rounds.run_daily()
        yield
    assert last.is_last


def letters(start: dt.datetime, said: str, written_of: Callable[[Any], dict[str, list[str]]]) -> dict[str, list[str]]:
    """All letters of that round, by kind, as `written_of` writes the rows; none of them is left."""
    written: dict[str, list[str]] = {}
    rows = Message.objects.filter(kind__startswith="grant_")
    for _step in lived_through(start, said):
        for kind, texts in written_of(rows.all()).items():
            written.setdefault(kind, []).extend(texts)
    rows.delete()
    return written
