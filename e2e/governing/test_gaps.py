"""A gap is opened from the matrix by its keys, gets an action, and closes when the help was there for sixty days."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from e2e.conftest import violations

pytestmark = pytest.mark.e2e
WHY = "Учебный пробел: людям некуда пойти."


# long: one journey, step by step
def test_a_gap_is_opened_worked_at_and_closes_by_itself(site, open_page, log_in):
    page = log_in(open_page(), "coordinator")
    page.goto("/ru/workspace/network/gaps/?country=GE&section=hiv_treatment")
    assert violations(page) == []
    first = page.locator("[data-gaps] td a").first
    first.focus()
    page.keyboard.press("End")
    page.keyboard.press("Home")
    expect(first).to_be_focused()
    row = page.get_by_role("row", name=re.compile("Паллиативная помощь"))
    expect(row.get_by_role("link").first).to_have_text(re.compile("неизвестно"))
    row.get_by_role("link").first.press("Enter")
    expect(page.get_by_text("никто не написал, что искал")).to_be_visible()
    page.get_by_text("Открыть пробел").first.click()
    assert violations(page) == []
    page.get_by_role("button", name="Открыть пробел").click()
    page.fill("[name=why]", WHY)
    page.get_by_role("button", name="Открыть пробел").click()
    page.wait_for_url(re.compile(r"/gaps/work/[a-z0-9]{10}/$"))

    page.select_option("[name=who]", index=1)
    page.fill("[name=action]", "Поговорить с хосписом")
    page.fill("[name=due_on]", (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=20)).isoformat())
    page.get_by_role("button", name="Записать").click()
    expect(page.get_by_text("договорились, что делать")).to_be_visible()
    expect(page.locator("h1 ~ .tags")).to_contain_text("в работе")
    assert violations(page) == []

    assert site.ask("gaps", "sixty_days", "palliative_care")["gaps closed"] == 1
    page.reload()
    expect(page.locator("h1 ~ .tags")).to_contain_text("закрыт")
    expect(page.get_by_text("помощь есть уже 60 дней")).to_be_visible()
    expect(page.get_by_role("button", name="Снять пробел")).to_be_hidden()


def test_what_is_missing_lies_over_the_countries_of_the_members_map(open_page, log_in):
    page = log_in(open_page(width=1280, height=800), "coordinator")
    page.goto("/ru/members/?service=naloxone")
    page.get_by_role("button", name="Чего не хватает по странам").press("Enter")
    layer = page.get_by_role("region", name="Чего не хватает по странам")
    expect(layer).to_be_focused()
    expect(layer.get_by_role("combobox")).to_have_value("naloxone")
    expect(page.locator(".spot").first).to_be_hidden()
    assert violations(page) == []
    sign = page.get_by_role("link", name=re.compile("^Украина: неизвестно$"))
    sign.focus()
    page.wait_for_load_state("networkidle")  # the map has moved: tiles that never come are told on the console
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Налоксон")
    page.go_back(wait_until="networkidle")
    page.get_by_role("button", name="Чего не хватает по странам").click()
    page.wait_for_load_state("networkidle")
    page.locator(".map-canvas").focus()
    page.keyboard.press("Escape")
    expect(layer).to_be_hidden()
    expect(page.locator(".spot").first).to_be_visible()


def test_on_a_phone_the_signs_stand_above_the_list(open_page, log_in):
    page = log_in(open_page(width=375, height=720), "coordinator")
    page.goto("/ru/members/?country=GE")
    page.get_by_role("button", name="Чего не хватает по странам").click()
    expect(page.locator(".gap-spot a").first).to_be_visible()
    assert violations(page) == []
    page.get_by_text("Какие это страны и что значат знаки").click()
    expect(page.locator("[data-gaps-list]")).to_contain_text("никто не искал")
