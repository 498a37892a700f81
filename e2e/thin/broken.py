"""The page when one of its modules is missing, is not understood, or breaks as it starts: as it is without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, Route, expect

SCRIPTS = Path(__file__).resolve().parents[2] / "static" / "js"

#: How a module can be broken, each by what the server answers.
WAYS: dict[str, Callable[[Route], None]] = {
    "missing": lambda route: route.abort(),
    "not understood": lambda route: route.fulfill(content_type="text/javascript", body="export const = ;"),
    "breaking": lambda route: route.fulfill(content_type="text/javascript", body="throw new Error('broken');"),
}


#: What comes after the page, for the ground under its pins alone.
GROUND = frozenset({"map/basemap.js", "map/paint.js"})


#: What the map page begins with.
BEGUN = ("site.js", "map/element.js")
_IMPORTED = re.compile(r'^(?:import|export)\b[^;]*?from "#([^"]+)"|^import "#([^"]+)"', re.MULTILINE)


def needed() -> set[str]:
    """Every module of ours without which the map page does not start, by its path under static/js."""
    return _reached(*BEGUN)


def of_ground() -> set[str]:
    """Those that only the ground under the pins needs."""
    return _reached(*GROUND) - needed()


def _reached(*begun: str) -> set[str]:
    found, left = set[str](), [*begun]
    while left:
        if (path := left.pop()) in found:
            continue
        found.add(path)
        text = (SCRIPTS / path).read_text(encoding="utf-8")
        left += [one for pair in _IMPORTED.findall(text) for one in pair if one and (SCRIPTS / one).is_file()]
    return found


def without_ground(page: Page, module: str, way: str) -> None:
    """Pins stand on plain water, and everything else is as it was: somebody opens a place."""
    page.unroute_all()
    page.route(f"**/js/{module}", WAYS[way])
    page.goto("/ru/?country=GE", wait_until="load")
    expect(page.locator(".spot").first).to_be_visible()
    expect(page.locator("html")).not_to_have_class("is-plain")
    assert page.locator("canvas.leaflet-tile").count() == 0
    page.locator(".card a[href*='/places/']").first.click()
    page.wait_for_url("**/places/**")
    expect(page.locator("a[href^='tel:']").first).to_be_visible()


def journey(page: Page, module: str, way: str) -> None:
    """Somebody looks for a kind of help and opens a place, with this module broken this way."""
    page.unroute_all()
    page.route(f"**/js/{module}", WAYS[way])
    page.goto("/ru/?country=GE", wait_until="load")
    expect(page.locator("html")).to_have_class("is-plain")
    assert page.locator("[data-needs-script]:visible, [data-view-switch]:visible, .map:visible").count() == 0
    page.locator("[data-panel=service] > summary").click()
    page.locator("[data-panel=service] input[value=hiv_rapid_test]").check()
    page.locator("form.filters button.primary:visible").last.click()
    page.wait_for_url("**service=hiv_rapid_test**")
    place = page.locator(".card a[href*='/places/']").first
    expect(place).to_be_visible()
    place.click()
    page.wait_for_url("**/places/**")
    expect(page.locator("a[href^='tel:']").first).to_be_visible()
