"""A text is written by one person with the keys, refused where its numbers are others, and checked by another."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from e2e.conftest import violations

pytestmark = pytest.mark.e2e
TEXT = "Tibbiy yordam va maslahat"


# long: one journey, step by step
def test_a_text_is_translated_checked_and_seen(site, open_page, log_in):
    assert site.ask("translating", "give_languages", "uz") == 2
    page = log_in(open_page(), "administrator")
    page.goto("/ru/workspace/translations/")
    assert violations(page) == []
    page.get_by_role("link", name=re.compile(r"^Переводить\s*: Oʻzbekcha")).click()
    page.get_by_role("link", name=re.compile("Виды помощи и другие слова")).click()
    assert violations(page) == []
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/uz/[0-9a-f]{32}/"))
    assert violations(page) == []
    field = page.locator("textarea[name=form]")
    expect(field).to_be_focused()
    field.fill("Помощь 12")
    field.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Числа и телефоны не те")
    expect(field).to_have_value("Помощь 12")
    open_page.complaints.clear()  # the console tells of the refusal
    assert violations(page) == []
    written = page.url
    field.fill(TEXT)
    field.press("Control+Enter")
    expect(page.get_by_text("Сохранено. Проверит другой человек.")).to_be_visible()
    here = page.url
    page.locator("textarea[name=form]").press("Escape")
    page.keyboard.press("j")
    page.wait_for_url(lambda url: url not in (here, written))

    other = log_in(open_page(), "verifier")
    other.goto(written)
    expect(other.get_by_text("ещё никто не проверил")).to_be_visible()
    other.get_by_role("button", name="Прочитано, всё верно").click()
    expect(other.get_by_text("Проверено. Читатели видят этот текст.")).to_be_visible()
    other.goto(written)
    expect(other.locator(".what-it-is")).to_contain_text("проверено")
    assert violations(other) == []
    other.set_viewport_size({"width": 375, "height": 720})
    assert other.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
