"""What comes by the webhook: only who knows the secret is heard, and what comes twice is heard once."""

import asyncio
import json

import pytest
from aiohttp.test_utils import TestClient, TestServer

from telegram import webhook
from telegram.tests.fake_api import TOKEN

SECRET = "a-secret-of-twenty-four-characters"
PATH = "/bot/a-path-that-nobody-guesses"
UPDATE = {"update_id": 7, "message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "x"}}


class Heard:
    def __init__(self, fault=None):
        self.updates, self.fault = [], fault

    async def feed_update(self, bot, update):
        self.updates.append(update.update_id)
        if self.fault:
            raise self.fault


@pytest.fixture(autouse=True)
def by_webhook(settings):
    settings.TELEGRAM_TOKEN, settings.TELEGRAM_WEBHOOK = TOKEN, f"https://map.example.org{PATH}"
    settings.TELEGRAM_WEBHOOK_SECRET = SECRET


def ask(heard, *requests):
    """(path, header, body) each; the statuses."""

    async def live():
        from telegram.bot import make_bot

        bot = make_bot()
        async with TestClient(TestServer(webhook.make_app(bot, heard))) as client:
            found = []
            for path, secret, body in requests:
                headers = {} if secret is None else {webhook.SECRET_HEADER: secret}
                data = body if isinstance(body, bytes) else json.dumps(body).encode()
                found.append((await client.post(path, data=data, headers=headers)).status)
            for _try in range(1200):
                if not [task for task in asyncio.all_tasks() if "feed_update" in repr(task)]:
                    break
                await asyncio.sleep(0.05)
        await bot.session.close()
        return found

    return asyncio.run(live())


def test_whoever_knows_the_secret_is_heard_once(by_webhook):
    heard = Heard()
    assert (
        ask(heard, (PATH, SECRET, UPDATE), (PATH, SECRET, UPDATE), (PATH, SECRET, UPDATE | {"update_id": 8}))
        == [200] * 3
    )
    assert heard.updates == [7, 8]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "канарейка", "\udcff"])
def test_whoever_does_not_gets_a_404_and_no_fault(secret):
    heard = Heard()
    assert ask(heard, (PATH, secret, UPDATE)) == [404] and not heard.updates


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b'{"update_id": "x"}'])
def test_what_is_no_update_is_answered_and_forgotten(body):
    heard = Heard()
    assert ask(heard, (PATH, SECRET, body)) == [200] and not heard.updates


def test_what_is_too_large_is_refused_and_other_addresses_are_not_there():
    heard = Heard()
    assert ask(heard, (PATH, SECRET, b"x" * (webhook.LARGEST + 1)), ("/", SECRET, UPDATE)) == [413, 404]


def test_a_fault_is_logged_by_its_kind_alone(caplog):
    assert ask(Heard(RuntimeError("тайна")), (PATH, SECRET, UPDATE)) == [200]
    assert "RuntimeError" in caplog.text and "тайна" not in caplog.text


def test_a_short_secret_is_no_secret(settings):
    settings.TELEGRAM_WEBHOOK_SECRET = "short"
    with pytest.raises(ValueError):
        asyncio.run(webhook.listen(None, None))
