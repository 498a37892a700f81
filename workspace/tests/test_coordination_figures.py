"""Charts, CSV, campaigns, the digest: what the numbers say, and to whom."""

import csv
import datetime as dt
import io

import pytest
from django.test import Client

from accounts.models import NetworkRole
from core import clock
from messaging.dispatch import dispatch
from messaging.models import Message
from verification import services as verification
from verification.campaigns.running import start_campaign
from verification.coordination.monitoring import record_month
from verification.letters.occasions.digest import write_digests
from verification.models import Campaign, MonthlyFigure
from verification.tests import scenarios
from workspace.coordination.charts import bar_chart, line_chart
from workspace.coordination.presenters.figures import COUNTS, not_to_be_subtracted, number
from workspace.coordination.sheets import cell
from workspace.tests.test_coordination import enter, late, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return enter(scenarios.coordinator())


def table(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("value", ["=1+1", "+7 900", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1"])
def test_a_cell_that_looks_like_a_formula_is_none(value):
    assert cell(value).startswith("'")


def test_numbers_and_words_stay_as_they_are():
    assert [cell(value) for value in (-3, 2.5, "Дом", None, "")] == ["-3", "2.5", "Дом", "", ""]


def test_a_line_has_its_gaps_and_stays_within_the_drawing():
    chart = line_chart("x", [("a", 10), ("b", None), ("c", 100), ("d", 50)])
    assert len(chart.points) == 3 and len(chart.pieces) == 1
    assert all(0 <= p.x <= chart.width and 0 <= p.y <= chart.height for p in chart.points)
    assert chart.points[1].y < chart.points[2].y < chart.points[0].y


@pytest.mark.parametrize("series", [[], [("a", None)], [("a", 0)], [("a", 3.5)]])
def test_charts_of_little_are_charts(series):
    assert line_chart("x", series).pieces == []
    assert len(bar_chart("x", series)["bars"]) == len(series)


def test_a_line_begins_where_its_values_begin_and_fills_its_scale():
    high = line_chart("x", [("a", None), ("b", None), ("c", 82), ("d", 88)], unit="%", goal=90)
    assert [label.label for label in high.labels] == ["c", "d"] and high.points[0].x == high.left
    assert [tick.label for tick in high.ticks] == ["50%", "75%", "100%"]
    assert high.points[0].y - high.points[1].y > 15
    assert [tick.label for tick in line_chart("x", [("a", 2), ("b", 3.5)], unit="%").ticks] == ["2%", "3%", "4%"]
    assert [tick.label for tick in line_chart("x", [("a", 0), ("b", 35)]).ticks] == ["0", "20", "40"]


def test_an_empty_chart_says_why(desk):
    late()
    page = desk.get(url("-monitoring", show="waits"))
    empty = {chart["measure"].code: chart["why_empty"] for chart in page.context["charts"] if not chart["chart"].points}
    assert empty.keys() == {"days", "quick", "repair", "answers", "decide"}
    assert "напоминания" in empty["days"] and "читател" in empty["quick"] and "предлагал" in empty["answers"]
    evaluator = enter(scenarios.person(network_role=NetworkRole.EVALUATOR))
    page = evaluator.get(url("-monitoring"))
    assert "меньше пяти" in page.context["charts"][0]["why_empty"] and b'class="chart"' not in page.content


def test_small_numbers_are_for_people_of_members(desk):
    for _number in range(3):
        late()
    evaluator = enter(scenarios.person(network_role=NetworkRole.EVALUATOR))
    page = evaluator.get(url("-monitoring"))
    assert [row["listings"] for row in page.context["by_country"]["rows"]] == ["<5", "<5"]
    assert [row["fresh"] for row in page.context["by_country"]["rows"]] == [None, None]
    member = enter(scenarios.person(scenarios.organization()))
    for client in (desk, member):
        rows = client.get(url("-monitoring")).context["by_country"]["rows"]
        assert [row["listings"] for row in rows] == [3, 3]


def test_the_csv_has_every_month_and_masks_as_the_page_does(desk):
    MonthlyFigure.objects.create(month=dt.date(2025, 3, 1), country="GE", listings=3, fresh=2, level2=1)
    MonthlyFigure.objects.create(month=dt.date(2025, 3, 1), country="", listings=10, fresh=9, level2=5)
    rows = table(desk.get(url("-monitoring-table")))
    assert [row[0] for row in rows[1:]] == ["2025-03", "2025-03"] and rows[2][2] == "3"
    evaluator = enter(scenarios.person(network_role=NetworkRole.EVALUATOR))
    masked = table(evaluator.get(url("-monitoring-table")))
    assert masked[2][2] == "<5" and masked[2][8] == "" and masked[1][2] == "10" and masked[1][8] == "90.0"


def test_past_months_of_the_page_are_those_that_were_recorded(desk):
    late()
    month = (clock.today().replace(day=1) - dt.timedelta(days=1)).replace(day=1)
    MonthlyFigure.objects.create(month=month, country="", listings=200, fresh=190, level2=100)
    chart = desk.get(url("-monitoring")).context["charts"][0]
    assert [line["value"] for line in chart["rows"]] == [95.0, 0.0]
    assert desk.get(url("-monitoring", country="нет")).status_code == 200


def test_a_campaign_begins_after_a_look_and_its_table_escapes(desk):
    late(title="=HYPERLINK(1)")
    today = clock.today()
    body = {"name": "Перед зимой", "why": "Скоро снег.", "countries": ["GE"]}
    body |= {"starts_on": str(today), "ends_on": str(today + dt.timedelta(days=9))}
    page = desk.post(url("-campaign-new"), body | {"action": "preview"})
    assert page.context["preview"]["total"] == 1 and not Campaign.objects.exists()
    assert page.context["preview"]["now"] or "уйдёт 0 писем" not in page.content.decode()
    desk.post(url("-campaign-new"), body | {"action": "start"})
    campaign = Campaign.objects.get()
    assert desk.get(url("-campaign", campaign.public_id)).context["progress"].total == 1
    rows = table(desk.get(url("-campaign-table", campaign.public_id)))
    assert rows[1][0] == "'=HYPERLINK(1)"
    assert desk.post(url("-campaign-new"), body | {"ends_on": today - dt.timedelta(days=1)}).status_code == 422


def test_a_campaign_is_led_by_presses_and_its_owner_has_one_task(desk):
    row, client = late(), Client()
    mine, today = row.service.organization, clock.today()
    campaign = start_campaign(
        actor=scenarios.coordinator(), name="Перед зимой", why="Скоро снег.", starts_on=today, ends_on=today,
    )  # fmt: skip
    client.force_login(scenarios.person(mine))
    assert "Скоро снег." in client.get("/ru/workspace/").content.decode()
    page = client.get(f"/ru/workspace/confirm/?campaign={campaign.public_id}")
    assert [card["row"].listing for card in page.context["cards"]] == [row] and "Перед зимой" in page.content.decode()
    shown = desk.get(url("-campaign", campaign.public_id)).context
    assert [(owner["name"], owner["is_silent"], owner["call"]) for owner in shown["owners"]] == [
        (mine.name, True, "tel:+995322123456")
    ]
    assert shown["leads"] and shown["lines"][0]["is_open"]
    said = {
        "remind": ({}, "меньше недели назад"),
        "extend": ({"ends_on": today + dt.timedelta(days=9)}, "Последний день теперь"),
        "add": ({"organization": mine.slug}, "не нашлось"),
        "take-out": ({"listing": [row.public_id]}, "Об 1 услуге больше не спрашиваем"),
        "stop": ({}, "Кампания закончена"),
    }
    for step, (body, words) in said.items():
        answer = desk.post(url(f"-campaign-{step}", campaign.public_id), body, follow=True)
        assert words in answer.content.decode(), step
    assert desk.post(url("-campaign-extend", campaign.public_id), {"ends_on": "завтра"}).status_code == 422
    assert "Перед зимой" not in client.get("/ru/workspace/").content.decode()


def test_whoever_coordinates_one_of_its_countries_reads_a_campaign_and_leads_it_not(desk):
    guest, today = scenarios.coordinator(), clock.today()
    guest.countries = ["GE"]
    guest.save()
    campaign = Campaign.objects.create(name="Двух стран", countries=["GE", "AM"], starts_on=today, ends_on=today)
    campaign.tasks.create(listing=late())
    page = enter(guest).get(url("-campaign", campaign.public_id))
    assert page.context["lines"] and not page.context["leads"] and "Напомнить молчащим" not in page.content.decode()
    refused = enter(guest).post(url("-campaign-stop", campaign.public_id), follow=True)
    assert (
        "Это может сделать только координатор страны." in refused.content.decode()
        and not Campaign.objects.get().is_over
    )
    assert desk.get(url("-campaign", campaign.public_id)).context["leads"]


def test_campaigns_list_asks_as_much_for_many(desk, django_assert_num_queries):
    row = late()
    today = clock.today()
    for each in range(3):
        Campaign.objects.create(name=str(each), starts_on=today, ends_on=today).tasks.create(listing=row)
    verification.confirm_unchanged(listing=row, actor=None)
    shown = desk.get(url("-campaigns")).context["rows"]
    assert [line["progress"].percent for line in shown] == [100, 100, 100]


def test_the_digest_comes_once_a_week_and_counts_when_it_leaves(mailoutbox):
    monday = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
    with clock.travel(monday):
        late()
        scenarios.coordinator()
        assert write_digests() == 1 and write_digests() == 0
        dispatch()
    letter = Message.objects.get(kind="digest")
    assert letter.state == "sent" and "?pile=overdue" in mailoutbox[0].body
    with clock.travel(monday + dt.timedelta(days=7)):
        assert write_digests() == 1


def test_a_digest_of_nothing_does_not_leave(mailoutbox):
    scenarios.coordinator()
    with clock.travel(dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)):
        write_digests()
        dispatch()
    assert not mailoutbox


def test_the_last_reports_of_a_month_have_their_week_and_the_rest_of_it_stays():
    row = late()
    with clock.travel(dt.date(2026, 10, 30)):
        report, _code = verification.receive_report(listing=row, kind="phone")
        record_month()
    assert MonthlyFigure.objects.get(country="").reports == 0
    late()
    with clock.travel(dt.date(2026, 11, 3)):
        verification.close_report(report=report, actor=scenarios.verifier(), state="fixed", answer="Исправили")
        record_month()
    october = MonthlyFigure.objects.get(country="", month=dt.date(2026, 10, 1))
    assert (october.reports, october.reports_in_7_days, october.listings) == (1, 1, 1)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([30, 3, 9, 18], [30, "<5", "…", 18]),  # 30 less 27 would be the three
        ([30, 3, 2, 25], [30, "<5", "<5", 25]),
        ([9, 3], [9, "<5"]),
        ([30, 12, 18, 0], [30, 12, 18, 0]),
    ],
)
def test_a_single_small_number_is_not_what_the_sum_leaves(counts, told):
    rows = [
        {"country": country, **{name: number(count, False) for name in COUNTS}}
        for country, count in zip(["", "GE", "KZ", "UZ"], counts, strict=False)
    ]
    not_to_be_subtracted(rows)
    assert [row["reports"] for row in rows] == told
