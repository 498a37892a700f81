"""An organisation joins: the page for everybody, a draft, checks, the vote, the way in, a member. In a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import violations

pytestmark = pytest.mark.e2e
PHONE = {"width": 375, "height": 720}
ADDRESS = "zhuravl@example.org"
NAME = "Бумажный журавль"
#: Nobody fills in a form quicker (doors/shared/forms.py).
AS_LONG_AS_A_PERSON = 3100


def apply(site, visitor: Page) -> str:
    """From the foot of the map to a sent application; its link."""
    visitor.goto("/ru/about/")
    visitor.get_by_role("contentinfo").get_by_role("link", name="Присоединиться к сети").click()
    expect(visitor.get_by_role("heading", name="Рядом с дорогой")).to_be_visible()
    assert violations(visitor) == []
    visitor.fill("[name=email]", ADDRESS)
    visitor.wait_for_timeout(AS_LONG_AS_A_PERSON)
    visitor.get_by_role("button", name="Прислать ссылку").click()
    expect(visitor.get_by_text(ADDRESS)).to_be_visible()
    link = site.ask("joins", "link_to", ADDRESS)
    visitor.goto(link)
    visitor.fill("[name=name]", NAME)
    visitor.get_by_role("button", name="Отправить заявку").click()
    expect(visitor.get_by_text("Всё, что вы написали, сохранено")).to_be_visible()
    assert violations(visitor) == []
    visitor.select_option("[name=registration_country]", "GE")
    visitor.get_by_text("Выбрать страны").click()
    visitor.locator("[name=countries][value=GE]").check()
    visitor.get_by_text("Сопровождение", exact=True).click()
    visitor.locator("[name=services][value=peer_counselling]").check()
    visitor.fill("[name=about]", "Встречаем на вокзале.")
    for number in range(3):
        visitor.fill(f"[name=answer_{number}]", "Отвечаем.")
    visitor.fill("[name=referees_note]", "Дом с балконом и Жёлтый трамвай")
    visitor.fill("[name=declared_by]", "Нино, директор")
    visitor.get_by_role("button", name="Отправить заявку").click()
    expect(visitor.get_by_role("heading", name="Ваша заявка у нас")).to_be_visible()
    assert violations(visitor) == []
    return str(link)


# long: one journey, step by step
def test_an_organisation_applies_and_becomes_a_member(site, open_page, log_in):
    visitor = open_page(**PHONE)
    link = apply(site, visitor)
    # The browser says so of a form that came back with its faults.
    open_page.complaints[:] = [one for one in open_page.complaints if "400 (Bad Request)" not in one]

    leader = log_in(open_page(), "coordinator")
    leader.goto("/ru/workspace/network/applications/")
    leader.get_by_role("link", name=NAME).click()
    leader.get_by_role("button", name="Беру").click()
    expect(leader.get_by_role("button", name="Беру")).to_be_hidden()
    checker = log_in(open_page(**PHONE), "verifier")
    checker.goto(leader.url)
    exists = checker.locator("#checks li", has_text="Существует и отвечает")
    exists.locator("summary").click()
    exists.get_by_label("В порядке").check()
    assert violations(checker) == []
    exists.get_by_role("button", name="Записать").click()
    expect(exists.get_by_text("В порядке")).to_be_visible()
    site.ask("joins", "others_check", ADDRESS)

    leader.reload()
    assert violations(leader) == []
    leader.get_by_role("button", name="Начать голосование").click()
    expect(leader.get_by_role("button", name="Начать голосование")).to_be_hidden()
    visitor.goto(link)
    expect(visitor.get_by_role("heading", name="Участники сети голосуют")).to_be_visible()
    site.ask("voices", "end_of", site.ask("joins", "others_vote", ADDRESS))
    leader.reload()
    leader.select_option("[name=mentor]", "abrikosovaya-vetv")
    leader.get_by_role("button", name="Сообщить и пригласить").click()
    assert violations(leader) == []
    visitor.reload()
    expect(visitor.get_by_role("heading", name="Участники сети сказали «да»")).to_be_visible()
    assert violations(visitor) == []

    site.ask("joins", "settle", ADDRESS)
    checker.goto("/ru/workspace/")
    checker.get_by_role("link", name="Что осталось").last.click()
    checker.get_by_role("button", name="Провели").click()
    checker.get_by_role("button", name="Сделать участником сети").click()
    expect(checker.get_by_text("Теперь это участник сети")).to_be_visible()
    visitor.reload()
    expect(visitor.get_by_role("heading", name="Вы в сети")).to_be_visible()
    leader.goto("/ru/workspace/network/members/")
    expect(leader.get_by_role("link", name=NAME)).to_be_visible()
    assert violations(leader) == []
