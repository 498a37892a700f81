"""Forty messy rows of a spreadsheet: sent, mended on the page, written, on the map, undone. In a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import violations
from e2e.members import messy
from e2e.members.test_journeys import found

pytestmark = pytest.mark.e2e
FIRST = f"{messy.READ[0][0]} 1"


def send(owner: Page, folder: Path) -> None:
    """The workbook of the desk, with the rows that somebody wrote into it."""
    owner.goto("/ru/workspace/")
    with owner.expect_download() as download:
        owner.get_by_role("link", name="Excel").first.click()
    download.value.save_as(folder / "taken.xlsx")
    messy.write_messy(folder / "taken.xlsx", folder / "sent.xlsx")
    owner.goto("/ru/workspace/excel/import/")
    owner.set_input_files("input[name=file]", folder / "sent.xlsx")
    owner.get_by_role("button", name="Показать, что изменится").click()
    expect(owner.get_by_role("heading", level=1)).to_have_text("Что изменит ваша таблица")


def put_right(owner: Page) -> None:
    """The first refused row alone, on the page; the others wait in their file."""
    said = owner.locator("#refused .note", has_text=f"{messy.REFUSED[0][0]} 31")
    expect(said.first).to_contain_text("Анализ на всё")
    said.first.get_by_label("виды услуг").fill(messy.MENDED)
    owner.get_by_role("button", name="Проверить исправленное").click()
    expect(owner.locator("#refused")).not_to_contain_text(f"{messy.REFUSED[0][0]} 31")


def approve(verifier: Page) -> None:
    """All that came with the first of them, by somebody of another organisation."""
    verifier.goto("/ru/workspace/reviews/")
    verifier.get_by_role("link", name=FIRST).first.click()
    verifier.wait_for_url(re.compile(r"/reviews/[a-z0-9]{10}/"))
    verifier.get_by_role("radio", name="Прочитал(а)").check()
    verifier.get_by_role("button", name="Одобрить все и опубликовать").click()
    verifier.wait_for_load_state("networkidle")


def test_forty_messy_rows_reach_the_map_and_are_undone(open_page, log_in, tmp_path):
    owner = log_in(open_page(width=375, height=720), "editor")
    send(owner, tmp_path)
    expect(owner.locator(".lead").first).to_contain_text("Новых: 60")
    assert violations(owner) == []
    put_right(owner)
    owner.get_by_role("button", name=re.compile("Записать 62 строки")).click()
    expect(owner.get_by_role("heading", level=1)).to_have_text("Что изменила ваша таблица")
    assert violations(owner) == []
    reader = open_page()
    assert found(reader, FIRST) == []
    approve(log_in(open_page(), "verifier"))
    assert found(reader, FIRST) == [FIRST]
    owner.get_by_role("button", name="Отменить загрузку").click()
    expect(owner.get_by_role("heading", level=1)).to_have_text("Загрузка отменена")
    assert violations(owner) == []
    assert found(reader, FIRST) == []
