"""The layer to Telegram, against a server that breaks the test where a limit is broken."""

import asyncio
import logging
import threading

import pytest

from telegram import bot as bot_module
from telegram.patience import BETWEEN, MOST, TOGETHER, Patience, Verdict
from telegram.tests.fake_api import TOKEN, FakeApi

PERSON = {"id": 77, "is_bot": False, "first_name": "Канарейкина", "username": "kanareyka_tg", "language_code": "ru"}
CHAT = {"id": 77, "type": "private", "first_name": "Канарейкина", "username": "kanareyka_tg"}


@pytest.fixture
def api(settings):
    server = FakeApi()
    settings.TELEGRAM_TOKEN, settings.TELEGRAM_API = TOKEN, server.address
    yield server
    server.close()


def message(api, chat=CHAT, **more):
    api.push(message={"message_id": 5, "date": 1, "chat": chat, "from": PERSON, **more})


def talk(api, until, seconds=60.0):
    """Poll until the bot has done what is waited for."""

    async def poll():
        bot, dispatcher = bot_module.make_bot(), bot_module.make_dispatcher()
        polling = asyncio.create_task(
            dispatcher.start_polling(bot, allowed_updates=bot_module.UPDATES, handle_signals=False, polling_timeout=1)
        )
        for _try in range(int(seconds / 0.05)):
            await asyncio.sleep(0.05)
            if until() or polling.done():
                break
        await dispatcher.stop_polling()
        await polling

    asyncio.run(poll())
    assert until(), api.sent


@pytest.fixture
def answered(monkeypatch):
    """What came to the dialogue; the database has its own tests."""
    from telegram.screens import Button, Screen

    heard = []

    def answer(said):
        heard.append(said)
        if said.words == "break":
            raise RuntimeError("тайна в трассировке")
        return Screen("ответ", ((Button("дальше", "s1|g"),),), asks_place=said.words == "/near")

    monkeypatch.setattr("telegram.public.dialogue.answer", answer)
    monkeypatch.setattr("telegram.bot.close_old_connections", lambda: None)
    monkeypatch.setattr("telegram.groups.may_stay", lambda chat: False)
    return heard


def test_words_are_answered_and_names_go_no_further(api, answered):
    message(api, text="тест на ВИЧ")
    talk(api, lambda: api.of("sendMessage"))
    assert api.of("sendMessage")[0]["text"] == "ответ"
    assert "s1|g" in api.of("sendMessage")[0]["reply_markup"]
    assert "анарей" not in repr(answered) and "kanareyka" not in repr(answered) and "77" not in repr(answered)


def test_a_press_is_answered_at_once(api, answered):
    query = {"id": "9", "from": PERSON, "chat_instance": "1", "data": "s1|g"}
    api.push(callback_query=query | {"message": {"message_id": 3, "date": 1, "chat": CHAT, "text": "x"}})
    talk(api, lambda: api.of("sendMessage"))
    assert sorted(name for name, _arguments in api.sent) == ["answerCallbackQuery", "sendMessage"]  # beside each other
    assert answered[0].press == "s1|g"


def test_the_message_with_a_position_is_deleted(api, answered):
    message(api, location={"latitude": 41.7, "longitude": 44.8})
    talk(api, lambda: api.of("deleteMessage"))
    assert answered[0].place == (41.7, 44.8)
    assert api.of("deleteMessage")[0]["message_id"] == "5"


def test_a_group_is_left_and_gets_no_answer(api, answered, monkeypatch):
    monkeypatch.setattr("telegram.bot.SETTLES", 0.1)
    message(api, chat={"id": -5, "type": "supergroup", "title": "x"}, text="/find")
    talk(api, lambda: api.of("leaveChat"))
    assert not api.of("sendMessage") and not answered


def test_a_fault_of_ours_is_told_and_its_words_are_logged_nowhere(api, answered, caplog):
    caplog.set_level(logging.DEBUG)
    message(api, text="break")
    talk(api, lambda: api.of("sendMessage"))
    assert "ещё раз" in api.of("sendMessage")[0]["text"]
    lines = "\n".join(f"{r.getMessage()} {r.exc_text or ''}" for r in caplog.records)
    assert "RuntimeError" in lines
    assert all(word not in lines for word in ("тайна", "break", "Канарейкина", "kanareyka", TOKEN))


