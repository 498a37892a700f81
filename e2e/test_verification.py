"""Keeping listings current, in a real browser: the owner, the coordinator, the verifier, the visitor."""

from __future__ import annotations

import json
import re
from email import message_from_bytes, policy

import pytest
from playwright.sync_api import expect

from e2e.conftest import violations

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]


def history(site, call: str):
    """What a function of e2e.history prints, in the database of the served network."""
    name = call.split("(")[0]
    printed = site.manage("shell", "-v", "0", "-c", f"from e2e.history import {name}; {call}")
    return json.loads(printed.strip().splitlines()[-1])


def letter_to(site, email: str) -> str:
    """The words of the newest letter to an address."""
    files = sorted((site.folder / "mail").iterdir(), key=lambda file: file.stat().st_mtime_ns)
    for file in reversed(files):
        for raw in reversed(file.read_bytes().split(b"-" * 79)):
            mail = message_from_bytes(raw.strip(), policy=policy.default)
            if email in str(mail["To"]):
                return mail.get_content()
    raise AssertionError(f"no letter to {email}")


def test_twenty_listings_are_confirmed_from_one_letter_by_one_press(open_page, site):
    owner = history(site, "twenty_due()")
    assert owner["told"] == 20
    link = re.search(r"/ru/confirm/[\w-]+/", letter_to(site, owner["email"]))[0]
    scanner = open_page()
    for _visit in range(2):  # as a mail scanner follows links
        assert scanner.request.get(link).ok
    assert history(site, "confirmations()") == [0, 0]

    page = open_page(width=375, height=740)
    page.goto(link)
    assert page.locator("[data-right]:checked").count() == 20
    expect(page.get_by_text("+995").first).to_be_visible()  # the facts that are confirmed
    assert violations(page) == []
    page.locator("[data-all-right] button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Спасибо, это всё")
    assert history(site, "confirmations()") == [20, 20]
    assert violations(page) == [] and page.context.cookies(site.address + "/ru/workspace/") == page.context.cookies()

    page.get_by_role("button", name=re.compile("Отменить|Вернуть")).first.click()
    expect(page.locator("[data-right]").first).to_be_visible()
    assert history(site, "confirmations()") == [0, 0]
    card = page.locator(".confirm-card").first
    card.get_by_text("Изменилось", exact=True).click()
    card.locator("textarea").fill("Теперь по записи")
    card.get_by_role("button", name="Отправить").click()
    expect(page.locator("[data-right]")).to_have_count(19)
    page.locator("[data-all-right] button").click()
    assert history(site, "confirmations()") == [19, 19]


@pytest.mark.parametrize(("role", "pile", "count"), [("verifier", "rechecks", 2), ("coordinator", "unchecked", 6)])
def test_remote_checks_one_after_another_without_the_mouse(open_page, log_in, site, role, pile, count):
    page = log_in(open_page(), role)
    email = site.logins[role]["email"]
    before = len(history(site, f"checks_by('{email}')"))
    page.goto(f"/ru/workspace/coordination/?pile={pile}", wait_until="networkidle")
    page.keyboard.press("j")
    expect(page.locator("[data-row-link]").first).to_be_focused()
    page.keyboard.press("Enter")
    seen = []
    for number in range(count):
        page.wait_for_url(re.compile(r"/coordination/checks/"), wait_until="networkidle")
        title = page.get_by_role("heading", level=1).inner_text()
        assert title not in seen, "the next one comes by itself"
        seen.append(title)
        if number == 0:
            assert violations(page) == []
        address = page.url
        page.keyboard.press("a")
        page.keyboard.press("r")
        page.keyboard.press("s")
        page.wait_for_url(lambda url, here=address: url != here)
    assert history(site, f"checks_by('{email}')")[before:] == ["correct"] * count
    with page.expect_navigation():
        page.keyboard.press("z")
    assert history(site, f"checks_by('{email}')")[before:] == ["correct"] * (count - 1) + ["withdrawn"]


def test_a_coordinator_works_the_queue_by_keyboard(open_page, log_in):
    page = log_in(open_page(), "coordinator")
    page.goto("/ru/workspace/coordination/?pile=unchecked", wait_until="networkidle")
    assert violations(page) == []
    for _row in range(2):
        page.keyboard.press("j")
        page.keyboard.press("x")
    assert page.locator("[data-pick]:checked").count() == 2
    press(page, page.locator("button[value=ask]"))
    page.wait_for_url("**/bulk/**")
    assert violations(page) == []  # the preview
    press(page, page.locator("main form button.primary"))
    page.wait_for_url(re.compile(r"/coordination/\?"))
    expect(page.locator(".messages, [role=status]").first).to_contain_text(re.compile("пис"))

    page.keyboard.press("j")
    page.keyboard.press("x")
    press(page, page.locator("button[value=assign]"))
    page.wait_for_url("**/bulk/**")
    choice = page.locator("select[name=organization]")
    choice.focus()
    for _option in range(12):
        page.keyboard.press("ArrowDown")
    press(page, page.locator("main form button.primary"))
    page.wait_for_url(re.compile(r"/coordination/\?"))
    page.goto("/ru/workspace/coordination/?pile=rechecks")
    chosen = page.locator("[data-row]").count()
    assert chosen > 0


def press(page, button):
    """Reach a control as somebody without a mouse does, and press it."""
    button.focus()
    page.keyboard.press("Enter")


def test_a_report_is_answered_and_the_answer_is_read_by_its_code(open_page, log_in, site):
    visitor = open_page(width=375, height=740)
    visitor.goto("/ru/?country=GE")
    place = visitor.locator("a[href*='/places/']").first.get_attribute("href")
    visitor.goto(place.split("#")[0] + "report/")
    if visitor.locator("input[name=listing][type=radio]").count():
        visitor.locator("input[name=listing][type=radio]").first.check()
    visitor.locator("input[name=kind][value=hours]").check()
    visitor.fill("textarea[name=text]", "В пятницу закрыто с обеда, журнал журналов")
    while visitor.evaluate("performance.now()") < 3500:  # the form refuses what a person could not have written so fast
        visitor.wait_for_timeout(200)
    visitor.get_by_role("button", name="Отправить").click()
    code = visitor.locator(".report-code").inner_text()

    desk = log_in(open_page(), "coordinator")
    desk.goto("/ru/workspace/coordination/reports/")
    links = [link.get_attribute("href") for link in desk.locator("main a[href*='/reports/']").all()]
    for link in [link for link in links if re.search(r"/reports/[a-z0-9]{10}/$", link)]:
        desk.goto(link)
        if desk.get_by_text("журнал журналов").count():
            break
    assert violations(desk) == []
    desk.locator("input[name=state][value=fixed]").check()
    desk.fill("textarea[name=answer]", "Спасибо, часы исправили")
    desk.locator("button[value=close]").click()
    desk.wait_for_load_state("networkidle")

    visitor.goto("/ru/report-answer/")
    visitor.fill("input[name=code]", code)
    visitor.get_by_role("button", name="Узнать").click()
    expect(visitor.locator("main .box")).to_contain_text("Спасибо, часы исправили")
    assert visitor.context.cookies() == []
