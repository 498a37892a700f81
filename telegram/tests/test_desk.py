"""The few things of a linked chat: confirm, take back, places, requests, warnings; and who may press what."""

import datetime as dt
import re

import pytest

from core import clock
from messaging import telegram as linking
from messaging.letters import write
from messaging.models import Message, TelegramAccount
from messaging.people import correspondents_for
from messaging.services import enqueue
from organizations.tests.makers import make_organization, make_user
from referrals.models import Offer
from referrals.tests.makers import MONDAY, make_network, offer_of, send
from services.models import Notice
from services.services import set_notice
from telegram import groups
from telegram.letters import WRITERS
from telegram.linked import desk
from telegram.screens import Said
from telegram.warnings import warn
from verification.answering import LinkClosed, find_link
from verification.letters.reminders import remind
from verification.models import CapacityReport, Check, ConfirmationLink, ListingState
from verification.services import report_capacity
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
CHECKED = dt.datetime(2026, 1, 5, 8, tzinfo=dt.UTC)
#: A day after they fell due, a Monday.
NOW = dt.datetime(2026, 7, 6, 5, tzinfo=dt.UTC)
CHAT, OTHER = 700_123_456, 700_999_888
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)


def owner_with(*titles, **fields):
    """An editor whose organisation has these listings, all overdue by a day."""
    organization = scenarios.organization()
    person, place = scenarios.person(organization), scenarios.place(organization)
    with clock.travel(CHECKED):
        by = scenarios.verifier()
    person.rows = [scenarios.published(place, on=CHECKED, by=by, title=title, **fields) for title in titles]
    person.organization = organization
    return person


def link(user, chat=CHAT):
    token = linking.begin_linking(user=user)
    return linking.finish_linking(user=user, digits=linking.meet_chat(token=token, chat=chat))


def words(text, chat=CHAT):
    return desk.answer(Said("ru", words=text, chat=chat))


def press(data, chat=CHAT):
    return desk.answer(Said("ru", press=data, chat=chat))


def button(screen, label):
    return next(one.data for row in screen.rows for one in row if label in one.label)


@pytest.fixture
def anna():
    with clock.travel(NOW):
        user = owner_with("Тест на ВИЧ", "Психолог")
        link(user)
        yield user


def checks(user):
    return Check.objects.filter(listing__in=user.rows, method="telegram", outcome="correct").count()


def test_one_press_confirms_what_the_message_showed_and_undo_takes_it_back(anna):
    before = list(ListingState.objects.order_by("pk").values_list("due_on", "checked_on"))
    screen = words("/confirm")
    assert "Тест на ВИЧ" in screen.text and "Психолог" in screen.text
    done = press(button(screen, "Всё верно (2)"))
    assert "Подтверждены 2 услуги" in done.text and checks(anna) == 2
    assert Check.objects.filter(method="telegram").first().checked_by == anna
    assert ListingState.objects.first().due_on > clock.today()
    assert "Подтверждать пока нечего" in words("/confirm").text
    assert "как было" in press(button(done, "Вернуть")).text
    assert list(ListingState.objects.order_by("pk").values_list("due_on", "checked_on")) == before


def test_a_second_press_confirms_nothing_and_undo_ends(anna):
    data = button(words("/confirm"), "Всё верно")
    undo = button(press(data), "Вернуть")
    assert "нечего" in press(data).text and checks(anna) == 2
    with clock.travel(NOW + 16 * MINUTE):
        assert "уже нельзя" in press(undo).text
    assert checks(anna) == 2


def test_one_by_one_and_what_has_changed_since_waits(anna):
    each = press(button(words("/confirm"), "По одной"))
    left = press(button(each, "Психолог"))
    assert checks(anna) == 1 and [one.label for row in left.rows for one in row] == ["✓ Тест на ВИЧ", "Вернуть"]


