"""A round is planned, a house looks at itself, another one agrees, and both audiences read it beside the service."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from e2e.conftest import violations

pytestmark = pytest.mark.e2e
HOUSE = "Дом с балконом"


# long: one journey, step by step
def test_a_review_from_its_round_to_the_words_beside_a_service(open_page, log_in):
    leader = log_in(open_page(), "coordinator")
    leader.goto("/ru/workspace/network/reviews/new/")
    assert violations(leader) == []
    leader.select_option("[name=country]", "KZ")  # in Georgia the demonstration has begun
    leader.get_by_role("button", name="Запланировать").click()
    expect(leader.get_by_text("Написали организациям")).to_be_visible()

    own = log_in(open_page(width=375, height=720), "editor")
    own.goto("/ru/workspace/network/reviews/")
    own.get_by_role("link", name=HOUSE).click()
    address = own.url
    assert violations(own) == []
    own.get_by_role("link", name="Что делают на самом деле").click()
    own.locator("[type=radio]").first.focus()
    own.keyboard.press("ArrowRight")
    assert own.locator("[type=radio]:checked").get_attribute("value") == "partial"
    expect(own.locator(".grid-why").first).to_be_visible()
    expect(own.locator(".grid-why").nth(1)).to_be_hidden()
    fill(own, "full")
    assert violations(own) == []
    own.get_by_role("button", name="Сохранить").click()
    own.wait_for_url(re.compile("/criteria/$"))
    fill(own, "met")
    own.get_by_role("button", name="Сохранить").click()
    own.get_by_role("button", name="Отправить другой организации").click()
    expect(own.get_by_text("Смотрит другая организация")).to_be_visible()

    peer = log_in(open_page(), "verifier")
    peer.goto(address)
    assert violations(peer) == []
    peer.locator("button[name=step][value=close]").click()
    expect(peer.get_by_text("Готово, спасибо")).to_be_visible()

    reader = open_page(width=375, height=720)
    reader.goto("/ru/organizations/dom-s-balkonom/")
    reader.locator("main a[href*='/places/']").first.click()
    expect(reader.get_by_text("Обзор пройден").first).to_be_visible()
    assert reader.get_by_text("Обзор пройден").count() > 0 and violations(reader) == []
    member = log_in(open_page(), "member")
    member.goto(reader.url.replace("/places/", "/members/places/"))
    expect(member.get_by_text(re.compile("Обзор пройден")).first).to_be_visible()


def fill(page, value):
    """Every question that has no answer yet is given this one."""
    page.evaluate(
        """value => {
          for (const radio of document.querySelectorAll(`main [type=radio][value="${value}"]`))
            if (!document.querySelector(`[name="${radio.name}"]:checked`)) radio.checked = true
        }""",
        value,
    )
