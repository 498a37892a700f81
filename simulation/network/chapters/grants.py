"""One round of small grants: a scorer with a conflict, a reporter who is late, one who is in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from core import clock
from network.gaps.models import Gap
from network.grants import services as grants
from network.grants.models import Grant, GrantApplication, GrantReport, GrantScore
from network.grants.tests.makers import APPLICANT, CHAIR, MEMBER, OTHER, Round

if TYPE_CHECKING:
    from simulation.network.year import NetworkYear, Story

THIRD = OTHER + 1
REPORTS = (20, 40)


def stories(year: NetworkYear) -> Iterator[tuple[float, Story]]:
    """It begins early, so that its first steps are told in the weeks as well."""
    yield year.dice.uniform(3, 5), a_round(year)


# long: the round in its order
def a_round(year: NetworkYear) -> Story:
    """Three apply, two are granted, the third is declined; of the two one is late with its report."""
    made = Round(year.people.made, days=6)
    year.count("grant_calls")
    yield 2
    late, prompt, third = (made.sent(number) for number in (APPLICANT, OTHER, THIRD))
    year.refused("an application without the call's sum", lambda: made.draft(MEMBER, amount=Decimal(9999)))
    yield 5
    year.refused("an application after the end of the call", lambda: made.sent(MEMBER))
    rows = [grants.take(actor=made.secretary, application=row) for row in (late, prompt, third)]
    yield 1
    _conflicts(year, made, rows[0])
    for row in rows:
        made.score(row, MEMBER, (4, 4))
        made.score(row, CHAIR, (1, 1) if row.pk == rows[1].pk else (3, 4))
    made.score(rows[1], THIRD, (3, 3))
    year.count("grant_third_scores")
    yield 1
    for number, row in enumerate(rows):
        row.refresh_from_db()
        made.voted(row, choice=4 if number == len(rows) - 1 else 1)
    year.refused("an outcome while the vote runs", lambda: grants.write_down(actor=made.secretary, application=rows[0]))
    yield 4
    year.refused("a no without reasons", lambda: grants.write_down(actor=made.secretary, application=rows[2]))
    for row in rows:
        grants.write_down(actor=made.secretary, application=row, reason="Решил комитет")
    year.count("grants_declined")
    given = [made.agreed(GrantApplication.objects.get(pk=row.pk), days=REPORTS) for row in rows[:2]]
    yield REPORTS[0]
    _reported(year, made, given[1], 1, OTHER)
    yield 15
    # Two weeks late, and a few days: the coordinator was told, or would have been by a worker that was awake.
    late_one = GrantReport.objects.get(grant=given[0], position=1)
    year.refused("its own people accept it", lambda: grants.read(actor=made.person(APPLICANT), report=late_one))
    yield 6
    _reported(year, made, given[1], 2, OTHER)
    _closed(year, made, given[1])
    yield 26
    made.gap = Gap.objects.get(pk=made.gap.pk)
    made.call = made.open_call(days=20)
    year.refused("an application while a report is late", lambda: made.draft(APPLICANT))
    year.count("grant_reports_blocking")
    for position in (1, 2):
        _reported(year, made, given[0], position, APPLICANT)
    made.draft(APPLICANT)
    _closed(year, made, given[0])


def _conflicts(year: NetworkYear, made: Round, row: GrantApplication) -> None:
    """Somebody of the own house, somebody who has said so: asked, and written past the services."""
    year.refused("a score of one's own house", lambda: made.ask(row, APPLICANT))
    asked = made.ask(row, THIRD)
    grants.declare_conflict(actor=made.person(THIRD), application=row, why="Работали вместе")
    year.count("grant_conflicts")
    year.refused("a score of somebody with a conflict", lambda: made.score(row, THIRD))
    by_hand = GrantScore.objects.filter(pk=asked.pk)
    year.refused("such a score by hand", lambda: by_hand.update(state="given", given_at=clock.now(), total=90))
    own = {"application": row, "organization": made.house(OTHER), "reviewer": made.person(APPLICANT)}
    day = clock.today() + dt.timedelta(days=9)
    year.refused("a score by hand of one's own house", lambda: GrantScore.objects.create(**own, due_on=day))


def _reported(year: NetworkYear, made: Round, grant: Grant, position: int, number: int) -> None:
    report = made.sent_report(grant.reports.get(position=position), number)
    year.refused("one alone accepts a report", lambda: grants.accept(actor=made.secretary, report=report))
    report = grants.read(actor=made.person(MEMBER), report=report)
    grants.accept(actor=made.secretary, report=report)
    year.count("grant_reports")


def _closed(year: NetworkYear, made: Round, grant: Grant) -> None:
    closed = grants.close(actor=made.secretary, grant=grant)
    if closed.cells.filter(after="").exists():
        raise RuntimeError("a closed grant without its cells")
    year.count("grants_closed")
