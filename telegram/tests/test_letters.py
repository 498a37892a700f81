"""The outbox's way into a chat, against the fake server: no letter twice, and mail goes on whatever Telegram does."""

import asyncio
import datetime as dt
import threading

import pytest
from django.core import mail
from django.db import connections

from core import clock
from directory.tables.news import PublicDigest
from messaging import telegram as linking
from messaging.channels import CHANNELS
from messaging.dispatch import dispatch
from messaging.letters import Letter, writers_of
from messaging.models import Lane, Message, TelegramAccount, TelegramGroup
from messaging.services import enqueue
from messaging.tests.makers import WEDNESDAY, make_correspondent, make_user
from messaging.ways import ways
from organizations.tests.makers import make_organization
from telegram import bot as bot_module
from telegram import groups
from telegram.channel import carrier
from telegram.linked.actions import Act, act
from telegram.rounds import keep_sending, one_round
from telegram.tests.fake_api import ME, TOKEN, FakeApi
from telegram.tests.test_bot import PERSON, message, talk

pytestmark = pytest.mark.django_db(transaction=True)
CHAT = 7_700_123
MINUTES = dt.timedelta(minutes=1)


def written(message):
    if message.payload.get("over"):
        return None
    button = act("Всё верно", Act.DUE)
    return Letter("Пора", f"Письмо {message.pk}", buttons=(((button.label, button.data),),))


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setitem(dict_of_writers(), "test", written)
    with clock.travel(WEDNESDAY):
        yield


def dict_of_writers():
    return writers_of("telegram")


@pytest.fixture
def api(settings):
    server = FakeApi()
    settings.TELEGRAM_TOKEN, settings.TELEGRAM_API = TOKEN, server.address
    yield server
    server.close()


@pytest.fixture
def anna():
    user = make_user(make_organization(), name="Анна")
    link(user, CHAT)
    return make_correspondent(user=user, email=user.email, organization=user.memberships.get().organization)


def link(user, chat):
    token = linking.begin_linking(user=user)
    return linking.finish_linking(user=user, digits=linking.meet_chat(token=token, chat=chat))


def write(to, **fields):
    number = Message.objects.count()
    assert enqueue(to=to, kind="test", dedupe_key=f"test:{number}", **fields)


