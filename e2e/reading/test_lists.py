"""A map drawn elsewhere: matched on a page, planned, written as drafts, and undone. In a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import violations

pytestmark = pytest.mark.e2e
MAP = Path(__file__).parents[2] / "exchange" / "tests" / "files" / "map.kml"


def match(owner: Page) -> None:
    """What nobody could guess is chosen: whose word “Кров” is, and the country of the map."""
    expect(owner.get_by_label("Анализ на ВИЧ")).to_have_value("hiv_rapid_test")
    expect(owner.get_by_label("folder")).to_have_value("service.types")
    owner.get_by_label("Кров").select_option("shelter")
    owner.locator("#country").select_option("GE")
    owner.get_by_role("button", name="Показать первые строки").click()
    expect(owner.get_by_role("heading", name="Тест за двадцать минут")).to_be_visible()
    assert violations(owner) == []


def test_a_foreign_map_becomes_drafts_and_is_undone(open_page, log_in):
    owner = log_in(open_page(width=375, height=720), "editor")
    owner.goto("/ru/workspace/excel/import/")
    owner.get_by_role("link", name="Чужой список").click()
    owner.set_input_files("input[name=file]", MAP)
    owner.locator("select[name=organization]").select_option(index=1)
    owner.get_by_role("button", name="Посмотреть, что где").click()
    match(owner)
    owner.get_by_role("button", name="Показать, что изменится").click()
    expect(owner.get_by_role("heading", level=1)).to_have_text("Что изменит этот список")
    refused = owner.locator("#refused")
    expect(refused).to_contain_text("Ночлег")
    expect(refused).to_contain_text("91.7250")
    assert violations(owner) == []
    owner.get_by_role("button", name="Записать").click()
    expect(owner.get_by_role("heading", level=1)).to_have_text("Что изменил этот список")
    owner.get_by_role("link", name="Тест за двадцать минут").first.click()
    expect(owner.get_by_role("heading", level=1)).to_contain_text("Тест за двадцать минут")
    owner.go_back()
    owner.get_by_role("button", name="Отменить").click()
    expect(owner.get_by_role("heading", level=1)).to_have_text("Загрузка отменена")
    assert violations(owner) == []
