"""A map drawn elsewhere, and forty rows of a messy Excel list: matched on a page, planned, written, on the map, undone.
In a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import violations
from e2e.messy import IN_THE_SEA, NAMELESS, messy_list

pytestmark = pytest.mark.e2e
MAP = Path(__file__).parents[1] / "exchange" / "tests" / "files" / "map.kml"


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


def found(page: Page, title: str) -> list[str]:
    """The titles that a public search for exactly this title brings."""
    answer = page.request.post("/api/v1/search/", data={"q": title})
    return [row["title"] for row in answer.json()["results"] if row["title"] == title]


def approve(verifier: Page, title: str) -> None:
    verifier.goto("/ru/workspace/reviews/")
    verifier.get_by_role("link", name=title).first.click()
    verifier.wait_for_url(re.compile(r"/reviews/[a-z0-9]{10}/"))
    verifier.get_by_role("radio", name="Прочитал(а)").check()
    verifier.get_by_role("button", name="Одобрить и опубликовать").click()
    verifier.wait_for_load_state("networkidle")


def plan_messy(owner: Page, file: Path) -> None:
    owner.goto("/ru/workspace/excel/foreign/")
    owner.set_input_files("input[name=file]", file)
    owner.locator("select[name=organization]").select_option(index=1)
    owner.get_by_role("button", name="Посмотреть, что где").click()
    expect(owner.get_by_label("Услуга", exact=True)).to_have_value("service.title")
    expect(owner.get_by_label("Анализ на ВИЧ")).to_have_value("hiv_rapid_test")
    owner.get_by_label("Организация", exact=True).select_option("")  # one organisation, whoever typed its name how
    for theirs, ours in (("Ночлежка", "shelter"), ("юрист", "stay_permits"), ("еда", "food_hygiene_clothes")):
        owner.get_by_label(theirs, exact=True).select_option(ours)
    owner.locator("#country").select_option("GE")
    owner.get_by_role("button", name="Показать, что изменится").click()
    expect(owner.get_by_role("heading", level=1)).to_have_text("Что изменит этот список")


def test_forty_messy_rows_go_to_the_map_and_back(open_page, log_in, tmp_path):
    owner = log_in(open_page(width=1280, height=900), "editor")
    plan_messy(owner, messy_list(tmp_path / "Список услуг (финал, 2).xlsx"))
    refused = owner.locator("#refused")
    assert refused.locator(".note").count() == len({*NAMELESS, *IN_THE_SEA}), "and the line of whoever made it is none"
    owner.screenshot(path=tmp_path / "planned.png", full_page=True)
    assert violations(owner) == []
    owner.get_by_role("button", name="Записать").click()
    expect(owner.get_by_role("heading", level=1)).to_have_text("Что изменил этот список", timeout=120_000)
    written = owner.url
    public = open_page()
    assert found(public, "Приём 1") == []
    approve(log_in(open_page(), "verifier"), "Приём 1")
    assert found(public, "Приём 1") == ["Приём 1"]
    owner.goto(written)
    owner.get_by_role("button", name="Отменить").click()
    expect(owner.get_by_role("heading", level=1)).to_have_text("Загрузка отменена", timeout=120_000)
    assert found(public, "Приём 1") == []
    owner.goto("/ru/workspace/")
    expect(owner.get_by_text("Приём 2", exact=True)).to_have_count(0)
    assert violations(owner) == []
