"""Pages of monitoring: every number opens exactly its rows; who may not see small numbers opens none."""

from __future__ import annotations

import datetime as dt
import io
import re
from urllib.parse import unquote

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.models import NetworkRole
from core import clock
from core.tests.shared import shared
from organizations.models import Location, Organization
from services.models import Service, ServiceAtLocation
from verification import services as verification
from verification.coordination.monitoring import record_month
from verification.models import ListingState, MonthlyFigure, MonthlyListing, MonthlyPart
from verification.tests import scenarios
from workspace.coordination.presenters.truth import Figure, without_single_small
from workspace.tests.test_coordination import enter, url

pytestmark = pytest.mark.django_db
PAGES = ("coverage", "standing", "waits", "silence")
_LINK = re.compile(r'<a\s+href="([^"]*monitoring/rows/[^"]*)"\s*>([^<]*)</a>')


def _network():
    """Three organisations in two countries; fresh, late and gone; one reader's report that was corrected."""
    one = scenarios.organization("Абрикос")
    two = scenarios.organization("Яблоня", registration_country="AM", countries=["AM"])
    three = scenarios.organization("=HYPERLINK(1)")
    here, there = scenarios.place(one), scenarios.place(two, country="AM", city="Гюмри")
    today = clock.today()
    scenarios.published(here, method="call")
    scenarios.published(here, title="Беседа", types=["prep"])
    scenarios.published(there, on=today - dt.timedelta(days=190), method="visit", documents=[], title="Старое")
    scenarios.published(scenarios.place(three), on=today - dt.timedelta(days=225))
    told = scenarios.published(here, on=today - dt.timedelta(days=20))
    report, _code = verification.receive_report(listing=told, kind="phone")
    verification.close_report(report=report, actor=scenarios.verifier(), state="fixed", answer="Исправили")
    verification.confirm_unchanged(listing=told, actor=None)


_ground, network = shared(_network, name="network")


@pytest.fixture
def desk(network):
    return enter(scenarios.coordinator())


def links(client: Client, **asked: str) -> list[tuple[str, int]]:
    page = client.get(url("-monitoring", **asked)).content.decode()
    return [(address.replace("&amp;", "&"), int(text)) for address, text in _LINK.findall(page)]


@pytest.mark.parametrize("asked", [{}, {"country": "GE"}, {"group": "hiv_prevention"}])
@pytest.mark.parametrize("page", PAGES)
def test_every_number_opens_exactly_its_rows(desk, page, asked):
    found = links(desk, show=page, **asked)
    assert found
    for address, count in found:
        rows = desk.get(address)
        assert rows.status_code == 200, unquote(address)
        assert (rows.context["page"].paginator.count, len(rows.context["lines"])) == (count, count), unquote(address)


def test_every_figure_of_the_months_and_of_the_countries_opens_what_it_rests_on(network):
    desk = enter(scenarios.person(network_role=NetworkRole.ADMINISTRATOR))
    page = desk.get(url("-monitoring")).content.decode()
    counts = links(desk)
    assert counts and page.count("data-rests-on") > len(counts)
    for address, count in counts:
        assert desk.get(address).context["page"].paginator.count == count, unquote(address)
    for address in re.findall(r'href="([^"]*monitoring/rows/[^"]*)" data-rests-on', page):
        assert desk.get(address.replace("&amp;", "&")).context["lines"], address


def test_a_month_that_is_over_opens_its_rows_as_they_stood(network):
    """And what was narrowed since is narrowed in the past, which the page says."""
    then = clock.now()
    record_month()
    figure = MonthlyFigure.objects.get(country="")
    with clock.travel(then + dt.timedelta(days=40)):
        desk = enter(scenarios.coordinator())
        for of, told in (("listings", figure.listings), ("fresh", figure.fresh), ("level2", figure.level2)):
            asked = {"of": of, "month": f"{then:%Y-%m}"}
            rows = desk.get(url("-monitoring-rows", **asked))
            assert rows.context["page"].paginator.count == told == len(rows.context["lines"]), of
        here = desk.get(url("-monitoring-rows", of="listings", month=f"{then:%Y-%m}", country="AM"))
        assert here.context["page"].paginator.count == 1
        Location.objects.filter(country="AM").update(visibility="administrators")
        rows = desk.get(url("-monitoring-rows", of="listings", month=f"{then:%Y-%m}"))
        assert rows.context["page"].paginator.count == figure.listings - 1
        assert f"{figure.listings}" in rows.content.decode() and rows.context["told"] == figure.listings


