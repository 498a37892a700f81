"""A person is sent on: a minute to send, ten seconds for a yes, a code at a stranger's desk. In a real browser."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import _through_the_door, violations

pytestmark = pytest.mark.e2e
HOME, THERE, BEYOND, ELSEWHERE = "dom-s-balkonom", "abrikosovaya-vetv", "lindenlicht", "bereg-i-veter"
PHONE = {"width": 375, "height": 720}
#: Seconds that a sending and a yes may take, with everything filled in by a script.
SENDING, A_YES = 60, 10


def send(page: Page, site, *, days: int = 20, country: str = "", reserve: bool = False) -> dict[str, str]:
    """From the place's page to the page of the referral; the id and the code."""
    listing = site.ask("ways", "place_of", THERE, "art")
    page.goto(f"/ru/workspace/referrals/new/?listing={listing}")
    page.select_option("[name=supply_kind]", "art")
    page.fill("[name=supply_ends_on]", site.ask("ways", "day_after", days))
    page.check("[name=asked]")
    page.check("[name=outcome_back]")
    page.check("[name=fallback]")
    if country:
        page.get_by_role("button", name="Ещё один этап пути").click()
        page.select_option("[name=leg2-country]", country)
        page.select_option("[name=leg2-service_type]", "art")
        page.get_by_role("button", name="Показать, кто может").last.click()
        page.locator("[name=leg2-first]").first.check()
    if reserve:
        page.locator("[name=leg1-fallback]").nth(1).check()
    page.get_by_role("button", name="Отправить").click()
    page.wait_for_url(re.compile(r"/workspace/referrals/[a-z0-9]{10}/$"))
    return site.ask("ways", "code_of", HOME)


# long: one journey, step by step
def test_from_a_card_to_the_outcome(site, open_page, log_in):
    sender = log_in(open_page(**PHONE), "editor")
    receiver = log_in(open_page(**PHONE), "verifier")
    began = time.monotonic()
    sent = send(sender, site)
    assert time.monotonic() - began < SENDING
    assert violations(sender) == []

    letter = site.ask("ways", "letter_of", THERE)
    stranger = open_page(**PHONE)
    stranger.goto(letter["path"])
    expect(stranger.get_by_role("heading", name=f"Запрос № {letter['number']}")).to_be_visible()
    assert sent["code"] not in stranger.content() and violations(stranger) == []
    stranger.get_by_role("button", name="Получили").click()
    expect(stranger.get_by_text("Отправитель знает, что вы получили запрос")).to_be_visible()

    began = time.monotonic()
    receiver.goto("/ru/workspace/referrals/")
    opened = time.monotonic() - began
    receiver.get_by_role("link", name=f"№ {letter['number']}", exact=True).click()
    assert violations(receiver) == [] and sent["code"] not in receiver.content()
    began = time.monotonic()
    receiver.get_by_role("button", name="Да, ждём этого человека").click()
    expect(receiver.get_by_text(sent["code"])).to_be_visible()
    assert opened + time.monotonic() - began < A_YES  # without what the rules of access take to be checked
    receiver.get_by_role("button", name="На месте").click()
    assert violations(receiver) == []
    receiver.fill("[name=days]", "90")
    receiver.get_by_role("button", name="Записать").click()
    expect(receiver.get_by_text("Этот запрос закрыт")).to_be_visible()

    sender.reload()
    expect(sender.get_by_text("Помогли").first).to_be_visible()


def test_a_chain_refused_at_its_first_stage_and_taken_back(site, open_page, log_in):
    sender = log_in(open_page(), "editor")
    receiver = log_in(open_page(), "verifier")
    send(sender, site, country="DE")
    assert sender.locator(".way-stage").count() == 2
    offer = site.ask("ways", "letter_of", THERE)
    receiver.goto(f"/ru/workspace/referrals/requests/{offer['id']}/")
    receiver.get_by_label("Мест нет").check()
    receiver.get_by_role("button", name="Не можем").click()
    receiver.wait_for_url(re.compile(r"/workspace/referrals/$"))
    sender.reload()
    expect(sender.get_by_text("Некому взять").first).to_be_visible()
    assert violations(sender) == []
    sender.get_by_text("Человек отзывает согласие").click()
    sender.get_by_role("button", name="Отозвать согласие").click()
    expect(sender.get_by_text("О человеке ничего не осталось")).to_be_visible()


