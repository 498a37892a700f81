"""A digest is assembled, sent and read; somebody without an account gets it by letter and ends it. In a browser."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.conftest import violations

pytestmark = pytest.mark.e2e
PHONE = {"width": 375, "height": 720}
ADDRESS = "novaya-chitatelnitsa@example.org"
OPENING = "Учебный месяц: рассказываем, что появилось."


def letters(folder: Path) -> list[str]:
    """Texts of the letters to the address, the oldest first."""
    found = []
    for file in sorted((folder / "mail").glob("*.log"), key=lambda one: one.stat().st_mtime_ns):
        for part in re.split(rb"(?m)^-{79}\n", file.read_bytes()):
            letter = message_from_bytes(part, policy=policy.default)
            if letter["To"] == ADDRESS:
                found.append(f"{letter['Subject']}\n{letter.get_content()}")
    return found


def link(text: str, number: int, address: str) -> str:
    return re.findall(rf"{re.escape(address)}\S+/news/letters/\S+", text)[number]


# long: one journey, step by step
def test_a_digest_is_sent_read_by_letter_and_on_its_page_and_ended(site, open_page, log_in):
    reader = open_page(**PHONE, java_script_enabled=True)
    reader.goto("/ru/news/")
    reader.get_by_role("link", name="Получать письма").click()
    reader.fill("[name=address]", ADDRESS)
    assert violations(reader) == []
    reader.wait_for_timeout(3100)  # whoever is quicker is a program
    reader.get_by_role("button", name="Пришлите первое письмо").click()
    expect(reader.get_by_role("heading", name="Письмо уже в пути")).to_be_visible()
    site.ask("digests", "post")
    first = letters(site.folder)[-1]
    reader.goto(link(first, 0, site.address))
    assert violations(reader) == []
    reader.get_by_role("button", name="Подтвердить").click()
    expect(reader.get_by_text("Подтверждено")).to_be_visible()

    coordinator = log_in(open_page(), "coordinator")
    coordinator.goto("/ru/workspace/network/news/")
    assert violations(coordinator) == []
    coordinator.get_by_role("button", name="Собрать").click()
    coordinator.wait_for_url(re.compile(r"/news/[a-z0-9]{10}/edit/$"))
    coordinator.fill("[name=opening]", OPENING)
    coordinator.get_by_role("button", name="Сохранить вступление").click()
    line = coordinator.locator("ul.rows li .what p").first.inner_text()
    coordinator.get_by_role("button", name=f"Пропустить {line}").click()
    expect(coordinator.get_by_text("Пропущено").first).to_be_visible()
    assert violations(coordinator) == []
    coordinator.get_by_role("link", name="Посмотреть, что уйдёт").click()
    expect(coordinator.get_by_text(re.compile(r"Получат \d+ человек"))).to_be_visible()
    expect(coordinator.get_by_text(OPENING).first).to_be_visible()
    assert violations(coordinator) == []
    coordinator.get_by_role("button", name="Отправить").click()
    expect(coordinator.get_by_text("Отправлено:")).to_be_visible()
    with coordinator.expect_navigation():
        coordinator.get_by_role("link", name="Страница для всех").click()

    reader.goto(coordinator.url)
    expect(reader.get_by_text(OPENING)).to_be_visible()
    expect(reader.get_by_text(line, exact=True)).to_be_hidden()
    assert violations(reader) == []

    site.ask("digests", "post")
    told = letters(site.folder)
    if OPENING in told[-1]:  # at night and at weekends the letter waits for the morning
        reader.goto(link(told[-1], -1, site.address))
    else:
        reader.goto(link(first, -1, site.address))
    assert violations(reader) == []
    reader.get_by_role("button", name="Больше не писать").click()
    expect(reader.get_by_role("heading", name="Писем больше не будет")).to_be_visible()
    reader.goto(link(first, 0, site.address))
    expect(reader.get_by_text("больше никуда не ведёт").first).to_be_visible()
    open_page.complaints.clear()  # the console tells of the page that is gone
