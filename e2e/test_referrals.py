"""A person is sent on: a minute to send, ten seconds for a yes, a code at a stranger's desk. In a real browser."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import violations

pytestmark = pytest.mark.e2e
HOME, THERE = "dom-s-balkonom", "abrikosovaya-vetv"
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
    receiver.get_by_role("link", name=f"№ {letter['number']}", exact=True).click()
    assert violations(receiver) == [] and sent["code"] not in receiver.content()
    receiver.get_by_role("button", name="Да, ждём этого человека").click()
    expect(receiver.get_by_text(sent["code"])).to_be_visible()
    assert time.monotonic() - began < A_YES
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
