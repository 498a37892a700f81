"""A campaign from the coordinator's sentence to the owner's press, in a real browser."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import violations

pytestmark = pytest.mark.e2e
WHY = "Перед зимой: куда людям звонить в праздники."


def begin(leader: Page, organization: str) -> None:
    """A campaign of two weeks from today for one organisation, looked at before it begins."""
    leader.goto("/ru/workspace/coordination/campaigns/new/")
    leader.fill("input[name=name]", "Праздники")
    leader.fill("input[name=why]", WHY)
    today = dt.datetime.now(dt.UTC).date()
    leader.fill("input[name=starts_on]", today.isoformat())
    leader.fill("input[name=ends_on]", (today + dt.timedelta(days=14)).isoformat())
    leader.get_by_text("Только некоторые организации").click()
    leader.locator(f"input[name=organizations][value={organization}]").check()
    leader.get_by_role("button", name="Сколько это?").click()
    expect(leader.locator("main").get_by_role("status").first).to_contain_text("1 организация")
    leader.get_by_role("button", name="Начать кампанию").click()
    leader.wait_for_url(re.compile(r"/campaigns/[a-z0-9]{10}/"))


def answer(owner: Page) -> int:
    """From the task on the front page to one press; how many listings it was about."""
    owner.goto("/ru/workspace/")
    task = owner.locator(".note", has_text=WHY)
    expect(task).to_have_count(1)
    task.get_by_role("link", name="Всё верно?").click()
    owner.wait_for_url("**/confirm/?campaign=*")
    asked = owner.locator("form[data-confirm] [name=listing]").count()
    assert violations(owner) == []
    owner.locator("[data-confirm-button]").click()
    owner.wait_for_url(lambda url: "campaign=" not in url)
    owner.goto("/ru/workspace/")
    expect(task).to_have_count(0)
    return asked


def test_a_campaign_asks_is_answered_with_one_press_and_ends(open_page, log_in):
    leader, owner = log_in(open_page(), "coordinator"), log_in(open_page(width=375, height=720), "editor")
    own = owner.locator(".desk-nav a[href*='/organizations/']").first.get_attribute("href").split("/")[4]
    begin(leader, own)
    assert violations(leader) == []
    asked = answer(owner)
    assert asked > 1
    leader.reload()
    row = leader.locator("tr", has=leader.locator(f"a[href*='organization={own}']"))
    expect(row).to_contain_text(f"{asked} / {asked}")
    leader.get_by_text("Изменить или остановить кампанию").click()
    leader.get_by_role("button", name="Остановить кампанию").click()
    expect(leader.get_by_role("status").filter(has_text="Остановлена")).to_be_visible()
    assert leader.locator("form[action$='/stop/']").count() == 0
