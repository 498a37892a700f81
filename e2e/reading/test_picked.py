"""Three services are put together, sent, opened elsewhere, printed, kept for work; a search is followed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from e2e.conftest import violations

pytestmark = pytest.mark.e2e
PHONE = {"width": 375, "height": 720}


# long: one journey, step by step
def test_a_selection_from_the_stars_to_the_paper_and_a_search_that_is_followed(site, open_page, log_in):
    page = open_page(accept_downloads=True)
    page.goto("/ru/?country=GE")
    stars = page.locator(".card .pick")
    for number in (0, 2, 4):
        stars.nth(number).click()
    expect(page.locator("[data-picks]")).to_contain_text("3")
    # From its top: wherever a list stopped, the bar above it may cut a button of a card in two.
    page.evaluate("document.querySelectorAll('*').forEach(one => { if (one.scrollTop) one.scrollTop = 0 })")
    assert violations(page) == []
    page.locator("[data-picks]").click()
    rows = page.locator(".picked-row")
    expect(rows).to_have_count(3)
    assert violations(page) == [] and "#" not in page.url
    page.get_by_role("button", name=re.compile("^Ниже")).first.press("Enter")
    expect(page.get_by_role("button", name=re.compile("^Ниже")).nth(1)).to_be_focused()
    page.get_by_role("button", name=re.compile("^Убрать")).first.click()
    expect(rows).to_have_count(2)
    page.get_by_role("button", name="Вернуть").click()
    expect(rows).to_have_count(3)
    link = page.get_by_label("Ссылка", exact=True).input_value()
    names = rows.locator("h2").all_inner_texts()
    with page.expect_download() as download:
        page.get_by_role("button", name="PDF, A5").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    page.emulate_media(media="print")
    expect(page.locator(".picked-sheet")).to_be_visible()
    expect(page.locator(".picked-sheet h2")).to_have_count(3)
    expect(page.locator("[data-picked]")).to_be_hidden()
    page.emulate_media(media="screen")

    other = open_page(**PHONE)
    other.goto(link)
    expect(other.locator(".picked-row h2")).to_have_text(names)
    assert violations(other) == [] and other.evaluate("document.documentElement.scrollWidth <= innerWidth")
    other.get_by_role("link", name="Быстрый выход").click()
    other.wait_for_url("about:blank")
    other.goto("/ru/list/")
    expect(other.get_by_text("Пока пусто")).to_be_visible()
    expect(other.locator("[data-picks]")).to_be_hidden()

    member = log_in(open_page(), "editor")
    member.goto(f"/ru/members/list/#{link.partition('#')[2]}")
    expect(member.locator(".picked-row")).to_have_count(3)
    member.get_by_role("combobox", name="Страна").select_option(label="Грузия")
    member.get_by_role("button", name="Сохранить").click()
    expect(member.get_by_role("link", name=re.compile("Подборка 1"))).to_be_visible()
    member.goto("/ru/members/?country=GE&service=art")
    member.get_by_role("button", name="Следить за этим поиском").click()
    expect(member.get_by_role("button", name=re.compile("^Не следить"))).to_be_visible()
    assert violations(member) == []
    member.get_by_role("link", name=re.compile("Подборка 1")).click()
    expect(member.locator(".picked-row h2")).to_have_text(names)
    member.goto("/ru/workspace/own/")
    member.get_by_role("button", name=re.compile("^Не следить")).click()
    expect(member.get_by_text("Писем об этом поиске больше не будет")).to_be_visible()