@pytest.fixture
def channel(api, monkeypatch):
    """The way of the bot's process, with a real loop, a real library and the fake server."""
    monkeypatch.setattr("telegram.bot.PATIENT", 2)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    window = bot_module.Window()
    bot = asyncio.run_coroutine_threadsafe(_made(), loop).result()
    yield carrier(loop, lambda chat, screen, quiet: window.deliver(bot, chat, screen, quiet))
    asyncio.run_coroutine_threadsafe(bot.session.close(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join(60)
    loop.close()


@pytest.fixture
def telegram(channel):
    """A round of the bot's process."""
    return lambda: dispatch(carriers={"telegram": channel})


async def _made():
    return bot_module.make_bot()


def test_a_letter_goes_to_the_chat_alone_with_its_buttons(api, anna, telegram):
    write(anna)
    assert dispatch() == {}  # the worker has no token and leaves it
    assert telegram() == {"sent": 1}
    (sent,) = api.of("sendMessage")
    assert (sent["chat_id"], "a1|d" in sent["reply_markup"]) == (str(CHAT), True)
    assert dispatch() == telegram() == {} and not mail.outbox
    assert Message.objects.get().provider_result


def test_two_ways_are_one_budget(api, anna, telegram):
    for _number in range(4):
        write(anna)
    telegram()
    TelegramAccount.objects.update(blocked_at=clock.now())
    for _number in range(4):
        write(anna)
    assert dispatch() == {"sent": 2, "queued": 2}
    assert (len(api.of("sendMessage")), len(mail.outbox)) == (1, 5) or len(api.of("sendMessage")) + len(
        mail.outbox
    ) == 6


def test_what_cannot_wait_goes_both_ways_at_any_hour(api, anna, telegram):
    with clock.travel(WEDNESDAY.replace(hour=22)):
        write(anna, lane=Lane.URGENT)
        assert (telegram(), dispatch()) == ({"sent": 1}, {"sent": 1})
        write(anna, lane=Lane.WORK, urgent=True)
        assert (telegram(), dispatch()) == ({}, {})
    assert Message.objects.filter(dedupe_key__endswith=":telegram").count() == 1


@pytest.mark.parametrize(
    ("status", "body", "became"),
    [
        (403, {"description": "Forbidden: bot was blocked by the user"}, {"moved": 1}),
        (400, {"description": "Bad Request: chat not found"}, {"moved": 1}),
        (500, {"description": "Internal Server Error"}, {"queued": 1}),
        (429, {"description": "Too Many", "parameters": {"retry_after": 7200}}, {"queued": 1}),
    ],
)
def test_what_the_chat_did_not_get_for_certain_becomes_one_e_mail(api, anna, telegram, status, body, became):
    api.answers.append((status, {"ok": False, "error_code": status} | body))
    write(anna)
    assert telegram() == became
    with clock.travel(WEDNESDAY + 25 * MINUTES):
        dispatch()
        telegram()
        dispatch()
    assert (len(mail.outbox), len(api.of("sendMessage"))) == (1, 1)
    anna.refresh_from_db()
    assert anna.bounced_at is None  # nothing is said of the address
    assert (TelegramAccount.objects.get().blocked_at is not None) == (status in (400, 403))


def test_a_short_wait_is_no_attempt_and_holds_up_nobody(api, anna, telegram):
    body = {"ok": False, "error_code": 429, "description": "Too Many", "parameters": {"retry_after": 3}}
    api.answers.append((429, body))
    other = make_user(make_organization())
    link(other, 99)
    write(anna)
    write(make_correspondent(user=other, email=other.email, organization=other.memberships.get().organization))
    assert telegram() == {"put off": 1, "sent": 1}
    assert Message.objects.order_by("pk").first().attempts == 0
    with clock.travel(WEDNESDAY + MINUTES):
        assert telegram() == {"sent": 1}
    assert not mail.outbox


@pytest.mark.parametrize("status", [0, "hangs", "gateway"])
def test_what_the_chat_may_have_got_is_sent_by_nobody_again(api, anna, telegram, status):
    """Cut after it was taken, silent for longer than anybody waits, a page of a gateway: mail goes on beside it."""
    if status == "gateway":
        api.pages["sendMessage"] = 502, "<html>Bad Gateway</html>"
    else:
        api.answers.append((200, {"ok": True, "hangs": 4}) if status == "hangs" else (0, {}))
    write(anna)
    neighbour = make_correspondent()
    write(neighbour)
    assert telegram() == {"unknown": 1}
    with clock.travel(WEDNESDAY + dt.timedelta(days=2)):
        assert dispatch() == {"sent": 1}
        assert telegram() == {}
    assert [letter.to for letter in mail.outbox] == [[neighbour.email]]
    assert len(api.of("sendMessage")) == 1


def test_a_day_without_telegram_holds_up_no_mail(api, anna, telegram, settings):
    write(anna)
    write(anna, lane=Lane.URGENT)
    write(make_correspondent())
    api.close()
    assert telegram()["queued"] == 1  # refused: one try, then the round is over
    assert dispatch() == {"sent": 2}
    with clock.travel(WEDNESDAY + 25 * MINUTES):
        assert dispatch() == {"moved": 2, "sent": 1}  # the one beside an e-mail is not needed any more
    assert len(mail.outbox) == 3 and not Message.objects.filter(state="queued").exists()
    api.faults.clear()


def test_a_dead_bot_holds_up_no_letter(anna):
    write(anna)
    with clock.travel(WEDNESDAY + 19 * MINUTES):
        assert dispatch() == {}
    with clock.travel(WEDNESDAY + 21 * MINUTES):
        assert dispatch() == {"moved": 1, "sent": 1}


def test_an_unlinked_chat_gets_nothing_and_the_letter_goes_by_mail(api, anna, telegram):
    write(anna)
    linking.unlink(user=anna.user)
    assert telegram() == {"queued": 1}
    assert dispatch() == {"sent": 1} and not api.of("sendMessage")


def test_whoever_presses_nothing_gets_the_next_one_by_mail(api, anna, telegram):
    write(anna)
    telegram()
    assert ways(anna, kind="test", lane=Lane.UPKEEP) == ("email",)
    linking.note_press(TelegramAccount.objects.get())
    assert ways(anna, kind="test", lane=Lane.UPKEEP) == ("telegram",)
    assert ways(anna, kind="test", lane=Lane.UPKEEP, requested=True) == ("email",)  # asked for on a page of a letter
    assert ways(make_correspondent(), kind="test", lane=Lane.URGENT) == ("email",)


def test_at_night_there_is_no_sound(api, anna, telegram, monkeypatch):
    monkeypatch.setitem(dict_of_writers(), "test", lambda m: Letter("x", "x", is_quiet=True))
    write(anna, lane=Lane.URGENT)
    telegram()
    assert api.of("sendMessage")[0]["disable_notification"] in ("true", "True")


def test_the_bots_process_sends_round_after_round(api, anna, monkeypatch):
    write(anna)

    over = []

    def counted(channel):
        one_round(channel)
        over.append(channel)

    monkeypatch.setattr("telegram.rounds.one_round", counted)

    async def live():
        bot, window = bot_module.make_bot(), bot_module.Window()
        rounds = asyncio.create_task(keep_sending(bot, window, every=0.05))
        for _try in range(1200):
            await asyncio.sleep(0.05)
            if api.of("sendMessage") and len(over) >= 4:
                break
        rounds.cancel()
        await bot.session.close()

    asyncio.run(live())
    assert len(api.of("sendMessage")) == 1 and Message.objects.get().state == "sent"


GROUP, SUPERGROUP = -5, -100_500
MOVED = {"ok": False, "error_code": 400, "description": "Bad Request: group chat was upgraded to a supergroup chat"}


def link_group():
    chief = make_user(network_role="administrator")
    token = linking.begin_linking(user=chief, for_group=True)
    assert linking.link_group(token=token, chat=GROUP, language="ru")


def test_a_group_that_became_a_supergroup_is_told_there_and_once(api, channel):
    """Nobody told us of it: the answer to the week's message does. What Telegram did not take is said there at once."""
    link_group()
    api.answers.append((400, MOVED | {"parameters": {"migrate_to_chat_id": SUPERGROUP}}))
    PublicDigest.objects.create(id="digest0001", month=dt.date(2026, 2, 1), opening={}, sent_at=clock.now())
    assert (groups.tell(channel().hand_over), groups.tell(channel().hand_over)) == (1, 0)
    refused, taken = api.of("sendMessage")
    assert (refused["chat_id"], taken["chat_id"], refused["text"]) == (str(GROUP), str(SUPERGROUP), taken["text"])
    assert "/2026-02/" in taken["text"]
    with clock.travel(WEDNESDAY + dt.timedelta(days=7)):
        assert groups.tell(channel().hand_over) == 1
    last = api.of("sendMessage")[-1]
    assert last["chat_id"] == str(SUPERGROUP) and "2026-02" not in last["text"]  # a digest is news for a week
    link_group()  # somebody links the old number again, and Telegram says once more where it went
    TelegramGroup.objects.filter(told_on=None).update(told_on=dt.date(2030, 1, 7))
    assert linking.move_group(old=GROUP, new=SUPERGROUP) and not linking.move_group(old=GROUP, new=SUPERGROUP)
    assert TelegramGroup.objects.get().told_on == dt.date(2030, 1, 7)


def test_a_supergroup_that_speaks_before_its_group_has_said_so_is_not_left(api, monkeypatch):
    monkeypatch.setattr("telegram.bot.SETTLES", 0.6)
    monkeypatch.setattr("telegram.bot.close_old_connections", connections.close_all)  # its thread ends with the test
    link_group()
    there = {"id": SUPERGROUP, "type": "supergroup", "title": "x"}
    me = {"user": ME, "status": "member"}
    left = {"user": ME, "status": "left"}
    api.push(my_chat_member={"chat": there, "from": PERSON, "date": 1, "old_chat_member": left, "new_chat_member": me})
    message(api, chat=there, text="/alerts")
    message(api, chat={"id": GROUP, "type": "group", "title": "x"}, migrate_to_chat_id=SUPERGROUP)
    talk(api, lambda: api.of("sendMessage"))
    assert not api.of("leaveChat") and api.of("sendMessage")[0]["chat_id"] == str(SUPERGROUP)
    assert linking.group_of(SUPERGROUP) and not linking.group_of(GROUP)


def test_the_worker_needs_no_token_and_has_no_such_channel():
    assert set(CHANNELS) == {"email"}
