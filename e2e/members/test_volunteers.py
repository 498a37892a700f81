"""A volunteer finds a service, says that it is as the map says, a colleague presses, and everybody reads it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from e2e.conftest import violations

pytestmark = pytest.mark.e2e


# long: one journey, step by step
def test_a_check_that_a_volunteer_brings_is_read_on_the_card(open_page, log_in):
    volunteer = log_in(open_page(), "volunteer")
    volunteer.goto("/ru/workspace/")
    assert violations(volunteer) == []
    volunteer.get_by_role("link", name="Что вы можете предложить").click()
    expect(volunteer.get_by_role("heading", name="Волонтёр")).to_be_visible()
    expect(volunteer.get_by_text("не принято")).to_be_visible()
    assert violations(volunteer) == []
    volunteer.get_by_role("link", name="Найти услугу").click()
    assert violations(volunteer) == []
    volunteer.locator("main .rows a").first.click()
    title = volunteer.get_by_role("heading", level=1).inner_text()
    card = volunteer.get_by_role("link", name="Карточка на карте").get_attribute("href")
    assert violations(volunteer) == []
    volunteer.get_by_label("Звонок").check()
    volunteer.get_by_label("Всё так, как на карте").check()
    volunteer.get_by_label("Часы").check()
    volunteer.get_by_role("button", name="Предложить проверку").click()
    expect(volunteer.get_by_text("Спасибо. Коллега посмотрит")).to_be_visible()
    expect(volunteer.locator("main .rows li").first).to_contain_text(title)

    assert volunteer.request.get("/ru/members/").status == 404

    colleague = log_in(open_page(), "verifier")
    colleague.goto("/ru/workspace/volunteers/")
    assert violations(colleague) == []
    row = colleague.locator("main .rows li", has_text=title)
    row.get_by_role("link", name=re.compile("Посмотреть")).first.click()
    expect(colleague.get_by_text("Аня (волонтёр)")).to_be_visible()
    assert violations(colleague) == []
    colleague.get_by_role("button", name="Принять", exact=True).click()
    expect(colleague.get_by_text("Записано как ваша проверка")).to_be_visible()

    anybody = open_page()
    anybody.goto(card)
    expect(anybody.get_by_text(re.compile("Проверено.*звонок, другая организация")).first).to_be_visible()
    volunteer.goto("/ru/workspace/volunteering/")
    expect(volunteer.locator("main .rows li", has_text=title).first).to_contain_text("принято")
