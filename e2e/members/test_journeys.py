"""The three kinds of people, from beginning to end."""

import re

import pytest
from playwright.sync_api import expect

from e2e.conftest import press, rest

pytestmark = pytest.mark.e2e


def test_the_public_finds_help_and_opens_it(open_page):
    page = open_page()
    page.goto("/ru/")
    heading = page.locator("[data-summary], .summary").first
    before = heading.inner_text()
    page.fill("input[name=q]", "тест на вич рядом с Тбилиси")
    page.keyboard.press("Enter")
    expect(heading).not_to_have_text(before)
    assert "вич" not in page.url.lower() and "%D0" not in page.url
    page.wait_for_load_state("networkidle")  # leaving in the middle of a tile is told on the console
    page.locator("a[href*='/places/']").first.click()
    page.wait_for_url(re.compile(r"/ru/places/[a-z0-9]{10}/"))
    expect(page.locator("a[href^='tel:']").first).to_be_visible()
    page.go_back()
    page.wait_for_url(re.compile(r"/ru/(#.*)?$"))
    expect(page.locator("input[name=q]")).to_have_value("тест на вич рядом с Тбилиси")
    expect(heading).not_to_have_text(before)
    kept = "Object.keys(sessionStorage).filter(name => name.startsWith('kept:')).length"
    assert page.evaluate(kept) == 1
    page.locator("[data-exit]").first.click()
    page.wait_for_url("about:blank")
    for _again in range(2):  # whoever takes the device over finds the way back shut
        page.go_back(wait_until="commit")
        page.wait_for_url("about:blank")
        assert page.title() == page.locator("body").inner_text() == ""
    page.goto("/ru/about/")
    assert page.evaluate(kept) == 0


def test_two_questions_lead_to_the_nearest_help_on_a_phone(open_page):
    page = open_page(width=375, height=720)
    page.goto("/ru/")
    page.fill("#start-city", "Алматы")
    page.locator("#start-list [role=option]").first.click()
    page.locator("[data-need]", has_text="Провериться").click()
    expect(page.locator("[data-active] .chip")).to_have_count(2)
    expect(page.locator(".card").first).to_contain_text("Алматы")
    expect(page.locator(".reach").first).to_be_attached()
    assert "near=" in page.url and "service=" in page.url
    page.locator("[data-show=list]").click()
    page.locator("[data-sheet-scroll]").evaluate("sheet => { sheet.scrollTop = 600 }")
    expect(page.locator(".demo-strip")).to_be_hidden()
    page.wait_for_timeout(300)  # the sheet grows into the room
    rest(page.locator("[data-sheet-scroll]"))
    assert page.locator("[data-sheet-scroll]").bounding_box()["y"] <= 120
    press(page.locator(".card h3 a").first)
    page.wait_for_url("**/places/**")
    page.get_by_role("link", name="Показать на карте").click()
    expect(page.locator("[data-selected] h3").first).to_be_visible()
    assert "place=" in page.url


def test_the_map_works_without_scripts(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/ru/")
    page.get_by_role("link", name="Документы и юрист").click()
    page.wait_for_url("**service=legal**")
    assert page.locator(".card").count() > 3
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
    again.evaluate("location.hash = 'country=PL'")  # a link that is pasted into the open page
    expect(again.locator("[data-active] .chip")).to_have_text(re.compile("Польша"))
    assert "country=PL" in again.url and "GE" not in again.url


def test_cards_read_alike_from_the_server_and_from_the_script(open_page):
    plain = open_page(java_script_enabled=False)
    plain.goto("/ru/?capacity=available")
    live = open_page()
    live.goto("/ru/#capacity=available")
    live.wait_for_load_state("networkidle")
    for page in (plain, live):  # cards out of sight are not laid out, and have no words then
        page.locator(".cards > li").evaluate_all("all => all.forEach(one => (one.style.contentVisibility = 'visible'))")
    words = [page.locator(".card-text").all_inner_texts() for page in (plain, live)]
    assert words[0] == words[1]
    assert any("сообщили" in text for text in words[0])
    drawn = "[...document.querySelectorAll('use')].every(use => document.querySelector(use.getAttribute('href')))"
    assert live.evaluate(drawn)


def test_an_owner_says_that_places_have_run_out_and_readers_see_it(open_page, log_in):
    editor = log_in(open_page(), "editor")
    row = editor.locator("[data-desk-row]", has=editor.locator(".tag.warn", has_text="скоро станет неизвестно")).first
    title = row.locator("a.title").inner_text()
    row.get_by_role("button", name="Есть места").click()
    editor.wait_for_url(re.compile(r"organization="))
    public = open_page()
    answer = public.request.post("/api/v1/search/", data={"q": title, "filters": {"capacity": "available"}})
    told = {one["title"]: one["capacity"] for one in answer.json()["results"]}
    assert (told[title]["level"], told[title]["reported_text"]) == ("free", "сообщили сегодня")


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


def test_an_edit_goes_from_a_member_through_another_organisation_to_the_map(open_page, log_in):
    title = "Новое название услуги для карты"
    editor = log_in(open_page(), "editor")
    editor.goto("/ru/workspace/?show=published")
    editor.locator("main a[href*='/workspace/listings/']").nth(2).click()
    editor.wait_for_url("**/listings/**")
    editor.locator(".edit-menu > summary").click()
    editor.locator(".edit-menu a[href*='/workspace/services/']").first.click()
    editor.wait_for_url("**/services/**")
    editor.fill("input[name=title]", title)
    public = open_page()
    assert found(public, title) == []
    editor.get_by_role("button", name="Сохранить и отправить на проверку").click()
    editor.wait_for_url(re.compile(r"/ru/workspace/listings/\w+/#what$"))
    verifier = log_in(open_page(), "verifier")
    verifier.goto("/ru/workspace/reviews/")
    verifier.get_by_role("link", name=title).first.click()
    verifier.wait_for_url(re.compile(r"/reviews/[a-z0-9]{10}/"))
    assert found(public, title) == []
    verifier.get_by_role("radio", name="Прочитал(а)").check()
    verifier.get_by_role("button", name="Одобрить и опубликовать").click()
    verifier.wait_for_load_state("networkidle")
    assert found(public, title) == [title]


def found(page, title):
    """The titles that a public search for exactly this title brings."""
    answer = page.request.post("/api/v1/search/", data={"q": title})
    return [row["title"] for row in answer.json()["results"] if row["title"] == title]


def test_a_visitor_says_what_is_wrong_and_reads_the_answer_by_a_code(open_page):
    page = open_page()
    page.goto("/ru/")
    place = page.locator("a[href*='/places/']").first.get_attribute("href")
    page.goto(place.split("?")[0] + "report/")
    if page.locator("input[name=listing][type=radio]").count():
        page.locator("input[name=listing][type=radio]").first.check()
    page.locator("input[name=kind][value=phone]").check()
    while page.evaluate("performance.now()") < 3500:  # the form refuses what a person could not have written so fast
        page.wait_for_timeout(200)
    page.get_by_role("button", name="Отправить").click()
    code = page.locator(".report-code").inner_text()
    page.goto("/ru/report-answer/")
    page.fill("input[name=code]", code)
    page.get_by_role("button", name="Узнать").click()
    expect(page.locator("main .box")).to_contain_text("Телефон")
    assert page.context.cookies() == []
