"""A training is offered, approved, found, held, and certified; everybody finds it in the calendar before."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from e2e.conftest import violations

pytestmark = pytest.mark.e2e
TITLE = "Учебное занятие: перевязка"


# long: one journey, step by step
def test_a_training_is_held_from_its_offer_to_its_certificates(site, open_page, log_in):
    holder = log_in(open_page(), "manager")
    holder.goto("/ru/workspace/network/learning/trainings/")
    assert violations(holder) == []
    holder.get_by_role("link", name="Предложить занятие").click()
    day = (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=3)).isoformat()
    for name, value in {
        "title": TITLE, "starts_on": day, "starts_time": "10:00", "ends_on": day, "ends_time": "13:00",
        "city": "Тбилиси", "city_en": "Tbilisi", "place": "ул. Учебная, 1", "places": "6",
    }.items():  # fmt: skip
        holder.fill(f"[name={name}]", value)
    holder.get_by_label("Первая помощь").check()
    holder.select_option("[name=country]", "GE")
    holder.select_option("[name=timezone]", "Asia/Tbilisi")
    holder.check("[name=is_public]")
    assert violations(holder) == []
    holder.get_by_role("button", name="Отправить координатору").click()
    holder.wait_for_url(re.compile(r"/trainings/[a-z0-9]{10}/$"))
    url = holder.url

    coordinator = log_in(open_page(), "coordinator")
    coordinator.goto(url)
    coordinator.get_by_role("button", name="Принять").click()
    expect(coordinator.get_by_text("Принято.")).to_be_visible()
    assert violations(coordinator) == []

    reader = log_in(open_page(), "member")
    reader.goto(url)
    expect(reader.get_by_text("ул. Учебная, 1")).to_be_hidden()
    reader.get_by_role("button", name="Попросить место").click()
    expect(reader.get_by_text("просит место")).to_be_visible()
    holder.goto(url)
    holder.get_by_role("button", name="Пригласить").first.click()
    reader.goto("/ru/workspace/")
    reader.get_by_role("link", name="Посмотреть").first.click()
    reader.get_by_role("button", name="Придём").click()
    expect(reader.get_by_text("ул. Учебная, 1")).to_be_visible()
    assert violations(reader) == []

    anybody = open_page()
    anybody.goto("/ru/learning/")
    expect(anybody.get_by_text(TITLE)).to_be_visible()
    assert violations(anybody) == []
    with anybody.expect_download() as kept:
        anybody.get_by_role("link", name="В мой календарь").click()
    assert kept.value.suggested_filename == "trainings.ics"

    site.ask("learning", "is_over", TITLE)
    holder.goto(url)
    holder.get_by_role("button", name="Отметить присутствие").click()
    holder.get_by_role("button", name="Выдать удостоверения").click()
    expect(holder.get_by_text("Удостоверения выданы.")).to_be_visible()
    assert violations(holder) == []
    reader.goto(url)
    reader.get_by_role("link", name=re.compile(r"^\d{4}-[0-9A-Z]{8}$")).click()
    expect(reader.get_by_role("heading", name="Удостоверение")).to_be_visible()
    expect(reader.get_by_text("Первая помощь")).to_be_visible()
    assert violations(reader) == []
