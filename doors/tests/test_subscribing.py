"""Letters without an account: nothing is told, nothing happens without a press, nothing is left afterwards."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from core import clock
from doors.shared.forms import fresh_stamp
from messaging.channels.base import Down, NotSent, OutcomeUnknown, Refused
from network.countries.notices import announce
from network.news import posting, rounds
from network.news import services as news
from network.news.models import LetterKind, NewsChoice, SubscriberLetter, Subscription
from verification.editing import end_notice
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 10, 7, 9, tzinfo=dt.UTC)
ADDRESS = "chitatel@example.org"


@pytest.fixture(autouse=True)
def calm(monkeypatch, settings):
    settings.POST_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    monkeypatch.setattr("doors.shared.forms.QUICKEST", 0)
    with clock.travel(NOW):
        yield


def ask(**fields):
    form = {"address": ADDRESS, "wants_digest": "on", "language": "ru", "shown": fresh_stamp()} | fields
    return Client().post("/ru/news/letters/", form)


def subscribed(address=ADDRESS, countries=()):
    news.subscribe(address=address, language="ru", wants_digest=True, of_countries=countries)
    Subscription.objects.update(confirmed_at=clock.now())
    SubscriberLetter.objects.all().delete()
    return Subscription.objects.latest("pk")


def paths(letter):
    return [re.sub(r"^https?://[^/]+", "", one) for one in re.findall(r"https?://\S+/news/letters/\S+", letter.body)]


def stripped(answer):
    return answer.content.decode().split("<main")[1].split("</main")[0]


def _whoever_types_it_again_is_told_the_same(first):
    """And nothing of what was confirmed changes."""
    with clock.travel(NOW + dt.timedelta(hours=12)):
        again = ask(countries=["KZ"])
        assert stripped(again) == stripped(first) and again.status_code == first.status_code
        posting.post()
    assert Subscription.objects.get().countries == [] and "уже" in mail.outbox[1].subject


def test_an_address_is_asked_confirmed_changed_and_ended_by_presses_alone():
    first = ask()
    assert first.status_code == 200 and not first.cookies
    assert posting.post() == {"sent": 1} and mail.outbox[0].to == [ADDRESS]
    own, end = paths(mail.outbox[0])
    assert Client().get(own).status_code == Client().get(end).status_code == 200
    assert not Subscription.objects.confirmed().exists(), "a program that opens links confirms nothing"
    Client().post(own, {"step": "confirm"})
    assert Subscription.objects.confirmed().count() == 1

    _whoever_types_it_again_is_told_the_same(first)
    wrong = Client().post(own, {"step": "choose", "language": "ru"})
    assert wrong.status_code == 400 and "Выберите, о чём" in wrong.content.decode()
    Client().post(own, {"step": "choose", "language": "en", "countries": ["KZ", "GE"]})
    row = Subscription.objects.get()
    assert (row.countries, row.language, row.wants_digest) == (["GE", "KZ"], "en", False)

    assert Client().post(end, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscription.objects.exists() and not SubscriberLetter.objects.exists()
    assert Client().get(own).status_code == 404
    assert Client().post(end).status_code == 200, "twice is as once"
    assert Client().post(end[:-5] + "xxxx/").status_code == 404
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pghistory_context WHERE metadata::text LIKE %s", [f"%{ADDRESS}%"])
        assert cursor.fetchone() == (0,)


def test_the_address_is_sealed_and_known_again_however_it_is_written():
    ask(address="Chitatel@Example.org ")
    ask()
    row = Subscription.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(s)::text FROM news_subscription s")
        kept = cursor.fetchone()[0].lower()
    assert "chitatel" not in kept and "example.org" not in kept and "@" not in kept
    assert SubscriberLetter.objects.filter(subscription=row).count() == 1, "two asks of one morning are one letter"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"address": "кот"}, "адрес"),
        ({"wants_digest": ""}, "Выберите, о чём"),
        ({"countries": ["ZZ"]}, "ZZ"),
        ({"website": "http://spam"}, "программ"),
        ({"shown": "x"}, "слишком долго"),
    ],
)
def test_bad_input_is_told_and_keeps_what_was_typed(fields, words):
    answer = ask(**fields)
    assert answer.status_code == 400 and words in answer.content.decode()
    assert not Subscription.objects.exists()


def test_one_network_waits_and_then_is_refused():
    statuses = [ask(address=f"a{number}@example.org").status_code for number in range(7)]
    assert statuses[:5] == [200] * 5 and statuses[5:] == [429] * 2
    assert Subscription.objects.count() == 5


def test_what_nobody_confirms_is_forgotten_and_letters_with_time():
    ask()
    subscribed("other@example.org")
    Subscription.objects.filter(pk=Subscription.objects.earliest("pk").pk).update(confirmed_at=None)
    with clock.travel(NOW + dt.timedelta(days=6, hours=23)):
        assert news.forget_unconfirmed() == 0
    with clock.travel(NOW + dt.timedelta(days=8)):
        assert news.forget_unconfirmed() == 1
    row = SubscriberLetter.objects.create(subscription=Subscription.objects.get(), kind="digest", ref="x", state="sent")
    with clock.travel(NOW + dt.timedelta(days=91)):
        rounds.forget_letters()
    assert not SubscriberLetter.objects.filter(pk=row.pk).exists()


def test_a_danger_is_written_at_once_and_once_a_warning_is_not():
    here = subscribed(countries=["GE"])
    subscribed("elsewhere@example.org", countries=["KZ"])
    member, words = scenarios.person(scenarios.organization(), "manager"), {"country": "GE", "kind": "warning"}
    news.choose_as_member(user=member, of_countries=["GE"])
    coordinator = scenarios.coordinator()
    announce(actor=coordinator, level="warning", text="Проверки", **words)
    assert rounds.warn() == 0
    danger = announce(actor=coordinator, level="danger", text="Задержания у клиник", **words)
    with clock.travel(NOW.replace(hour=23)):  # at night too
        assert (rounds.warn(), rounds.warn()) == (2, 0)
        assert posting.post() == {"sent": 1}
    (letter,) = mail.outbox
    assert letter.to == [ADDRESS] and "Грузия" in letter.subject and "/ru/countries/ge/" in letter.body
    assert "клиник" not in letter.body, "it is read on lock screens"
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert SubscriberLetter.objects.get().subscription == here and NewsChoice.objects.get().countries == ["GE"]

    # One that is over before the letter leaves is not told.
    SubscriberLetter.objects.update(state="queued")
    end_notice(actor=coordinator, notice=danger)
    with clock.travel(NOW + dt.timedelta(days=1)):
        assert posting.post() == {"cancelled": 1}


def test_what_waits_for_the_morning_holds_up_nobody():
    row = subscribed(countries=["GE"])
    news.subscribe(address="other@example.org", language="ru", wants_digest=True)
    SubscriberLetter.objects.create(subscription=row, kind="digest", ref="x", not_before=NOW - dt.timedelta(days=1))
    with clock.travel(dt.datetime(2026, 10, 11, 9, tzinfo=dt.UTC)):  # a Sunday
        assert posting.post() == {"put off": 1, "sent": 1}
        assert SubscriberLetter.objects.get(kind="digest").not_before.isoformat() == "2026-10-12T08:00:00+00:00"


def test_a_letter_leaves_once_whatever_the_server_says():
    class Line:
        code = "email"

        def __init__(self, fault):
            self.fault = fault

        def send(self, **letter):
            raise self.fault

        def close(self):
            pass

    row = SubscriberLetter.objects.create(subscription=subscribed(), kind=LetterKind.CONFIRM, ref="1")
    assert posting.post(channel=Line(Down("away"))) == {"queued": 1}
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("queued", 0) and row.not_before > NOW
    later = NOW + dt.timedelta(minutes=6)
    with clock.travel(later):
        assert posting.post(channel=Line(NotSent("busy"))) == {"put off": 1}
        row.refresh_from_db()
    with clock.travel(row.not_before):
        assert posting.post(channel=Line(OutcomeUnknown("broke"))) == {"unknown": 1}
    with clock.travel(NOW + dt.timedelta(days=2)):
        assert posting.post() == {}, "it may have arrived"
        SubscriberLetter.objects.update(state="sending", claimed_at=NOW)
        assert posting.post() == {"unknown": 1}
        SubscriberLetter.objects.update(state="queued")
        assert posting.post(channel=Line(Refused("no such address"))) == {"dead": 1}
    assert not Subscription.objects.exists(), "nobody reads there"
