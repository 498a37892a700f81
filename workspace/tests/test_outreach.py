"""Work without a connection: what a phone takes along, each press once, and what is not taken any more."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client, override_settings

from accounts.entering.sessions import end_one, end_sessions, sessions_of
from accounts.models import OutreachCopy, OutreachPress, Session
from accounts.presses.outreach import LIFE, forget_copies
from core import clock
from core.tests.shared import shared
from organizations.models import AddressPrecision, MembershipRole
from verification import services as verification
from verification.models import CapacityReport, Check, ListingState, Visit
from verification.tests import scenarios
from workspace.outreach.presses import AT_MOST
from workspace.tests.outreach import FOLDER, Network, Phone, press

pytestmark = pytest.mark.django_db
HOUR = 60 * 60


_ground, network = shared(Network, "network")


@pytest.fixture
def phone(network):
    return Phone(network.worker)


def test_a_phone_takes_along_what_everybody_reads_and_no_more(network, phone):
    told = phone.get("take").json()
    assert [row["title"] for row in told["own"]] == ["Тест на ВИЧ"]
    assert [row["title"] for row in told["near"]] == ["Юрист"]
    assert (told["own"][0]["is_due"], told["left"]) == (True, 1)
    assert told["own"][0]["places"]["answers"]
    text = json.dumps(told, ensure_ascii=False)
    assert "Приют" not in text
    assert network.worker.email not in text


def test_of_a_place_that_hides_its_door_nothing_but_the_city(network, phone):
    hidden = scenarios.place(network.bridge, name="Тайный", address="ул. Тихая, 7", city="Тбилиси",
                             public_precision=AddressPrecision.SETTLEMENT)  # fmt: skip
    scenarios.published(hidden, title="Группа")
    text = json.dumps(phone.get("take").json(), ensure_ascii=False)
    assert "Группа" in text
    assert "Тихая" not in text


def test_who_keeps_it_for_the_network_or_only_reads_confirms_nothing(network):
    for role in (MembershipRole.KEEPER, MembershipRole.READER):
        phone = Phone(scenarios.person(network.bridge, role=role))
        assert phone.get("take").json()["own"] == []
        assert phone.send(press(network.row), press(network.row, "places", "free")) == ["gone", "gone"]
    assert not CapacityReport.objects.exists()


def test_a_press_of_each_kind_is_the_one_of_the_workspace(network, phone):
    with clock.travel(clock.now()):
        told = phone.send(
            press(network.row), press(network.row, "places", "limited"), press(network.near, "visit", "money")
        )
    assert told == ["done", "done", "done"]
    check = Check.objects.filter(listing=network.row).first()
    assert (check.method, check.checked_by, check.organization) == ("workspace", network.worker, network.bridge)
    assert CapacityReport.objects.get().level == "limited"
    visit = Visit.objects.get()
    assert (visit.listing, visit.reason, visit.was_served, visit.note) == (network.near, "money", False, "")


def test_it_counts_from_when_it_was_said(network, phone):
    now = dt.datetime.now(dt.UTC).replace(hour=12)
    with clock.travel(now):
        age = 50 * HOUR
        phone.send(
            press(network.row, age=age),
            press(network.row, "places", "full", age),
            press(network.near, "visit", "served", age),
        )
    said = now - dt.timedelta(hours=50)
    day = said.astimezone(clock.zone("Asia/Tbilisi")).date()
    assert Check.objects.filter(listing=network.row).first().checked_at == said
    assert ListingState.objects.get(listing=network.row).checked_on == day
    assert (CapacityReport.objects.get().reported_on, Visit.objects.get().visited_on) == (day, day)


def test_what_is_sent_twice_or_by_halves_is_done_once(network, phone):
    """The answer of the first sending is lost; the second brings the same presses and more."""
    visits = [press(network.near, "visit", "served") for _number in range(AT_MOST)]
    confirmed, checks = press(network.row), Check.objects.count()
    assert phone.send(confirmed, *visits[:10]) == ["done"] * 11
    assert phone.send(confirmed, *visits[: AT_MOST - 1]) == ["done"] * AT_MOST
    assert phone.send(*visits) == ["done"] * AT_MOST
    assert (Visit.objects.count(), Check.objects.count() - checks) == (AT_MOST, 1)
    assert not set(OutreachPress.objects.values_list("key", flat=True)) & {one["key"] for one in visits}


def test_another_version_or_a_report_meanwhile_is_shown_and_not_overwritten(network, phone):
    before, reported = press(network.row), press(network.near, "visit", "served")
    scenarios.rename(network.row, title="Тест на ВИЧ и сифилис")
    review = verification.submit(listing=network.row, actor=network.worker)
    verification.approve(review=review, actor=scenarios.verifier())
    checks = Check.objects.count()
    (told,) = phone.post("send", {"presses": [before]}).json()["told"]
    assert told["state"] == "changed"
    assert told["url"] == f"/ru/workspace/confirm/?listing={network.row.public_id}"
    assert "версия" in told["words"]
    assert Check.objects.count() == checks
    assert phone.send(press(network.row), reported) == ["done", "done"], "the others are done, and this one anew"
    old = press(network.row, age=HOUR)
    verification.receive_report(listing=network.row, kind="hours", text="Закрыто", language="ru")
    assert phone.send(old) == ["changed"]


def test_a_later_word_about_places_stays(network, phone):
    verification.report_capacity(listing=network.row, actor=network.worker, level="full")
    assert phone.send(press(network.row, "places", "free", age=HOUR)) == ["changed"]
    assert CapacityReport.objects.get().level == "full"


def test_what_is_hidden_or_not_theirs_or_not_there_looks_the_same(network, phone):
    verification.hide(listing=network.far, actor=None, reason="Ремонт")
    asked = [
        press(network.near),
        press(network.near, "places", "free"),
        press(network.far, "visit", "served"),
        press(network.row) | {"listing": "zzzzzzzzzz"},
    ]
    told = phone.post("send", {"presses": asked}).json()["told"]
    assert {(one["state"], one["words"], one["url"]) for one in told} == {("gone", told[0]["words"], "")}
    verification.hide(listing=network.row, actor=None, reason="Ремонт")
    assert phone.send(press(network.row), press(network.row, "places", "free")) == ["refused", "refused"]


@pytest.mark.parametrize("fault", [ValidationError("Так нельзя"), IntegrityError("held by the database")])
def test_a_fault_of_one_press_is_told_of_that_one_alone(network, phone, monkeypatch, fault):
    tell = verification.tell_visit

    def faulty(**given):
        tell(**given)
        if given["reason"] == "money":
            raise fault

    monkeypatch.setattr(verification, "tell_visit", faulty)
    visits = [press(network.near, "visit", value) for value in ("served", "money", "served")]
    told = phone.post("send", {"presses": visits}).json()["told"]
    assert [one["state"] for one in told] == ["done", "refused", "done"]
    assert told[1]["words"]
    assert (Visit.objects.count(), OutreachPress.objects.count()) == (2, 2), "nothing of it is written"


def test_what_waited_too_long_is_not_taken(network, phone):
    assert phone.send(press(network.near, "visit", "served", age=73 * HOUR)) == ["old"]
    assert not Visit.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "delete"},
        {"kind": "visit", "value": "because"},
        {"value": "free"},
        {"key": "short"},
        {"key": 7},
        {"age": -1},
        {"age": True},
        {"age": 10**12},
        {"listing": "../../"},
        {"seen": "x" * 40},
        {"value": None},
    ],
    ids=str,
)
def test_what_no_phone_of_ours_sends_is_refused_whole(network, phone, wrong):
    fine = press(network.near, "visit", "served")
    answer = phone.post("send", {"presses": [fine, press(network.row) | wrong]})
    assert answer.status_code == 400
    assert answer.json()["words"]
    assert not Visit.objects.exists()


@pytest.mark.parametrize("body", ["", "[", "[]", '{"presses": 3}', '{"presses": ["x"]}', "[" * 5000, b"\xff"])
def test_a_body_that_cannot_be_read_is_named(phone, body):
    answer = phone.client.post(f"{FOLDER}send/", body, content_type="application/json", headers=phone.headers())
    assert answer.status_code == 400


def test_more_than_a_handful_at_once_is_refused(network, phone):
    many = [press(network.near, "visit", "served") for _number in range(AT_MOST + 1)]
    assert phone.post("send", {"presses": many}).status_code == 400


def test_somebody_elses_phone_sends_nothing_in_ones_own_name(network, phone):
    stranger = Phone(scenarios.person(network.other), begun=False)
    stranger.secret = phone.secret
    assert stranger.post("send", {"presses": [press(network.near, "visit", "served")]}).status_code == 409
    assert stranger.get("take").status_code == 409
    assert not Visit.objects.exists()


def test_a_session_that_ends_by_itself_leaves_the_phone_its_time(network, phone):
    """Signed in again, in another session, it goes on."""
    Session.objects.all().delete()  # as the rounds do with those that were idle
    assert phone.get("take").status_code == 302
    assert phone.get("standing").status_code == 200
    phone.client.force_login(network.worker)
    assert phone.send(press(network.near, "visit", "served")) == ["done"]
    with clock.travel(clock.now() + LIFE - dt.timedelta(minutes=1)):
        assert phone.get("standing").status_code == 200
    with clock.travel(clock.now() + LIFE):
        assert phone.get("standing").status_code == 410
        assert phone.post("send", {"presses": []}).status_code == 410
        assert (forget_copies(), OutreachCopy.objects.count(), OutreachPress.objects.count()) == (1, 0, 0)


def sign_out(phone, person):
    phone.client.post("/ru/accounts/logout/")


def lock(phone, person):
    person.is_active = False
    person.save()


def change_password(phone, person):
    person.set_password("another one 2")
    person.save()


def change_role(phone, person):
    person.network_role = "verifier"
    person.save()


def end_it_elsewhere(phone, person):
    (row,) = sessions_of(person)
    end_one(person, row.mark)


def end_all(phone, person):
    end_sessions(person)


@pytest.mark.parametrize("end", [sign_out, lock, change_password, change_role, end_it_elsewhere, end_all])
def test_whatever_ends_a_sign_in_wipes_the_phone_at_its_next_contact(network, phone, end):
    assert phone.get("standing").json() == {"lives": True}
    end(phone, network.worker)
    stranger = Client()
    assert stranger.get(f"{FOLDER}standing/", headers=phone.headers()).status_code == 410
    if not network.worker.is_active:
        return
    phone.client.force_login(network.worker)
    assert phone.get("take").status_code == 410
    assert phone.post("send", {"presses": [press(network.near, "visit", "served")]}).status_code == 410
    assert not Visit.objects.exists()


def test_other_sign_ins_end_and_this_one_stays(network, phone):
    other = Phone(network.worker)
    other.client.post("/ru/accounts/sessions/end/")
    assert (other.get("standing").status_code, phone.get("standing").status_code) == (200, 410)


def test_the_page_is_the_same_for_every_member_and_names_nobody(network, phone):
    pages = [
        Phone(person, begun=False).client.get(FOLDER) for person in (network.worker, scenarios.person(network.other))
    ]
    assert pages[0].content == pages[1].content
    text = pages[0].content.decode()
    assert "csrfmiddlewaretoken" not in text
    assert network.worker.email not in text
    assert "nonce-" not in pages[0]["Content-Security-Policy"]


def test_switched_off_every_phone_wipes(network, phone):
    with override_settings(OUTREACH=False):
        assert "unregister" in Client().get(f"{FOLDER}worker.js").content.decode()
        assert phone.client.get(FOLDER).status_code == 200
        assert phone.get("standing").status_code == phone.get("take").status_code == 410
        assert phone.post("begin", {}).status_code == phone.post("send", {"presses": []}).status_code == 410
    assert "fromStore" in Client().get(f"{FOLDER}worker.js").content.decode()


def test_the_database_knows_no_secret(phone):
    row = OutreachCopy.objects.values().get()
    assert phone.secret not in row.values()
