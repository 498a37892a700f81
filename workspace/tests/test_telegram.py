"""The page of one's chat: a link, six digits, countries, the end; nothing of it without a bot."""

import re

import pytest
from django.test import Client

from messaging import telegram as linking
from messaging.models import TelegramAccount, TelegramGroup
from organizations.tests.makers import make_organization, make_user

pytestmark = pytest.mark.django_db
PAGE, CHAT = "/ru/workspace/telegram/", 700_123_456


@pytest.fixture
def anna():
    return make_user(make_organization(registration_country="GE"), name="Анна")


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_a_link_and_six_digits_and_the_end(anna):
    client = signed_in(anna)
    assert "t.me/" not in client.get(PAGE).content.decode()  # looking makes none
    page = client.post(PAGE).content.decode()
    token = re.search(r"https://t\.me/map_bot\?start=([\w-]{24})\"", page)[1]
    assert "<svg" in page
    wrong = client.post(PAGE + "digits/", {"digits": "000 000", "token": token})
    assert wrong.status_code == 422 and "Сначала откройте ссылку" in wrong.content.decode()
    assert f"?start={token}" in wrong.content.decode()  # a mistake loses nothing
    forged = client.post(PAGE + "digits/", {"digits": "000 000", "token": '"><script>aaaaaaaaaaa'})
    assert "<script>aaa" not in forged.content.decode()
    digits = linking.meet_chat(token=token, chat=CHAT)
    assert client.post(PAGE + "digits/", {"digits": digits}).status_code == 302
    assert "Ваш чат привязан" in client.get(PAGE).content.decode()
    client.post(PAGE + "countries/", {"country": ["GE", "ZZZ", ""]})
    assert TelegramAccount.objects.get(user=anna).countries == ["GE"]
    client.post(PAGE + "end/")
    assert not TelegramAccount.objects.exists()


def test_without_a_bot_there_is_no_page_and_no_door(anna, settings):
    client = signed_in(anna)
    assert "workspace/telegram" in client.get("/ru/accounts/").content.decode()
    settings.TELEGRAM_BOT = ""
    assert client.get(PAGE).status_code == client.post(PAGE).status_code == 404
    assert "workspace/telegram" not in client.get("/ru/accounts/").content.decode()


def test_groups_are_for_administrators(anna):
    group = TelegramGroup.objects.create(chat_box="x", chat_mark="x", language="ru")
    assert signed_in(anna).post(PAGE + "group/").status_code == 404
    assert signed_in(anna).post(PAGE + "group/end/", {"group": group.pk}).status_code == 404
    chief = signed_in(make_user(network_role="administrator"))
    assert "startgroup=" in chief.post(PAGE + "group/").content.decode()
    assert "Группы сети" not in signed_in(anna).get(PAGE).content.decode()
    assert chief.post(PAGE + "group/end/", {"group": "none"}).status_code == 302 and TelegramGroup.objects.exists()
    chief.post(PAGE + "group/end/", {"group": group.pk})
    assert not TelegramGroup.objects.exists()


@pytest.mark.parametrize("digits", ["", "abc", "1" * 50, "\0", "٣٣٣٣٣٣"])
def test_digits_that_are_none_get_an_answer_and_lose_nothing(anna, digits):
    client = signed_in(anna)
    client.post(PAGE)
    answer = client.post(PAGE + "digits/", {"digits": digits})
    assert answer.status_code == 422 and "<form" in answer.content.decode()
