"""The clock runs on the medicine's last day and on the organisations still to ask."""

from __future__ import annotations

import datetime as dt

import pytest

from core import clock
from referrals.clocks import instants, nearer, needed_by, urgency_of, waking_after

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
    assert needed_by("none", None, None, today) == dt.date(2026, 6, 15)
    assert needed_by("none", None, dt.date(2026, 6, 3), today) == dt.date(2026, 6, 3)


@pytest.mark.parametrize(("days", "told", "supply", "kind", "found"), [
    (2, [], "art", "art", "today"), (3, [], "art", "art", "urgent"), (7, [], "art", "art", "urgent"),
    (8, [], "art", "art", "ordinary"), (None, ["danger"], "none", "shelter", "today"),
    (None, ["exposed"], "none", "art", "today"), (None, [], "none", "pep", "today"),
    (30, ["pregnant"], "art", "art", "urgent"), (30, ["pregnant"], "tb", "art", "ordinary"),
    (None, ["under_18"], "none", "shelter", "urgent"),
])  # fmt: skip
def test_how_urgent(days, told, supply, kind, found):
    assert urgency_of(days_of_medicine=days, circumstances=told, supply=supply, service_type=kind) == found


def test_instants_only_move_nearer():
    now = local("2026-06-01 08:00", TBILISI)
    far, near = (instants(kind, now, dt.date(2026, 9, 1), 2, TBILISI) for kind in ("ordinary", "urgent"))
    assert nearer(far, near) == nearer(near, far) == near
