"""Keeping listings current, in a real browser: the owner, the coordinator, the verifier, the visitor."""

from __future__ import annotations

import re
from email import message_from_bytes, policy

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.conftest import violations

pytestmark = pytest.mark.e2e


def letter_to(site, email: str) -> str:
    """The words of the newest letter to an address."""
    files = sorted((site.folder / "mail").iterdir(), key=lambda file: file.stat().st_mtime_ns)
    for file in reversed(files):
        for raw in reversed(file.read_bytes().split(b"-" * 79)):
            mail = message_from_bytes(raw.strip(), policy=policy.default)
            if email in str(mail["To"]):
                return mail.get_content()
    raise AssertionError(f"no letter to {email}")


class Keys:
    """Somebody without a mouse: every press of theirs is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1

    def until_here(self, control: Locator, key: str = "Tab", at_most: int = 40) -> None:
        """Go on by one key until the focus is there."""
        for _press in range(at_most):
            if control.evaluate("element => element === document.activeElement"):
                return
            self.press(key)
        raise AssertionError(f"{at_most} times {key} do not lead there")


def out_of_reach(page: Page) -> list[str]:
    """Controls of the page at which no Tab ever arrives. Of a group of choices one is enough: arrows do the rest."""
    page.evaluate(
        """() => {
            const wanted = "a[href], button:not(:disabled), input:not([type=hidden]), select, textarea, summary";
            window.missed = new Set([...document.querySelectorAll(wanted)].filter((control) =>
                control.checkVisibility({visibilityProperty: true})));
            document.addEventListener("focusin", ({target}) => {
                for (const control of window.missed)
                    if (control === target || (target.type === "radio" && control.name === target.name))
                        window.missed.delete(control);
            });
            document.activeElement.blur();
        }"""
    )
    for _press in range(page.evaluate("window.missed.size + 10")):
        page.keyboard.press("Tab")
    return page.evaluate("[...window.missed].map((control) => control.outerHTML.slice(0, 120))")


def days_told(page: Page, place: str) -> list[str]:
    """The days of the last word, as the public page of a place tells them, one for each service.

    By a page that nobody has opened yet: a browser may keep it for a minute.
    """
    page.goto(f"/ru/places/{place}/", wait_until="networkidle")
    return re.findall(r"Подтверждено (\d\d\.\d\d\.\d{4})", " ".join(page.locator("article .seal").all_inner_texts()))


def test_twenty_listings_are_confirmed_from_one_letter_by_one_press(open_page, site):
    owner = site.ask("history", "twenty_due")
    assert owner["told"] == 20
    (before,) = set(days_told(open_page(), owner["place"]))
    link = re.search(r"/ru/confirm/[\w-]+/", letter_to(site, owner["email"]))[0]
    scanner = open_page()
    for _visit in range(2):  # as a mail scanner follows links
        assert scanner.request.get(link).ok
    assert site.ask("history", "confirmations") == [0, 0]

    page = open_page(width=375, height=740)
    page.goto(link)
    assert page.locator("[data-right]:checked").count() == 20
    expect(page.get_by_text("+995").first).to_be_visible()  # the facts that are confirmed
    assert violations(page) == []
    page.locator("[data-all-right] button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Спасибо, это всё")
    assert site.ask("history", "confirmations") == [20, 20]
    assert violations(page) == [] and page.context.cookies(site.address + "/ru/workspace/") == page.context.cookies()
    (after,) = set(days_told(open_page(), owner["place"]))
    assert (after[6:], after[3:5], after[:2]) > (before[6:], before[3:5], before[:2])

    page.get_by_role("button", name=re.compile("Отменить|Вернуть")).first.click()
    expect(page.locator("[data-right]").first).to_be_visible()
    assert site.ask("history", "confirmations") == [0, 0]
    assert set(days_told(open_page(), owner["place"])) == {before}


def test_each_listing_of_a_letter_has_three_answers(open_page, site):
    """After the journey above: its letter is answered again, one listing after another."""
    owner = site.ask("history", "the_owner")
    page = open_page(width=375, height=740)
    page.goto(re.search(r"/ru/confirm/[\w-]+/", letter_to(site, owner["email"]))[0])
    card = page.locator(".confirm-card").first
    card.locator("summary", has_text="Изменилось").click()
    card.locator("textarea").fill("Теперь по записи")
    assert violations(page) == []
    card.get_by_role("button", name="Отправить").click()
    expect(page.locator("[data-right]")).to_have_count(19)

    card = page.locator(".confirm-card").first
    title = card.get_by_role("heading").inner_text()
    card.locator("summary", has_text="Больше не работает").click()
    card.locator("input[type=radio][value=closed]").check()
    assert violations(page) == []
    card.get_by_role("button", name="Убрать с карты").click()
    expect(page.locator("[data-right]")).to_have_count(18)
    assert found_in_list(open_page(), title) == []

    page.locator("[data-right]").first.uncheck()  # this one can wait
    page.locator("[data-all-right] button").click()
    expect(page.locator("[data-right]")).to_have_count(1)
    assert site.ask("history", "confirmations") == [17, 17]


def found_in_list(page: Page, title: str) -> list[str]:
    answer = page.request.post("/api/v1/search/", data={"q": title})
    return [row["title"] for row in answer.json()["results"] if row["title"] == title]


@pytest.mark.parametrize(("role", "pile", "count"), [("verifier", "rechecks", 2), ("coordinator", "unchecked", 6)])
def test_remote_checks_one_after_another_without_the_mouse(open_page, log_in, site, role, pile, count):
    page = log_in(open_page(), role)
    keys = Keys(page)
    email = site.logins[role]["email"]
    if pile == "rechecks":
        site.ask("history", "given_to", email, count)
    before = len(site.ask("history", "checks_by", email))
    page.goto(f"/ru/workspace/coordination/?pile={pile}", wait_until="networkidle")
    keys.press("j")
    expect(page.locator("[data-row-link]").first).to_be_focused()
    keys.press("Enter")
    seen = []
    for number in range(count):
        page.wait_for_url(re.compile(r"/coordination/checks/"), wait_until="networkidle")
        title = page.get_by_role("heading", level=1).inner_text()
        assert title not in seen, "the next one comes by itself"
        seen.append(title)
        if number == 0:
            assert violations(page) == [] and out_of_reach(page) == []
        address = page.url
        keys.press("a", "r", "s")
        page.wait_for_url(lambda url, here=address: url != here)
    assert site.ask("history", "checks_by", email)[before:] == ["correct"] * count
    with page.expect_navigation():
        keys.press("z")
    assert site.ask("history", "checks_by", email)[before:] == ["correct"] * (count - 1) + ["withdrawn"]
    assert keys.presses == 2 + 3 * count + 1


def test_a_verifier_says_by_keyboard_what_is_wrong_or_that_nobody_answers(open_page, log_in, site):
    page = log_in(open_page(), "coordinator")
    keys, email = Keys(page), site.logins["coordinator"]["email"]
    before = len(site.ask("history", "checks_by", email))
    page.goto("/ru/workspace/coordination/?pile=unchecked", wait_until="networkidle")
    keys.press("j", "Enter")
    page.wait_for_url(re.compile(r"/coordination/checks/"), wait_until="networkidle")
    address = page.url
    keys.press("1", "w")
    expect(page.locator("[name=note]")).to_be_focused()
    page.keyboard.type("Трубку взяла другая организация")
    keys.press("Control+Enter")
    page.wait_for_url(lambda url: url != address, wait_until="networkidle")
    with page.expect_navigation():
        keys.press("1", "u", "s")
    assert site.ask("history", "checks_by", email)[before:] == ["wrong", "unreachable"]


def choose(keys: Keys, count: int) -> list[str]:
    """Go down the pile and choose the first rows that have a country: titles of those chosen."""
    chosen: list[str] = []
    for row in keys.page.locator("[data-row]").all():
        if len(chosen) == count:
            break
        keys.press("j")
        if row.locator("td:nth-child(3) .small").count():
            keys.press("x")
            chosen.append(row.locator("[data-row-link]").inner_text())
    assert keys.page.locator("[data-pick]:checked").count() == count
    return chosen


# long: one journey
def test_a_coordinator_works_the_queue_by_keyboard(open_page, log_in):
    page = log_in(open_page(), "coordinator")
    keys = Keys(page)
    page.goto("/ru/workspace/coordination/", wait_until="networkidle")
    assert violations(page) == [] and out_of_reach(page) == []
    pile = page.locator("[data-piles] a[href*='pile=unchecked']")
    number = pile.evaluate("link => [...link.parentElement.children].indexOf(link) + 1")
    keys.press(str(number))
    page.wait_for_url("**pile=unchecked*", wait_until="networkidle")
    choose(keys, 2)
    keys.press("a")
    page.wait_for_url("**/bulk/**", wait_until="networkidle")
    assert violations(page) == [] and page.locator("main form li").count() == 2  # the preview
    keys.press("Enter")
    page.wait_for_url(re.compile(r"/coordination/\?"), wait_until="networkidle")
    expect(page.locator("main").get_by_role("status").first).to_contain_text(re.compile("пис"))

    title = choose(keys, 1)[0]
    keys.press("g")
    page.wait_for_url("**/bulk/**", wait_until="networkidle")
    expect(page.locator("select[name=organization]")).to_be_focused()
    owner = page.locator("main form li .small").first.inner_text()
    keys.press("ArrowDown")
    if owner.startswith(page.locator("select[name=organization] option:checked").inner_text()):
        keys.press("ArrowDown")  # nobody checks their own
    keys.until_here(page.locator("main form button.primary"), at_most=2)
    keys.press("Enter")
    page.wait_for_url(re.compile(r"/coordination/\?"), wait_until="networkidle")
    page.goto("/ru/workspace/coordination/?pile=rechecks")
    given = page.locator("[data-row]", has_text=title).filter(has=page.locator(".when .icon"))
    assert given.count() >= 1


# long: one journey
def test_a_report_is_answered_and_the_answer_is_read_by_its_code(open_page, log_in, site):
    visitor = open_page(width=375, height=740)
    visitor.goto("/ru/?country=GE")
    place = visitor.locator("a[href*='/places/']").first.get_attribute("href")
    visitor.goto(place.split("?")[0] + "report/")
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
