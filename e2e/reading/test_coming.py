"""A bus with its stops, from the form with a shape drawn by hand to a pin and to a stop that is called off."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import violations

pytestmark = pytest.mark.e2e
CORNERS = ((200, 60), (400, 80), (380, 200), (220, 220), (200, 60))


def open_bus(owner: Page) -> str:
    """The page of a service of the bus; its id."""
    owner.goto("/ru/workspace/")
    owner.get_by_role("link", name="Мобильная клиника").first.click()
    owner.wait_for_url(re.compile(r"/listings/[a-z0-9]{10}/"))
    return owner.url.rstrip("/").rsplit("/", 1)[-1]


def draw(owner: Page, bus: str) -> None:
    """A shape by hand in the form of its hours."""
    owner.goto(f"/ru/workspace/listings/{bus}/hours/")
    owner.locator("#area > summary").click()
    owner.locator("[data-drawing] > summary").click()
    board = owner.locator("[data-drawing-map]")
    expect(board.locator(".leaflet-control-scale")).to_be_visible()
    owner.get_by_role("button", name="Нарисовать район").click()
    for x, y in CORNERS:
        board.click(position={"x": x, "y": y})
    expect(board.locator("path.area")).to_have_count(1)
    (ring,) = json.loads(owner.locator("[name=drawn]").input_value())
    assert len(ring) == len(CORNERS) and ring[0] == ring[-1]


def test_a_stop_is_called_off_and_a_shape_is_drawn(open_page, log_in):
    owner = log_in(open_page(), "editor")
    bus = open_bus(owner)
    stays = owner.locator("#stops .stay-line")
    planned = stays.filter(has=owner.get_by_role("button", name="Отменить")).first
    first = planned.locator("span").first.inner_text()
    planned.get_by_role("button", name="Отменить").click()
    expect(stays.filter(has_text=first).first).to_contain_text("отменено")
    assert violations(owner) == []

    place = owner.get_by_role("link", name="Как это видят участники").get_attribute("href").replace("/members", "")
    reader = open_page(width=375, height=720)
    reader.goto(place)
    expect(reader.locator(".stays li", has_text=first).first).to_contain_text("отменено")
    expect(reader.locator("[data-mini-map] path.stop").first).to_be_attached()
    assert violations(reader) == []

    draw(owner, bus)
    assert violations(owner) == []
    owner.get_by_role("button", name="Только сохранить").click()
    owner.wait_for_url("**/changes/")
    expect(owner.locator("main")).to_contain_text("район, отмеченный на карте")
