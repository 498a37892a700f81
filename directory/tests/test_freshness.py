import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import DataError, transaction

from core import clock
from directory import queries
from directory.freshness import freshness, freshness_sql
from directory.tests.factories import publish

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
TODAY = NOON.date()


def row(*, notice, due, hides, timezone="UTC", level=1):
    days = (TODAY + dt.timedelta(days=n) for n in (notice, due, hides))
    return SimpleNamespace(
        **dict(zip(("notice_on", "due_on", "hides_on"), days, strict=True)), timezone=timezone, level=level
    )


@pytest.mark.parametrize(
    ("notice", "due", "hides", "state"),
    [
        (1, 10, 20, "fresh"),
        (0, 10, 20, "due"),
        (-9, 1, 20, "due"),
        (-9, 0, 20, "overdue"),
        (-30, -9, 1, "overdue"),
        (-30, -9, 0, "lapsed"),
    ],
)
@pytest.mark.django_db
def test_a_state_changes_on_its_day_in_python_and_in_sql(notice, due, hides, state):
    dates = row(notice=notice, due=due, hides=hides)
    assert freshness(dates, NOON) == state
    with clock.travel(NOON):
        publish(
            checked_on=TODAY - dt.timedelta(days=60),
            timezone="UTC",
            notice_on=dates.notice_on,
            due_on=dates.due_on,
            hides_on=dates.hides_on,
        )
        found = queries.current_listings("members").annotate(state=freshness_sql()).values_list("state", flat=True)
        assert list(found) == [state]
        assert queries.current_listings("public").exists() == (state != "lapsed")


def test_nobody_checked_an_imported_listing():
    assert freshness(SimpleNamespace(level=0, due_on=None), NOON) == "unchecked"


@pytest.mark.django_db
def test_a_listing_vanishes_at_midnight_of_its_own_place():
    hides_on = dt.date(2026, 11, 23)
    options = {"checked_on": dt.date(2026, 5, 1), "notice_on": dt.date(2026, 9, 1), "due_on": dt.date(2026, 10, 1)}
    almaty = publish(timezone="Asia/Almaty", hides_on=hides_on, **options)
    berlin = publish(timezone="Europe/Berlin", hides_on=hides_on, **options)

    def seen(*clock_time):
        at = dt.datetime(2026, 11, 22, *clock_time, tzinfo=dt.UTC)
        return set(queries.current_listings("public", at).values_list("id", flat=True))

    assert seen(18, 59) == {almaty.id, berlin.id}
    assert seen(19, 0) == {berlin.id}
    assert seen(22, 59) == {berlin.id}
    assert seen(23, 0) == set()


@pytest.mark.django_db
def test_members_see_a_listing_until_it_is_archived():
    listing = publish(
        checked_on=dt.date(2026, 1, 1),
        notice_on=dt.date(2026, 2, 1),
        due_on=dt.date(2026, 3, 1),
        hides_on=dt.date(2026, 4, 1),
        archives_on=dt.date(2026, 5, 1),
    )
    for day, public, members in (
        ("2026-03-31", 1, 1),
        ("2026-04-01", 0, 1),
        ("2026-04-30", 0, 1),
        ("2026-05-01", 0, 0),
    ):
        at = dt.datetime.fromisoformat(f"{day}T12:00:00+00:00")
        assert queries.current_listings("public", at).filter(id=listing.id).count() == public, day
        assert queries.current_listings("members", at).filter(id=listing.id).count() == members, day


@pytest.mark.django_db
def test_a_zone_that_the_database_does_not_know_cannot_get_in():
    with pytest.raises(DataError), transaction.atomic():
        publish(timezone="Mars/Olympus")
    assert queries.current_listings("public").count() == 0
