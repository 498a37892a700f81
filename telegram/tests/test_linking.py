"""Linking needs the session and the chat; whoever is not linked leaves nothing."""

import datetime as dt
import re

import pytest
from django.core.management import call_command

from core import clock
from core.errors import HouseError, NotAllowed, WrongState
from messaging import telegram as linking
from messaging.models import TelegramAccount, TelegramLinking
from messaging.models.telegram import LINKED_FOR
from organizations.tests.makers import make_organization, make_user
from telegram.linked import desk
from telegram.screens import Said
from telegram.tests.test_dialogue import _rows

pytestmark = pytest.mark.django_db
CHAT, OTHER = 700_123_456, 700_999_888
DAY = dt.timedelta(days=1)


@pytest.fixture
def anna():
    call_command("load_vocabulary", verbosity=0)
    return make_user(make_organization(name="Дом"), name="Анна")


def start(token, chat=CHAT):
    return desk.answer(Said("ru", words=f"/start {token}", chat=chat)).text


def digits_in(text):
    return "".join(re.search(r"(\d{3}) (\d{3})", text).groups())


def link(user, chat=CHAT):
    return linking.finish_linking(user=user, digits=digits_in(start(linking.begin_linking(user=user), chat)))


def test_the_page_gives_a_link_the_chat_gets_digits_and_the_page_takes_them(anna):
    token = linking.begin_linking(user=anna)
    assert re.fullmatch(r"[A-Za-z0-9_-]{24}", token)
    digits = digits_in(start(token))
    assert linking.account_of(CHAT) is None  # a link alone binds nobody
    account = linking.finish_linking(user=anna, digits=f" {digits[:3]} {digits[3:]}")
    assert linking.account_of(CHAT) == account and linking.chat_of(account) == CHAT
    assert not TelegramLinking.objects.exists()
    assert "/settings" not in start("x")  # and somebody else's chat is nobody's
    assert linking.account_of(OTHER) is None


def test_a_link_that_was_sent_to_somebody_binds_them_to_nobody(anna):
    """Whoever makes a person open their link gets no digits: they stand in the chat of that person."""
    token = linking.begin_linking(user=anna)
    start(token)
    for number in range(4):
        with pytest.raises(HouseError, match="не те цифры"):
            linking.finish_linking(user=anna, digits=f"00000{number}")
    with pytest.raises(WrongState):
        linking.finish_linking(user=anna, digits="000009")
    assert not TelegramLinking.objects.exists() and not TelegramAccount.objects.exists()


def test_a_stolen_link_is_good_once_and_its_digits_need_the_session(anna):
    token = linking.begin_linking(user=anna)
    digits = digits_in(start(token))
    assert not re.search(r"\d{3} \d{3}", start(token, OTHER))
    thief = make_user(make_organization(), name="Вор")
    with pytest.raises(WrongState):
        linking.finish_linking(user=thief, digits=digits)
    assert linking.finish_linking(user=anna, digits=digits)


def test_a_link_ends_after_ten_minutes_and_the_chat_that_came_by_it_is_forgotten(anna):
    token = linking.begin_linking(user=anna)
    digits = digits_in(start(token))
    with clock.travel(clock.now() + dt.timedelta(minutes=11)):
        with pytest.raises(WrongState):
            linking.finish_linking(user=anna, digits=digits)
        assert linking.forget_linkings() == 1
    assert not TelegramLinking.objects.exists()


def test_a_chat_belongs_to_one_person_and_a_person_has_one_chat(anna):
    link(anna)
    boris = make_user(make_organization(), name="Борис")
    digits = digits_in(start(linking.begin_linking(user=boris)))
    with pytest.raises(WrongState):
        linking.finish_linking(user=boris, digits=digits)
    link(anna, OTHER)
    assert linking.account_of(CHAT) is None and linking.account_of(OTHER).user == anna


def test_stop_and_half_a_year_and_a_lost_login_end_it(anna):
    link(anna)
    with clock.travel(clock.now() + LINKED_FOR + DAY):
        assert linking.account_of(CHAT) is None and linking.forget_chats() == 0
    with clock.travel(clock.now() + LINKED_FOR + 31 * DAY):
        assert linking.forget_chats() == 1
    link(anna)
    anna.is_active = False
    anna.save()
    assert linking.account_of(CHAT) is None
    anna.is_active = True
    anna.save()
    assert "забыли" in desk.answer(Said("ru", words="/stop", chat=CHAT)).text
    assert not TelegramAccount.objects.exists()
    assert "не привязан" in desk.answer(Said("ru", words="/confirm", chat=CHAT)).text


def test_a_copy_of_the_database_names_no_chat(anna, settings):
    account = link(anna)
    row = repr(TelegramAccount.objects.values().get())
    assert str(CHAT) not in row
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "n" * 50
    account.refresh_from_db()
    assert linking.account_of(CHAT) == account and linking.chat_of(account) == CHAT  # also after a new key
    settings.SECRET_KEY_FALLBACKS = []
    assert linking.account_of(CHAT) is None


def test_whoever_is_not_linked_leaves_no_row(anna):
    before = _rows()
    for words in ("/start", "/confirm", "/stop", "/settings", "/places", "/requests", f"/start {'x' * 24}"):
        assert desk.answer(Said("ru", words=words, chat=OTHER)).text
    for press in ("a1|d", "a1|y|zzz", "a1|x", "a1|c|GE", "a1|?", "a1|", "a1|v|a|b"):
        assert desk.answer(Said("ru", press=press, chat=OTHER)).text
    assert _rows() == before


def test_groups_are_linked_by_administrators_alone(anna):
    with pytest.raises(NotAllowed):
        linking.begin_linking(user=anna, for_group=True)
    chief = make_user(network_role="administrator")
    token = linking.begin_linking(user=chief, for_group=True)
    assert "линк" in start(token).lower() or "ссылк" in start(token).lower()  # no private chat by it
    chief.network_role = ""
    chief.save()
    assert not linking.link_group(token=token, chat=-5, language="ru")
