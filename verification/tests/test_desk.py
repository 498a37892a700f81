"""The desk, reports and re-checks: the right piles for the right people, with the clocks of the class."""

import datetime as dt

import pytest

from core import clock
from core.errors import NotAllowed, WrongState
from verification import services as verification
from verification.campaigns.running import CampaignScope, start_campaign
from verification.campaigns.tasks import progress
from verification.coordination import desk, monitoring
from verification.coordination.alike.finding import look
from verification.models import MonthlyFigure, Recheck, Report
from verification.services.rechecks import deadline
from verification.tests import scenarios
from verification.upkeep import triggers

pytestmark = pytest.mark.django_db
#: As somebody types a code from paper, whose keyboard is Russian.
CYRILLIC = str.maketrans("abekmhpctyxr", "авекмнрстухг")


def test_piles_follow_the_calendar_of_the_place():
    today = clock.today()
    soon = scenarios.published(on=today - dt.timedelta(days=180))
    late = scenarios.published(on=today - dt.timedelta(days=190))
    scenarios.published()
    someone = scenarios.coordinator()
    assert [s.listing_id for s in desk.due_this_week(someone)] == [soon.pk]
    assert [s.listing_id for s in desk.overdue(someone)] == [late.pk]
    assert desk.never_checked(someone).count() == 3


def test_the_desk_never_shows_a_persons_own_organisation_and_knows_countries():
    row = scenarios.published(on=clock.today() - dt.timedelta(days=190))
    own = scenarios.coordinator(row.service.organization)
    elsewhere = scenarios.coordinator()
    elsewhere.countries = ["PL"]
    elsewhere.save()
    assert not desk.overdue(own).exists() and not desk.overdue(elsewhere).exists()
    elsewhere.countries = ["PL", "GE"]
    elsewhere.save()
    assert desk.overdue(elsewhere).count() == 1 and not desk.overdue(elsewhere, "PL").exists()


def test_every_pile_answers():
    someone = scenarios.coordinator()
    scenarios.published()
    assert all(isinstance(len(pile.rows(someone, "GE")), int) for pile in desk.PILES)


def test_alike_listings_of_two_organisations_are_possible_duplicates():
    for _count in range(2):
        scenarios.published(title="Тест на ВИЧ за 20 минут")
    look()
    assert desk.duplicates(scenarios.coordinator()).count() == 1


@pytest.mark.parametrize(
    ("verification_class", "start", "end"),
    [
        ("A", "2026-11-20T15:00", "2026-11-21T15:00"),
        ("B", "2026-11-20T15:00", "2026-11-25T15:00"),  # Friday: Monday, Tuesday, Wednesday
        ("B", "2026-11-22T09:00", "2026-11-25T09:00"),  # Sunday
        ("C", "2026-11-23T09:00", "2026-11-26T09:00"),
    ],
)
def test_clocks_of_a_recheck(verification_class, start, end):
    begin = dt.datetime.fromisoformat(start).replace(tzinfo=dt.UTC)
    assert deadline(verification_class, begin) == dt.datetime.fromisoformat(end).replace(tzinfo=dt.UTC)


def test_a_report_asks_for_a_recheck_and_answers_by_its_code():
    row = scenarios.published()
    report, code = verification.receive_report(listing=row, kind="phone", contact="+7 900 000-00-00")
    assert Recheck.objects.open().get().reason == "report"
    for typed in (code.upper(), f" {code.replace('-', ' – ')}.", code.replace("-", "").translate(CYRILLIC)):
        assert verification.find_report(typed) == report
    assert verification.find_report("22222-22222") is None
    verification.close_report(report=report, actor=scenarios.verifier(), state="fixed", answer="Исправили номер")
    report.refresh_from_db()
    assert report.contact == "" and not Recheck.objects.open().exists()
    with pytest.raises(WrongState):
        verification.close_report(report=report, actor=scenarios.verifier(), state="fixed", answer="Ещё раз")


def test_two_reports_ask_for_one_recheck():
    row = scenarios.published()
    for kind in ("phone", "hours"):
        verification.receive_report(listing=row, kind=kind)
    assert Report.objects.open().count() == 2 and Recheck.objects.open().count() == 1


def test_two_unserved_clients_ask_for_a_recheck():
    row, member = scenarios.published(), scenarios.person(scenarios.organization())
    tell = {"listing": row, "actor": member, "visited_on": clock.today(), "was_served": False, "reason": "language"}
    verification.tell_visit(**tell)
    assert not Recheck.objects.exists()
    verification.tell_visit(**tell)
    assert Recheck.objects.get().reason == "refused"


def test_class_a_asks_for_a_check_by_others_and_only_others_answer_it():
    row = scenarios.published(types=["crisis_line"], delivery=["phone"])
    assert triggers.run_daily() == 1 and triggers.run_daily() == 0
    recheck = Recheck.objects.get()
    assert recheck.reason == "outside" and (recheck.due_at - clock.now()).days in (29, 30)
    verification.confirm_unchanged(listing=row, actor=None)
    assert Recheck.objects.open().exists()
    with pytest.raises(NotAllowed):
        verification.assign(recheck=recheck, actor=scenarios.coordinator(), organization=row.service.organization)
    verification.record_check(listing=row, actor=scenarios.verifier(), method="call")
    assert not Recheck.objects.open().exists() and triggers.run_daily() == 0


def test_a_project_that_ends_is_asked_about():
    scenarios.published(ends_on=clock.today() + dt.timedelta(days=10))
    assert triggers.run_daily() == 1 and Recheck.objects.get().reason == "project_ends"


def test_a_campaign_counts_checks_within_its_window():
    row = scenarios.published(on=clock.today() - dt.timedelta(days=20))
    scenarios.published(on=clock.today() - dt.timedelta(days=20))
    today = clock.today()
    campaign = start_campaign(
        actor=scenarios.coordinator(), name="Перед зимой", starts_on=today, ends_on=today + dt.timedelta(days=30),
        scope=CampaignScope(countries=["GE"]),
    )  # fmt: skip
    assert progress(campaign).done == 0 and progress(campaign).total == 2
    verification.confirm_unchanged(listing=row, actor=None)
    assert progress(campaign).by_method == {"workspace": 1} and progress(campaign).percent == 50


def test_last_months_figure_stays_last_months():
    scenarios.published()
    month = dt.date(2026, 3, 5)
    with clock.travel(month):
        monitoring.record_month()
    before = MonthlyFigure.objects.get(country="").listings
    scenarios.published()
    assert monitoring.record_month(month) == 0
    assert MonthlyFigure.objects.get(country="", month=dt.date(2026, 3, 1)).listings == before
