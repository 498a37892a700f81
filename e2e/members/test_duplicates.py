"""One service under two addresses: told while it is entered, made one, and taken apart again. In a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import violations

pytestmark = pytest.mark.e2e
TITLE = "Экспресс-тест у моста"


def enter_another(owner: Page, organization: str, place: str) -> None:
    """A third of that name, in a form that tells of the others until it is said to be another one."""
    owner.goto(f"/ru/workspace/organizations/{organization}/services/new/")
    owner.fill("input[name=title]", TITLE)
    kind = owner.locator("input[name=types][value=hiv_rapid_test]")
    owner.locator("details", has=kind).locator("summary").first.click()
    kind.check()
    owner.locator(f"input[name=places][value='{place}']").check()
    told = owner.locator(".alike", has_text=TITLE)
    expect(told).to_contain_text("Дом у моста")
    assert violations(owner) == []
    told.get_by_role("button", name="Это другая").click()
    expect(owner.locator(".alike")).to_be_hidden()


def leads_to(reader: Page, place: str) -> str:
    """At which place the old address of a place ends."""
    reader.goto(f"/ru/places/{place}/")
    return re.search(r"/places/(\w+)/", reader.url)[1]


def test_a_service_under_two_addresses_becomes_one_and_two_again(open_page, log_in, site):
    world = site.ask("history", "listed_twice", site.logins["editor"]["email"])
    enter_another(log_in(open_page(width=375, height=720), "editor"), world["of"], world["near"])
    leader = log_in(open_page(), "coordinator")
    leader.goto("/ru/workspace/coordination/?pile=duplicates")
    leader.get_by_role("link", name=TITLE).first.click()
    keep = leader.locator("input[name=keep]:checked").get_attribute("value")
    kept, gone = world["places"].pop(keep), next(iter(world["places"].values()))
    assert violations(leader) == [] and leads_to(open_page(), gone) == gone
    leader.get_by_role("button", name="То же самое").click()
    expect(leader.get_by_role("heading", level=1)).to_have_text("Теперь это одно")
    assert leads_to(open_page(), gone) == kept
    leader.get_by_role("button", name="Вернуть обе").click()
    expect(leader.get_by_role("heading", level=1)).to_have_text("Остаются двумя")
    assert (leads_to(open_page(), gone), leads_to(open_page(), kept)) == (gone, kept)
    assert violations(leader) == []