def test_what_only_members_read_is_a_number_and_no_press_confirms_it():
    with clock.travel(NOW):
        user = owner_with("Убежище", "Психолог", visibility="members")
        link(user)
        screen = words("/confirm")
        assert "Убежище" not in screen.text and "Ещё 2 услуги ждут на сайте" in screen.text and not screen.rows


def test_the_handle_of_a_button_opens_no_page_and_works_in_no_other_chat(anna, client):
    data = button(words("/confirm"), "Всё верно")
    handle = data.split("|")[2]
    assert "Тест на ВИЧ" not in client.get(f"/ru/confirm/{handle}/").content.decode()
    with pytest.raises(LinkClosed):
        find_link(handle)
    thief = make_user(anna.organization, name="Коллега")
    link(thief, OTHER)
    assert "не знаем" in press(data, OTHER).text and checks(anna) == 0
    assert "не привязан" in press(data, 5).text


def test_a_lost_role_needs_no_unlinking(anna):
    data = button(words("/confirm"), "Всё верно")
    anna.memberships.all().delete()
    assert "Всё верно" not in repr(press(data).rows) and checks(anna) == 0
    assert "нечего" in words("/confirm").text


@pytest.mark.parametrize(
    "data",
    ["a1|", "a1|?", "a1|y", "a1|y|", "a1|y|x|y", "a1|o|x|y", "a1|u|x", "a1|v|x|full", "a1|l|x", "a1|q|x", "a1|g|x",
     "a1|n|x|no_places", "a1|n|x|unsafe", "a1|c|ZZ", "a1|c|", "a1|d|more"],
)  # fmt: skip
def test_a_button_that_nobody_made_is_no_fault_and_does_nothing(anna, data):
    assert press(data).text
    assert checks(anna) == 0 and not CapacityReport.objects.exists()


def test_an_administrator_has_no_power_here(anna):
    chief = make_user(make_organization(), network_role="administrator")
    link(chief, OTHER)
    row = anna.rows[0].public_id
    assert "не ваша" in press(f"a1|v|{row}|full", OTHER).text and not CapacityReport.objects.exists()
    assert "Тест" not in words("/confirm", OTHER).text


def test_places_are_said_by_one_press(anna):
    row = anna.rows[0]
    assert "не говорит" in words("/places").text
    report_capacity(listing=row, actor=anna, level="free")
    levels = press(button(words("/places"), "Тест на ВИЧ"))
    said = press(button(levels, "Мест нет"))
    assert "Записали" in said.text
    assert CapacityReport.objects.newest().get(listing=row).level == "full"
    assert CapacityReport.objects.newest().get(listing=row).method == "telegram"


def test_the_letter_of_what_is_due_is_the_same_message_and_carries_no_secret_link(anna):
    assert remind() == 1
    message = Message.objects.get(kind="due")
    assert message.channel == "telegram"
    letter = write(message)
    assert "Пора подтвердить" in letter.subject and "/confirm/" not in letter.text and "rhythm" not in letter.text
    assert letter.headers == {}
    press(letter.buttons[0][0][1])
    assert checks(anna) == 2
    assert ConfirmationLink.objects.get(message=message).first_used_at
    assert write(message) is None  # nothing waits any more


def test_every_letter_of_the_chat_is_free_of_secret_addresses():
    """Those that e-mail carries too; the words of each are looked at above and below."""
    assert set(WRITERS) == {"due", "referral_asked", "referral_reminder", "referral_over", "country_notice"}


@pytest.fixture
def asked():
    with clock.travel(MONDAY):
        network = make_network()
        link(network.people["rustavi"])
        referral = send(network, days=2)
        yield network, offer_of(referral, network.houses["rustavi"])


def test_a_request_comes_both_ways_and_is_acknowledged(asked):
    network, offer = asked
    rows = Message.objects.filter(kind="referral_asked", correspondent__user=network.people["rustavi"])
    assert sorted(rows.values_list("channel", flat=True)) == ["email", "telegram"]
    letter = write(rows.get(channel="telegram"))
    assert f"№ {offer.number}" in letter.text and "/acknowledge/" not in letter.text
    assert not re.search(r"Терапия|Минск|Беларусь|АРТ", letter.text)  # neither what nor whence
    told = press(letter.buttons[0][0][1])
    offer.refresh_from_db()
    assert offer.state == "seen" and offer.seen_at and "срок остаётся" in told.text
    assert "Получили" not in repr(told.rows)


