"""The three kinds of people, from beginning to end."""

import re

from playwright.sync_api import expect


def test_the_public_finds_help_and_opens_it(open_page):
    page = open_page()
    page.goto("/ru/")
    heading = page.locator("[data-summary], .summary").first
    before = heading.inner_text()
    page.fill("input[name=q]", "тест на вич рядом с Тбилиси")
    page.keyboard.press("Enter")
    expect(heading).not_to_have_text(before)
    assert "вич" not in page.url.lower() and "%D0" not in page.url
    page.locator("a[href*='/places/']").first.click()
    page.wait_for_url(re.compile(r"/ru/places/[a-z0-9]{10}/"))
    expect(page.locator("a[href^='tel:']").first).to_be_visible()
    page.go_back()
    page.wait_for_url(re.compile(r"/ru/(#.*)?$"))


def test_the_map_works_without_scripts(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/ru/?country=GE")
    cards = page.locator("a[href*='/places/']")
    assert cards.count() > 3
    page.fill("input[name=q]", "юрист")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ru/search/")
    assert page.url.endswith("/ru/search/") and page.locator("a[href*='/places/']").count() > 0


def test_filters_live_in_the_address_and_a_link_repeats_them(open_page):
    page = open_page()
    page.goto("/ru/#country=GE&cost=free")
    page.wait_for_load_state("networkidle")
    words = page.locator("[data-summary], .summary").first.inner_text()
    again = open_page()
    again.goto(page.url)
    again.wait_for_load_state("networkidle")
    assert again.locator("[data-summary], .summary").first.inner_text() == words


def test_the_embed_works_in_a_sandbox_without_an_origin(open_page, site):
    page = open_page()
    page.goto("/ru/about/")
    source = f"{site.address}/ru/embed/?country=GE&view=split"
    page.set_content(
        f'<iframe src="{source}" sandbox="allow-scripts allow-popups" width="1000" height="600" title="карта"></iframe>'
    )
    frame = page.frame_locator("iframe")
    expect(frame.locator("a[href*='/places/']").first).to_be_visible()
    assert page.context.cookies() == []
