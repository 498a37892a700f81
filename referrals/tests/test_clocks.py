"""The clock runs on the medicine's last day and on the organisations still to ask."""

from __future__ import annotations

import datetime as dt

import pytest

from core import clock
from referrals.clocks import Instants, instants, meets_in_time, nearer, needed_by, urgency_of, waking_after

TBILISI, BERLIN = "Asia/Tbilisi", "Europe/Berlin"
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


def local(text: str, zone: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=clock.zone(zone)).astimezone(dt.UTC)


@pytest.mark.parametrize(("start", "hours", "end"), [
    ("2026-06-05 20:00", 4, "2026-06-06 11:00"),  # Friday evening: Saturday morning, which is awake
    ("2026-06-05 23:00", 4, "2026-06-06 12:00"),
    ("2026-06-05 03:00", 1, "2026-06-05 09:00"),
    ("2026-06-05 09:00", 4, "2026-06-05 13:00"),
    ("2026-06-05 09:00", 26, "2026-06-07 09:00"),
])  # fmt: skip
@pytest.mark.parametrize("zone", [TBILISI, BERLIN])
def test_waking_hours_skip_the_night(start, hours, end, zone):
    assert waking_after(local(start, zone), hours, zone) == local(end, zone)


@pytest.mark.parametrize("day", ["2026-03-28", "2026-10-24"])
def test_waking_hours_are_the_same_when_clocks_change_in_the_night(day):
    following = (dt.date.fromisoformat(day) + DAY).isoformat()
    assert waking_after(local(f"{day} 20:00", BERLIN), 2, BERLIN) == local(f"{following} 09:00", BERLIN)


def test_an_ordinary_request_counts_working_days_of_the_receiver():
    friday = local("2026-06-05 12:00", TBILISI)
    found = instants("ordinary", friday, dt.date(2026, 9, 1), 2, TBILISI)
    assert found.remind_at == local("2026-06-08 12:00", TBILISI)
    assert found.answer_by == local("2026-06-10 12:00", TBILISI)
    assert found.fallback_at == local("2026-06-12 12:00", TBILISI)


def test_the_window_is_a_share_of_what_is_left_and_never_less_than_a_waking_hour():
    now = local("2026-06-01 08:00", TBILISI)
    # Four days are left, two are to be asked: one day each.
    short = instants("ordinary", now, dt.date(2026, 6, 5), 2, TBILISI)
    assert short.answer_by == now + DAY and short.fallback_at == now + DAY * 7 / 3
    assert instants("ordinary", now, dt.date(2026, 6, 5), 4, TBILISI).answer_by == now + DAY / 2
    past = instants("urgent", now, dt.date(2026, 5, 20), 2, TBILISI)
    assert past.answer_by == past.fallback_at == now + HOUR


def test_the_day_of_need_is_the_last_of_the_medicine_less_its_margin():
    today, last = dt.date(2026, 6, 1), dt.date(2026, 6, 20)
    found = [needed_by(kind, last, None, today).day for kind in ("art", "tb", "ost", "hormones")]
    assert found == [18, 19, 19, 17]
    assert needed_by("none", last, None, today) == dt.date(2026, 6, 15), "no medicine has a last day"
    assert needed_by("none", None, None, today) == dt.date(2026, 6, 15)
    assert needed_by("none", None, dt.date(2026, 6, 3), today) == dt.date(2026, 6, 3)


@pytest.mark.parametrize(("days", "told", "supply", "kind", "found"), [
    (2, [], "art", "art", "today"), (3, [], "art", "art", "urgent"), (7, [], "art", "art", "urgent"),
    (8, [], "art", "art", "ordinary"), (None, ["danger"], "none", "shelter", "today"),
    (None, ["exposed"], "none", "art", "today"), (None, [], "none", "pep", "today"),
    (30, ["pregnant"], "art", "art", "urgent"), (30, ["pregnant"], "tb", "art", "ordinary"),
    (None, ["under_18"], "none", "shelter", "urgent"), (None, ["deportation"], "none", "shelter", "urgent"),
    (None, [], "none", "hiv_pep", "today"), (None, [], "none", "shelter", "ordinary"),
    (30, ["with_child", "no_money"], "art", "art", "ordinary"), (0, [], "art", "art", "today"),
])  # fmt: skip
def test_how_urgent(days, told, supply, kind, found):
    assert urgency_of(days_of_medicine=days, circumstances=told, supply=supply, service_type=kind) == found


def test_instants_only_move_nearer():
    now = local("2026-06-01 08:00", TBILISI)
    far, near = (instants(kind, now, dt.date(2026, 9, 1), 2, TBILISI) for kind in ("ordinary", "urgent"))
    assert nearer(far, near) == nearer(near, far) == near


NOW, FAR = "2026-06-01 09:00", dt.date(2027, 1, 1)  # a Monday


@pytest.mark.parametrize(("urgency", "ends"), [
    ("today", ("2026-06-01 10:00", "2026-06-01 13:00", "2026-06-01 11:00", "2026-06-01 13:00", "2026-06-01 17:00")),
    ("urgent", ("2026-06-01 21:00", "2026-06-02 09:00", "2026-06-02 09:00", "2026-06-02 21:00", "2026-06-03 09:00")),
    ("ordinary", ("2026-06-02 09:00", "2026-06-04 09:00", "2026-06-04 09:00", "2026-06-08 09:00", "2026-06-15 09:00")),
])  # fmt: skip
def test_what_happens_when_in_each_class(urgency, ends):
    found = instants(urgency, local(NOW, TBILISI), FAR, 1, TBILISI)
    assert found == Instants(*(local(end, TBILISI) for end in ends))


def test_a_short_stage_draws_every_instant_nearer_by_one_factor():
    """Two days are left for one organisation: half of them, a third of the window of three days."""
    now = local("2026-06-01 08:00", TBILISI)
    found = instants("ordinary", now, dt.date(2026, 6, 3), 1, TBILISI)
    assert found == Instants(now + 8 * HOUR, now + DAY, now + DAY, now + DAY * 7 / 3, now + DAY * 14 / 3)
    assert found == instants("ordinary", now, dt.date(2026, 6, 3), 0, TBILISI), "one is always asked"


def test_a_window_that_fits_to_the_minute_stays_as_it_is():
    now = local("2026-06-01 08:00", TBILISI)
    assert instants("urgent", now, dt.date(2026, 6, 3), 1, TBILISI).fallback_at == now + 36 * HOUR
    assert instants("urgent", now, dt.date(2026, 6, 2), 1, TBILISI).fallback_at == now + 18 * HOUR


def test_what_is_past_gives_a_waking_hour_and_the_reminder_half_of_it():
    now = local("2026-06-01 20:30", TBILISI)
    found = instants("urgent", now, dt.date(2026, 5, 20), 3, TBILISI)
    morning = local("2026-06-02 08:30", TBILISI)
    assert (found.answer_by, found.coordinator_at, found.nobody_at) == (morning,) * 3
    assert found.remind_at == now + (morning - now) / 2


@pytest.mark.parametrize(("mode", "expected", "needed", "is_in_time"), [
    ("travels", 10, 10, True), ("travels", 11, 10, False), ("remote", 11, 10, True), ("travels", None, 10, True),
    ("travels", 11, None, True),
])  # fmt: skip
def test_a_meeting_is_in_time_on_the_last_day(mode, expected, needed, is_in_time):
    days = [day and dt.date(2026, 6, day) for day in (expected, needed)]
    assert meets_in_time(mode, *days) is is_in_time
