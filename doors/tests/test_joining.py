"""Joining by anybody: what the page says, a draft behind a link, bad input that loses nothing, what nobody is told."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.test import Client

from core import clock
from directory.tables.news import PublicPaper
from doors.shared.forms import fresh_stamp
from network.joining import services as joining
from network.joining.models import Application, ApplicationLink, NamedMember
from network.joining.tests import makers
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
PAGE = "/ru/join/"


@pytest.fixture(autouse=True)
def calm(monkeypatch):
    monkeypatch.setattr("doors.shared.forms.QUICKEST", 0)


def ask(call, email=makers.ADDRESS):
    return Client().post(PAGE, {"call": call.public_id, "email": email, "shown": fresh_stamp()})


def sent(**fields):
    told = makers.said() | fields
    answers = told.pop("answers")
    told = {name: value for name, value in told.items() if value is not None}
    return told | {f"answer_{number}": text for number, text in enumerate(answers)} | {"step": "send"}


def test_the_declaration_is_shown_while_it_is_in_force():
    today = clock.today()
    PublicPaper.objects.create(
        id="declare222", paper="statement2", kind="statement", title={"ru": "Декларация"}, language="ru", number=1,
        text="Мы бережём друг друга.", adopted_on=today - dt.timedelta(days=9), ground="vote",
        valid_until=today + dt.timedelta(days=1),
    )  # fmt: skip
    assert "Мы бережём друг друга." in Client().get(PAGE).content.decode()
    with clock.travel(clock.now() + dt.timedelta(days=3)):
        assert "Мы бережём друг друга." not in Client().get(PAGE).content.decode()


def test_the_page_shows_calls_in_their_days_and_members_that_agreed():
    today = clock.today()
    makers.call(title="Открыт всегда")
    makers.call(title="Скоро", opens_on=today + dt.timedelta(days=9))
    makers.call(title="Прошёл", opens_on=today - dt.timedelta(days=9), closes_on=today - dt.timedelta(days=1))
    named, silent = scenarios.organization("Названная"), scenarios.organization("Молчаливая")
    NamedMember.objects.create(organization=named)
    page = Client().get(PAGE)
    text = page.content.decode()
    assert page.status_code == 200 and not page.cookies and "<script" in text
    assert "Открыт всегда" in text and "Скоро" in text and "Прошёл" not in text
    assert named.name in text and silent.name not in text


def test_an_address_gets_a_link_and_nobody_else_learns_anything():
    call = makers.call()
    first, second = ask(call), ask(call)
    one, other = (answer.content.decode().split("<main")[1].split("</main")[0] for answer in (first, second))
    assert one == other
    assert [letter.to for letter in mail.outbox] == [[makers.ADDRESS]] * 2 and Application.objects.count() == 1
    token = makers.token_of_last_letter()
    assert not ApplicationLink.objects.filter(token_hash=token).exists()
    assert Client().get(PAGE + "made-up/").status_code == 404
    for _number in range(4):
        ask(call)
    assert len(mail.outbox) <= 4  # so many letters a day to one address
    page = Client().get(PAGE + token + "/")
    assert (page["Referrer-Policy"], page["Cache-Control"]) == ("strict-origin", "no-store")
    assert Application.objects.get().confirmed_at is None  # looking changes nothing
    assert ask(call, "no address").status_code == 400
    assert Client().post(PAGE, {"call": "x", "email": "a@b.example", "shown": fresh_stamp()}).status_code == 400


def test_a_draft_loses_nothing_by_a_fault_and_is_sent_when_it_is_whole():
    joining.begin(call=makers.call(), email=makers.ADDRESS, language="ru")
    link = PAGE + makers.token_of_last_letter() + "/"
    visitor = Client()
    faulty = visitor.post(link, sent(website="не адрес", about="", registration_country="XX", services=["nothing"]))
    assert faulty.status_code == 400
    row = Application.objects.get()
    assert (row.name, row.countries, row.answers, row.state) == ("Тихий берег", ["GE"], ["Мы из Батуми"], "draft")
    assert "Тихий берег" in faulty.content.decode() and "не адрес" in faulty.content.decode()
    assert visitor.post(link, {"step": "save", "name": "\x00" * 3, "countries": "'"}).status_code in (302, 400)
    done = visitor.post(link, sent())
    assert (done.status_code, done["Location"]) == (302, link + "?done=send")
    row.refresh_from_db()
    assert row.state == "sent" and row.organization.member_status == "applicant"
    assert "Ваша заявка у нас" in visitor.get(link).content.decode()
    assert visitor.post(link, sent()).status_code == 409
    assert visitor.post(link, {"step": "invite"}).status_code == 409
    assert visitor.post(link, {"step": "withdraw"}).status_code == 302
    assert "Вы отозвали заявку" in visitor.get(link).content.decode()
