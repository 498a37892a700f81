"""A country on paper without a script; a place in plain words that a tab remembers; read aloud by the device alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e
#: A device with voices: one of its own and one of the network, which tell what they were given.
VOICES = """voices => {
    window.said = [];
    const speech = {
        getVoices: () => voices,
        speak: utterance => window.said.push(utterance.text),
        cancel: () => {},
        addEventListener: () => {},
    };
    Object.defineProperty(window, "speechSynthesis", { value: speech, configurable: true });
    window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
}"""
OWN, REMOTE = ({"lang": "ru-RU", "localService": is_own} for is_own in (True, False))


def place_of(page: Page) -> str:
    page.goto("/ru/light/ge/all/")
    path = page.locator("a[href*='/light/places/']").first.get_attribute("href")
    assert path
    return str(path).replace("/light/", "/")


def test_a_booklet_is_chosen_looked_at_and_taken_without_a_script(open_page):
    page = open_page(width=375, height=720, java_script_enabled=False)
    page.goto("/ru/countries/ge/")
    page.get_by_role("link", name="Эта страна на бумаге").click()
    page.get_by_label("Листовка на одном листе, A7").check()
    page.get_by_role("button", name="Подготовить").click()
    expect(page.get_by_role("heading", name="Грузия")).to_be_visible()
    picture = page.locator(".booklets-pictures img").first
    picture.scroll_into_view_if_needed()
    assert picture.get_attribute("alt")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Скачать").click()
    assert taken.value.suggested_filename.startswith("ge-fold-a7-ru-")


def test_plain_words_are_remembered_by_the_tab_and_forgotten_in_haste(open_page):
    page = open_page(width=375, height=720)
    place = place_of(page)
    page.goto(place)
    page.get_by_role("link", name="Проще").click()
    expect(page.get_by_role("heading", name="Что здесь")).to_be_visible()
    page.goto(place)
    page.wait_for_url("**easy=1")
    page.get_by_role("link", name="Подробно").click()
    page.wait_for_load_state("networkidle")
    assert "easy" not in page.url and page.get_by_role("link", name="Проще").is_visible()
    page.get_by_role("link", name="Проще").click()
    page.wait_for_url("**easy=1")
    page.get_by_role("link", name="Быстрый выход").click()
    page.wait_for_url("about:blank")
    page.goto(place)
    page.wait_for_load_state("networkidle")
    assert "easy" not in page.url


@pytest.mark.parametrize(("voices", "is_there"), [([OWN], True), ([REMOTE], False), ([], False)])
def test_only_a_voice_of_the_device_reads(open_page, voices, is_there):
    page = open_page(width=375, height=720)
    place = place_of(page)
    page.add_init_script(f"({VOICES})({str(voices).replace('True', 'true').replace('False', 'false')})")
    page.goto(place)
    button = page.get_by_role("button", name="Прочитать вслух")
    if not is_there:
        page.wait_for_timeout(2500)  # nothing comes: there is nothing to wait for
        assert not button.is_visible()
    else:
        button.click()
        assert any("Телефон: +" in one for one in page.evaluate("window.said"))
        page.get_by_role("button", name="Нет, остановить").click()
        expect(page.locator("[data-aloud]")).to_be_hidden()
