"""The coordinators' pages: who may open what, what each press does, and that none of it grows with the pile."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import NetworkRole
from core import clock
from directory.asking.queries import current_listings
from messaging.models import Correspondent, Message
from messaging.people import refresh
from messaging.services import record_bounce
from verification import services as verification
from verification.models import Check, Recheck, Report, Takedown, Visit
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
LATE = dt.timedelta(days=190)


def url(name="", *args, **query):
    return reverse(f"workspace:coordination{name}", args=args, query=query or None)


def enter(user):
    client = Client()
    client.force_login(user)
    return client


def late(**fields):
    return scenarios.published(on=clock.today() - LATE, **fields)


def answers(**values):
    return {"fields_asked": ["contacts"], "method": "call", "outcome": "correct", "note": ""} | values


@pytest.fixture
def coordinator():
    return scenarios.coordinator()


@pytest.fixture
def desk(coordinator):
    return enter(coordinator)


# --- who may open what -------------------------------------------------------------------------------------------

COORDINATORS = ("-campaigns", "-campaign-new", "-takedowns", "-takedown-new")
VERIFIERS = ("", "-reports")


@pytest.mark.parametrize("name", [*COORDINATORS, *VERIFIERS])
def test_members_without_a_role_find_nothing(name):
    member = enter(scenarios.person(scenarios.organization(), role="manager"))
    assert member.get(url(name)).status_code == 404
    assert Client().get(url(name)).status_code == 302


@pytest.mark.parametrize("name", COORDINATORS)
def test_verifiers_find_no_coordinators_pages(name, desk):
    assert enter(scenarios.verifier()).get(url(name)).status_code == 404
    assert desk.get(url(name)).status_code == 200


def test_monitoring_is_for_the_network():
    stranger = scenarios.person(scenarios.organization(member_status="external"))
    assert enter(stranger).get(url("-monitoring")).status_code == 404
    assert enter(stranger).get(url("-monitoring-table")).status_code == 404
    assert enter(scenarios.person(scenarios.organization())).get(url("-monitoring")).status_code == 200


def test_no_pile_lists_ones_own_organisation(coordinator):
    row = late(title="Наш особый кабинет")
    verification.receive_report(listing=row, kind="phone")
    scenarios.rename(row, title="Наш особый кабинет, новый")
    verification.submit(listing=row, actor=None)
    own, others = enter(scenarios.coordinator(row.service.organization)), enter(coordinator)
    piles = ["reports", "rechecks", "due", "overdue", "unchecked", "duplicates", "unreachable", "edits"]
    assert [pile for pile in piles if "особый" in own.get(url(pile=pile)).content.decode()] == []
    assert own.get(url("-check", row.public_id)).status_code == 404
    assert own.get(url("-history", row.public_id)).status_code == 404
    assert own.get(url("-report", Report.objects.get().public_id)).status_code == 404
    seen = {pile for pile in piles if "особый" in others.get(url(pile=pile)).content.decode()}
    assert seen >= {"reports", "rechecks", "overdue", "unchecked", "edits"}


def test_a_coordinator_of_another_country_finds_nothing(coordinator):
    row = late()
    coordinator.countries = ["PL"]
    coordinator.save()
    other = enter(coordinator)
    assert row.service.title not in other.get(url(pile="overdue")).content.decode()
    assert other.get(url("-check", row.public_id)).status_code == 404
    assert other.get(url(pile="overdue", country="GE")).status_code == 200


def test_a_verifier_sees_what_was_given_to_their_organisation_and_nothing_else():
    given, other = late(title="Порученный кабинет"), late(title="Чужой кабинет")
    verifier = scenarios.verifier()
    recheck = verification.open_recheck(listing=given, reason="outside")
    verification.open_recheck(listing=other, reason="outside")
    verification.assign(
        recheck=recheck, actor=scenarios.coordinator(), organization=verifier.memberships.get().organization
    )
    client = enter(verifier)
    page = client.get(url(pile="rechecks")).content.decode()
    assert "Порученный" in page and "Чужой" not in page
    assert client.get(url("-check", given.public_id)).status_code == 200
    assert client.get(url("-check", other.public_id)).status_code == 404
    assert "overdue" not in page


# --- the desk ----------------------------------------------------------------------------------------------------


def test_a_pile_asks_as_much_for_twelve_rows_as_for_three(desk):
    def fill(count):
        for _number in range(count):
            row = late(title="Тест на ВИЧ за двадцать минут")
            verification.receive_report(listing=row, kind="phone")
            scenarios.rename(row, cost="paid")
            verification.submit(listing=row, actor=None)

    def asked(pile):
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(url(pile=pile)).status_code == 200
        return len(queries)

    piles = ["reports", "rechecks", "overdue", "unchecked", "duplicates", "edits"]
    fill(3)
    desk.get(url(pile=piles[0]))  # what a process reads once
    few = {pile: asked(pile) for pile in piles}
    fill(9)
    assert {pile: asked(pile) for pile in piles} == few


def test_the_page_has_what_the_keyboard_needs(desk):
    row = late()
    page = desk.get(url(pile="overdue")).content.decode()
    for mark in ("data-pile", "data-row-link", "data-pick", "data-keys", "coordination.js", f'value="{row.public_id}"'):
        assert mark in page
    page = desk.get(url("-check", row.public_id)).content.decode()
    for mark in (
        "data-check",
        'data-key="1"',
        "data-save",
        "data-call",
        "coordination_check.js",
        'href="tel:+995322123456"',
    ):
        assert mark in page


def test_nonsense_in_the_address_gives_the_first_pile(desk):
    assert desk.get(url(pile="нет такой", country="<x>", page="-7")).status_code == 200


# --- doing something with several --------------------------------------------------------------------------------


def test_a_preview_changes_nothing_and_the_deed_gives_checks_away(desk):
    rows = [late(), late()]
    chosen = {"listing": [row.public_id for row in rows], "action": "assign", "pile": "overdue"}
    page = desk.post(url("-bulk"), chosen)
    assert page.status_code == 200 and not Recheck.objects.exists()
    other = scenarios.organization()
    desk.post(url("-bulk"), chosen | {"confirmed": "yes", "organization": other.slug})
    assert Recheck.objects.filter(assigned_to=other, reason="outside").count() == 2


def test_nobody_gets_their_own_listing_to_check(desk):
    row = late()
    chosen = {"listing": row.public_id, "action": "assign", "confirmed": "yes"}
    page = desk.post(url("-bulk"), chosen | {"organization": row.service.organization.slug})
    assert page.status_code == 200 and not Recheck.objects.exists()


def test_hiding_needs_a_reason(desk):
    row = late()
    chosen = {"listing": row.public_id, "action": "hide", "confirmed": "yes"}
    assert desk.post(url("-bulk"), chosen | {"reason": " "}).status_code == 422
    row.state.refresh_from_db()
    assert row.state.publication == "published"
    desk.post(url("-bulk"), chosen | {"reason": "Закрылись"})
    row.state.refresh_from_db()
    assert row.state.publication == "hidden"


def test_owners_are_asked_once_a_week_by_one_letter(desk):
    first = late()
    owner = first.service.organization
    scenarios.person(owner)
    second = scenarios.published(scenarios.place(owner), on=clock.today() - LATE)
    chosen = {"listing": [first.public_id, second.public_id], "action": "ask"}
    desk.post(url("-bulk"), chosen)
    assert not Message.objects.exists()
    for _press in range(2):
        desk.post(url("-bulk"), chosen | {"confirmed": "yes"})
    letter = Message.objects.get(kind="asked")
    assert set(letter.payload["listings"]) == {first.public_id, second.public_id}


def test_what_is_not_ones_own_to_choose_is_left_out(coordinator):
    row = late()
    own = enter(scenarios.coordinator(row.service.organization))
    own.post(url("-bulk"), {"listing": row.public_id, "action": "hide", "confirmed": "yes", "reason": "x"})
    verifier = enter(scenarios.verifier())
    body = {"listing": row.public_id, "action": "hide", "confirmed": "yes", "reason": "x"}
    assert verifier.post(url("-bulk"), body).status_code == 404
    row.state.refresh_from_db()
    assert row.state.publication == "published"


# --- reports, visits, letters ------------------------------------------------------------------------------------


def test_a_report_is_taken_and_closed_with_an_answer(desk):
    report, _code = verification.receive_report(listing=late(), kind="hours", contact="+7 900")
    page = url("-report", report.public_id)
    assert "+7 900" in desk.get(page).content.decode()
    desk.post(page, {"action": "take"})
    report.refresh_from_db()
    assert report.state == "in_work"
    assert desk.post(page, {"action": "close", "state": "fixed", "answer": ""}).status_code == 422
    assert desk.post(page, {"action": "close", "state": "new", "answer": "x"}).status_code == 422
    desk.post(page, {"action": "close", "state": "fixed", "answer": "Исправили часы"})
    report.refresh_from_db()
    assert (report.state, report.contact) == ("fixed", "")
    assert desk.get(page).status_code == 200
    assert "Исправили часы" in desk.get(page).content.decode()


def test_a_member_tells_of_a_visit():
    row = scenarios.published()
    member = enter(scenarios.person(scenarios.organization(), role="reader"))
    page = url("-visit-new", listing=row.public_id)
    assert member.get(page).status_code == 200
    today = clock.today().isoformat()
    assert member.post(page, {"visited_on": today, "was_served": "no"}).status_code == 422
    assert member.post(page, {"visited_on": "2001-01-01", "was_served": "yes"}).status_code == 422
    member.post(page, {"visited_on": today, "was_served": "no", "reason": "language"})
    assert Visit.objects.get().reason == "language"
    assert member.get(url("-visit-new", listing="nothing")).status_code == 404
    assert enter(scenarios.person()).get(page).status_code == 404


def test_bounced_addresses_are_shown_and_may_work_again(desk):
    row = late()
    owner = scenarios.person(row.service.organization)
    refresh([row.service.organization])
    record_bounce(address=owner.email, reason="550 unknown")
    assert owner.email in desk.get(url(pile="unreachable")).content.decode()
    person = Correspondent.objects.get(email=owner.email)
    own = enter(scenarios.coordinator(row.service.organization))
    assert own.post(url("-address-works", person.public_id)).status_code == 404
    desk.post(url("-address-works", person.public_id))
    person.refresh_from_db()
    assert person.bounced_at is None


# --- takedowns ---------------------------------------------------------------------------------------------------


def test_a_preview_of_a_takedown_hides_nothing_and_hiding_hides_what_it_said(desk):
    row = scenarios.published()
    scenarios.published(row.location)
    body = {"scope": f"place:{row.location.public_id}", "reason": "Угроза"}
    page = desk.post(url("-takedown-new"), body | {"action": "preview"})
    assert page.context["count"] == 2 == current_listings("public").count()
    desk.post(url("-takedown-new"), body | {"action": "hide"})
    assert current_listings("public").count() == 0
    again = desk.post(url("-takedown-new"), body | {"action": "hide"})
    assert again.status_code == 422
    takedown = Takedown.objects.get()
    desk.post(url("-takedown-lift", takedown.public_id), {"reason": "Прошло"})
    assert current_listings("public").count() == 2


def test_a_country_is_hidden_by_its_coordinator_only(coordinator):
    scenarios.published()
    coordinator.countries = ["PL"]
    coordinator.save()
    other = enter(coordinator)
    body = {"scope": "country:GE", "reason": "x", "action": "hide"}
    assert other.post(url("-takedown-new"), body).status_code == 422
    assert current_listings("public").count() == 1
    administrator = scenarios.person(scenarios.organization(), network_role=NetworkRole.ADMINISTRATOR)
    enter(administrator).post(url("-takedown-new"), body)
    assert current_listings("public").count() == 0
    takedown = Takedown.objects.get()
    assert other.get(url("-takedown-lift", takedown.public_id)).status_code == 404


# --- history -----------------------------------------------------------------------------------------------------


def test_history_tells_everything_and_an_administrator_goes_back():
    row = scenarios.published()
    row.state.refresh_from_db()
    first = row.state.published
    scenarios.rename(row, cost="paid")
    review = verification.submit(listing=row, actor=None)
    verification.approve(review=review, actor=scenarios.verifier())
    verification.receive_report(listing=row, kind="phone", text="Никто не берёт")
    verification.set_operation(listing=row, actor=None, operation="paused")
    check = verification.record_check(listing=row, actor=scenarios.verifier(), method="call", note="Ответила дежурная")
    administrator = enter(scenarios.person(scenarios.organization(), network_role=NetworkRole.ADMINISTRATOR))
    page = administrator.get(url("-history", row.public_id)).content.decode()
    for words in ("Никто не берёт", "Ответила дежурная", first.public_id, check.organization.name):
        assert words in page
    version = url("-version", row.public_id, first.public_id)
    assert administrator.get(version).status_code == 200
    assert enter(scenarios.coordinator()).get(version).status_code == 404
    administrator.post(version, {"reason": "Ошибка"})
    row.state.refresh_from_db()
    assert row.state.published == first


def test_the_owner_reads_no_notes_and_no_words_of_reporters():
    row = scenarios.published()
    verification.receive_report(listing=row, kind="phone", text="Секретные слова")
    verification.record_check(listing=row, actor=scenarios.verifier(), method="call", note="Тайная заметка")
    owner = enter(scenarios.person(row.service.organization))
    page = owner.get(reverse("workspace:listing-history", args=[row.public_id])).content.decode()
    assert "Секретные" not in page and "Тайная" not in page and Check.objects.filter(method="call").exists()