def _of_a_month(desk, then, **asked):
    month = f"{then:%Y-%m}"
    found = links(desk, show="standing", month=month, **asked)
    for address, count in found:
        rows = desk.get(address).context
        assert (rows["page"].paginator.count, rows["told"]) == (count, count), unquote(address)
        assert rows["month"] == then.date().replace(day=1)
    return {unquote(address).partition("?")[2]: count for address, count in found}


def test_how_services_stood_by_kind_and_organisation_stays_and_opens_its_rows(network):
    """A number of a month that is over is the same after everything of it has become something else."""
    then = clock.now()
    record_month()
    with clock.travel(then + dt.timedelta(days=40)):
        desk = enter(scenarios.coordinator())
        asks = [{}, {"country": "GE"}, {"group": "hiv_prevention"}, {"organization": network_slug("Абрикос")}]
        before = [_of_a_month(desk, then, **asked) for asked in asks]
        assert all(before) and any("level3" in address for address in before[0])
        ListingState.objects.update(level=1)
        Service.objects.update(types=["paralegal"])
        assert [_of_a_month(desk, then, **asked) for asked in asks] == before
        page = desk.get(url("-monitoring", show="standing", month=f"{then:%Y-%m}")).context
        assert [row["name"] for row in page["organizations"]] == ["Абрикос", "Яблоня", "=HYPERLINK(1)"]
        outside = enter(scenarios.person(network_role=NetworkRole.EVALUATOR))
        answer = outside.get(url("-monitoring", show="standing", month=f"{then:%Y-%m}")).content.decode()
        assert not _LINK.findall(answer) and "Абрикос" not in answer


def network_slug(name: str) -> str:
    return str(Organization.objects.get(name=name).slug)


def test_what_an_old_month_did_not_write_down_is_unknown(network, desk):
    """Months from before the column: numbers of groups and organisations, without the levels and without their rows."""
    month, one = dt.date(2026, 1, 1), Organization.objects.get(name="Абрикос")
    for about in ({"kind": "hiv_prevention"}, {"organization": one}):
        MonthlyPart.objects.create(month=month, listings=7, fresh=6, level2=2, **about)
    MonthlyListing.objects.create(
        month=month,
        listing=ServiceAtLocation.objects.earliest("pk"),
        country="GE",
        level=1,
        is_fresh=True,
        is_lost=False,
    )
    page = desk.get(url("-monitoring", show="standing", month="2026-01"))
    (kind,), (mine,) = page.context["kinds"], page.context["organizations"]
    for row in (kind, mine):
        told = [row[name].text for name in ("listings", "fresh", "late", "level1", "level2", "level3")]
        assert told == [7, 6, 1, "неизвестно", 2, "неизвестно"]
    for about in ({"group": "hiv_prevention"}, {"organization": one.slug}):
        finer = desk.get(url("-monitoring", show="standing", month="2026-01", **about))
        assert finer.context["kinds_unknown"] and not finer.context["kinds"]
        assert "Неизвестно: " in finer.content.decode()
    rows = desk.get(kind["fresh"].url)
    assert rows.context["told"] == 6 and not rows.context["were_kept"] and not rows.context["lines"]
    assert "неизвестно" in desk.get(url("-monitoring-table", of="kinds")).content.decode("utf-8-sig")


def test_a_month_whose_rows_were_not_kept_says_so_and_leads_to_this_one(desk):
    MonthlyFigure.objects.create(month=dt.date(2026, 1, 1), listings=7, fresh=6, level2=2)
    rows = desk.get(url("-monitoring-rows", of="fresh", month="2026-01"))
    assert "6" in rows.content.decode() and rows.context["now_url"] in rows.content.decode().replace("&amp;", "&")
    assert desk.get(rows.context["now_url"]).context["lines"]
    assert not desk.get(url("-monitoring-rows", of="fresh", month="2025-01")).context["lines"]


def test_reports_are_opened_by_the_month_in_which_they_came(network):
    desk = enter(scenarios.person(network_role=NetworkRole.ADMINISTRATOR))
    rows = desk.get(url("-monitoring-rows", of="reported", month=f"{clock.today():%Y-%m}"))
    assert rows.context["page"].paginator.count == 1
    assert not desk.get(url("-monitoring-rows", of="reported", month="2026-01")).context["lines"]


