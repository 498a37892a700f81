"""Lines of the piles, words for deadlines, and the pages of coordination that a role has."""

from __future__ import annotations

import datetime as dt

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from core import clock
from verification import services as verification
from verification.coordination import desk
from verification.coordination.alike.finding import look
from verification.coordination.desk import PILES
from verification.models import ListingState, Recheck, Report
from verification.tests import scenarios
from workspace.coordination.charts import bar_chart, line_chart
from workspace.coordination.presenters.figures import last_months, number
from workspace.coordination.presenters.piles import listing_ids, rows_of, until
from workspace.reviews.presenter import age_words

NOW = dt.datetime(2026, 7, 6, 8, tzinfo=dt.UTC)
EVERY_TAB = ("Desk", "Reports", "Campaigns", "Urgent hiding", "Monitoring")
PILE = {pile.code: pile for pile in PILES}


@pytest.fixture(autouse=True)
def noon():
    with clock.travel(NOW), translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("hours", "words"),
    [(0.5, "less than an hour"), (1, "1 hour"), (47.9, "47 hours"), (48, "2 days"), (24 * 9.5, "9 days")],
)
def test_an_age_is_said_in_hours_then_in_days(hours, words):
    assert age_words(dt.timedelta(hours=hours)) == words


@pytest.mark.parametrize(("hours", "words"), [(72, "in 3 days"), (-2, "2 hours late"), (0, "in less than an hour")])
def test_a_deadline_is_ahead_or_missed(hours, words):
    assert until(NOW + dt.timedelta(hours=hours)) == words


@pytest.mark.django_db
def test_a_recheck_says_why_until_when_and_to_whom_it_was_given():
    row = scenarios.published()
    recheck = verification.open_recheck(listing=row, reason="outside", note="Звонили соседи")
    helper = scenarios.organization("Помощники")
    verification.assign(recheck=recheck, actor=scenarios.coordinator(), organization=helper)
    (line,) = rows_of(PILE["rechecks"], Recheck.objects.all(), "GE")
    # A name stands in the letters of the page.
    assert (line.listing, line.note, line.given_to) == (row.public_id, "Звонили соседи", "Pomoshchniki")
    assert line.url.endswith("?pile=rechecks&country=GE")
    assert (line.country_name, line.is_late) == ("Georgia", False)
    with clock.travel(recheck.due_at + dt.timedelta(minutes=1)):
        assert rows_of(PILE["rechecks"], Recheck.objects.all(), "")[0].is_late


@pytest.mark.django_db
def test_a_report_leads_to_its_own_page():
    report, _code = verification.receive_report(listing=scenarios.published(), kind="phone", text="Не отвечает")
    (line,) = rows_of(PILE["reports"], Report.objects.all(), "")
    assert report.public_id in line.url and line.note == "Не отвечает"
    assert line.given_to == ""
    verification.take_report(report=report, actor=scenarios.coordinator())
    assert rows_of(PILE["reports"], Report.objects.all(), "")[0].given_to != ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "days", "note", "is_late"),
    [
        ("due_on", -1, "", False),
        ("due_on", 0, "grey on the map", True),
        ("hides_on", -1, "grey on the map", True),
        ("hides_on", 0, "gone from the public map", True),
    ],
)
def test_a_listing_turns_late_and_then_vanishes_on_the_very_day(field, days, note, is_late):
    state = ListingState.objects.get(pk=scenarios.published().pk)
    day = getattr(state, field) + dt.timedelta(days=days)
    with clock.travel(dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC)):
        (line,) = rows_of(PILE["overdue"], [state], "")
    assert (line.note, line.is_late) == (note, is_late)


@pytest.mark.django_db
def test_a_pair_is_one_line_that_names_both_and_is_no_queue_of_calls():
    rows = [scenarios.published(scenarios.place(scenarios.organization(name))) for name in ("Мост", "Сосед")]
    scenarios.published(scenarios.place(scenarios.organization("Дальний"), city="Батуми"))
    look()
    pairs = desk.duplicates(scenarios.coordinator())
    line = rows_of(PILE["duplicates"], pairs, "")[0]
    assert line.organization == "Most" and line.note == "Тест на ВИЧ · Sosed · Tbilisi" and not line.listing
    assert {pair.second for pair in pairs} == {rows[1]} and not listing_ids(PILE["duplicates"], pairs)


@pytest.mark.django_db
def test_a_queue_of_calls_names_each_listing_once():
    one, other = scenarios.published(), scenarios.published()
    for row in (one, other, one):
        verification.receive_report(listing=row, kind="phone", text="")
    assert listing_ids(PILE["reports"], Report.objects.order_by("pk")) == [one.public_id, other.public_id]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "tabs"),
    [
        ("", []),
        ("verifier", ["Desk", "Reports", "Monitoring"]),
        ("coordinator", ["Desk", "Reports", "Campaigns", "Urgent hiding", "Monitoring"]),
    ],
)
def test_the_tabs_are_the_pages_that_one_may_open(role, tabs):
    request = RequestFactory().get("/")
    request.user = scenarios.person(scenarios.organization(), network_role=role)
    page = Template("{% load coordination %}{% coordination_tabs %}").render(
        Context({"request": request, "tab": "desk"})
    )
    assert [
        name for name in ("Desk", "Reports", "Campaigns", "Urgent hiding", "Monitoring") if f">{name}<" in page
    ] == tabs
    assert page.count('aria-current="page"') == bool(tabs)


@pytest.mark.parametrize(("count", "told"), [(0, 0), (1, "<5"), (4, "<5"), (5, 5), (40, 40)])
def test_a_small_number_could_point_at_somebody(count, told):
    assert number(count, sees_small=False) == told
    assert number(count, sees_small=True) == count


def test_the_last_twelve_months_cross_the_year():
    months = last_months(dt.date(2026, 3, 31))
    assert (months[0], months[-1], len(months)) == (dt.date(2025, 4, 1), dt.date(2026, 3, 1), 12)


def test_a_month_without_a_figure_is_a_gap_and_no_slope():
    chart = line_chart("x", [("a", 1), ("b", 2), ("c", None), ("d", 3), ("e", 4)])
    assert [len(piece.split()) for piece in chart.pieces] == [2, 2]
    assert [point.label for point in chart.points] == ["a", "b", "d", "e"]


def test_the_longest_bar_fits_its_track_and_nothing_has_no_bar():
    chart = bar_chart("x", [("a", 100.0), ("b", 50.0), ("c", None)], top=100)
    assert [bar.width for bar in chart["bars"]] == [200, 100, 0]
    assert [bar.text for bar in chart["bars"]][-1] == "–"
