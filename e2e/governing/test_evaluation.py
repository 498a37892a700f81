"""A cycle opened, answered by a member, frozen; a finding, a recommendation, a decision about it; exported."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.conftest import violations

pytestmark = pytest.mark.e2e
FOUND, ADVICE, DECIDED = "Отвечаем не всегда.", "Завести дежурство.", "Завести дежурство по странам"


# long: one journey, step by step
def test_a_cycle_from_its_plan_to_its_report(site, open_page, log_in):
    today = dt.datetime.now(dt.UTC).date()  # the two years behind belong to the demonstration's own cycles
    evaluator = log_in(open_page(), "evaluator")
    evaluator.goto("/ru/workspace/")
    expect(evaluator.get_by_role("link", name="Карта для участников")).to_have_count(0)
    evaluator.goto("/ru/workspace/network/evaluation/")
    evaluator.get_by_role("link", name="Запланировать цикл").click()
    assert violations(evaluator) == []
    said = {"starts_on": (today - dt.timedelta(days=800)).isoformat(),
            "ends_on": (today - dt.timedelta(days=432)).isoformat(),
            "survey_until": today.isoformat(), "questions": "Отвечаем ли мы друг другу?",
            "asked": "Хватает ли переводчиков?"}  # fmt: skip
    for name, value in said.items():
        evaluator.fill(f"[name={name}]", value)
    evaluator.get_by_text("Показатели в начале и цели").click()
    evaluator.fill("[name=target_survey_answers]", "80")
    evaluator.get_by_role("button", name="Сохранить план").click()
    evaluator.get_by_role("button", name="Начать").click()
    expect(evaluator.get_by_text("Началось. Участникам написали.")).to_be_visible()
    expect(evaluator.get_by_role("button", name="Зафиксировать показатели")).to_have_count(0)
    assert violations(evaluator) == []
    report = evaluator.url
    cycle = report.rstrip("/").rsplit("/", 1)[-1]

    manager = log_in(open_page(width=375, height=720), "manager")
    manager.goto(report)
    expect(manager.get_by_text("Показатели увидят все в сети, когда отчёт будет принят.")).to_be_visible()
    manager.get_by_role("link", name="Ответить за организацию").click()
    assert violations(manager) == []
    manager.get_by_role("button", name="Взять код и ответить").click()
    expect(manager.locator(".survey-code")).to_be_visible()
    for legend in manager.locator("form.form fieldset").all():
        legend.get_by_text("Отчасти").click()
    assert violations(manager) == []
    manager.get_by_role("button", name="Отправить").click()
    expect(manager.get_by_text("Ваши ответы посчитаны")).to_be_visible()
    manager.goto(f"{report}survey/")
    expect(manager.get_by_text("Код вашей организации взят.")).to_be_visible()

    assert site.ask("evaluation", "answer", cycle, 5) == 6
    site.ask("evaluation", "end_survey", cycle)
    evaluator.goto(report)
    evaluator.get_by_role("button", name="Зафиксировать показатели").click()
    expect(evaluator.get_by_text("Зафиксировано. У каждого показателя")).to_be_visible()
    expect(evaluator.get_by_text("участники, которые ответили: 6").first).to_be_visible()
    evaluator.get_by_text("Записать вывод").click()
    evaluator.fill("[name=text]", f"{FOUND} {FOUND}")
    evaluator.get_by_role("button", name="Записать", exact=True).click()
    evaluator.get_by_text("Исправить вывод").click()
    assert violations(evaluator) == []
    evaluator.locator("article [name=text]").first.fill(FOUND)
    evaluator.get_by_role("button", name="Сохранить исправление").click()
    expect(evaluator.get_by_text("Исправлено. Прежние слова")).to_be_visible()
    evaluator.get_by_text("Добавить рекомендацию").click()
    evaluator.locator("article").get_by_label("Что рекомендуем").fill(ADVICE)
    evaluator.get_by_role("button", name="Рекомендовать").click()
    expect(evaluator.get_by_text("Ждёт решения")).to_be_visible()
    evaluator.get_by_role("button", name="Вынести на обсуждение").click()
    assert violations(evaluator) == []

    meeting = site.ask("evaluation", "meet")
    manager.goto(f"/ru/workspace/network/decisions/new/?meeting={meeting}")
    manager.fill("[name=text]", DECIDED)
    manager.get_by_role("button", name="Записать", exact=True).click()
    manager.wait_for_url(re.compile(r"/decisions/[a-z0-9]{10}/$"))
    evaluator.goto(report)
    evaluator.get_by_text("Есть решение").click()
    chosen = evaluator.locator("article [name=decision] option", has_text=DECIDED).get_attribute("value")
    evaluator.locator("article [name=decision]").select_option(chosen)
    evaluator.get_by_role("button", name="Поставить рядом с рекомендацией").click()
    expect(evaluator.get_by_role("link", name=DECIDED)).to_be_visible()
    evaluator.get_by_text("Отчёт принят").click()
    evaluator.locator("[name=decision]").first.select_option(chosen)
    evaluator.get_by_role("button", name="Принят этим решением").click()
    expect(evaluator.get_by_text("Принято. Участникам написали.")).to_be_visible()

    evaluator.get_by_role("link", name="Посчитать всё заново и сравнить").click()
    expect(evaluator.get_by_text("хеш совпадает")).to_be_visible()
    expect(evaluator.get_by_text("все показатели совпадают")).to_be_visible()
    assert violations(evaluator) == []
    evaluator.goto(report)
    with evaluator.expect_download() as saved:
        evaluator.get_by_role("link", name="JSON").click()
    told = json.loads(Path(saved.value.path()).read_text(encoding="utf-8"))
    answers = next(one for one in told["indicators"] if one["code"] == "survey_answers")
    assert answers["values"][0]["n"] == 6 and answers["target"] == "80.00"
    for name in ("CSV", "XLSX"):
        with evaluator.expect_download() as saved:
            evaluator.get_by_role("link", name=name).click()
        assert Path(saved.value.path()).stat().st_size > 1000

    manager.goto(report)
    expect(manager.get_by_text(FOUND)).to_be_visible()
    manager.get_by_role("button", name="Опубликовать для всех").click()
    expect(manager.get_by_text("Теперь это могут прочитать все")).to_be_visible()
    reader = open_page()
    reader.goto("/en/documents/")
    reader.get_by_role("link", name=re.compile("What has changed")).click()
    expect(reader.get_by_text("Colleagues answer when they are needed: 83.3%")).to_be_visible()
    assert violations(reader) == []