def test_members_open_listings_and_nobody_outside_opens_anything(network):
    member = enter(scenarios.person(scenarios.organization()))
    outside = enter(scenarios.person(network_role=NetworkRole.EVALUATOR))
    assert links(member, show="standing") and not links(member, show="waits")
    assert member.get(url("-monitoring-rows", of="listings")).status_code == 200
    for client, of in ((member, "decided"), (outside, "listings"), (outside, "decided"), (member, "нет")):
        assert client.get(url("-monitoring-rows", of=of)).status_code == 404
    for page in PAGES:
        answer = outside.get(url("-monitoring", show=page))
        assert answer.status_code == 200 and not _LINK.findall(answer.content.decode())
        assert "Абрикос" not in answer.content.decode()
    shown = outside.get(url("-monitoring", show="coverage")).context["lines"]
    assert {cell["coverage"] for line in shown for cell in line["cells"]} == {"small", "none", "unknown"}


def test_a_single_small_number_of_a_table_is_not_what_the_sum_leaves():
    rows = [{"lost": Figure("<5")}, {"lost": Figure(7)}, {"lost": Figure(9)}, {"lost": Figure(0)}]
    assert [row["lost"].text for row in without_single_small(rows)] == ["<5", "…", 9, 0]


def test_organisations_stand_by_their_names_whatever_they_do(desk):
    names = [row["name"] for row in desk.get(url("-monitoring", show="standing")).context["organizations"]]
    assert names == ["Абрикос", "Яблоня", "=HYPERLINK(1)"]


def test_what_says_least_stands_first_where_a_coordinator_asks_for_it(desk):
    ListingState.objects.filter(listing__service__title="Старое").update(completeness=10)
    for name, about in (("-monitoring-rows", {"of": "listings"}), ("", {"pile": "overdue"})):
        plain = desk.get(url(name, **about))
        least = desk.get(url(name, order="said", **about))
        shown = [row.title for row in (least.context.get("rows") or least.context["lines"])]
        assert shown[0] == "Старое" and len(shown) == plain.context["page"].paginator.count > 1
        few = desk.get(url(name, said="50", **about)).context
        assert [row.title for row in (few.get("rows") or few["lines"])] == ["Старое"]
    assert desk.get(url("", pile="overdue", said="сто", order="нет")).status_code == 200
    assert desk.get(url("", pile="reports", said="50")).status_code == 200


def test_the_workbook_has_a_sheet_for_each_table_and_no_formula(desk):
    record_month()
    answer = desk.get(url("-monitoring-book"))
    pages = {page.title: list(page.values) for page in load_workbook(io.BytesIO(answer.content))}
    assert len(pages) == 5 and all(len(rows) > 1 for rows in pages.values())
    cells = [cell for page in load_workbook(io.BytesIO(answer.content)) for row in page.rows for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    organizations = pages["Организации"]
    assert [row[1] for row in organizations[1:]] == ["Абрикос", "Яблоня", "'=HYPERLINK(1)"]
    assert organizations[1][2:8] == (3, 3, 0, 2, 1, 0)
    outside = enter(scenarios.person(network_role=NetworkRole.EVALUATOR))
    told = load_workbook(io.BytesIO(outside.get(url("-monitoring-book")).content))
    assert "Организации" not in told.sheetnames
    assert not {n for page in told for row in page.values for n in row if isinstance(n, int) and 0 < n < 5}


@pytest.mark.parametrize("of", ["months", "kinds", "organizations", "parts", "coverage", "нет"])
def test_each_table_is_a_csv(desk, of):
    record_month()
    answer = desk.get(url("-monitoring-table", of=of))
    assert answer.status_code == 200 and len(answer.content.decode("utf-8-sig").splitlines()) > 1


def test_what_nobody_can_read_is_the_page_without_it(desk):
    for asked in (
        {"show": "нет"},
        {"show": "coverage", "group": "нет", "country": "QQ"},
        {"show": "standing", "group": "prep"},
    ):
        assert desk.get(url("-monitoring", **asked)).status_code == 200
    assert desk.get(url("-monitoring-rows", of="decided", month="2026-99")).status_code == 200
    assert desk.get(url("-monitoring-rows", of="listings", organization="нет-такой")).status_code == 404
    assert desk.get(url("-monitoring-rows", of="listings", kind="нет", page="сто")).context["lines"] == []
