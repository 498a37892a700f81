"""A gap from its cell to its end; what the database refuses, whoever writes."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from accounts.models import NetworkRole
from core import clock
from core.errors import NotAllowed, WrongState
from directory.stores import store
from directory.tests.factories import publish
from network.gaps import rounds
from network.gaps import services as gaps
from network.gaps.models import Gap, GapState
from organizations.models import MembershipRole
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 10, 18, 9, tzinfo=dt.UTC)
CELL = {"service_type": "naloxone", "country": "GE", "was": "unknown", "priority": "now", "why": "Люди умирают"}


@pytest.fixture
def house():
    with clock.travel(NOW):
        yield scenarios.organization()


@pytest.fixture
def coordinator(house):
    return scenarios.person(house, MembershipRole.EDITOR, NetworkRole.COORDINATOR)


def planned(coordinator, house, **fields):
    gap = gaps.open_gap(actor=coordinator, **(CELL | fields))
    return gaps.plan(
        actor=coordinator, gap=gap, organization=house, responsible=coordinator, action="Договориться с центром",
        due_on=clock.today() + dt.timedelta(days=30),
    )  # fmt: skip


def each_day(first, days):
    for day in range(first, first + days):
        with clock.travel(NOW + dt.timedelta(days=day)):
            rounds.run()


def test_who_proposes_opens_and_acts(house, coordinator):
    editor = scenarios.person(scenarios.organization(), MembershipRole.EDITOR)
    with pytest.raises(NotAllowed):
        gaps.open_gap(actor=scenarios.person(house, MembershipRole.READER), **CELL)
    gap = gaps.open_gap(actor=editor, **CELL)
    assert gap.state == GapState.PROPOSED
    for press in (
        lambda: gaps.take_up(actor=editor, gap=gap),
        lambda: gaps.drop(actor=editor, gap=gap, reason="так"),
        lambda: gaps.plan(actor=editor, gap=gap, organization=house, action="x", due_on=clock.today()),
    ):
        with pytest.raises(NotAllowed):
            press()
    gap = gaps.take_up(actor=coordinator, gap=gap)
    assert list(Gap.objects.without_action()) == [gap]
    with pytest.raises(ValidationError) as wrong:
        gaps.plan(actor=coordinator, gap=gap, organization=house, responsible=editor, action=" ",
                  due_on=clock.today() - dt.timedelta(days=1))  # fmt: skip
    assert set(wrong.value.message_dict) == {"action", "due_on", "responsible"}
    with pytest.raises(ValidationError):
        gaps.open_gap(actor=coordinator, **CELL)
    gap = gaps.put_off(actor=coordinator, gap=gap, reason="Закон", review_on=clock.today() + dt.timedelta(days=9))
    with clock.travel(NOW + dt.timedelta(days=10)):
        assert list(Gap.objects.late()) == [gap]
        assert gap.is_late
    gap = gaps.drop(actor=coordinator, gap=gap, reason="Ошиблись")
    gap = gaps.reopen(actor=coordinator, gap=gap)
    assert [step.kind for step in gap.steps.all()] == ["proposed", "opened", "accepted", "dropped", "reopened"]


# long: one course of days
def test_it_closes_only_after_sixty_days_in_which_the_help_was_seen(house, coordinator):
    gap = planned(coordinator, house)
    rounds.run()
    far = {f"{name}_on": dt.date(2028, 1, 1) for name in ("notice", "due", "hides", "archives")}
    first = publish(types=["naloxone"], level=2, **far)
    publish(types=["naloxone"], level=1, **far)
    each_day(1, 60)  # the 60th day is the 59th after the first one
    gap.refresh_from_db()
    assert (gap.stage, (gap.yes_seen_on - gap.yes_since).days) == (GapState.IN_WORK, 59)
    store.withdraw(first.id)
    each_day(61, 1)
    gap.refresh_from_db()
    assert gap.yes_since is None, "the days begin anew"
    publish(types=["naloxone"], level=2, **far)
    each_day(62, 1)
    # A worker that stood still for longer than a week has seen nothing.
    each_day(122, 1)
    gap.refresh_from_db()
    assert not gap.is_over
    for day in range(123, 182, 5):
        each_day(day, 1)
    each_day(181, 1)
    gap.refresh_from_db()
    assert not gap.is_over
    with clock.travel(NOW + dt.timedelta(days=182)):
        rounds.observe({axis: rounds.matrix(rounds.vocabulary("members"), axis) for axis in ("group", "language")})
        gap.refresh_from_db()
        # By the query, before anybody has written it down.
        assert (gap.state, gap.stage, Gap.objects.live().count()) == (GapState.IN_WORK, GapState.CLOSED, 0)
        with pytest.raises(WrongState):
            gaps.drop(actor=coordinator, gap=gap, reason="так")
        assert (rounds.run()["gaps closed"], rounds.run()["gaps closed"]) == (1, 0)
    gap.refresh_from_db()
    assert gap.state == GapState.CLOSED
    kinds = [step.kind for step in gap.steps.all()]
    assert kinds == ["opened", "planned", "held", "fell", "held", "held", "closed"]


REFUSED = {
    "closed before its days": "state = 'closed', ended_at = now()",
    "dropped without a reason": "state = 'dropped', ended_at = now(), reason = ''",
    "in work without an action": "action = ''",
    "in work without a day": "due_on = NULL",
    "put off without a day": "state = 'accepted', reason = 'x', review_on = NULL",
    "of two cuts at once": "\"group\" = 'msm', language = 'ru'",
    "a way that leads nowhere": "to_country = country",
    "days out of order": "yes_since = '2026-10-10', yes_seen_on = '2026-10-01'",
    "ended while it is in work": "ended_at = now()",
}


def test_what_the_database_refuses(house, coordinator):
    gap = planned(coordinator, house)
    for what, change in REFUSED.items():
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE gaps_gap SET {change} WHERE id = %s", [gap.pk])
            pytest.fail(what)
    word = (
        'INSERT INTO gaps_absencecheck (public_id, service_type, country, "group", how, organization_id, checked_on,'
        f" valid_until, created_at) VALUES ('a', 'art', 'GE', '', '%s', {house.pk}, '2026-10-01', '%s', now())"
    )
    snapshot = "INSERT INTO gaps_gapsnapshot (quarter, taken_at, states, kinds, countries, groups) VALUES "
    others = (
        "UPDATE gaps_gapstep SET words = 'другое'",
        word % ("", "2026-11-01"),
        word % ("x", "2028-11-01"),
        f"{snapshot} ('2026-11-01', now(), '{{}}', '[]', '[]', '[]')",
    )
    for statement in others:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            pytest.fail(statement)
