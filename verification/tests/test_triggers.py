"""What asks for a re-check, each by the way in which it happens: a round of the worker or an operator's screen."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command

from core import clock
from directory.models import MemberListing, PublicListing
from messaging.people import correspondents_for
from messaging.services import record_bounce
from organizations import services as organizations
from organizations.models import Membership, Organization
from organizations.people import remove_member
from services import services
from verification import services as verification
from verification import tasks
from verification.models import ListingState, Recheck, Watch
from verification.tests import scenarios
from verification.upkeep import rounds, standings
from verification.websites import asking
from verification.websites.asking import Reply

pytestmark = pytest.mark.django_db
#: A Monday.
START = dt.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def on_a_monday():
    with clock.travel(START):
        yield


def open_reasons(row):
    return sorted(row.rechecks.open().values_list("reason", flat=True))


@pytest.fixture
def row():
    """A listing of class B, with a colleague who answers for it."""
    organization = scenarios.organization(website="https://site.example/")
    scenarios.person(organization, role="manager")
    return scenarios.published(scenarios.place(organization), on=START - dt.timedelta(days=7))


# --- websites -----------------------------------------------------------------------------------------------------


@pytest.fixture
def site(monkeypatch, settings):
    """Switched on; `alive` is what the website of everybody answers, `asked` who was asked."""
    settings.LINK_CHECKER = True

    class Site:
        alive = False
        asked: list[str] = []

    Site.asked.clear()

    def ask_website(url):
        Site.asked.append(url)
        return Reply(Site.alive, 200 if Site.alive else 0)

    monkeypatch.setattr(asking, "ask_website", ask_website)
    return Site


def run_websites(first: dt.date, days: int = 1) -> int:
    found = 0
    for number in range(days):
        with clock.travel(first + dt.timedelta(days=number)):
            found += tasks.websites(timestamp=0)
    return found


def test_no_website_is_asked_unless_the_operator_wants_it(row, site, settings):
    assert settings.LINK_CHECKER
    settings.LINK_CHECKER = False
    assert run_websites(START, days=14) == 0 and site.asked == []


def test_the_switch_is_off_as_delivered(settings):
    assert settings.LINK_CHECKER is False


def test_a_website_that_answers_is_asked_once_a_week_and_leads_to_nothing(row, site):
    site.alive = True
    assert run_websites(START, days=28) == 0
    assert len(site.asked) == 4 and open_reasons(row) == []


def test_each_website_has_its_day(site):
    for number in range(14):
        scenarios.organization(website=f"https://site{number}.example/")
    site.alive = True
    counts = []
    for number in range(7):
        run_websites(START + dt.timedelta(days=number))
        counts.append(len(site.asked))
    assert [later - earlier for earlier, later in zip([0, *counts], counts, strict=False)] == [2] * 7
    assert len(set(site.asked)) == 14


def test_who_is_outside_the_network_or_has_no_website_is_not_asked(site):
    for fields in ({"member_status": "external"}, {"member_status": "suspended"}, {"website": ""}):
        scenarios.organization(**{"website": "https://site.example/"} | fields)
    assert run_websites(START, days=7) == 0 and site.asked == []


def first_failure(row) -> dt.date:
    """The day on which the turn of this website comes."""
    return START + dt.timedelta(days=row.service.organization_id % 7)


def test_one_hiccup_is_looked_at_again_the_next_day_and_leads_to_nothing(row, site):
    day = first_failure(row)
    assert run_websites(day) == 1 and open_reasons(row) == []
    site.alive = True
    assert run_websites(day + dt.timedelta(days=1)) == 0
    site.alive = False
    assert run_websites(day + dt.timedelta(days=7)) == 1  # another hiccup, a week later: counted anew
    assert open_reasons(row) == [] and len(site.asked) == 3


def test_a_dead_website_asks_for_a_recheck_of_everything_once(row, site):
    other = scenarios.published(row.location, on=START - dt.timedelta(days=7))
    day = first_failure(row)
    assert run_websites(day) == 1 and not Recheck.objects.exists()
    assert run_websites(day + dt.timedelta(days=1)) == 1
    assert open_reasons(row) == open_reasons(other) == ["dead_link"]
    assert row.rechecks.get().note == "https://site.example/"
    run_websites(day + dt.timedelta(days=2), days=30)
    assert row.rechecks.count() == 1
    with clock.travel(day + dt.timedelta(days=33)):
        verification.confirm_unchanged(listing=row, actor=None)  # "we work; the website is being mended"
    run_websites(day + dt.timedelta(days=34), days=30)
    assert open_reasons(row) == [] and row.rechecks.count() == 1
    site.alive = True
    run_websites(day + dt.timedelta(days=64), days=7)
    site.alive = False  # dead again, after it lived: asked again
    run_websites(day + dt.timedelta(days=71), days=8)
    assert open_reasons(row) == ["dead_link"] and row.rechecks.count() == 2


def test_a_second_run_on_a_day_asks_nobody_again(row, site):
    day = first_failure(row)
    for _run in range(5):
        run_websites(day)
    assert len(site.asked) == 1 and open_reasons(row) == []


# --- people -------------------------------------------------------------------------------------------------------


def test_mail_that_comes_back_asks_for_a_recheck(row):
    person = correspondents_for(row.service.organization).get()
    record_bounce(address=person.email, reason="550 no such user")
    rounds.run_often()
    assert open_reasons(row) == ["bounced"] and row.rechecks.get().note == person.email


@pytest.mark.parametrize("way", ["removed", "deactivated", "made a reader"])
def test_a_contact_who_left_asks_for_a_recheck(row, way):
    organization = row.service.organization
    member = Membership.objects.get(organization=organization)
    scenarios.person(organization, role="manager")
    rounds.run_daily()
    assert open_reasons(row) == []
    if way == "removed":
        remove_member(actor=None, membership=member)
    elif way == "deactivated":
        member.user.is_active = False
        member.user.save()
    else:
        member.role = "reader"
        member.save()
    rounds.run_daily()  # brings the addresses in step
    assert rounds.run_often()["followed_up"] == 1 and rounds.run_often()["followed_up"] == 0
    assert open_reasons(row) == ["contact_left"]


# --- standing -----------------------------------------------------------------------------------------------------


def by_service(organization, status):
    organizations.set_member_status(actor=None, organization=organization, status=status)


def by_form(organization, status):
    version = organization.version
    organizations.update_organization(
        actor=None, organization=organization, expected_version=version, member_status=status
    )


def by_hand(organization, status):
    Organization.objects.filter(pk=organization.pk).update(member_status=status)


def status_of(row, way, status):
    way(Organization.objects.get(pk=row.service.organization_id), status)


@pytest.mark.parametrize("way", [by_service, by_form, by_hand])
def test_suspending_by_any_way_asks_for_a_recheck_once_and_the_way_back_is_open(row, way):
    scenarios.listing(row.location)  # never on the map: nothing to look at
    status_of(row, way, "suspended")
    assert not MemberListing.objects.exists() and not PublicListing.objects.exists()  # at once, without a round
    assert rounds.run_often()["standings"] == 1 and rounds.run_often()["standings"] == 0
    assert [recheck.listing_id for recheck in Recheck.objects.all()] == [row.pk]
    assert open_reasons(row) == ["suspended"]
    verification.record_check(listing=row, actor=scenarios.verifier(), method="call")
    rounds.run_often()
    assert open_reasons(row) == []  # looked at: not asked again
    assert not PublicListing.objects.exists()
    status_of(row, way, "member")
    assert rounds.run_often()["standings"] == 1
    assert PublicListing.objects.filter(pk=row.public_id).exists()
    status_of(row, way, "suspended")
    rounds.run_often()
    assert open_reasons(row) == ["suspended"]


def test_leaving_the_network_asks_as_well_and_says_so(row):
    status_of(row, by_service, "left")
    rounds.run_often()
    assert row.rechecks.get().note == "Вышла из сети"


def test_a_round_that_finds_nobody_gone_writes_nothing(row):
    assert standings.follow_standing() == 0 and not Watch.objects.exists()


# --- the end of a project -----------------------------------------------------------------------------------------


def test_the_end_of_a_project_asks_two_weeks_before_and_only_once(row):
    service = row.service
    services.update_service(
        actor=None, service=service, expected_version=service.version, ends_on=START + dt.timedelta(days=40)
    )
    asked = []
    for number in range(50):
        with clock.travel(START + dt.timedelta(days=number)):
            rounds.run_daily()
            if "project_ends" in open_reasons(row):
                asked.append(number)
                verification.confirm_unchanged(listing=row, actor=None)  # answered: not asked again tomorrow
    assert asked == [26]
    service.refresh_from_db()
    services.update_service(
        actor=None, service=service, expected_version=service.version, ends_on=START + dt.timedelta(days=400)
    )
    with clock.travel(START + dt.timedelta(days=390)):
        rounds.run_daily()
    assert "project_ends" in open_reasons(row)  # prolonged: the new end is a new question


def test_everything_that_asks_is_called_by_the_command_for_hosts_without_a_worker(row, site):
    status_of(row, by_hand, "suspended")
    day = first_failure(row)
    other = scenarios.published(scenarios.place(scenarios.organization(website="https://other.example/")), on=START)
    person = scenarios.person(other.service.organization)
    correspondents_for(other.service.organization)
    record_bounce(address=person.email, reason="550")
    for number in range(9):
        with clock.travel(day + dt.timedelta(days=number)):
            call_command("run_due", verbosity=0)
    assert open_reasons(row) == ["suspended"] and open_reasons(other) == ["bounced", "dead_link"]
    assert ListingState.objects.get(pk=row.pk).publication == "published"
