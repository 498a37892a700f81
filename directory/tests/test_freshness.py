import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import DataError, transaction

from core import clock
from directory.asking import queries
from directory.freshness import ROOM, capacity, capacity_sql, freshness, freshness_sql, has_room, is_overdue, local_date
from directory.tests.factories import publish

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
TODAY = NOON.date()
EARLIER = TODAY - dt.timedelta(days=60)


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


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("level", "notice", "hides", "told"),
    [
        (1, None, 5, "overdue"),
        (1, None, None, "overdue"),
        (0, -9, 5, "unchecked"),
    ],
)
def test_dates_that_are_not_there_turn_nothing(level, notice, hides, told):
    """In Python as in SQL: only the day of the next check is asked of every listing."""
    days = {"notice_on": notice, "due_on": -1, "hides_on": hides}
    dates = {name: None if n is None else TODAY + dt.timedelta(days=n) for name, n in days.items()}
    assert freshness(SimpleNamespace(level=level, timezone="UTC", **dates), NOON) == told
    with clock.travel(NOON):
        publish(audiences=("members",), checked_on=EARLIER, level=level, timezone="UTC", archives_on=None, **dates)
        rows = queries.current_listings("members").annotate(state=freshness_sql())
        assert list(rows.values_list("state", flat=True)) == [told]


@pytest.mark.django_db
def test_without_a_day_for_the_next_check_nobody_has_checked():
    dates = SimpleNamespace(level=1, due_on=None, notice_on=None, hides_on=TODAY, timezone="UTC")
    assert freshness(dates, NOON) == "unchecked"
    with clock.travel(NOON):
        days = {"checked_on": EARLIER, "due_on": None, "notice_on": None, "hides_on": TODAY, "archives_on": None}
        publish(audiences=("members",), level=1, timezone="UTC", **days)
        rows = queries.current_listings("members").annotate(state=freshness_sql())
        assert list(rows.values_list("state", flat=True)) == ["unchecked"]


@pytest.mark.django_db
@pytest.mark.parametrize(("due", "grey"), [(-1, True), (0, True), (1, False)])
def test_grey_from_the_day_of_the_next_check(due, grey):
    with clock.travel(NOON):
        publish(timezone="UTC", checked_on=EARLIER, due_on=TODAY + dt.timedelta(days=due))
        assert queries.current_listings("public").filter(is_overdue()).exists() is grey


@pytest.mark.django_db
@pytest.mark.parametrize("level", ["free", "limited", "full", "out_of_stock", ""])
@pytest.mark.parametrize("days", [-1, 0, 1, None])
def test_a_word_about_places_counts_until_the_day_before_it_lapses(level, days):
    expires = None if days is None or not level else TODAY + dt.timedelta(days=days)
    told = "" if not level or expires is None else level if days == 1 else "unknown"
    row = SimpleNamespace(capacity_level=level, capacity_expires_on=expires, timezone="UTC")
    assert capacity(row, NOON) == told
    with clock.travel(NOON):
        assert capacity(row) == told
        publish(
            timezone="UTC",
            capacity_level=level if expires else "",
            capacity_expires_on=expires,
            capacity_reported_on=EARLIER if expires else None,
        )
        rows = queries.current_listings("public").annotate(told=capacity_sql())
        assert list(rows.values_list("told", flat=True)) == [told]
        assert rows.filter(has_room()).exists() is (told in ("free", "limited"))
    assert ROOM == ("free", "limited")


def test_the_date_is_that_of_the_place_at_the_instant():
    late = NOON.replace(hour=20)
    assert local_date("UTC", late) == TODAY and local_date("Asia/Tbilisi", late) == TODAY + dt.timedelta(days=1)
    assert local_date("No/Where", late) == TODAY
    with clock.travel(late):
        assert local_date("Asia/Tbilisi") == TODAY + dt.timedelta(days=1)


@pytest.mark.django_db
def test_a_row_without_a_zone_and_another_column_of_zones_are_read_as_well():
    """Organisations carry the zone of their profile under the same name; anything else says under which."""
    from django.db.models import CharField, Value

    from directory.freshness import LocalDate

    made = publish(timezone="Asia/Tbilisi")
    late = NOON.replace(hour=20)
    rows = queries.current_listings("members", NOON).filter(pk=made.id)
    rows = rows.annotate(other=Value("UTC", output_field=CharField()), none=Value(None, output_field=CharField()))
    for zone, days in (("timezone", 1), ("other", 0), ("none", 0)):
        on = rows.annotate(day=LocalDate(late, zone=zone)).values_list("day", flat=True)
        assert list(on) == [TODAY + dt.timedelta(days=days)], zone
