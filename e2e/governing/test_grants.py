"""A gap is opened from the matrix, a call is tied to it; an application, two scores, a vote, a report; closed."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from e2e.conftest import violations

pytestmark = pytest.mark.e2e
TITLE, PLAN = "Дежурный врач по средам", "Раз в неделю, вдвоём."


def id_of(page) -> str:
    """The public id at the end of the address."""
    return page.url.rstrip("/").rsplit("/", 1)[-1]


# long: one journey, step by step
def test_a_gap_a_call_a_grant_and_its_end(site, open_page, log_in):
    today = dt.datetime.now(dt.UTC).date()
    leader = log_in(open_page(), "coordinator")
    leader.goto("/ru/workspace/network/gaps/?country=AM&section=hiv_treatment")
    leader.get_by_role("row", name=re.compile("Паллиативная помощь")).get_by_role("link").first.click()
    leader.get_by_text("Открыть пробел").first.click()
    leader.fill("[name=why]", "Спрашивают каждую неделю.")
    leader.get_by_role("button", name="Открыть пробел").click()
    leader.wait_for_url(re.compile(r"/gaps/work/[a-z0-9]{10}/$"))
    gap = leader.url

    keeper = log_in(open_page(), "manager")
    keeper.goto(gap)
    keeper.get_by_role("link", name="Открыть конкурс об этом пробеле").click()
    assert violations(keeper) == []
    expect(keeper.get_by_role("checkbox", name=re.compile("Паллиативная помощь · Армения"))).to_be_checked()
    said = {"title": "Помощь дома", "text": "На то, чтобы она была.", "budget": "9000", "ceiling": "3000",
            "timezone": "Asia/Yerevan", "report_months": "3", "criterion_1": "Нужно ли это",
            "closes_on": (today + dt.timedelta(days=30)).isoformat()}  # fmt: skip
    for name, value in said.items():
        keeper.fill(f"[name={name}]", value)
    keeper.get_by_role("button", name="Сохранить черновик").click()
    keeper.get_by_role("button", name="Объявить участникам").click()
    expect(keeper.get_by_text("Объявлено. Участникам написали.")).to_be_visible()
    call = keeper.url

    house = log_in(open_page(width=375, height=720), "verifier")
    house.goto(call)
    house.fill("[name=title]", TITLE)
    house.get_by_role("button", name="Начать заявку").click()
    assert violations(house) == []
    house.fill("[name=plan]", PLAN)
    house.get_by_role("checkbox", name=re.compile("Паллиативная помощь")).check()
    told = {"amount": "2000", "line_1": "Выезды", "line_1_amount": "2000", "indicator_1": "Визитов в месяц",
            "indicator_1_baseline": "0", "indicator_1_target": "12"}  # fmt: skip
    for name, value in told.items():
        house.fill(f"[name={name}]", value)
    house.get_by_role("button", name="Сохранить").click()
    expect(house.get_by_text("Её отправляет управляющий вашей организации.")).to_be_visible()
    application = house.url
    assert site.ask("grants", "send", id_of(house)) == "sent"

    keeper.goto(application)
    keeper.get_by_role("button", name="Подходит", exact=True).click()
    for who in ("Тополиный арык · Тимур (координатор)", "Дом с балконом · Давид (редактор)"):
        keeper.select_option("[name=reviewer]", label=who)
        keeper.get_by_role("button", name="Попросить оценить").click()
        expect(keeper.locator("[name=reviewer] option", has_text=who.split(" · ")[0])).to_have_count(0)
    assert violations(keeper) == []
    for page, mark in ((leader, "4"), (log_in(open_page(), "editor"), "3")):
        page.goto(application)
        page.get_by_role("link", name="Оценить").click()
        page.locator(f"[name=mark_1][value='{mark}']").check()
        page.fill("[name=reason]", "Знают людей и дорогу.")
        assert violations(page) == []
        page.get_by_role("button", name="Поставить оценку").click()
        expect(page.get_by_text("Ваша оценка записана")).to_be_visible()
    house.reload()
    expect(house.get_by_role("heading", name="Мы решаем о вашей заявке")).to_be_visible()
    expect(house.get_by_text("Знают людей и дорогу.")).to_have_count(0)

    keeper.goto(application)
    keeper.get_by_role("button", name="Начать голосование").click()
    expect(keeper.get_by_text("Голосование идёт.")).to_be_visible()
    assert site.ask("grants", "vote", id_of(house)) == 3
    keeper.goto(application)
    keeper.fill("[name=reason]", "Нужно, и вы умеете.")
    keeper.get_by_role("button", name="Записать").click()
    keeper.get_by_role("link", name="Подписан", exact=True).click()
    keeper.get_by_role("button", name="Записать").click()
    expect(keeper.get_by_text("Записали. Грант идёт.")).to_be_visible()
    assert violations(keeper) == []
    grant = keeper.url

    house.goto(grant)
    house.get_by_role("link", name="отчёт 1").click()
    report = house.url
    house.get_by_role("link", name="Заполнить").click()
    house.fill("[name=narrative]", "Ездили каждую среду.")
    house.fill("[name=spent_1]", "1900")
    house.fill("[name=reading_1]", "11")
    house.set_input_files("[name=file]", {"name": "чеки.pdf", "mimeType": "application/pdf",
                                          "buffer": b"%PDF-1.4\ntrailer\n<<>>\n%%EOF\n"})  # fmt: skip
    assert violations(house) == []
    house.get_by_role("button", name="Сохранить").click()
    expect(house.get_by_role("link", name="чеки.pdf")).to_be_visible()
    assert site.ask("grants", "report", id_of(house)) == "sent"

    keeper.goto(report)
    keeper.get_by_role("button", name="Принять отчёт").click()
    keeper.goto(grant)
    keeper.get_by_role("button", name="Закрыть грант").click()
    expect(keeper.locator("h1 ~ .tags")).to_contain_text("Закрыт")

    house.goto(report)
    expect(house.get_by_role("heading", name="Закрыл ли он пробел?")).to_be_visible()
    cells = house.locator(".grant-cells")
    expect(cells).to_contain_text("До")
    expect(cells.locator(".gap-state")).to_have_count(2)
    expect(cells).not_to_contain_text("сегодня")
    assert violations(house) == []
    leader.goto(gap)
    expect(leader.get_by_role("link", name=TITLE)).to_be_visible()

    reader = open_page(width=375, height=720)
    reader.goto("/ru/grants/")
    expect(reader.get_by_role("heading", name="Помощь дома")).to_be_visible()
    expect(reader.get_by_text("Абрикосовая ветвь")).to_have_count(0)
    assert violations(reader) == []