@pytest.mark.parametrize("status", [403, 500, 0, "hangs"])
def test_an_answer_that_may_not_have_left_is_not_sent_twice_and_stops_nothing(api, answered, status, monkeypatch):
    """Blocked, broken, cut after it was taken, or silent for longer than anybody waits."""
    monkeypatch.setattr("telegram.bot.PATIENT", 2)
    body = {"ok": False, "error_code": status, "description": "no"}
    api.answers.append((200, body | {"hangs": 4}) if status == "hangs" else (status, body))
    message(api, text="first")
    message(api, text="second")
    talk(api, lambda: len(api.of("sendMessage")) == 2)
    assert [said.words for said in answered] == ["first", "second"]
    assert len(api.of("sendMessage")) == 2


def test_a_busy_telegram_gets_the_answer_once_when_it_wants_it(api, answered):
    busy = {"ok": False, "error_code": 429, "description": "Too Many", "parameters": {"retry_after": 1}}
    api.answers.append((429, busy))
    message(api, text="first")
    talk(api, lambda: len(api.of("sendMessage")) == 2)
    assert len(answered) == 1


def press(api):
    query = {"id": "9", "from": PERSON, "chat_instance": "1", "data": "s1|g"}
    api.push(callback_query=query | {"message": {"message_id": 3, "date": 1, "chat": CHAT, "text": "x"}})


def test_a_page_from_a_gateway_holds_up_no_answer(api, answered):
    api.pages["answerCallbackQuery"] = 502, "<html>Bad Gateway</html>"
    press(api)
    talk(api, lambda: api.of("sendMessage"))


def test_a_position_goes_from_the_chat_whatever_becomes_of_the_answer(api, answered, caplog):
    api.pages["sendMessage"] = 502, "<html>Bad Gateway</html>"
    message(api, location={"latitude": 41.7, "longitude": 44.8})
    talk(api, lambda: api.of("deleteMessage") and "did not leave" in caplog.text)
    assert len(api.of("sendMessage")) == 1


def test_what_stands_beside_an_answer_does_not_hold_it_up(api, answered):
    api.held["answerCallbackQuery"] = goes_on = threading.Event()

    def is_answered():
        if api.of("sendMessage"):
            goes_on.set()
        return goes_on.is_set()

    press(api)
    talk(api, is_answered)


def test_many_chats_at_once_are_answered_at_the_pace_that_telegram_takes(api, answered):
    for number in range(60):
        message(api, chat=CHAT | {"id": 1000 + number}, text="/find")
    talk(api, lambda: len(api.of("sendMessage")) == 60)  # the server tells of more than thirty a second


def test_a_flood_is_told_once_and_then_met_with_silence(api, answered, monkeypatch):
    monkeypatch.setattr("telegram.patience.MOST", 2)
    for number in range(6):
        message(api, text=str(number))
    message(api, chat=CHAT | {"id": 78}, text="somebody else")
    talk(api, lambda: len(api.of("sendMessage")) == 4)
    assert len(answered) == 3


def test_a_chat_gets_one_message_a_second_and_another_chat_waits_for_nobody():
    patience = Patience(clock=lambda: 0.0)
    assert [patience.pause(1), patience.pause(1), patience.pause(2)] == [0, BETWEEN, 0]


def test_the_second_of_a_chat_begins_when_its_message_came_through():
    """Telegram counts what arrives: a message that was held up does not let the next one come right after it."""
    now = [0.0]
    patience = Patience(lambda: now[0])
    patience.pause(1)
    now[0] = 3.0
    patience.came_through(1)
    assert [patience.pause(1), patience.pause(2)] == [pytest.approx(BETWEEN), 0]


def test_all_chats_together_have_a_pace_too():
    patience = Patience(clock=lambda: 0.0)
    turns = [patience.pause_of_all() for _number in range(TOGETHER + 1)]
    assert turns[0] == 0 and turns[-1] == pytest.approx(1)


def test_a_minute_later_questions_are_answered_again():
    now = [0.0]
    patience = Patience(clock=lambda: now[0])
    verdicts = [patience.ask(1) for _number in range(MOST + 2)]
    assert verdicts[-3:] == [Verdict.ANSWER, Verdict.SAY_ONCE, Verdict.SILENCE]
    now[0] = 61.0
    assert patience.ask(1) == Verdict.ANSWER
