"""A document is voted into force: written, put to a vote, announced, answered, decided, found. In a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from e2e.conftest import violations

pytestmark = pytest.mark.e2e
PHONE = {"width": 375, "height": 720}


# long: one journey, step by step
def test_a_document_is_voted_into_force(site, open_page, log_in):
    chair = log_in(open_page(), "manager")
    chair.goto("/ru/workspace/network/papers/new/")
    chair.fill("[name=title]", "Правила дежурства")
    chair.fill("[name=text]", "Дежурим по очереди.")
    assert violations(chair) == []
    chair.get_by_role("button", name="Сохранить документ").click()
    expect(chair.get_by_text("ещё не принята")).to_be_visible()

    chair.get_by_role("link", name="Вынести на голосование").click()
    chair.fill("[name=question]", "Принять правила дежурства?")
    chair.select_option("[name=quorum]", "none")
    assert violations(chair) == []
    chair.get_by_role("button", name="Посмотреть").click()
    chair.get_by_role("button", name="Объявить").click()
    chair.wait_for_url(re.compile(r"/network/votes/[a-z0-9]{10}/$"))
    vote = chair.url.rstrip("/").rsplit("/", 1)[-1]
    chair.get_by_label("За", exact=True).check()
    chair.get_by_role("button", name="Проголосовать").click()
    expect(chair.get_by_text("Кто как ответил, станет видно после окончания")).to_be_visible()
    assert violations(chair) == []

    reader = log_in(open_page(**PHONE), "member")
    reader.goto("/ru/workspace/network/?q=дежурства")
    expect(reader.get_by_text("Ничего не нашлось")).to_be_visible()

    site.ask("voices", "end_of", vote)
    chair.reload()
    expect(chair.get_by_role("heading", name="Итог")).to_be_visible()
    chair.get_by_role("link", name="Записать решение").click()
    assert violations(chair) == []
    chair.get_by_role("button", name="Записать").click()
    expect(chair.get_by_text("Вступило в силу")).to_be_visible()
    assert violations(chair) == []

    reader.reload()
    reader.get_by_role("link", name="Правила дежурства").click()
    expect(reader.get_by_text("в силе", exact=True)).to_be_visible()
    assert violations(reader) == []
