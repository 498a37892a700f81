"""A fact is written, approved, greyed by time and confirmed; a danger is announced and seen. In a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from e2e.conftest import violations

pytestmark = pytest.mark.e2e
PHONE = {"width": 375, "height": 720}


# long: one journey, step by step
def test_a_fact_from_the_draft_to_the_public_page(site, open_page, log_in):
    writer = log_in(open_page(), "editor")
    writer.goto("/ru/workspace/countries/ge/")
    assert violations(writer) == []
    writer.get_by_role("link", name="Написать сведение").first.click()
    writer.select_option("[name=topic]", "pep")
    writer.get_by_label("Да", exact=True).check()
    writer.fill("[name=statement]", "Выдумано: таблетки дают в течение трёх дней, имя не спрашивают.")
    writer.fill("[name=source_title]", "Вымышленный приказ")
    writer.fill("[name=source_link]", "https://example.org/made-up")
    assert violations(writer) == []
    writer.get_by_role("button", name="Сохранить черновик").click()
    writer.wait_for_url(re.compile(r"/countries/facts/[a-z0-9]{10}/$"))
    address = writer.url
    writer.get_by_role("button", name="Отправить другой организации").click()
    expect(writer.get_by_text("Это должна проверить другая организация")).to_be_visible()

    checker = log_in(open_page(**PHONE), "verifier")
    checker.goto("/ru/workspace/countries/")
    checker.get_by_role("link", name="Грузия · ПКП: после контакта").click()
    assert checker.url == address and violations(checker) == []
    checker.get_by_role("button", name="Одобрить").click()
    expect(checker.get_by_text("Сначала откройте источник и прочитайте его").first).to_be_visible()
    open_page.complaints.clear()  # the console tells of the form that was refused
    checker.check("[name=has_read_source]")
    checker.get_by_role("button", name="Одобрить").click()
    expect(checker.get_by_text("В силе: сведение уже на странице страны")).to_be_visible()

    reader = open_page(**PHONE)
    reader.goto("/ru/countries/ge/")
    expect(reader.locator("#pep")).to_contain_text("таблетки дают в течение трёх дней")
    assert violations(reader) == []


def test_what_time_has_greyed_is_confirmed(site, open_page, log_in):
    told = site.ask("lands", "left_alone")
    reader = open_page()
    reader.goto("/ru/countries/am/")
    fact = reader.locator("#hepatitis")
    expect(fact).to_contain_text(f"не подтверждено с {told['until']}")
    grey, black = (
        reader.locator(f"{one} .answer").first.evaluate("one => getComputedStyle(one).color")
        for one in ("#hepatitis", "#ost")
    )
    assert grey != black and violations(reader) == []
    checker = log_in(open_page(), "editor")
    checker.goto(f"/ru/workspace/countries/facts/{told['fact']}/")
    checker.check("[name=has_read_source]")
    checker.get_by_role("button", name="Подтвердить").click()
    expect(checker.get_by_text("Подтверждено, даты новые")).to_be_visible()
    reader.reload()
    expect(fact).not_to_contain_text("не подтверждено")


# long: one journey, step by step
def test_a_danger_is_seen_on_the_map_and_in_the_embed(site, open_page, log_in):
    words = "Учебная тревога: у клиник проверяют документы."
    coordinator = log_in(open_page(), "coordinator")
    coordinator.goto("/ru/workspace/countries/kz/notices/new/")
    assert violations(coordinator) == []
    coordinator.get_by_label("Опасность").check()
    coordinator.fill("[name=text]", words)
    coordinator.get_by_role("button", name="Повесить").click()
    expect(coordinator.get_by_text("Попросите второго человека")).to_be_visible()
    assert violations(coordinator) == []

    reader = open_page(**PHONE)
    for address in ("/ru/", "/ru/?country=KZ", "/ru/embed/?country=KZ", "/ru/embed/?view=cards&country=KZ"):
        reader.goto(address)
        expect(reader.locator(".banner.danger")).to_contain_text(words)
        expect(reader.locator(".banner.danger")).to_be_in_viewport()
        assert violations(reader) == []
    reader.goto("/ru/?country=GE")
    expect(reader.get_by_text(words)).to_be_hidden()
    reader.goto("/ru/countries/kz/")
    expect(reader.get_by_text("ждём второго")).to_be_visible()

    second = log_in(open_page(), "verifier")
    second.goto("/ru/workspace/countries/kz/")
    second.get_by_role("button", name="Это опасность, подтверждаю").click()
    expect(second.get_by_text("Теперь подтвердили двое")).to_be_visible()
    coordinator.reload()
    coordinator.get_by_role("button", name=re.compile("Снять")).first.click()
    expect(coordinator.get_by_text("Объявление снято")).to_be_visible()
    # Somebody who was not here before: a browser may keep a page for some seconds.
    next_one = open_page(**PHONE)
    next_one.goto("/ru/")
    expect(next_one.locator("main")).to_be_visible()
    expect(next_one.get_by_text(words)).to_be_hidden()


def test_two_countries_side_by_side_from_the_map(open_page):
    page = open_page()
    page.goto("/ru/?country=GE&country=KZ")
    expect(page.get_by_text("АРТ без документов: нет").first).to_be_visible()
    page.get_by_role("link", name="Обе страны рядом").click()
    page.wait_for_url(re.compile(r"/ru/countries/(ge/kz|kz/ge)/$"))
    rows = page.locator(".corridor tbody tr")
    assert "differs" in (rows.first.get_attribute("class") or "")
    assert violations(page) == []
