"""Sessions end in time, by a press, and with whatever changes who somebody is here."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from accounts.entering.sessions import IDLE, LONGEST, forget_ended
from accounts.models import NetworkRole, Session, User
from accounts.services import enable_totp, remove_second_factor
from accounts.tests.conftest import PASSWORD
from core import clock

PAGE, END = "/ru/accounts/", "/ru/accounts/sessions/end/"
START = dt.datetime(2026, 11, 2, 8, tzinfo=dt.UTC)
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def signed_in(person: User) -> Client:
    with clock.travel(START):
        return client_of(person)


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def is_in(client: Client) -> bool:
    return client.get(PAGE).status_code == 200


@pytest.mark.parametrize(("idle", "lives"), [(IDLE - dt.timedelta(minutes=1), True), (IDLE, False)])
def test_twelve_hours_without_use_end_a_session(signed_in: Client, idle: dt.timedelta, lives: bool) -> None:
    with clock.travel(START + idle):
        assert is_in(signed_in) is lives


def test_use_keeps_a_session_for_seven_days_and_no_longer(signed_in: Client) -> None:
    at = START
    while at < START + LONGEST - dt.timedelta(hours=8):
        at += dt.timedelta(hours=8)
        with clock.travel(at):
            assert is_in(signed_in)
    with clock.travel(START + LONGEST):
        assert not is_in(signed_in)


def test_public_pages_are_no_use_of_a_session(signed_in: Client) -> None:
    with clock.travel(START + dt.timedelta(hours=3)):
        signed_in.get("/ru/")
    assert Session.objects.get().used_at == START


def test_rows_of_ended_sessions_are_deleted(signed_in: Client, person: User) -> None:
    with clock.travel(START + dt.timedelta(hours=11)):
        client_of(person)
        assert forget_ended() == 0
    with clock.travel(START + IDLE):
        assert forget_ended() == 1
    assert Session.objects.count() == 1


def test_the_page_tells_where_somebody_is_signed_in_and_nothing_of_the_machine(person: User) -> None:
    here, there = client_of(person), client_of(person)
    page = here.get(PAGE, headers={"User-Agent": "kanareika/1"}, REMOTE_ADDR="203.0.113.9")
    assert [row["is_this"] for row in page.context["sessions"]].count(True) == 1
    assert len(page.context["sessions"]) == 2
    for client in (here, there):
        assert client.session.session_key not in page.content.decode()
    for row in Session.objects.values():
        assert "kanareika" not in str(row) and "203.0.113" not in str(row)


def test_one_other_session_is_ended_by_a_press(person: User) -> None:
    here, there, elsewhere = (client_of(person) for _ in range(3))
    mark = Session.objects.get(pk=there.session.session_key).mark
    here.post(END, {"session": mark})
    assert (is_in(here), is_in(there), is_in(elsewhere)) == (True, False, True)
    here.post(END)
    assert (is_in(here), is_in(elsewhere)) == (True, False)


def test_nobody_ends_the_session_of_somebody_else(person: User) -> None:
    other = client_of(User.objects.create_user("oleg@example.org", PASSWORD))
    mark = Session.objects.get(pk=other.session.session_key).mark
    client_of(person).post(END, {"session": mark})
    assert is_in(other)


CHANGES = {
    "role": lambda person: User.objects.filter(pk=person.pk).update(network_role=NetworkRole.VERIFIER),
    "countries": lambda person: User.objects.filter(pk=person.pk).update(countries=["GE"]),
    "operator": lambda person: User.objects.filter(pk=person.pk).update(is_staff=True),
    "password": lambda person: User.objects.filter(pk=person.pk).update(password="!"),
    "closed": lambda person: User.objects.filter(pk=person.pk).update(is_active=False),
    "factor on": lambda person: enable_totp(user=person, secret=SECRET),
    "factor off": lambda person: remove_second_factor(user=person),
}


@pytest.mark.parametrize("change", CHANGES)
def test_another_role_password_or_second_step_ends_every_session(person: User, change: str) -> None:
    here, there = client_of(person), client_of(person)
    CHANGES[change](person)
    assert not is_in(here) and not is_in(there)


def test_who_turns_a_second_step_on_stays_here_and_is_out_elsewhere(person: User) -> None:
    from allauth.mfa.signals import authenticator_added
    from django.test import RequestFactory

    here, there = client_of(person), client_of(person)
    request = RequestFactory().post("/")
    request.session = here.session
    authenticator_added.send(sender=None, request=request, user=person, authenticator=None)
    assert (is_in(here), is_in(there)) == (True, False)


def test_signing_out_tells_the_browser_to_forget(person: User) -> None:
    answer = client_of(person).post("/ru/accounts/logout/")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not Session.objects.exists()