# long: one journey, step by step
def test_a_chain_of_three_houses_from_the_sender_over_the_one_on_the_way_to_the_last(site, open_page, log_in):
    sender = log_in(open_page(**PHONE), "editor")
    between = log_in(open_page(**PHONE), "verifier")
    last = open_page(**PHONE)
    _through_the_door(last, site.ask("ways", "door_of", BEYOND))
    sent = send(sender, site, country="DE")
    asked = {house: site.ask("ways", "letter_of", house) for house in (THERE, BEYOND)}
    medicine = sender.locator(".tag", has=sender.locator("svg")).filter(has_text="лекарства до").first
    runs_out = medicine.inner_text()

    for page, house, before, after in ((between, THERE, "Грузия", "Германия"), (last, BEYOND, "Армения", "")):
        page.goto(f"/ru/workspace/referrals/requests/{asked[house]['id']}/")
        way = page.locator("p", has=page.locator("strong", has_text="вы")).first
        expect(way).to_contain_text(before)
        expect(way).to_contain_text(after)
        assert sent["code"] not in page.content() and HOME not in page.content()
        page.get_by_role("button", name="Да, ждём этого человека").click()
        expect(page.get_by_text(sent["code"])).to_be_visible()
        assert violations(page) == []
    sender.reload()
    expect(sender.locator(".way-stage.placed")).to_have_count(2)

    between.goto("/ru/workspace/referrals/code/")
    between.fill("[name=code]", sent["code"])
    between.get_by_role("button", name="Человек здесь").click()
    expect(between.get_by_text("Человека здесь ждут")).to_be_visible()
    between.fill("[name=days]", "90")
    between.get_by_role("button", name="Записать").click()
    expect(between.get_by_text("Этот запрос закрыт")).to_be_visible()
    assert site.ask("ways", "occasions_of", BEYOND)[-1] == "referral_on_the_way"
    sender.reload()
    expect(sender.locator(".way-stage.closed")).to_have_count(1)
    expect(sender.locator(".way-stage.placed")).to_have_count(1)
    assert medicine.inner_text() != runs_out and violations(sender) == []

    last.reload()
    last.get_by_role("button", name="На месте").click()
    last.get_by_role("button", name="Записать").click()
    expect(last.get_by_text("Этот запрос закрыт")).to_be_visible()
    sender.reload()
    expect(sender.locator(".way-stage.closed")).to_have_count(2)
    expect(sender.get_by_text("Закрыто").first).to_be_visible()


# long: one journey, step by step
def test_consent_is_taken_back_at_any_desk_and_nothing_of_the_person_is_left(site, open_page, log_in):
    sender = log_in(open_page(), "editor")
    receiver = log_in(open_page(**PHONE), "verifier")
    stranger = open_page(**PHONE)
    _through_the_door(stranger, site.ask("ways", "door_of", ELSEWHERE))
    sent = send(sender, site)
    offer = site.ask("ways", "letter_of", THERE)
    receiver.goto(f"/ru/workspace/referrals/requests/{offer['id']}/")
    receiver.get_by_role("button", name="Да, ждём этого человека").click()
    expect(receiver.get_by_text(sent["code"])).to_be_visible()

    stranger.goto("/ru/workspace/referrals/code/")
    stranger.fill("[name=code]", sent["code"])
    stranger.get_by_text("Человек отзывает согласие").click()
    stranger.get_by_role("button", name="Отозвать согласие").click()
    expect(stranger.get_by_role("alert")).to_contain_text("Отметьте, что человек говорит это сам")
    assert violations(stranger) == []
    stranger.get_by_label("Человек стоит здесь и говорит это сам").check()
    stranger.get_by_role("button", name="Отозвать согласие").click()
    expect(stranger.locator(".note.ok")).to_contain_text("Согласие отозвано")
    assert violations(stranger) == [] and HOME not in stranger.content()

    gone = receiver.goto(f"/ru/workspace/referrals/requests/{offer['id']}/")
    assert gone is not None and gone.status == 404
    assert site.ask("ways", "occasions_of", THERE)[-1] == "referral_over"
    assert site.ask("ways", "occasions_of", HOME)[-1] == "referral_news"
    sender.reload()
    expect(sender.get_by_text("О нём здесь ничего не осталось")).to_be_visible()
    expect(sender.get_by_text("лекарства до")).to_have_count(0)
    assert violations(sender) == []
    open_page.complaints.clear()  # the console tells of the form that came back, and of the request that is gone


def test_a_code_at_a_strangers_desk_tells_the_sender(site, open_page, log_in):
    sender = log_in(open_page(), "editor")
    stranger = log_in(open_page(**PHONE), "verifier")
    sent = send(sender, site)
    offer = site.ask("ways", "letter_of", THERE)
    sender.goto(f"/ru/workspace/referrals/{sent['id']}/paper/?size=a6")
    expect(sender.locator(".sheet .code")).to_have_text(sent["code"])
    assert violations(sender) == []
    stranger.goto("/ru/workspace/referrals/code/")
    stranger.fill("[name=code]", sent["code"])
    stranger.get_by_role("button", name="Человек здесь").click()
    expect(stranger.get_by_text("Код известен")).to_be_visible()
    assert violations(stranger) == []
    sender.goto(f"/ru/workspace/referrals/{sent['id']}/")
    expect(sender.get_by_text("Код назвали в организации")).to_be_visible()
    sender.get_by_text("Человек отзывает согласие").click()
    sender.get_by_role("button", name="Отозвать согласие").click()
    gone = stranger.request.get(f"/ru/workspace/referrals/requests/{offer['id']}/")
    assert gone.status == 404
