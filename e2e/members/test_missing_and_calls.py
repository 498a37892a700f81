"""A reader misses a service and reads the answer; a verifier calls in a tunnel and loses nothing. In a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import press, violations

pytestmark = pytest.mark.e2e
WHAT = "Тёплые вещи у реки по субботам"
#: Nobody fills in a form quicker (doors/shared/forms.py).
AS_LONG_AS_A_PERSON = 3100


def suggest(reader: Page) -> str:
    """From the foot of the list to the code of the answer."""
    reader.goto("/ru/", wait_until="networkidle")  # the list is drawn anew until then
    press(reader.locator("[data-suggest-here] a").first)
    reader.wait_for_url("**/suggest/")
    reader.fill("[name=what]", WHAT)
    reader.select_option("[name=country]", "GE")
    reader.fill("[name=city]", "Тбилиси")
    reader.fill("[name=reach]", "+995 322 12 34 56")
    reader.get_by_label("Мне там помогли").check()
    reader.get_by_text("Показать на карте").click()
    expect(reader.locator(".leaflet-container")).to_be_visible()
    assert violations(reader) == []
    reader.wait_for_timeout(AS_LONG_AS_A_PERSON)
    reader.get_by_role("button", name="Отправить").click()
    return reader.locator(".report-code").inner_text().strip()


def test_what_is_missing_is_suggested_taken_in_and_answered(open_page, log_in):
    reader = open_page(width=375, height=720)
    leader = log_in(open_page(), "coordinator")
    code = suggest(reader)
    leader.goto("/ru/workspace/suggestions/")
    leader.get_by_role("link", name=WHAT).click()
    assert violations(leader) == []
    leader.fill("[name=new_organization]", "Кухня у вокзала")
    leader.select_option("#take-in [name=type]", "food_hygiene_clothes")
    leader.fill("#take-in [name=answer]", "Спасибо, мы звоним туда на этой неделе.")
    leader.get_by_role("button", name="Создать черновик").click()
    leader.wait_for_url(re.compile(r"/workspace/listings/[a-z0-9]{10}/"))
    expect(leader.get_by_text("Добавлено по предложению читателя")).to_be_visible()
    reader.goto("/ru/suggest/answer/")
    reader.fill("[name=code]", code)
    reader.get_by_role("button", name="Узнать").click()
    expect(reader.get_by_text("мы звоним туда")).to_be_visible()


def test_a_call_loses_nothing_when_the_connection_does(open_page, log_in):
    caller = log_in(open_page(width=375, height=720), "coordinator")
    owner = log_in(open_page(), "editor")
    caller.goto("/ru/workspace/calls/")
    caller.locator("a[href$='/calls/dom-s-balkonom/']").click()
    first, second = caller.locator("[data-card]").nth(0), caller.locator("[data-card]").nth(1)
    assert violations(caller) == []
    caller.context.set_offline(True)
    first.get_by_role("button", name="Так и есть").click()
    expect(first.locator("[data-said]")).to_contain_text("сохранено на этом телефоне")
    second.get_by_text("Изменилось: что?").click()
    second.locator("label.chip", has_text="Часы").click()
    second.locator("textarea").fill("Теперь до восьми вечера")
    second.get_by_role("button", name="Передать организации").click()
    expect(caller.locator("[data-calls-waiting]")).to_contain_text("2 ответа ждут связи")
    caller.context.set_offline(False)
    expect(caller.locator("[data-calls-waiting]")).to_be_hidden()
    expect(first.locator("[data-said]")).to_contain_text("Так и есть")
    caller.reload()
    expect(caller.get_by_text("Теперь до восьми вечера")).to_have_count(0)
    left = [one for one in open_page.complaints if "ERR_INTERNET_DISCONNECTED" not in one]
    open_page.complaints[:] = left  # the browser says so of a connection that was cut

    owner.goto("/ru/workspace/")
    note = owner.locator(".note", has_text="Из сети звонили")
    note.get_by_role("link").first.click()
    expect(owner.get_by_text("Теперь до восьми вечера")).to_be_visible()
    assert violations(owner) == []
    owner.get_by_role("button", name="Уже внесли").click()
    expect(owner.get_by_text("Теперь до восьми вечера")).to_have_count(0)