def test_a_coded_refusal_asks_the_next_one(asked):
    network, offer = asked
    screen = press(button(words("/requests"), f"№ {offer.number}"))
    said = press(button(screen, "Мест нет"))
    offer.refresh_from_db()
    assert (offer.state, offer.reason, offer.answered_by) == ("declined", "no_places", "telegram")
    assert "спросим следующую" in said.text
    fallback = Offer.objects.get(leg=offer.leg, organization=network.houses["kura"])
    assert fallback.state == "sent"
    assert press(button(screen, "Мест нет")).text and Offer.objects.get(pk=offer.pk).version == offer.version


def test_a_request_of_others_is_nobodys_business(asked):
    network, offer = asked
    link(network.people["ararat"], OTHER)
    for data in (f"a1|q|{offer.public_id}", f"a1|g|{offer.public_id}", f"a1|n|{offer.public_id}|no_places"):
        assert re.search("не ваш|которую спросили", press(data, OTHER).text)
    offer.refresh_from_db()
    assert offer.state == "sent"


def test_a_country_that_was_chosen_warns_once(anna):
    press("a1|c|GE")
    assert TelegramAccount.objects.get().countries == ["GE"]
    chief = make_user(network_role="administrator")
    set_notice(actor=chief, country="GE", kind="warning", text="Облавы у вокзала", visibility="public")
    set_notice(actor=chief, country="GE", kind="warning", text="Канарейка сети", visibility="members")
    set_notice(actor=chief, country="AM", kind="warning", text="Другая страна", visibility="public")
    assert warn() == 2 and warn() == 0
    texts = [write(row).text for row in Message.objects.filter(kind="country_notice").order_by("pk")]
    assert "Облавы у вокзала" in texts[0] and "Канарейка" not in texts[1] and "Грузия" in texts[1]
    assert {row.channel for row in Message.objects.filter(kind="country_notice")} == {"telegram"}
    Notice.objects.update(ends_on=clock.today() - DAY, starts_on=clock.today() - 2 * DAY)
    assert write(Message.objects.filter(kind="country_notice").first()) is None
    press("a1|c|GE")
    assert TelegramAccount.objects.get().countries == []


def test_a_group_is_told_once_a_week_and_only_what_everybody_reads(anna):
    chief = make_user(network_role="administrator")
    assert not groups.may_stay(-5)
    token = linking.begin_linking(user=chief, for_group=True)
    assert groups.may_stay(-5)  # while the administrator chooses the group
    assert groups.hear(-5, "/start x", "ru") is None
    assert groups.hear(-5, f"/start@map_bot {token}", "ru").text
    assert groups.may_stay(-5) and not groups.may_stay(-6)
    sent = []

    def hand_over(chat, screen, is_quiet):
        sent.append((chat, screen.text))
        return 1

    assert groups.tell(hand_over) == 0  # too early
    with clock.travel(NOW + 5 * 60 * MINUTE):
        assert (groups.tell(hand_over), groups.tell(hand_over)) == (1, 0)
    assert sent[0][0] == -5 and "2 услуги" in sent[0][1]
    before = groups.digest().text
    scenarios.published(scenarios.place(anna.organization), title="Канарейка", visibility="members")
    assert groups.digest().text == before
    assert groups.hear(-5, "/alerts", "ru").text == before and groups.hear(-5, "/find", "ru") is None


def test_a_letter_of_a_person_of_two_houses_is_about_one(anna):
    other = scenarios.organization()
    other.memberships.create(user=anna, role="editor")
    person = correspondents_for(other).get(user=anna)
    message = enqueue(kind="due", to=person, dedupe_key="x")
    assert message.channel == "telegram" and write(message) is None
